"""What a moderator is told beside the answer, once the act is done: their stakes in it, and how it is undone."""

from bot.core.acts import Actor
from bot.core.asides import Aside, Stake, is_reminded, offer
from bot.core.cases import CaseAct
from bot.core.ids import CritiqueId, PointId
from bot.services.desk import Desk
from bot.storage import cases as stored
from bot.storage import points as stored_points
from bot.storage import votes as stored_votes
from bot.storage.database import Tx


async def of(desk: Desk, actor: Actor, done: CaseAct, *which: PointId) -> Aside:
    """Beside what the actor has just done to the first of the points; the others are those it concerns, too."""
    async with desk.db.read() as tx:
        its = await stored.newest_by(tx, actor.id, done, which[:1])
        stakes = await _stakes(tx, actor, which) if is_reminded(done) else []
    if is_reminded(done) and len(its) > 1 and done is not CaseAct.REWORD:  # other words are another decision
        stakes.append(Stake.DECIDED)
    return Aside(tuple(stakes), offer(its[0]) if its else None)


async def of_critique(desk: Desk, done: CaseAct, which: CritiqueId) -> Aside:
    """Beside what was just done to a critique as a whole."""
    async with desk.db.read() as tx:
        case = await stored.of_critique(tx, which, done)
    return Aside(undo=None if case is None else offer(case))


async def _stakes(tx: Tx, actor: Actor, which: tuple[PointId, ...]) -> list[Stake]:
    wrote = any([(await stored_points.point(tx, each)).author == actor.id for each in which])
    voted = await stored_votes.has_voted(tx, actor.id, which)
    return [stake for stake, so in ((Stake.WROTE, wrote), (Stake.VOTED, voted)) if so]
