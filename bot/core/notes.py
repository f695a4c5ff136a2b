"""Notes: what moderators write down about a member for each other; and what is on record about one, page by page."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.cases import Case
from bot.core.ids import MemberId

LONGEST = 1_000
PER_PAGE = 5


@dataclass(frozen=True, slots=True)
class Note:
    """A moderator's note about a member."""

    text: str
    by: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """A page of what is on record, newest first, of so many pages; `number` counts from 1."""

    entries: tuple[Case | Note, ...]
    number: int
    pages: int


def page(entries: list[Case | Note], number: int) -> Record:
    """The page of that number, or the nearest that there is."""
    pages = max(1, -(-len(entries) // PER_PAGE))
    shown = min(max(number, 1), pages)
    newest = sorted(entries, key=lambda each: each.at, reverse=True)
    return Record(tuple(newest[(shown - 1) * PER_PAGE : shown * PER_PAGE]), shown, pages)
