"""Policies: whether an addition waits for a moderator before the list shows it.

1. *Open*: none waits. *Held*: all wait, moderators' own too, so that nobody's is favoured. *Held for new*: those of
   members who joined the server less than seven days ago wait; one whose joining is not known counts as new.
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


def waits(policy: Policy, joined_at: datetime | None, now: datetime) -> bool:
    """Whether an addition, made `now` by who joined the server at `joined_at`, waits for a moderator."""
    match policy:
        case Policy.OPEN:
            return False
        case Policy.HELD:
            return True
        case Policy.HELD_FOR_NEW:
            return joined_at is None or now - joined_at < NEW_FOR
