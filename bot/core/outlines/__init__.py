"""Outlines: a document read as the list of points it makes, with what stands around the list.

`read` takes bytes or text and gives an `Outline`, or raises `Unreadable`; `render` writes an
outline as text that reads back to the same points. Pure, and linear in the length of the document.
"""

from bot.core.outlines.reading import read
from bot.core.outlines.rendering import render
from bot.core.outlines.values import Comment, Notice, OtherList, Outline, OutlinePoint, Unreadable

__all__ = ["Comment", "Notice", "OtherList", "Outline", "OutlinePoint", "Unreadable", "read", "render"]
