"""What a point's thread should be.

1. Open: members write in it. In a forum it stays active, since nobody can vote in an archived post; in a text home
   the reactions stand in the channel, and a thread that fell asleep is left asleep.
2. Vote-only: locked and active. Members vote and do not write.
3. Closed: locked and archived.
"""

from dataclasses import dataclass

from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.points import PointStatus


@dataclass(frozen=True, slots=True)
class ThreadState:
    """Locked or not, archived or not; `archived` is None where either is right."""

    locked: bool
    archived: bool | None


def thread_state(critique: CritiqueStatus, point: PointStatus, home: HomeKind) -> ThreadState:
    """What the thread of such a point should be."""
    if critique is not CritiqueStatus.OPEN or point is PointStatus.WITHDRAWN:
        return ThreadState(locked=True, archived=True)
    awake = False if home is HomeKind.FORUM else None
    return ThreadState(locked=point is PointStatus.VOTE_ONLY, archived=awake)
