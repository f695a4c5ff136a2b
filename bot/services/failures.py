"""Deliveries that fail for good or for long: who is told of it, and when that has passed."""

from datetime import datetime, timedelta

from bot.core.deliveries import Delivery, Kind, Owed, public
from bot.core.ids import ChannelId
from bot.core.notices import Cause, Subject
from bot.services import notices
from bot.services.desk import Desk
from bot.storage import notices as stored
from bot.storage.database import Tx

_TOLD_FOR = timedelta(days=30)  # after which the same is told again, if it still is so


async def tell(desk: Desk, tx: Tx, delivery: Delivery, cause: Cause, fault: str) -> bool:
    """Moderators are told once for a kind of delivery and a channel; whether they had not been told already.

    Not of a notice that could not be told, which the log has.
    """
    owed = delivery.owed
    if owed.kind is Kind.NOTICE:
        return False
    about = Subject(critique=owed.critique, channel=_channel(owed), detail=f"{owed.kind} {public(fault)}")
    return await notices.owe(desk, tx, owed.guild, cause, about, occasion=owed.kind)


async def passed(tx: Tx, delivery: Delivery, now: datetime) -> None:
    """One has succeeded. A *latest* shows that its like works again: if it fails anew, that is told anew."""
    owed = delivery.owed
    if owed.kind.latest:
        about = Subject(critique=owed.critique, channel=_channel(owed))
        await notices.settle(tx, owed.guild, (Cause.GIVEN_UP, Cause.STUCK, Cause.FORBIDDEN), about, occasion=owed.kind)
    await stored.drop_told(tx, now - _TOLD_FOR)


def _channel(owed: Owed) -> ChannelId | None:
    """The channel of its lane; some lanes are no channel."""
    return owed.lane if owed.lane > 0 and owed.lane != owed.guild else None
