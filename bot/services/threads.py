"""Posts in a forum that fall asleep and wake: what is seen of them, and what is owed for it.

Text homes are left alone: their reactions stand in the channel.
"""

from collections.abc import Collection

from bot.core import deliveries as owed
from bot.core.critiques import Critique, HomeKind
from bot.core.ids import ChannelId, GuildId
from bot.core.points import Point
from bot.core.threads import thread_state
from bot.services import digests
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored
from bot.storage.database import Tx


async def seen(desk: Desk, thread: ChannelId, *, archived: bool) -> None:
    """A thread has changed: archived now, or active."""
    async with desk.db.read() as tx:
        point = await stored.by_thread(tx, thread)
        if point is None:
            return
        critique = await stored_critiques.critique(tx, point.critique)
    if _differs(point, critique, archived=archived):
        async with desk.db.write() as tx:
            await _settle(desk, tx, point, critique, archived=archived)


async def servers(desk: Desk) -> set[GuildId]:
    """The servers that have an open critique in a forum."""
    async with desk.db.read() as tx:
        return {critique.guild for critique in await stored_critiques.in_forums(tx)}


async def compare(desk: Desk, guild: GuildId, active: Collection[ChannelId]) -> None:
    """Holds the server's active threads against the posts that should be active."""
    async with desk.db.write() as tx:
        for critique in await stored_critiques.in_forums(tx):
            if critique.guild != guild:
                continue
            for point in await stored.of_critique(tx, critique.id):
                archived = point.thread not in active
                if point.thread is not None and _differs(point, critique, archived=archived):
                    await _settle(desk, tx, point, critique, archived=archived)


def _differs(point: Point, critique: Critique, *, archived: bool) -> bool:
    """Whether the post sleeps and should not, or is believed to sleep and does not."""
    if critique.home_kind is not HomeKind.FORUM:
        return False
    wanted = thread_state(critique.status, point.status, critique.home_kind, merged=point.into is not None)
    return wanted.archived is False if archived else point.asleep


async def _settle(desk: Desk, tx: Tx, point: Point, critique: Critique, *, archived: bool) -> None:
    if archived:
        await stored_deliveries.owe(tx, owed.wake_thread(critique.guild, point.id, critique.home), desk.clock())
    elif await stored.save_asleep(tx, point.id, asleep=False):
        await digests.owe(desk, tx, critique.id)
