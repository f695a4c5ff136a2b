"""Losses: what is gone from Discord is remembered, and moderators are told of it once."""

from collections.abc import Sequence

from bot.core import losses
from bot.core.losses import Loss, What
from bot.core.notices import Cause
from bot.services import notices
from bot.services.desk import Desk
from bot.storage import losses as stored
from bot.storage import notices as stored_notices
from bot.storage.database import Tx


async def record(desk: Desk, gone: Sequence[Loss]) -> Sequence[Loss]:
    """Some messages or channels are gone. What no critique knows costs no write. None comes back."""
    async with desk.db.read() as tx:
        known = [loss for loss in gone if await stored.stood(tx, loss)]
    if known:
        async with desk.db.write() as tx:
            await noticed(desk, tx, known)
    return ()


async def noticed(desk: Desk, tx: Tx, gone: Sequence[Loss]) -> None:
    """The same within a transaction.

    With its home a critique loses all that stands there, and that alone is told. Moderators of critiques that are not
    open are told nothing.
    """
    for loss in sorted(gone, key=lambda loss: loss.what is What.MESSAGE):
        stood = await stored.stood(tx, loss)
        if not stood or not await stored.save(tx, loss, desk.clock()):
            continue
        for each in stood:
            home = losses.channel(each.home)
            if each.cause is Cause.HOME_DELETED and each.about.critique is not None:
                await stored_notices.drop_untold(tx, each.about.critique)
            if each.open and (loss == home or not await stored.any_known(tx, [home])):
                await notices.owe(desk, tx, each.guild, each.cause, each.about, occasion=str(loss.id))
