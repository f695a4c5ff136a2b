"""Comments under a document: their heading, and where one ends and the next begins.

1. A heading is a line of its own: `29 thoughts on …`, `N responses to …`, `N comments`, `Comments`.
   Its number is what the page announces; what is found is counted apart.
2. Comments are split by their outer numbering, else by bylines before or after each, else by
   bullets, else by paragraphs where there are as many as announced; else they are one.
3. Outer numbering counts on by one, at the indentation of the first: a list in a comment, or one
   quoted from the document, splits nothing. The number is no part of the text.
4. Form lines are dropped; other words before the first comment are handed back, not lost.
"""

import re
from dataclasses import dataclass

from bot.core.outlines.bylines import Byline, byline_of, is_date
from bot.core.outlines.footers import is_form_line
from bot.core.outlines.lines import Line
from bot.core.outlines.texts import text_of
from bot.core.outlines.values import Comment, Notice

_WORD = r"(?:thoughts?|comments?|responses?|repl(?:y|ies)|reactions?|answers?|remarks?)"
_COUNT = r"(?P<count>\d{1,3}(?:[,.]\d{3}){0,2}|\d{1,7}|one|no)"
_STRONG = re.compile(rf"{_COUNT}\s{{1,3}}{_WORD}\s(?:on|to|for|about)\b\s?.{{0,400}}", re.IGNORECASE)
_WEAK = re.compile(
    rf"{_COUNT}\s{{1,3}}(?:reader\s)?{_WORD}(?:\sso\sfar)?[:.]?"
    rf"|(?:(?:the|your|our|all|reader|readers(?:'|’)|user)\s)?(?:comments|responses|replies)\s?"
    rf"(?:\((?P<inner>\d{{1,6}})\)|[:–-]\s?(?P<after>\d{{1,6}}))?:?"
    rf"|(?:comments|responses)\s(?:on|to)\b\s?.{{1,300}}",
    re.IGNORECASE,
)
_WORDS = {"one": 1, "no": 0}


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of the comments. Strong headings stand for themselves, others need comments below."""

    announced: int | None
    strong: bool


@dataclass(frozen=True, slots=True)
class Column:
    """The comments found, what stood before the first, and what was uncertain."""

    comments: tuple[Comment, ...]
    before: str = ""
    notices: tuple[Notice, ...] = ()


def heading_of(text: str) -> Heading | None:
    """The heading of comments that a line is, or None."""
    if len(text) > 500:
        return None
    text = text.strip(" *_#=–—-")
    strong = _STRONG.fullmatch(text)
    found = strong or _WEAK.fullmatch(text)
    if found is None:
        return None
    groups = found.groupdict()
    count = groups.get("count") or groups.get("inner") or groups.get("after")
    return Heading(None if count is None else _number(count), strong is not None)


def _number(count: str) -> int:
    word = count.lower()
    return _WORDS[word] if word in _WORDS else int(re.sub(r"[,.]", "", count))


def looks_commented(line: Line) -> bool:
    """Whether a line could be the first of a comment: numbered 1, or a byline."""
    return (line.mark is not None and line.mark.number == 1) or byline_of(line.text) is not None


def column_of(lines: list[Line], announced: int | None) -> Column:
    """The comments in the lines below their heading."""
    lines = [line for line in lines if not is_form_line(line.text)]
    first = next((line for line in lines if not line.blank), None)
    if first is None:
        return Column(())
    numbered = _numbered(lines)
    bylines = {index: found for index, line in enumerate(lines) if not line.mark and (found := byline_of(line.text))}
    led = bool(numbered) and (not bylines or numbered[0] < min(bylines))
    if led and (len(numbered) > 1 or lines[numbered[0]] is first):
        return _cut(lines, numbered)
    if bylines:
        return _by_lines(lines, bylines)
    return _unsigned(lines, announced)


def _numbered(lines: list[Line]) -> list[int]:
    """The lines at which numbered comments begin: apart by blank lines, or all tight."""
    apart = _counted(lines, tight=False)
    return apart if len(apart) > 1 else _counted(lines, tight=True)


def _counted(lines: list[Line], *, tight: bool) -> list[int]:
    found: list[int] = []
    style, indent, number = "", 0, 1
    for index, line in enumerate(lines):
        mark = line.mark
        if mark is None or mark.number != number:
            continue
        if not found:
            style, indent = mark.style, line.indent
        loose = tight or index == 0 or lines[index - 1].blank
        if mark.style == style and abs(line.indent - indent) < 2 and loose:
            found.append(index)
            number += 1
    return found


def _cut(lines: list[Line], starts: list[int]) -> Column:
    comments: list[Comment] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        inner = [start, *(at for at in range(start + 1, end) if _is_reply(lines[at]))]
        for begin, stop in zip(inner, [*inner[1:], end], strict=True):
            mark = lines[begin].mark
            comments.append(_signed(lines[begin:stop], mark.rest if mark else lines[begin].text))
    return _column(comments, lines[: starts[0]])


def _is_reply(line: Line) -> bool:
    """Whether a marked line inside a comment is another's reply: it names its author."""
    return line.mark is not None and line.mark.numbered and byline_of(line.mark.rest) is not None


def _signed(lines: list[Line], first: str) -> Comment:
    """A comment whose author may stand on its first lines."""
    byline = byline_of(first)
    if byline is None and first:
        return Comment(None, text_of(lines, first))
    rest = lines[1:]
    while rest and (rest[0].blank or is_date(rest[0].text) or (byline is None and byline_of(rest[0].text))):
        byline = byline or byline_of(rest[0].text)
        rest = rest[1:]
    return Comment(byline.author if byline else None, text_of(rest))


def _by_lines(lines: list[Line], bylines: dict[int, Byline]) -> Column:
    last = max(index for index, line in enumerate(lines) if not line.blank)
    first = min(index for index, line in enumerate(lines) if not line.blank)
    if last in bylines and first not in bylines:
        starts = [first, *(at + 1 for at in bylines)]
        ends = [*bylines, len(lines)]
        whole = [
            Comment(bylines[end].author, text_of(lines[start:end]))
            for start, end in zip(starts, ends, strict=True)
            if end in bylines
        ]
        return _column(whole, [])
    starts = list(bylines)
    ends = [*starts[1:], len(lines)]
    signed = [_signed(lines[start:end], lines[start].text) for start, end in zip(starts, ends, strict=True)]
    return _column(signed, lines[: starts[0]])


def _unsigned(lines: list[Line], announced: int | None) -> Column:
    blocks = _paragraphs(lines)
    first = blocks[0][0]
    if first.mark is not None and not first.mark.numbered and not first.mark.bonus:
        style, indent = first.mark.style, first.indent
        starts = [
            at for at, line in enumerate(lines) if line.mark and (line.mark.style, line.indent) == (style, indent)
        ]
        return _cut(lines, starts)
    if len(blocks) == announced or len(blocks) == 1:
        return _column([Comment(None, text_of(block)) for block in blocks], [])
    return Column((Comment(None, text_of(lines)),), notices=(Notice("comments_not_split"),))


def _paragraphs(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if not line.blank:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _column(comments: list[Comment], before: list[Line]) -> Column:
    return Column(tuple(comment for comment in comments if comment.text or comment.author), text_of(before))
