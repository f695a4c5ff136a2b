"""Additions on record: labelled and saved in the caller's transaction, together with what they owe Discord."""

from datetime import datetime

from bot.core import deliveries as owed
from bot.core.additions import Heard
from bot.core.critiques import Critique
from bot.core.ids import MemberId
from bot.core.points import Point
from bot.core.titles import title_of
from bot.services import digests
from bot.services.desk import Desk
from bot.storage import additions as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def record(
    desk: Desk,
    tx: Tx,
    critique: Critique,
    author: MemberId,
    text: str,
    *,
    at: datetime,
    claimed: int | None = None,
) -> Point:
    """Records an addition under the next free label and gives it back.

    `claimed` is the number that its author wrote, kept where the label differs; `at` is when the author said it.
    """
    label = await stored_critiques.claim_label(tx, critique.id)
    which = await stored_points.save_addition(
        tx,
        critique.id,
        label=label,
        claimed=claimed if claimed != label else None,
        title=title_of(text),
        text=text,
        author=author,
        at=at,
    )
    await stored_deliveries.owe(tx, owed.show_point(critique.guild, which, critique.home), desk.clock())
    await digests.owe(desk, tx, critique.id)
    return await stored_points.point(tx, which)


async def typed_in(desk: Desk, tx: Tx, source: Heard, point: Point, ordinal: int = 0, *, goes_on: bool = False) -> None:
    """Remembers the message that the point was typed in, and owes it the mark, and a word where the label differs.

    `ordinal` counts the additions of one message from 0; `goes_on` says that the author's next message may continue it.
    """
    await stored.save_source(
        tx,
        source.message,
        ordinal,
        point.id,
        channel=source.channel,
        author=source.author,
        goes_on=goes_on,
        at=source.at,
    )
    now = desk.clock()
    await stored_deliveries.owe(tx, owed.mark(source.guild, source.message, source.channel, point.id), now)
    if point.claimed_label is not None:
        await stored_deliveries.owe(tx, owed.tell_label(source.guild, source.message, source.channel, point.id), now)
