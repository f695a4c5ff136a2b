"""What waits for a server's moderators, oldest first, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.cases import Case
from bot.core.ids import CaseId, PointId
from bot.core.pages import Page
from bot.core.points import Point

ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """An addition or an appeal that waits, and since when; `page` is where the moderators' channel shows it."""

    what: Point | Case
    since: datetime
    page: Page | None = None

    @property
    def target(self) -> str:
        """What its message in the moderators' channel is stored under."""
        return held_pages(self.what.id) if isinstance(self.what, Point) else appeal_pages(self.what.id)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some of what waits; `number` counts the pages from 1, `additions` and `appeals` what waits in all."""

    items: tuple[Waiting, ...]
    number: int
    pages: int
    additions: int
    appeals: int


def held_pages(point: PointId) -> str:
    """What the message that shows an addition is stored under."""
    return f"held:{point}"


def appeal_pages(case: CaseId) -> str:
    """What the message that shows an appeal is stored under."""
    return f"appeal:{case}"


def in_order(additions: Iterable[Point], appeals: Iterable[Case]) -> list[Waiting]:
    """All of it, what has waited longest first."""
    found = [Waiting(point, point.created_at) for point in additions]
    found += [Waiting(case, case.appeal.at) for case in appeals if case.appeal is not None]
    return sorted(found, key=lambda each: (each.since, each.target))


def page(items: list[Waiting], number: int) -> QueuePage:
    """The page with that number; the nearest there is where there is none such."""
    pages = max(-(-len(items) // ON_A_PAGE), 1)
    number = min(max(number, 1), pages)
    shown = tuple(items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
    additions = sum(isinstance(each.what, Point) for each in items)
    return QueuePage(shown, number, pages, additions, len(items) - additions)
