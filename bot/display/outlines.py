"""Outlines for people: sentences for what was uncertain or unreadable, the text for a terminal, the JSON form.

1. Every code of a notice and of `Unreadable` has one sentence: what was found, and what to do.
2. Nothing here knows Discord: the command line starts without it.
"""

import textwrap
from collections.abc import Callable, Iterable
from typing import Any

from bot.core.outlines import Comment, Notice, Outline, OutlinePoint, Unreadable
from bot.texts import _, ngettext

_WIDTH = 96
_SHOWN_LINES = 3


def sentence(notice_or_unreadable: Notice | Unreadable) -> str:
    """The sentence for a notice or a failure."""
    code, params = notice_or_unreadable.code, notice_or_unreadable.params
    if code in _COUNTED:
        text = _COUNTED[code](int(params["count"]))
    elif code == "binary" and params["kind"]:
        text = _("This is a {kind} file, not text: save it as plain text, Markdown or HTML and try again.")
    else:
        text = _PLAIN[code]()
    return text.format(**{key: f"{value:,}" if isinstance(value, int) else value for key, value in params.items()})


_PLAIN: dict[str, Callable[[], str]] = {
    "empty": lambda: _("The document is empty: there is nothing to read in it."),
    "binary": lambda: _("This file is not text: save it as plain text, Markdown or HTML and try again."),
    "too_large": lambda: _(
        "The document is too large ({size} bytes; at most {limit} are read): cut it down to the list and its comments."
    ),
    "no_list": lambda: _(
        "No list was found in {words} words: number the points 1., 2., 3. at the start of their lines and try again."
    ),
    "no_such_list": lambda: _("There is no list {chosen} in this document: lists found, {lists}."),
    "encoding": lambda: _("The text is not UTF-8 and was read as {encoding}: look at its accents and quotation marks."),
    "disordered": lambda: _("The numbers of the points are out of order; they are kept as written."),
    "repeated": lambda: _("More than one point has the same number ({labels}); they are kept as written."),
    "missing": lambda: _("Numbers are missing from the list ({labels}); the points are kept as written."),
    "begins_late": lambda: _("The lowest number of the list is {label}, not 1; the points are kept as written."),
    "last_point": lambda: _("Where the last point ends is uncertain: look at its text and at the closing text."),
    "comments_not_split": lambda: _("The comments could not be told apart and are kept as one."),
}

_COUNTED: dict[str, Callable[[int], str]] = {
    "damaged": lambda n: ngettext(
        "One character of the text was damaged and is shown as \ufffd.",
        "{count} characters of the text were damaged and are shown as \ufffd.",
        n,
    ),
    "not_numbered": lambda n: ngettext(
        "The list is not numbered: its one point is labelled 1.",
        "The list is not numbered: its {count} points are labelled by their position.",
        n,
    ),
    "bonuses": lambda n: ngettext(
        "The list has one bonus point.", "The list has {count} bonus points, all labelled *.", n
    ),
    "empty_points": lambda n: ngettext(
        "One mark has no text after it and was left out: {labels}.",
        "{count} marks have no text after them and were left out: {labels}.",
        n,
    ),
    "other_lists": lambda n: ngettext(
        "The document holds another list, of {sizes} points, that begins “{first}”: it can be chosen as list 2.",
        "The document holds {count} other lists, of {sizes} points; the first begins “{first}”: "
        "they can be chosen as list 2 and on.",
        n,
    ),
}


def as_json(outline: Outline) -> dict[str, Any]:
    """The outline as plain values, warnings as sentences."""
    return {
        "title": outline.title,
        "introduction": outline.introduction,
        "points": _json_points(outline.points),
        "closing": outline.closing,
        "comments": [{"author": comment.author, "text": comment.text} for comment in outline.comments],
        "comments_announced": outline.comments_announced,
        "other_lists": [{"points": _json_points(other.points)} for other in outline.other_lists],
        "warnings": [sentence(notice) for notice in outline.warnings],
    }


def _json_points(points: Iterable[OutlinePoint]) -> list[dict[str, str]]:
    return [{"label": point.label, "title": point.title, "text": point.text} for point in points]


def as_text(outline: Outline) -> str:
    """The outline for a terminal: title, points with the first lines of each, counts, warnings."""
    width = max(len(point.label) for point in outline.points)
    parts = [outline.title or _("(no title)"), *(_point(point, width) for point in outline.points), _counts(outline)]
    parts += [_comment(place, comment) for place, comment in enumerate(outline.comments, start=1)]
    if outline.warnings:
        parts.append("\n".join([_("Look at this:"), *(_bullet(sentence(notice)) for notice in outline.warnings)]))
    return "\n\n".join(parts) + "\n"


def _point(point: OutlinePoint, width: int) -> str:
    head = f"{point.label:>{width}}  {point.title}"
    if " ".join(point.text.split()).rstrip(".") == point.title:
        return head
    return "\n".join([head, *_first_lines(point.text, " " * (width + 4))])


def _comment(place: int, comment: Comment) -> str:
    author = comment.author or _("no name")
    return "\n".join(
        [_("Comment {place}, {author}").format(place=place, author=author), *_first_lines(comment.text, "    ")[:1]]
    )


def _first_lines(text: str, indent: str) -> list[str]:
    wrapped = textwrap.wrap(text[: _WIDTH * (_SHOWN_LINES + 2)], _WIDTH - len(indent))
    if len(wrapped) > _SHOWN_LINES:
        wrapped = [*wrapped[: _SHOWN_LINES - 1], f"{wrapped[_SHOWN_LINES - 1]} …"]
    return [indent + line for line in wrapped]


def _counts(outline: Outline) -> str:
    found = ngettext("{count} point", "{count} points", len(outline.points)).format(count=len(outline.points))
    comments = ngettext("{count} comment found", "{count} comments found", len(outline.comments))
    comments = comments.format(count=len(outline.comments))
    if outline.comments_announced is not None:
        comments = _("{found}, {announced} announced").format(found=comments, announced=outline.comments_announced)
    return f"{found} · {comments}"


def _bullet(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
