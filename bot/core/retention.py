"""For how long a server keeps what is not the list itself: how votes changed, and what was written in cases.

1. None: for as long as the bot is there. Else SHORTEST to LONGEST days: what is younger is needed to take out the votes
   of a raid, and to answer an appeal.
2. A choice holds from HOLDS_AFTER on: until then whoever made it by mistake can make another.
3. What is to go goes by whole days, so that it is looked for and goes once a day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST, LONGEST = 30, 3_650  # days
HOLDS_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days `history`, the changes of votes, and `cases`, the words in cases, are kept.

    `chosen_at` is when that was chosen; None: nothing was.
    """

    history: int | None = None
    cases: int | None = None
    chosen_at: datetime | None = None

    @property
    def holds_from(self) -> datetime | None:
        """When it begins to hold."""
        return None if self.chosen_at is None else self.chosen_at + HOLDS_AFTER

    def holds(self, now: datetime) -> bool:
        """Whether it holds."""
        return self.holds_from is not None and self.holds_from <= now


def is_usable(days: int | None) -> bool:
    """Whether something can be kept for so many days."""
    return days is None or SHORTEST <= days <= LONGEST


def oldest(days: int | None, now: datetime) -> datetime | None:
    """What is older goes; None: nothing does."""
    if days is None:
        return None
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
