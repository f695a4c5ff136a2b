"""Policies: whether an addition waits for a moderator before the list shows it.

1. *Open*: none waits. *Held*: all wait, moderators' own too, so that nobody's is favoured. *Held for new*: those of
   members who joined the server lately wait; how lately is a rule of the server. One whose joining is not known
   counts as new, unless nobody does.
2. An addition that waits has its label already: a label is a permanent name, and a refused one leaves a gap.
"""

from datetime import datetime, timedelta
from enum import StrEnum

NEW_FOR = timedelta(days=7)


class Policy(StrEnum):
    """What becomes of an addition before the list shows it."""

    OPEN = "open"
    HELD = "held"
    HELD_FOR_NEW = "held-for-new"


def is_new(joined_at: datetime | None, now: datetime, new_for: timedelta = NEW_FOR) -> bool:
    """Whether who joined the server at `joined_at` is new `now`; nobody is where members are new for no time."""
    return bool(new_for) and (joined_at is None or now - joined_at < new_for)


def waits(policy: Policy, joined_at: datetime | None, now: datetime, new_for: timedelta = NEW_FOR) -> bool:
    """Whether an addition, made `now` by who joined the server at `joined_at`, waits for a moderator."""
    match policy:
        case Policy.OPEN:
            return False
        case Policy.HELD:
            return True
        case Policy.HELD_FOR_NEW:
            return is_new(joined_at, now, new_for)
