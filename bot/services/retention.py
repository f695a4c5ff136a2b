"""What is kept for a time only, and what was deleted: both go in the end.

1. A server that the bot has left is purged after PURGED_AFTER, unless the bot is back before. A kill in the middle
   leaves the rest to the next look.
2. Mutes that are over are forgotten; their cases stay. So is who reported what, some time after it was decided.
3. After an erasure the file is written anew, once no emoji is left to be taken away, at most every `scrub_every`:
   meanwhile writes wait, and nobody may hold up the bot by asking again and again.
"""

import logging
from datetime import datetime, timedelta

from bot.core.deliveries import Kind
from bot.core.ids import GuildId
from bot.core.reports import NAMED_FOR
from bot.services import reports
from bot.services.desk import Desk
from bot.storage import deliveries as stored_deliveries
from bot.storage import mutes as stored_mutes
from bot.storage import purges as stored
from bot.storage import reports as stored_reports
from bot.storage import servers as stored_servers
from bot.storage.database import Tx
from bot.storage.facts import SCRUB_DUE, SCRUBBED_AT, fact, save_fact

log = logging.getLogger(__name__)

PURGED_AFTER = timedelta(days=30)


async def look(desk: Desk) -> None:
    """Does all of it that is due."""
    now = desk.clock()
    async with desk.db.read() as tx:
        left = await stored_servers.left_before(tx, now - PURGED_AFTER)
        is_past = await stored_mutes.any_past(tx, now)
        is_settled = await stored_reports.any_past(tx, now - NAMED_FOR)
    if left is not None:
        await purge(desk, left)
    if is_past:
        async with desk.db.write() as tx:
            await stored_mutes.drop_past(tx, now)
    if is_settled:
        async with desk.db.write() as tx:
            await _forget_reports(desk, tx, now - NAMED_FOR)
    await scrub(desk)


async def _forget_reports(desk: Desk, tx: Tx, before: datetime) -> None:
    for report in await stored_reports.past(tx, before):
        await reports.owe_shown(desk, tx, report)
    await stored_reports.drop_past(tx, before)
    await save_fact(tx, SCRUB_DUE, "due")


async def purge(desk: Desk, guild: GuildId) -> None:
    """Deletes all that is stored of a server: critique by critique, so that nobody waits for long."""
    async with desk.db.read() as tx:
        critiques = await stored.critiques_of(tx, guild)
    for critique in critiques:
        async with desk.db.write() as tx:
            await stored.drop_votes(tx, critique)
    async with desk.db.write() as tx:
        await stored.drop_rest(tx, guild)
        await save_fact(tx, SCRUB_DUE, "due")
    log.info("server %d was left %d days ago: all that was stored of it is deleted", guild, PURGED_AFTER.days)


async def scrub(desk: Desk) -> bool:
    """Writes the file anew where something in it was to be forgotten; whether that is done."""
    now = desk.clock()
    async with desk.db.read() as tx:
        due = await fact(tx, SCRUB_DUE)
        last = await fact(tx, SCRUBBED_AT)
        waits = await stored_deliveries.any_of(tx, Kind.TAKE_VOTE)
    if not due or waits or (last and now - datetime.fromisoformat(last) < desk.pace.scrub_every):
        return False
    if not await desk.db.scrub():
        return False
    async with desk.db.write() as tx:
        await save_fact(tx, SCRUBBED_AT, now.isoformat())
        await save_fact(tx, SCRUB_DUE, "")
    return True
