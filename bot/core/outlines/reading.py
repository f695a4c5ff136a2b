"""Reading: from a document to its outline.

1. Every visible character of a plain text stands once in the outline, but for marks, headings of
   comments, bylines and their dates, form lines and footers; where another list is found, its
   points stand in `other_lists` and nowhere else.
2. The longest list is the critique, unless another is chosen by its place among the lists.
3. What was uncertain is named in a notice; what cannot be read is `Unreadable`.
"""

from dataclasses import dataclass, replace

from bot.core.outlines.comments import Column, column_of
from bot.core.outlines.documents import Document, document_of
from bot.core.outlines.footers import is_form_line
from bot.core.outlines.html import Page, page_of
from bot.core.outlines.lines import BLANK, Line, lines_of
from bot.core.outlines.lists import Run
from bot.core.outlines.numbering import slips
from bot.core.outlines.points import Span, span_of
from bot.core.outlines.rendering import Block, block_of
from bot.core.outlines.sections import Sections, sections_of
from bot.core.outlines.texts import AS_WRITTEN, Flow, flow_of, text_of
from bot.core.outlines.values import Notice, OtherList, Outline, OutlinePoint, Unreadable

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class _Found:
    """A list of the document, in place."""

    span: Span
    notices: tuple[Notice, ...] = ()
    numbered: bool = True


def read(document: bytes | str, *, name: str = "", choose: int = 1) -> Outline:
    """The outline of a document, or `Unreadable`.

    `name` hints at the kind by its ending. `choose` takes the N-th list: 1 is the longest, then
    come the others in the document's order.
    """
    source = document_of(document, name)
    page = page_of(source.text) if source.kind == "html" else Page("", source.text, ())
    lines = lines_of(page.text)
    block = block_of(source.text) if source.kind == "text" else None
    flow = AS_WRITTEN if block else flow_of(lines, source.kind)
    if block:
        lines[block.start : block.end] = [BLANK] * (block.end - block.start)
    sections = sections_of(lines, page.title, listed=block is not None)
    found = _lists(sections, flow, block, source.kind)
    column = Column(page.comments) if page.comments else column_of(sections.column, sections.announced)
    chosen, others = _chosen(found, choose, sections, column)
    return _outline(source, page.title, sections, column, chosen, others)


def _lists(sections: Sections, flow: Flow, block: Block | None, kind: str) -> list[_Found]:
    """The lists of the body, the longest first, then in order."""
    found: list[_Found] = []
    runs = sections.runs
    limits = [*(run.begin for run in runs), len(sections.body)][1:]
    for run, limit in zip(runs, limits, strict=False):
        found.append(_list(sections.body, run, limit, flow, kind))
    found = [one for one in found if one.span.points]
    if block:
        return [_Found(Span(block.start, block.end, block.points)), *found]
    longest = max(found, key=lambda one: (len(one.span.points), one.numbered), default=None)
    return [] if longest is None else [longest, *(one for one in found if one is not longest)]


def _list(body: list[Line], run: Run, limit: int, flow: Flow, kind: str) -> _Found:
    span = span_of(body, run, limit, flow)
    same = kind == "markdown" and len(run.numbers) > 1 and len(set(run.numbers)) == 1
    if same:
        span = _by_place(span, run.numbers[0])
    notices = [*span.notices]
    if not run.numbered or same:
        notices.insert(0, Notice("not_numbered", {"count": len(span.points)}))
    else:
        notices += slips(run.numbers)
    if len(run.bonus) > 1:
        notices.append(Notice("bonuses", {"count": len(run.bonus)}))
    empty = [point.label for point in span.points if not point.text]
    if empty:
        notices.append(Notice("empty_points", {"count": len(empty), "labels": ", ".join(empty[:12])}))
    full = tuple(point for point in span.points if point.text)
    return _Found(replace(span, points=full), tuple(notices), run.numbered)


def _by_place(span: Span, first: int) -> Span:
    """Markdown counts for an author who writes the same number before each point."""
    points: list[OutlinePoint] = []
    for number, point in enumerate(span.points, start=first):
        points.append(point if point.label == "*" else replace(point, label=str(number)))
    return replace(span, points=tuple(points))


def _chosen(found: list[_Found], choose: int, sections: Sections, column: Column) -> tuple[_Found, tuple[_Found, ...]]:
    if not found:
        words = sum(line.text.count(" ") + 1 for line in sections.body if not line.blank)
        raise Unreadable("no_list", {"words": words, "comments": len(column.comments)})
    if not 1 <= choose <= len(found):
        raise Unreadable("no_such_list", {"chosen": choose, "lists": len(found)})
    chosen = found[choose - 1]
    return chosen, tuple(one for one in found if one is not chosen)


def _outline(
    source: Document, title: str, sections: Sections, column: Column, chosen: _Found, others: tuple[_Found, ...]
) -> Outline:
    rest = _without(sections.body, [chosen, *others])
    if not title:
        title, rest = _title(rest, min(one.span.start for one in (chosen, *others)))
    after = [line for line in rest[chosen.span.end :] if not is_form_line(line.text)]
    closing = "\n\n".join(part for part in (text_of(after), column.before) if part)
    return Outline(
        title=title,
        introduction=text_of(rest[: chosen.span.start]),
        points=chosen.span.points,
        closing=closing,
        comments=column.comments,
        comments_announced=sections.announced,
        other_lists=tuple(OtherList(one.span.points) for one in others),
        warnings=(*source.notices, *chosen.notices, *_others(others), *column.notices),
    )


def _others(others: tuple[_Found, ...]) -> tuple[Notice, ...]:
    if not others:
        return ()
    sizes = ", ".join(str(len(one.span.points)) for one in others[:12])
    first: OutlinePoint = others[0].span.points[0]
    return (Notice("other_lists", {"count": len(others), "sizes": sizes, "first": first.title}),)


def _without(body: list[Line], found: list[_Found]) -> list[Line]:
    """The body with blank lines where the lists stand, so that their text stands nowhere twice."""
    rest = list(body)
    for one in found:
        rest[one.span.start : one.span.end] = [BLANK] * (one.span.end - one.span.start)
    return rest


def _title(rest: list[Line], before: int) -> tuple[str, list[Line]]:
    """The title among the lines before the first list, and the lines without it.

    The first heading of the first rank is the title, else the first line, unless it is long or
    the beginning of a wrapped paragraph.
    """
    places = [at for at in range(min(before, len(rest))) if not rest[at].blank]
    if not places:
        return "", rest
    at = next((at for at in places if rest[at].heading == 1), places[0])
    line = rest[at]
    wrapped = not line.heading and at + 1 < len(rest) and rest[at + 1].text[:1].islower()
    if len(line.text) > _LONGEST_TITLE or wrapped or line.inert:
        return "", rest
    return line.text.replace("**", ""), [*rest[:at], BLANK, *rest[at + 1 :]]
