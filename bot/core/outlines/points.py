"""Where the points of a list begin and end, and what stands in them.

1. A point reaches to the next point of its list. The last goes on through its own paragraph, and
   after a blank line only through what is indented below it.
2. Where every other point has paragraphs of its own that are not indented, so has the last: as
   many as the shortest of them; below headings as many as the longest. A notice says so.
3. A mark that stands alone takes the paragraph after it.
"""

from dataclasses import dataclass
from itertools import pairwise

from bot.core.outlines.lines import Line
from bot.core.outlines.lists import Run
from bot.core.outlines.texts import Flow, text_of
from bot.core.outlines.values import BONUS, Notice, OutlinePoint
from bot.core.titles import title_of


@dataclass(frozen=True, slots=True)
class Span:
    """A list in place: the lines from `start` up to `end`, and its points."""

    start: int
    end: int
    points: tuple[OutlinePoint, ...]
    notices: tuple[Notice, ...] = ()


def span_of(lines: list[Line], run: Run, limit: int, flow: Flow) -> Span:
    """The list in place; no line from `limit` on is part of it."""
    begins = run.entries
    end, notices = _end(lines, run, limit)
    points: list[OutlinePoint] = []
    bonus, lead_ins = set(run.bonus), set(run.lead_ins)
    for position, (begin, stop) in enumerate(zip(begins, [*begins[1:], end], strict=True), start=1):
        mark = lines[begin].mark
        own = lines[begin : _before_lead_in(lines, lead_ins, begin, stop)]
        text = text_of(own, mark.rest if mark else None, flow)
        label = BONUS if begin in bonus else (mark.label if mark else "")
        points.append(OutlinePoint(label or str(position), title_of(text), text))
    return Span(run.begin, end, tuple(points), notices)


def _before_lead_in(lines: list[Line], lead_ins: set[int], begin: int, stop: int) -> int:
    """Where a point stops: at a line that only leads in the next mark, if there is one."""
    above = stop - 1
    while above > begin and lines[above].blank:
        above -= 1
    return above if above > begin and above in lead_ins else stop


def _end(lines: list[Line], run: Run, limit: int) -> tuple[int, tuple[Notice, ...]]:
    end = _own_end(lines, run, limit)
    wanted = _paragraphs_wanted(lines, run)
    further = end
    for _ in range(wanted):
        begin = _skip_blank(lines, further, limit)
        if begin == limit or _ends_list(lines[begin], run):
            break
        further = _paragraph_end(lines, begin, limit)
    rest = _skip_blank(lines, further, limit)
    unsure = further > end and (run.rank == 0 or (rest < limit and not _ends_list(lines[rest], run)))
    return further, (Notice("last_point", {"count": wanted}),) if unsure else ()


def _own_end(lines: list[Line], run: Run, limit: int) -> int:
    """The end of the last point by its own lines: its paragraph, and what is indented below it."""
    mark = lines[run.last].mark
    end = _paragraph_end(lines, run.last, limit)
    if end == run.last + 1 and mark is not None and not mark.rest:
        begin = _skip_blank(lines, end, limit)
        if begin < limit and not lines[begin].heading:
            end = _paragraph_end(lines, begin, limit)
    while True:
        begin = _skip_blank(lines, end, limit)
        if begin == limit or lines[begin].heading or lines[begin].indent < run.indent + 2:
            return end
        end = _paragraph_end(lines, begin, limit)


def _paragraphs_wanted(lines: list[Line], run: Run) -> int:
    """How many paragraphs of its own, not indented, the last point should have after its first."""
    begins, lead_ins = run.entries, set(run.lead_ins)
    if len(begins) < (2 if run.rank else 3):
        return 0
    counts = [
        sum(_opens_paragraph(lines, at, run, lead_ins) for at in range(begin + 1, stop))
        for begin, stop in pairwise(begins)
    ]
    return max(counts) if run.rank else min(counts)


def _opens_paragraph(lines: list[Line], at: int, run: Run, lead_ins: set[int]) -> bool:
    line = lines[at]
    opens = not line.blank and lines[at - 1].blank and at not in lead_ins
    return opens and line.indent < run.indent + 2


def _ends_list(line: Line, run: Run) -> bool:
    """Whether a heading stands too high to be inside a point."""
    return line.heading > 0 and (run.rank == 0 or line.heading <= run.rank)


def _skip_blank(lines: list[Line], at: int, limit: int) -> int:
    while at < limit and lines[at].blank:
        at += 1
    return at


def _paragraph_end(lines: list[Line], begin: int, limit: int) -> int:
    at = begin + 1
    while at < limit and not lines[at].blank and not lines[at].heading:
        at += 1
    return at
