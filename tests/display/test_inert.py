"""Member text is shown as written and has no effect, by a small reader of Discord's marks that is not the bot's."""

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.display.inert import inert, inert_line, thread_name
from bot.display.limits import THREAD_NAME, length, parts, shorten

# What Discord's client takes for an escape and for a link, tried in this order; the rest is marks or letters.
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
ENCLOSED = re.compile(r"<([^: >]+:/[^ >]+)>")
BARE = re.compile(r"(?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s]")
ACTIVE = re.compile(
    r"""
      [*_`<|\[] | ~~ | \\ | @(?:everyone|here) | :\w+:
    | (?m:^)[ ]* (?: [#]{1,3}\s | -[#] | [*+-](?:\s|\Z) | >(?:\s|\Z|>>) | \d+\.\s )
    """,
    re.VERBOSE,
)
# What the server looks for, whatever stands around it.
PINGS = re.compile(r"<@[!&]?\d+>|<[#]\d+>|@everyone|@here")


def shown(content: str) -> str:
    """What the client shows of a message; fails where a mark would have an effect."""
    assert not PINGS.search(content)
    out: list[str] = []
    at = 0
    while at < len(content):
        if found := ESCAPE.match(content, at):
            out.append(found[1])
        elif found := ENCLOSED.match(content, at):
            assert found[1].startswith(("http://", "https://"))
            out.append(found[1])
        elif found := BARE.match(content, at):
            out.append(found[0])
        elif found := ACTIVE.match(content, at):
            pytest.fail(f"{found[0]!r} is active at {at} in {content!r}")
        else:
            out.append(content[at])
            at += 1
            continue
        at = found.end()
    return "".join(out)


AS_WRITTEN = [
    "plain",
    "**bold** __under__ *it* _it_ ~~no~~ ||spoiler|| `code`",
    "```py\nprint(1)\n```",
    "# Heading\n## Two\n### Three\n-# small",
    "- a\n* b\n+ c\n  - d",
    "1. one\n2. two\n 12. twelve",
    "> quote\n>>> all of it",
    "#\nheading on the next line",
    "1. 1. 1. lists in lists",
    "- > # mixed",
    "[a](https://example.org) and ](",
    "[a](<https://example.org>)".replace("<", "").replace(">", ""),
    "[a\nb](https://example.org 'title')",
    "\\*already escaped\\* \\",
    "\\\\",
    "¯\\_(ツ)_/¯",
    "a_b_c snake_case __init__",
    "2 * 3 * 4",
    "10:20:30 and :smile: and :+1:",
    "it cost 5. And 6.",
    "C# is -1 + 2",
    "#9 is unfair -- really",
    "https://example.org/a_b_c?x=1&y=_2_",
    "https://example.org/",
    "See https://example.org/a_b. And go.",
    "(https://en.wikipedia.org/wiki/A_(b)) there",
    '"https://example.org/a", they said',
    "**https://example.org/**",
    "_https://example.org/_",
    "||https://example.org/||",
    "`https://example.org/`",
    "“https://example.org/a_b”",
    "https://web.archive.org/web/*/http://example.org",
    "https://example.org/?a[]=1&b[]=2",
    "https://example.org/[a](https://example.com)",
    "https://example.org/~~a~~",
    "https://*a*",
    "http://_a_",
    "https:// nothing",
    "xhttps://example.org/*",
    "HTTPS://EXAMPLE.ORG/*A*",
    "steam://run",
    "caf\u0065\u0301",
    "👨‍👩‍👧 🏳️‍🌈 🇬🇧 1️⃣",
]


@pytest.mark.parametrize("text", AS_WRITTEN, ids=ascii)
def test_it_is_shown_as_written(text: str) -> None:
    assert shown(inert(text)) == text
    assert shown(inert_line(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("@everyone and @here", "@\u200beveryone and @\u200bhere"),
        ("\\@everyone", "\\@\u200beveryone"),
        ("<@1> <@!1> <@&1> <#1>", "<@1> <@!1> <@&1> <#1>"),
        ("<t:1618953630:R> </add:1> <id:guide> <a:x:1> <:x:1>", "<t:1618953630:R> </add:1> <id:guide> <a:x:1> <:x:1>"),
        ("<https://example.org/a_b>", "https://example.org/a_b"),
        ("<https://example.org", "<https://example.org"),
        ("https://example.org>", "https://example.org>"),
        ("https://example.org<@1>", "https://example.org<@1>"),
        ("https://example.org/<:x:1>", "https://example.org/<:x:1>"),
        ("<mailto:a@b.c> <steam://x>", "<mailto:a@b.c> <steam://x>"),
        ("a\r\nb\rc\u2028d\x0be\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x1bd\x7fe\ufefff", "abcdef"),
        ("a\tb", "a\tb"),
        ("\u202eevil\u202c \u2067a\u2069 \u200fb", "evil a \u200fb"),
        ("https://example.org/@everyone", "https://example.org/%40everyone"),
        ("\ud800 half", "\ufffd half"),
    ],
    ids=ascii,
)
def test_what_cannot_stay_goes_and_the_rest_is_shown(text: str, seen: str) -> None:
    assert shown(inert(text)) == seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://example.org/a_b.", "see https://example.org/a_b."),
        ("**https://example.org/a_b**", "\\*\\*<https://example.org/a_b>\\*\\*"),
        ("[x](https://example.org/a_b)", "\\[x\\](https://example.org/a_b)"),
        ("<https://example.org/a_b>", "<https://example.org/a_b>"),
        ("(https://example.org/A_(b))", "(https://example.org/A_(b))"),
    ],
    ids=ascii,
)
def test_a_link_keeps_its_own_characters(text: str, expected: str) -> None:
    assert inert(text) == expected


def test_a_link_of_any_length_is_inert() -> None:
    shown(inert("https://example.org/" + "*a*|b|" * 300 + "<@1> [a](https://b.org)"))
    shown(inert("https://example.org/" + "a" * 600 + "_b_ **c**"))


def test_piles_of_accents_are_kept_low() -> None:
    pile = "a" + "\u0301\u200d" * 50
    kept = inert(pile)
    assert sum(unicodedata.combining(character) > 0 for character in kept) == 4
    assert inert("e\u0301\u0323\u0302 o") == "e\u0301\u0323\u0302 o"


def test_one_line_stays_one_line() -> None:
    assert inert_line("  a\n\n b\t c\u2028d  ") == "a b c d"


@pytest.mark.parametrize(
    ("label", "title", "expected"),
    [
        ("12", "Title", "12 · Title"),
        ("*", "It is\nrooted", "* · It is rooted"),
        ("12", "", "12"),
        ("12", "\u200b\n\u202e", "12"),
        ("", "Title", "Title"),
        ("", "", "–"),
        ("\x00", " ", "–"),
        ("12", "**as it is** @everyone", "12 · **as it is** @everyone"),
    ],
    ids=ascii,
)
def test_a_thread_is_named_after_its_point(label: str, title: str, expected: str) -> None:
    assert thread_name(label, title) == expected


SNIPPETS = [
    "**",
    "*",
    "_",
    "__",
    "~~",
    "`",
    "```",
    "||",
    "|",
    "\\",
    "[",
    "]",
    "](",
    "(",
    ")",
    "<",
    ">",
    "> ",
    "# ",
    "-# ",
]
SNIPPETS += ["- ", "+ ", "1. ", "12.", "@everyone", "@here", "<@1>", "<#1>", "<t:1:R>", "<:x:1>", "</a:1>", ":x:", ":"]
SNIPPETS += [
    "https://",
    "http://a.b/",
    "https://a.b/c_d",
    "\n",
    " ",
    "a",
    "é",
    "\u0301",
    "\u200b",
    "\u202e",
    "👍🏽",
    "’",
    ".",
    '"',
]
steady = settings(derandomize=True, deadline=None, max_examples=1500)
snippets = st.lists(st.sampled_from(SNIPPETS), max_size=30).map("".join)
texts = st.one_of(st.text(max_size=120), snippets)


def without_signs(text: str) -> str:
    """For comparison: "<…>" around a link is not shown, an "@" in it may be "%40"; a crowd's name is broken."""
    return re.sub("[<>\u200b\u202a-\u202e\u2066-\u2069\u0301]", "", text.replace("%40", "@"))


@steady
@given(texts)
def test_any_text_is_inert(text: str) -> None:
    shown(inert(text))
    line = inert_line(text)
    shown(line)
    assert "\n" not in line
    assert length(inert(text)) <= 3 * length(text)


@steady
@given(snippets)
def test_any_text_is_shown_as_written(text: str) -> None:
    assert without_signs(shown(inert(text))) == without_signs(text)
    assert shown(inert(text)).count("\n") == text.count("\n")


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(SNIPPETS), min_size=200, max_size=500).map("".join), st.integers(600, 900))
def test_pieces_of_an_inert_text_are_inert(text: str, limit: int) -> None:
    for piece in parts(inert(text), limit, limit):
        shown(piece)
    shown(shorten(inert(text), limit))


@steady
@given(st.text(max_size=150), st.text(max_size=150))
def test_any_thread_has_a_name_that_fits(label: str, title: str) -> None:
    name = thread_name(label, title)
    assert 1 <= length(name) <= THREAD_NAME
    assert name.strip() == name
    assert not any(unicodedata.category(character) == "Cc" for character in name)


@pytest.mark.parametrize("piece", [*SNIPPETS, "https://a|", "https://a*](", "a:"], ids=ascii)
def test_a_hostile_text_is_made_inert_in_linear_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    start = time.perf_counter()
    inert(text)
    assert time.perf_counter() - start < 2  # a quadratic reader takes minutes
