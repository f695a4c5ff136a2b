"""What a point's thread should be.

1. Open: members write in it. In a forum it stays active, since nobody can vote in an archived post; in a text home
   the reactions stand in the channel, and a thread that fell asleep is left asleep.
2. Vote-only, or merged into another: locked and active. Members vote and do not write.
3. Closed, withdrawn or hidden: locked and archived.
4. A post that fell asleep for silence is woken; one that somebody closed or locked is left as they wanted it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.points import GONE, PointStatus

LONGEST_SLOWMODE = 21_600  # seconds: six hours, Discord's longest
BUDGET = 900  # active threads of a server, of at most 1,000, up to which the bot opens and wakes threads

_SLACK = timedelta(minutes=5)  # by which Discord may be early, or a clock wrong


@dataclass(frozen=True, slots=True)
class ThreadState:
    """Locked or not, archived or not; `archived` is None where either is right."""

    locked: bool
    archived: bool | None


def thread_state(critique: CritiqueStatus, point: PointStatus, home: HomeKind, *, merged: bool = False) -> ThreadState:
    """What the thread of such a point should be."""
    if critique is not CritiqueStatus.OPEN or point in GONE:
        return ThreadState(locked=True, archived=True)
    awake = False if home is HomeKind.FORUM else None
    return ThreadState(locked=merged or point is PointStatus.VOTE_ONLY, archived=awake)


@dataclass(frozen=True, slots=True)
class Asleep:
    """An archived thread: since when, how long a silence archives it, and when something last happened in it."""

    since: datetime
    after: timedelta
    active_at: datetime


def fell_asleep(thread: Asleep, woken_at: datetime | None) -> bool:
    """Whether the thread was archived for silence, not by somebody; `woken_at` is when the bot last woke it."""
    active_at = max(thread.active_at, woken_at or thread.active_at)
    return thread.since - active_at >= thread.after - _SLACK
