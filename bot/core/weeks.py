"""Weeks: when the weekly digest is due.

1. A week is one of ISO 8601: it begins on a Monday, and its number is unique within its ISO year. It is the key under
   which a critique has one weekly digest, and no second.
2. A digest is due at an hour of the server's clock. Where the clocks skip that hour, it is due when that hour would
   have been; where they show it twice, at the first of both.
3. Only the newest week that is due is ever asked for: after an outage of a month there is one digest, not four.
4. Weeks compare by time, so that a clock that was set back makes no week due that was posted.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

_WEEK = timedelta(weeks=1)


class Week(NamedTuple):
    """A week of ISO 8601; weeks compare by time."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The week that the day is in."""
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parsed(cls, text: str) -> Self:
        """The week written as `2026-W07`. Raises ValueError where it is no such week."""
        year, mark, number = text.partition("-W")
        if not mark:
            raise ValueError(text)
        return cls.of(date.fromisocalendar(int(year), int(number), 1))

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def __str__(self) -> str:
        """As ISO 8601 writes it: `2026-W07`."""
        return f"{self.year:04}-W{self.number:02}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """On which day of the week (1 is Monday, 7 Sunday) and at which hour (0 to 23) of the server's clock."""

    weekday: int = 1
    hour: int = 9

    def __post_init__(self) -> None:
        """Raises ValueError where there is no such day or hour."""
        if not (1 <= self.weekday <= 7 and 0 <= self.hour <= 23):
            raise ValueError(f"no day {self.weekday} of a week, or no hour {self.hour} of a day")


def due_at(week: Week, schedule: Schedule, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the week's digest is due."""
    day = week.monday + timedelta(days=schedule.weekday - 1)
    local = datetime(day.year, day.month, day.day, schedule.hour, tzinfo=zone)  # fold 0, as PEP 495 has it
    return local.astimezone(UTC)


def newest_due(now: datetime, schedule: Schedule, zone: ZoneInfo) -> Week:
    """The last week whose digest is due by `now`, an aware moment."""
    today = now.astimezone(zone).date()
    weeks = (Week.of(today + _WEEK * ahead) for ahead in (1, 0, -1))
    return next((week for week in weeks if due_at(week, schedule, zone) <= now), Week.of(today - 2 * _WEEK))
