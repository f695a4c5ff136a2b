"""Lines: each with its indentation, its rank as a heading and the mark it starts with.

1. Headings are Markdown's (`## Title`) or underlined; `#` signs, underlines and rules (`---`)
   are marks of layout and stand in no text.
2. Quoted (`>`) and fenced lines are inert: nothing in them is a mark or a heading.
3. Indentation counts columns; a tab goes to the next multiple of four.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.core.outlines.documents import shows
from bot.core.outlines.marks import Mark, mark_of

_INDENT = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069]*")
_RULE = re.compile(r"(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,})$")
_HEADING = re.compile(r"(?P<signs>#{1,6})\s+(?:#{1,6}\s+)*+(?=\S)")
_FENCES = ("```", "~~~")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indentation. Heading is its rank, 0 for none."""

    text: str
    indent: int = 0
    heading: int = 0
    mark: Mark | None = None
    inert: bool = False

    @property
    def blank(self) -> bool:
        """Whether the line holds nothing."""
        return not self.text


BLANK = Line("")


def lines_of(text: str) -> list[Line]:
    """All lines of a text, in order; rules and underlines are blank lines."""
    return list(_marked(_headed(_fenced([_measured(raw) for raw in text.split("\n")]))))[1:]


def _fenced(lines: list[Line]) -> Iterator[Line]:
    left = Counter(line.text[:3] for line in lines)
    fence = ""
    for line in lines:
        sign = line.text[:3]
        left[sign] -= 1
        if sign in _FENCES and (fence == sign or (not fence and left[sign])):
            fence = "" if fence else sign
            yield replace(line, inert=True)
        else:
            yield replace(line, inert=True) if fence or sign[:1] == ">" else line


def _measured(raw: str) -> Line:
    found = _INDENT.match(raw)
    lead = found.group() if found else ""
    text = raw[len(lead) :].rstrip()
    if not shows(text):
        return BLANK
    column = 0
    for character in lead:
        column += 4 - column % 4 if character == "\t" else int(character.isspace())
    return Line(text, column)


def _headed(lines: Iterator[Line]) -> Iterator[Line]:
    before, held = BLANK, BLANK
    for line in lines:
        if line.inert or not _RULE.match(line.text):
            yield held
            before, held = held, _heading(line)
            continue
        alone = before.blank and not held.blank and not held.inert and held.mark is None
        if alone and line.text[0] in "=-" and " " not in line.text:
            held = replace(held, heading=1 if line.text[0] == "=" else 2)
        yield held
        before, held = held, BLANK
    yield held


def _heading(line: Line) -> Line:
    found = None if line.inert else _HEADING.match(line.text)
    if found is None:
        return line
    bare = line.text[found.end() :].rstrip("# \t") or line.text[found.end() :]
    return replace(line, text=bare, heading=len(found["signs"]))


def _marked(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        mark = None if line.inert else mark_of(line.text)
        if mark and line.heading and mark.style.startswith("bullet"):
            mark = None
        yield Line(line.text, line.indent, line.heading, mark) if mark else line
