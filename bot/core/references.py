"""References: messages that mention a point elsewhere, told in the point's thread.

1. They are told in batches: one line with links, nobody pinged, and at most one message a point in ten minutes.
2. A reference belongs to its batch for good. A batch takes what comes until it is told.
3. A message that is edited or deleted refers to what it says then; a batch of which nothing is left goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.ids import ChannelId, MessageId, PointId

EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Reference:
    """A message that mentions a point, and where it stands."""

    message: MessageId
    channel: ChannelId


@dataclass(frozen=True, slots=True)
class Batch:
    """What is told in one message, due then, about a point."""

    point: PointId
    number: int
    due_at: datetime
    references: Sequence[Reference] = ()


def batch_for(point: PointId, last: Batch | None, now: datetime, gathers: timedelta) -> Batch:
    """The batch that a reference of now goes into, given the point's last one; a new one `gathers` for so long."""
    if last is None:
        return Batch(point, 0, now + gathers)
    if now < last.due_at:
        return last
    return Batch(point, last.number + 1, max(now + gathers, last.due_at + EVERY))


def pages(point: PointId, batch: int) -> str:
    """The target under which a batch's message is known."""
    return f"references:{point}:{batch}"
