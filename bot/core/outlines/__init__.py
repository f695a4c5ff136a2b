"""Outlines: a document read as the list of points it makes, with what stands around the list.

`read` takes bytes or text and gives an `Outline`, or raises `Unreadable`; `render` writes an
outline as text that reads back to the same points. Pure, and linear in the length of the document. What reads is
imported by whoever reads: the bot itself leaves that to its worker process.
"""

from bot.core.outlines.values import Comment, Notice, OtherList, Outline, OutlinePoint, Unreadable

__all__ = ["Comment", "Notice", "OtherList", "Outline", "OutlinePoint", "Unreadable", "read", "render"]


def read(document: bytes | str, *, name: str = "", choose: int = 1) -> Outline:
    """The outline of a document, or `Unreadable`.

    `name` hints at the kind by its ending. `choose` takes the N-th list: 1 is the longest, then come the others in the
    document's order.
    """
    from bot.core.outlines import reading

    return reading.read(document, name=name, choose=choose)


def render(outline: Outline) -> str:
    """The outline as text that reads back to the same points."""
    from bot.core.outlines import rendering

    return rendering.render(outline)
