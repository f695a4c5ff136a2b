"""What is kept for a time only, and what was deleted: both go in the end.

1. A server that the bot has left is purged after PURGED_AFTER, unless the bot is back before. A kill in the middle
   leaves the rest to the next look.
2. Mutes that are over are forgotten; their cases stay. So is who reported what, some time after it was decided.
3. What a server has chosen to keep for a time is forgotten when it is older, in pieces, so that votes wait for none
   of it. An appeal that waits keeps its case's words.
4. After an erasure the file is written anew, once no emoji is left to be taken away, at most every `scrub_every`:
   meanwhile writes wait, and nobody may hold up the bot by asking again and again.
"""

import logging
from datetime import datetime, timedelta

from bot.core.acts import Act, Actor
from bot.core.deliveries import Kind
from bot.core.ids import GuildId
from bot.core.refusals import Code, Refusal
from bot.core.reports import NAMED_FOR
from bot.core.retention import SHORTEST, Retention, is_usable, oldest
from bot.core.servers import Choices
from bot.services import reports
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import deliveries as stored_deliveries
from bot.storage import mutes as stored_mutes
from bot.storage import purges as stored
from bot.storage import reports as stored_reports
from bot.storage import retention as stored_retention
from bot.storage import servers as stored_servers
from bot.storage.database import Tx
from bot.storage.facts import SCRUB_DUE, SCRUBBED_AT, fact, save_fact

log = logging.getLogger(__name__)

PURGED_AFTER = timedelta(days=30)
_AT_ONCE = 5_000  # changes of votes: some ten milliseconds in which others wait


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
    await _forget(desk)
    await scrub(desk)


async def _forget_reports(desk: Desk, tx: Tx, before: datetime) -> None:
    for report in await stored_reports.past(tx, before):
        await reports.owe_shown(desk, tx, report)
    await stored_reports.drop_past(tx, before)
    await save_fact(tx, SCRUB_DUE, "due")


async def chosen(desk: Desk, actor: Actor, choices: Choices) -> Retention:
    """For how long the server keeps what. Raises Refusal."""
    check(actor, Act.SET_UP, choices)
    async with desk.db.read() as tx:
        return await stored_retention.of(tx, actor.guild)


async def choose(desk: Desk, actor: Actor, choices: Choices, wanted: Retention) -> Retention:
    """Changes for how long the server keeps what, from tomorrow on. Raises Refusal."""
    check(actor, Act.SET_RETENTION, choices)
    if not (is_usable(wanted.history) and is_usable(wanted.cases)):
        raise Refusal(Code.KEPT_TOO_SHORTLY, least=SHORTEST)
    async with desk.db.write() as tx:
        await stored_retention.save(tx, actor.guild, wanted, desk.clock())
        return await stored_retention.of(tx, actor.guild)


async def _forget(desk: Desk) -> None:
    now = desk.clock()
    async with desk.db.read() as tx:
        holding = [(guild, kept) for guild, kept in await stored_retention.all_of(tx) if kept.holds(now)]
    for guild, kept in holding:
        await _forget_history(desk, guild, oldest(kept.history, now))
        await _forget_words(desk, guild, oldest(kept.cases, now))


async def _forget_history(desk: Desk, guild: GuildId, before: datetime | None) -> None:
    if before is None:
        return
    async with desk.db.read() as tx:
        is_done = not await stored_retention.any_history_before(tx, guild, before)
    while not is_done:
        async with desk.db.write() as tx:
            await save_fact(tx, SCRUB_DUE, "due")
            is_done = await stored_retention.drop_history_before(tx, guild, before, _AT_ONCE)


async def _forget_words(desk: Desk, guild: GuildId, before: datetime | None) -> None:
    if before is None:
        return
    async with desk.db.read() as tx:
        if not await stored_retention.any_words_before(tx, guild, before):
            return
    async with desk.db.write() as tx:
        await save_fact(tx, SCRUB_DUE, "due")
        await stored_retention.drop_words_before(tx, guild, before)


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
