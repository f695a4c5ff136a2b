"""An outline as text that reads back to the same points, and that text read again.

1. The points stand below a line `Points (N):`, each with its label and `)`, what follows its
   first line indented by four. Below that line labels are taken as they stand, in any order.
2. A text that does not keep to this form to the letter is read like any other.
"""

import re
from dataclasses import dataclass

from bot.core.outlines.values import Comment, Outline, OutlinePoint
from bot.core.titles import title_of

_HEADER = re.compile(r"Points \((\d{1,6})\):")
_ENTRY = re.compile(r"(\d{1,3}|\*)\)(?: (.*))?")
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Block:
    """The points of a rendered outline, and the lines they take up, the header included."""

    start: int
    end: int
    points: tuple[OutlinePoint, ...]


def render(outline: Outline) -> str:
    """The outline as text: `read(render(outline)).points == outline.points`."""
    parts = [_guarded(outline.title), _guarded(outline.introduction), f"Points ({len(outline.points)}):"]
    parts += [_entry(point.label, point.text) for point in outline.points]
    parts.append(outline.closing)
    if outline.comments:
        parts.append(_heading(outline))
        parts += [_entry(str(place), _signed(comment)) for place, comment in enumerate(outline.comments, start=1)]
    return "\n\n".join(part for part in parts if part) + "\n"


def block_of(text: str) -> Block | None:
    """The points of a text that `render` wrote, or None."""
    lines = text.split("\n")
    for start, line in enumerate(lines):
        header = _HEADER.fullmatch(line)
        if header:
            return _block(lines, start, int(header[1]))
    return None


def _block(lines: list[str], start: int, count: int) -> Block | None:
    found: list[tuple[str, list[str]]] = []
    end = start + 1
    for at in range(start + 1, len(lines)):
        entry = _ENTRY.fullmatch(lines[at]) if len(found) < count else None
        if entry:
            found.append((entry[1], [entry[2] or ""]))
        elif found and lines[at].startswith(_INDENT):
            found[-1][1].append(lines[at][len(_INDENT) :])
        elif not lines[at].strip():
            if found:
                found[-1][1].append("")
        else:
            break
        end = at + 1
    if not found or len(found) != count:
        return None
    texts = [(label, "\n".join(parts).strip()) for label, parts in found]
    return Block(start, end, tuple(OutlinePoint(label, title_of(text), text) for label, text in texts))


def _entry(label: str, text: str) -> str:
    first, *others = text.split("\n")
    return "\n".join([f"{label}) {first}", *(_INDENT + line if line.strip() else "" for line in others)])


def _signed(comment: Comment) -> str:
    return comment.text if comment.author is None else f"{comment.author} says:\n{comment.text}"


def _heading(outline: Outline) -> str:
    announced = outline.comments_announced
    return "Comments:" if announced is None else f"{announced} comments:"


def _guarded(text: str) -> str:
    """The text with any line quoted that would pass for the header of the points."""
    return "\n".join(f"> {line}" if _HEADER.fullmatch(line) else line for line in text.split("\n"))
