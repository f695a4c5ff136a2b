"""List marks: what at the start of a line says "here begins a point".

1. A mark is read from one line alone; whether the line is a point is decided in `lists`.
2. Numbers have at most three digits: four are a year. A number that goes on as a price, a
   score, a time or a date (`3.50`, `3 – 1`, `11:30`, `12. May 2011`) is no mark.
3. Marks have a style. Marks of one style at one indentation make one list.
4. Emphasis around a mark (`**1. Title**`) stays with the text; the mark itself is taken out.
5. All patterns are anchored and bounded, so that a line costs its length at most.
"""

import re
from dataclasses import dataclass

from bot.core.outlines.values import BONUS

_WORDS = (
    "reasons?|points?|problems?|arguments?|rules?|objections?|tips?|lessons?|myths?|thesis|item|number|step|way"
    "|fault|flaw|question|complaint|claim|idea|mistake|sign|thing|fact|law|principle|grievance|charge"
)
_NUMBERS = {
    word: value
    for value, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_N = r"(?P<n>\d{1,3})"
_END = r"(?:\s?[:.)](?!\d)\s*|\s{0,3}[-–—]+(?!\d)\s*|"


def _compiled(*forms: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((style, re.compile(pattern, re.IGNORECASE)) for style, pattern in forms)


_BARE = _compiled(
    (".", rf"{_N}\\?[.．、](?![\d.)])\s*"),
    (")", rf"{_N}\s?\\?[)）]\s*"),
    (".)", rf"{_N}\\?\.\)\s*"),
    (":", rf"{_N}[:：](?![\d/])\s*"),
    ("-", rf"{_N}(?:\s{{1,3}}[-–—]+\s*|[-–—]\s+)(?!\s*\d)"),
)
_SIGNED = _compiled(
    ("()", rf"\({_N}\)\s*"),
    ("#", rf"#\s?{_N}(?!\d){_END}\s+|$)"),
)
_NAMED = _compiled(
    ("no", rf"(?:no\.?|nr\.?|№)\s?{_N}(?!\d){_END}\s+|$)"),
    (
        "word",
        rf"(?:the\s)?(?P<word>{_WORDS})\s{{1,3}}(?:#|no\.?\s?|number\s)?"
        rf"(?:{_N}(?!\d)|(?P<name>{'|'.join(_NUMBERS)})\b){_END}\s*$)",
    ),
    ("word", rf"(?P<word>{_WORDS})\s{{1,3}}#{_N}(?!\d)\s+"),
)
_MONTH = re.compile(
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]{0,6}\.?(?:,?\s*\d|\s*$)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:(?P<round>[•◦▪●‣⁃·∙■□✓✔➤►])\s*|(?P<plain>[*+\-–])\s+)(?=\S)")
_STAR = re.compile(r"\\?\(?\\?\*\s?(?:\)|[.:](?=\s))\s*")
_BONUS = re.compile(
    r"(?:(?:and|plus|also|now|finally)[,:]?\s)?(?:here(?:'|’)s\s)?(?:(?:as|for)\s)?(?:(?:a|an|the|one|your|my)\s)?"
    rf"(?:extra\s|last\s|final\s)?bonus(?:\s(?:{_WORDS}|one|round|entry|track))?(?:\s?#?\d{{1,2}})?"
    r"(?P<end>\s?[:!…]\s*|\s?\.{3}\s*|\s{1,3}[-–—]+\s*|\s*$)",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(?:\*{1,3}|_{1,3})(?=[^\s*_)])")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark and the text that follows it on its line. Bullets have neither number nor label."""

    style: str
    label: str
    number: int | None
    rest: str

    @property
    def numbered(self) -> bool:
        """Whether the mark carries a number."""
        return self.number is not None

    @property
    def bonus(self) -> bool:
        """Whether the mark announces a bonus point."""
        return self.label == BONUS


def mark_of(text: str) -> Mark | None:
    """The mark at the start of a line without its indentation, or None."""
    if not text:
        return None
    emphasis = _EMPHASIS.match(text)
    if emphasis is None:
        return _plain(text)
    sign = emphasis.group()
    inner = _plain(text[len(sign) :])
    if inner is None or inner.style.startswith("bullet"):
        return _plain(text)
    rest = inner.rest[len(sign) :].lstrip() if inner.rest.startswith(sign) else sign + inner.rest
    return Mark(inner.style, inner.label, inner.number, "" if rest == sign else rest)


def _plain(text: str) -> Mark | None:
    first = text[0]
    if first.isdecimal():
        return _numbered(text, _BARE)
    if first in "(#":
        return _numbered(text, _SIGNED) or _bonus(text)
    if first.isalpha() or first == "№":
        return _numbered(text, _NAMED) or _bonus(text)
    return _bonus(text) or _bullet(text)


def _numbered(text: str, forms: tuple[tuple[str, re.Pattern[str]], ...]) -> Mark | None:
    for style, form in forms:
        found = form.match(text)
        if found is None:
            continue
        rest = text[found.end() :]
        if style == "." and _MONTH.match(rest):
            return None
        groups = found.groupdict()
        number = int(groups["n"]) if groups["n"] else _NUMBERS[groups["name"].lower()]
        word = (groups.get("word") or "").lower().rstrip("s")
        return Mark(f"{style} {word}".rstrip(), str(number), number, rest)
    return None


def _bonus(text: str) -> Mark | None:
    found = _STAR.match(text) or _BONUS.match(text)
    return Mark("bonus", BONUS, None, text[found.end() :]) if found else None


def _bullet(text: str) -> Mark | None:
    found = _BULLET.match(text)
    if found is None:
        return None
    return Mark(f"bullet {found['round'] or found['plain']}", "", None, text[found.end() :])
