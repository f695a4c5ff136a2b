"""What is cut fits, reads on, and parts nothing that belongs together."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.display.limits import length, parts, shorten

FAMILY = "👨‍👩‍👧"
WAVE = "👋🏽"
FLAG = "🇬🇧"


def test_length_is_counted_in_utf_16_units() -> None:
    for text in ("", "abc", "é", "👍", FAMILY, "𝔞\ud800"):
        assert length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 5, "short"),
        ("hello wide world", 15, "hello wide…"),
        ("hello wide world", 11, "hello wide…"),
        ("hello wide world", 10, "hello…"),
        ("hello\nwide world", 11, "hello\nwide…"),
        ("abcdefghij", 5, "abcd…"),
        ("a bcdefghijklmnop", 10, "a bcdefgh…"),
        (f"aaa{WAVE}b", 6, "aaa…"),
        (f"aaa{FAMILY}b", 8, "aaa…"),
        (f"aa{FLAG}b", 5, "aa…"),
        (f"{FLAG}{FLAG}{FLAG}", 10, f"{FLAG}{FLAG}…"),
        ("aae\u0301e", 4, "aa…"),
        ("aa\\*bb", 4, "aa…"),
        ("aa\\\\bb", 5, "aa\\\\…"),
        ("👍👍👍", 4, "👍…"),
        ("see https://example.org now and then", 29, "see https://example.org now…"),
        ("see https://example.org now", 26, "see https://example.org …"),
        ("1️⃣2️⃣3️⃣", 7, "1️⃣2️⃣…"),
        ("漢字漢字漢字", 4, "漢字漢…"),
        (" " * 30, 5, "…"),
    ],
    ids=ascii,
)
def test_a_long_text_is_cut_at_a_word(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "limits", "expected"),
    [
        ("", (10, 10), []),
        (" \n ", (10, 10), []),
        ("  whole ", (10, 10), ["whole"]),
        ("one two\n\nthree four", (14, 14), ["one two", "three four"]),
        ("one two\nthree four", (14, 14), ["one two", "three four"]),
        ("One two. Three four", (14, 14), ["One two.", "Three four"]),
        ("“One two.” Three four", (15, 15), ["“One two.”", "Three four"]),
        ("one two three four", (10, 10), ["one two", "three four"]),
        ("one two three four", (5, 20), ["one", "two three four"]),
        ("A. b\n\nlong line of words here", (20, 20), ["A. b\n\nlong line of", "words here"]),
        ("abcdefghij", (4, 4), ["abcd", "efgh", "ij"]),
        ("aaa\\*bbb", (4, 4), ["aaa", "\\*bb", "b"]),
        (f"aaa{FAMILY}bbb", (8, 8), ["aaa", f"{FAMILY}", "bbb"]),
        (f"a{FLAG}{FLAG}", (5, 5), [f"a{FLAG}", FLAG]),
        ("aaaa<https://example.org>", (22, 22), ["aaaa", "<https://example.org>"]),
        ("漢字。漢字漢字", (4, 4), ["漢字。", "漢字漢字"]),
    ],
    ids=ascii,
)
def test_a_text_is_parted_where_it_hurts_least(text: str, limits: tuple[int, int], expected: list[str]) -> None:
    assert parts(text, *limits) == expected


@pytest.mark.parametrize("limit", [1, 0, -5])
def test_a_limit_without_room_is_an_error(limit: int) -> None:
    with pytest.raises(ValueError, match="has no room"):
        shorten("text", limit)
    with pytest.raises(ValueError, match="has no room"):
        parts("text", 10, limit)
    with pytest.raises(ValueError, match="has no room"):
        parts("text", limit, 10)


pieces = st.sampled_from(
    ["a", "word", " ", "\n", "\n\n", ". ", "\\*", "\\\\", "👍", WAVE, FAMILY, FLAG, "e\u0301", "\u200d", "漢。"]
)
texts = st.one_of(st.text(max_size=300), st.lists(pieces, max_size=150).map("".join))
steady = settings(derandomize=True, deadline=None, max_examples=600)


@steady
@given(texts, st.integers(2, 120))
def test_a_shortened_text_fits_and_is_the_beginning(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert length(short) <= limit
    if length(text) <= limit:
        assert short == text
    else:
        assert short.endswith("…")
        kept = short.removesuffix("…").rstrip()
        assert text.startswith(kept)
        assert (len(kept) - len(kept.rstrip("\\"))) % 2 == 0


@steady
@given(texts, st.integers(2, 60), st.integers(2, 60))
def test_parts_fit_and_lose_nothing_but_white_space_at_the_cuts(text: str, first: int, rest: int) -> None:
    found = parts(text, first, rest)
    for number, piece in enumerate(found):
        assert piece
        assert length(piece) <= (rest if number else first)
    at = 0
    for piece in found:
        start = text.index(piece, at)
        assert not text[at:start].strip()
        at = start + len(piece)
    assert not text[at:].strip()


@steady
@given(st.lists(pieces, max_size=150).map("".join), st.integers(20, 60))
def test_no_cut_parts_an_escape_an_accent_or_an_emoji(text: str, limit: int) -> None:
    if "\u200d" * 4 in text or re.search("\u200d\\S{0,3}\u200d", text):
        return  # chains of joiners may be longer than the limit
    for piece in parts(text, limit, limit)[1:]:
        assert not unicodedata.category(piece[0]).startswith("M")
        assert not "\U0001f3fb" <= piece[0] <= "\U0001f3ff"
        assert piece[0] not in "*"


def test_cutting_takes_linear_time() -> None:
    for piece in ("a", "\\", "🇬", "\u0301", "\n ", " ", "https://a", "a. ", "\u200d"):
        text = (piece * 40_000)[:40_000]
        start = time.perf_counter()
        parts(text, 600, 2000)
        shorten(text, 4096)
        assert time.perf_counter() - start < 2, ascii(piece)  # a quadratic one takes minutes
