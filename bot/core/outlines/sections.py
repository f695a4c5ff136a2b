"""The sections of a document: its body, the comments under it, and the footer that is dropped.

1. The body ends at the heading of the comments. A heading that may be a mere link (`12 comments`)
   counts only after a list, or where a byline follows it.
2. A footer begins after a list that has ended and runs through no other; it goes on to the
   comments or the end.
"""

from dataclasses import dataclass

from bot.core.outlines.bylines import byline_of
from bot.core.outlines.comments import Heading, heading_of, looks_commented
from bot.core.outlines.footers import begins_footer
from bot.core.outlines.headings import headed_list
from bot.core.outlines.lines import Line
from bot.core.outlines.lists import Run, lists_of


@dataclass(frozen=True, slots=True)
class Sections:
    """The body and its lists, the lines of the comments (none without a heading) and the number announced."""

    body: list[Line]
    runs: list[Run]
    column: list[Line]
    announced: int | None


def sections_of(lines: list[Line], title: str = "", *, listed: bool = False) -> Sections:
    """Where the body ends, and what follows it; `listed` where a list was already taken out of it."""
    at, heading = _comments_at(lines, 2 * listed)
    body = lines[:at]
    runs = lists_of(body)
    cut = _footer_at(body, runs)
    if cut < len(body):
        body = body[:cut]
        runs = lists_of(body)
    if not runs and not listed:
        runs = headed_list(body, title)
    return Sections(body, runs, _column(lines[at + 1 :]), heading.announced if heading else None)


def _comments_at(lines: list[Line], marks: int) -> tuple[int, Heading | None]:
    chosen: tuple[int, Heading | None] = (len(lines), None)
    for index, line in enumerate(lines):
        if chosen[1] is not None and looks_commented(line):
            break
        marks += line.mark is not None
        heading = None if line.blank or line.inert or line.mark else heading_of(line.text)
        if heading and (heading.strong or marks > 1 or _signed_below(lines, index)):
            chosen = index, heading
    return chosen


def _signed_below(lines: list[Line], index: int) -> bool:
    below = next((line for line in lines[index + 1 : index + 6] if not line.blank), None)
    return below is not None and byline_of(below.mark.rest if below.mark else below.text) is not None


def _footer_at(body: list[Line], runs: list[Run]) -> int:
    spans = [(run.entries[0], run.last) for run in runs]
    if not spans:
        return len(body)
    place = 0
    for index in range(spans[0][1] + 1, len(body)):
        while place < len(spans) and spans[place][1] < index:
            place += 1
        inside = place < len(spans) and spans[place][0] < index
        line = body[index]
        if not (inside or line.blank or line.inert or line.mark) and begins_footer(line.text):
            return index
    return len(body)


def _column(lines: list[Line]) -> list[Line]:
    begun = False
    kept: list[Line] = []
    for line in lines:
        footer = not line.blank and not line.inert and begins_footer(line.text)
        if footer and begun:
            break
        begun = begun or looks_commented(line)
        if not footer:
            kept.append(line)
    if begun:
        return kept
    cut = next((at for at, line in enumerate(lines) if begins_footer(line.text)), len(lines))
    return lines[:cut]
