"""What waits for a server's moderators, oldest first, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.core.cases import Case
from bot.core.ids import CaseId, PointId, ReportId
from bot.core.pages import Page
from bot.core.points import Point
from bot.core.reports import Report

ON_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """An addition, an appeal or a report that waits, and since when; `page` is where it stands in Discord."""

    what: Point | Case | Report
    since: datetime
    page: Page | None = None

    @property
    def target(self) -> str:
        """What its message in the moderators' channel is stored under."""
        match self.what:
            case Point():
                return held_pages(self.what.id)
            case Case():
                return appeal_pages(self.what.id)
            case Report():
                return report_pages(self.what.id)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some of what waits; `number` counts the pages from 1, the rest what waits in all."""

    items: tuple[Waiting, ...]
    number: int
    pages: int
    additions: int
    appeals: int
    reports: int = 0


def held_pages(point: PointId) -> str:
    """What the message that shows an addition is stored under."""
    return f"held:{point}"


def appeal_pages(case: CaseId) -> str:
    """What the message that shows an appeal is stored under."""
    return f"appeal:{case}"


def report_pages(report: ReportId) -> str:
    """What the message that shows a report is stored under."""
    return f"report:{report}"


def in_order(additions: Iterable[Point], appeals: Iterable[Case], reports: Iterable[Report] = ()) -> list[Waiting]:
    """All of it, what has waited longest first."""
    found = [Waiting(point, point.created_at) for point in additions]
    found += [Waiting(case, case.appeal.at) for case in appeals if case.appeal is not None]
    found += [Waiting(report, report.at) for report in reports]
    return sorted(found, key=lambda each: (each.since, each.target))


def page(items: list[Waiting], number: int) -> QueuePage:
    """The page with that number; the nearest there is where there is none such."""
    pages = max(-(-len(items) // ON_A_PAGE), 1)
    number = min(max(number, 1), pages)
    shown = tuple(items[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
    additions = sum(isinstance(each.what, Point) for each in items)
    appeals = sum(isinstance(each.what, Case) for each in items)
    return QueuePage(shown, number, pages, additions, appeals, len(items) - additions - appeals)
