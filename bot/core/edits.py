"""What a moderator changes in a draft before it is confirmed: a log of edits, played over the outline as it was read.

1. An edit names its point by the place that it has in the list at that time, from 0.
2. Labels are never changed: a dropped point leaves a gap, a join keeps the label and title of the first.
3. The list never becomes empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.outlines import Outline, OutlinePoint

Points = tuple[OutlinePoint, ...]


class EditKind(StrEnum):
    """What is done to a point."""

    RETITLE = "retitle"
    DROP = "drop"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `title` is a retitled point's."""

    kind: EditKind
    at: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """The labels of what was changed, in order: each pair was joined."""

    retitled: tuple[str, ...]
    dropped: tuple[str, ...]
    joined: tuple[tuple[str, str], ...]


def is_possible(points: Points, edit: Edit) -> bool:
    """Whether the list has the point, and for a join one after it."""
    return 0 <= edit.at < len(points) - (edit.kind is EditKind.JOIN)


def edited(outline: Outline, edits: Sequence[Edit]) -> Outline:
    """The outline with the edits, which must be possible one after the other."""
    points = outline.points
    for edit in edits:
        points = _after(points, edit)
    return replace(outline, points=points)


def changes(outline: Outline, edits: Sequence[Edit]) -> Changes:
    """What the edits have changed, by label."""
    points = outline.points
    retitled: dict[str, None] = {}
    dropped: list[str] = []
    joined: list[tuple[str, str]] = []
    for edit in edits:
        label = points[edit.at].label
        if edit.kind is EditKind.RETITLE:
            retitled[label] = None
        elif edit.kind is EditKind.DROP:
            dropped.append(label)
        else:
            joined.append((label, points[edit.at + 1].label))
        points = _after(points, edit)
    return Changes(tuple(retitled), tuple(dropped), tuple(joined))


def _after(points: Points, edit: Edit) -> Points:
    before, point, rest = points[: edit.at], points[edit.at], points[edit.at + 1 :]
    if edit.kind is EditKind.DROP:
        return (*before, *rest)
    if edit.kind is EditKind.RETITLE:
        return (*before, replace(point, title=edit.title), *rest)
    return (*before, replace(point, text=f"{point.text}\n\n{rest[0].text}"), *rest[1:])
