"""The slow mode of points' threads. What is shown of it is owed as soon as there is a thread."""

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.ids import PointId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import cases
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.merges import STANDING
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored
from bot.storage.database import Tx


async def slow(desk: Desk, actor: Actor, choices: Choices, which: PointId, seconds: int) -> Point:
    """Each member writes in the point's thread once in so many seconds; 0 ends that. Raises Refusal."""
    check(actor, Act.SLOW_THREAD, choices)
    async with desk.db.write() as tx:
        point = await stored.point(tx, which)
        critique = await stored_critiques.critique(tx, point.critique)
        if critique.guild != actor.guild or point.status not in STANDING or point.slowmode == seconds:
            raise Refusal(Code.STATE_CHANGED)
        check_open(critique, Act.SLOW_THREAD)
        act = CaseAct.SLOW if seconds else CaseAct.UNSLOW
        await cases.record(desk, tx, critique, actor, act, Why(), point)
        await stored.save_slowmode(tx, which, seconds)
        if point.thread is not None:
            await stored_deliveries.owe(tx, owed.slow_thread(critique.guild, which, critique.home), desk.clock())
        return await stored.point(tx, which)


async def owe(desk: Desk, tx: Tx, point: Point) -> None:
    """The point's thread stands now: it is slowed where that was asked before."""
    if point.slowmode:
        critique = await stored_critiques.critique(tx, point.critique)
        await stored_deliveries.owe(tx, owed.slow_thread(critique.guild, point.id, critique.home), desk.clock())
