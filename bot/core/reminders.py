"""Reminders: moderators are told, gently, that something has waited for them for long.

1. They are reminded where the oldest of what waits has waited for REMINDED_AFTER.
2. At most once on a day of the server's own calendar, and never between NIGHT and MORNING there. A clock that jumps
   back makes no second reminder: a day before one on which they were reminded is past.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

REMINDED_AFTER = timedelta(hours=24)
NIGHT, MORNING = 22, 8  # hours


@dataclass(frozen=True, slots=True)
class Reminder:
    """How many additions, appeals and reports wait on a server, and for how long the oldest has."""

    additions: int
    appeals: int
    reports: int
    waited: timedelta

    @property
    def count(self) -> int:
        """All that waits."""
        return self.additions + self.appeals + self.reports


def day(local: datetime) -> str:
    """The day of a server's calendar; later days sort after earlier ones."""
    return local.date().isoformat()


def is_night(local: datetime) -> bool:
    """Whether nobody is to be disturbed."""
    return not MORNING <= local.hour < NIGHT


def is_due(reminder: Reminder, local: datetime, last: str | None) -> bool:
    """Whether the moderators are reminded now; `last` is the last day on which they were."""
    if reminder.waited < REMINDED_AFTER or is_night(local):
        return False
    return last is None or last < day(local)
