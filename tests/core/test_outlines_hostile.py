"""What cannot be read says so in one sentence, and nothing takes longer than its length allows."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.outlines import Outline, Unreadable, read
from bot.display.outlines import as_json, as_text, sentence

MEBIBYTE = 1_048_576
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def refused(document: bytes | str, **options: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(document, **options)
    return caught.value


@pytest.mark.parametrize(
    ("document", "code", "words"),
    [
        (b"", "empty", "empty"),
        (" \n\t\n", "empty", "empty"),
        (b"\xef\xbb\xbf", "empty", "empty"),
        (PNG, "binary", "PNG"),
        (bytes(range(256)) * 8, "binary", "not text"),
        ("1. x\n" * 500_000, "too_large", "at most 1,048,576"),
        ("Prose and nothing but prose.\n\nMore of it.", "no_list", "8 words"),
        ("It was in\n1984. Nobody counted.\n\n12. May was cold.", "no_list", "No list"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(document: bytes | str, code: str, words: str):
    failure = refused(document)
    assert failure.code == code
    text = sentence(failure)
    assert words in text and "\n" not in text and text.endswith(".") and "{" not in text


def test_one_mebibyte_is_read_and_one_byte_more_is_not():
    document = b"1. a\n2. b\n"
    assert read(document + b" " * (MEBIBYTE - len(document))).points
    assert refused(document + b" " * (MEBIBYTE - len(document) + 1)).code == "too_large"


def test_a_list_that_is_not_there_cannot_be_chosen():
    assert refused("1. a\n2. b", choose=2).params == {"chosen": 2, "lists": 1}
    assert refused("1. a\n2. b", choose=0).code == "no_such_list"


def test_a_chosen_list_changes_places_with_the_longest():
    document = "T\n\n1. a\n2. b\n\nand\n\n1. c\n2. d\n3. e\n"
    first, second = read(document), read(document, choose=2)
    assert [point.text for point in first.points] == ["c", "d", "e"]
    assert [point.text for point in second.points] == ["a", "b"]
    assert second.other_lists[0].points == first.points


def test_null_bytes_and_half_surrogates_never_reach_the_outline():
    outline = read("T\n\n1. a\0b\n2. c\ud800d\n")
    assert [point.text for point in outline.points] == ["ab", "c\ufffdd"]


def test_a_few_broken_bytes_do_not_make_a_text_latin():
    outline = read("1. Grüße – älter\n2. Öl und \n".encode() + b"\xff\n")
    assert [notice.code for notice in outline.warnings] == ["damaged"]
    assert outline.points[0].text == "Grüße – älter"


HOSTILE = {
    "marks": "1.\n" * 349_525,
    "counted": "".join(f"{n % 999 + 1}. x\n" for n in range(150_000)),
    "bullets": "* x\n" * 262_144,
    "bonus": "1. a\n" + "*) b\n" * 200_000,
    "one line": "1) " * 349_525,
    "spaces": " " * 1_048_000 + "1. x",
    "stars": "*" * MEBIBYTE,
    "hashes": "# " * 524_288,
    "stairs": "".join(" " * n + "1. x\n" for n in range(1_400)),
    "bylines": "1. a\n2. b\nComments\n" + "Ann says:\nx\n" * 80_000,
    "nested tags": "<html>" + "<div>" * 209_000,
    "nested lists": "<html>" + "<ul><li>" * 131_000,
    "open comments": "<html>" + "<!--" * 262_000,
    "less than": "<html>" + "<" * 1_048_000,
    "open scripts": "<html>" + "<script>" * 131_000,
    "nested readers": "<html>" + "<li class=comment>" * 58_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_mebibyte_of_anything_is_done_in_seconds(name: str):
    # Generous, since the machine may be busy: what is guarded against takes minutes.
    began = time.process_time()
    with suppress(Unreadable):
        read(HOSTILE[name])
    assert time.process_time() - began < 12


@given(st.binary())
def test_any_bytes_give_an_outline_or_a_refusal(document: bytes):
    either(document)


@given(st.lists(st.sampled_from([b"1.", b"2)", b"\n", b" ", b"\xe9", b"\0", b"<li>", b"a", b"\xff\xfe", b"<ol>"])))
def test_bytes_that_look_like_a_document_give_an_outline_or_a_refusal(parts: list[bytes]):
    either(b"".join(parts))


@given(st.text(), st.sampled_from(["", "a.txt", "a.md", "a.html"]))
def test_any_text_of_any_kind_gives_an_outline_or_a_refusal(document: str, name: str):
    either(document, name)


def either(document: bytes | str, name: str = "") -> None:
    try:
        outline: Outline = read(document, name=name)
    except Unreadable as failure:
        assert sentence(failure)
    else:
        assert outline.points and as_text(outline) and as_json(outline)


def test_paragraphs_and_items_that_are_never_closed_are_read_to_the_end() -> None:
    items = "".join(f"<li>Reason number {number}" for number in range(1, 601))
    found = read("<html><title>Old page</title><body>" + "<p>Words" * 700 + f"<ol>{items}</ol>", name="a.html")
    assert len(found.points) == 600
