"""Notices: written with the change that gives cause for them, told by the carrier, shown by `/status`."""

import logging
from collections.abc import Collection

from bot.core import deliveries as owed
from bot.core import notices
from bot.core.ids import GuildId
from bot.core.notices import Cause, Notice, Subject
from bot.services.desk import Desk
from bot.storage import deliveries as stored_deliveries
from bot.storage import notices as stored
from bot.storage.database import Tx

log = logging.getLogger(__name__)

_NOTHING = Subject()
_SHOWN = 5


async def owe(
    desk: Desk, tx: Tx, guild: GuildId, cause: Cause, about: Subject = _NOTHING, *, occasion: str = ""
) -> bool:
    """The server's moderators are told soon, in their channel, once for each cause, subject and `occasion`.

    What comes within a moment is told together. False where it has been told, or is owed, already.
    """
    key = notices.key(cause, guild, about, occasion)
    now = desk.clock()
    if not await stored.save(tx, key, guild, cause, about, now):
        return False
    log.info("moderators are told: %s", key)
    await stored_deliveries.owe(tx, owed.notice(guild), now + desk.pace.digest_gathers)
    return True


async def settle(
    tx: Tx, guild: GuildId, causes: Collection[Cause], about: Subject = _NOTHING, *, occasion: str = ""
) -> None:
    """The causes have passed: if one comes back, it is told again."""
    await stored.drop(tx, [notices.key(cause, guild, about, occasion) for cause in causes])


async def latest(desk: Desk, guild: GuildId) -> list[Notice]:
    """The newest few of a server, newest first, whether its moderators could be told or not."""
    async with desk.db.read() as tx:
        return await stored.latest(tx, guild, _SHOWN)
