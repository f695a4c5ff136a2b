"""What a document becomes. Frozen values, compared by what they hold.

1. A label is the number as written, in plain digits without leading noughts, or `*` for a bonus.
2. A point's text is whole and stands without its mark; its title is `title_of(text)`.
3. A notice or an `Unreadable` is a code with public parameters; its sentence belongs to display.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Params = Mapping[str, str | int]
BONUS = "*"
LIMIT = 1_048_576
"""The most bytes a document may have: 1 MiB."""


@dataclass(frozen=True, slots=True)
class OutlinePoint:
    """One entry of a list, as the document gives it."""

    label: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment under the document; the author where the page names one."""

    author: str | None
    text: str


@dataclass(frozen=True, slots=True)
class OtherList:
    """A list of the document that was not chosen."""

    points: tuple[OutlinePoint, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something uncertain that a person should look at before trusting the reading."""

    code: str
    params: Params = field(default_factory=dict[str, str | int])


@dataclass(frozen=True, slots=True)
class Outline:
    """A document, read. `comments_announced` is the count in the heading of the comments, if it has one."""

    title: str
    introduction: str
    points: tuple[OutlinePoint, ...]
    closing: str = ""
    comments: tuple[Comment, ...] = ()
    comments_announced: int | None = None
    other_lists: tuple[OtherList, ...] = ()
    warnings: tuple[Notice, ...] = ()


class Unreadable(Exception):
    """The document holds nothing that could be debated: `code` says why, `params` with which figures.

    Codes: `empty`, `binary` (kind), `too_large` (size, limit), `no_list` (words, comments),
    `no_such_list` (chosen, lists).
    """

    def __init__(self, code: str, params: Params | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = params or {}
