"""Merging points that say the same, and undoing it within seven days.

A merge moves no vote: the point names another, and the votes of both are counted as one. So undoing it gives back
the very same figures, with what was voted meanwhile where it was voted.
"""

from bot.core import deliveries as owed
from bot.core import merges
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import PointId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, cases, digests
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import merges as stored
from bot.storage import points as stored_points
from bot.storage.database import Tx

STANDING = (PointStatus.OPEN, PointStatus.VOTE_ONLY)


async def merge(desk: Desk, actor: Actor, choices: Choices, which: PointId, into: PointId, why: Why) -> Point:
    """Merges a point into another of its critique, and gives it back. Raises Refusal."""
    check(actor, Act.MERGE_POINT, choices)
    async with desk.db.write() as tx:
        point, critique = await _usable(tx, actor, which)
        target, _its = await _usable(tx, actor, into)
        return await join(desk, tx, actor, critique, point, target, why)


async def join(desk: Desk, tx: Tx, actor: Actor, critique: Critique, point: Point, target: Point, why: Why) -> Point:
    """Merges a point into another, in the caller's transaction. Raises Refusal."""
    await _check(tx, point, target)
    await cases.record(desk, tx, critique, actor, CaseAct.MERGE, why, point)
    await stored.merge(tx, critique.id, point.id, target.id, desk.clock())
    return await _shown(desk, tx, critique, point.id)


async def unmerge(desk: Desk, actor: Actor, choices: Choices, which: PointId, why: Why) -> Point:
    """Undoes a merge of the last seven days, and gives the point back. Raises Refusal."""
    check(actor, Act.MERGE_POINT, choices)
    async with desk.db.write() as tx:
        point, critique = await _usable(tx, actor, which)
        if point.into is None or point.merged_at is None:
            raise Refusal(Code.STATE_CHANGED)
        if desk.clock() - point.merged_at > merges.UNDO_WITHIN:
            raise Refusal(Code.MERGED_LONG_AGO, label=point.name)
        await cases.record(desk, tx, critique, actor, CaseAct.UNMERGE, why, point)
        return await _part(desk, tx, critique, which)


async def undo(desk: Desk, tx: Tx, critique: Critique, point: Point) -> Point:
    """Undoes a merge whose author's appeal is granted, however long ago it was. Raises Refusal."""
    if point.into is None or critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CANNOT_GRANT)
    return await _part(desk, tx, critique, point.id)


async def _part(desk: Desk, tx: Tx, critique: Critique, which: PointId) -> Point:
    await stored.merge(tx, critique.id, which, None, None)
    return await _shown(desk, tx, critique, which)


async def _usable(tx: Tx, actor: Actor, which: PointId) -> tuple[Point, Critique]:
    point = await stored_points.point(tx, which)
    critique = await stored_critiques.critique(tx, point.critique)
    if critique.guild != actor.guild or not point.is_listed:
        raise Refusal(Code.STATE_CHANGED)
    check_open(critique, Act.MERGE_POINT)
    return point, critique


async def _check(tx: Tx, point: Point, target: Point) -> None:
    if point.critique != target.critique:
        raise Refusal(Code.OTHER_CRITIQUE, label=point.name, into=target.name)
    if point.into is not None:
        raise Refusal(Code.MERGED, label=point.name, into=point.into.name)
    if point.status not in STANDING or target.status not in STANDING:
        raise Refusal(Code.STATE_CHANGED)
    found = await stored.groups_of(tx, [point.id, target.id])
    if merges.makes_loop([part for group in found.values() for part in group], point.id, target.id):
        raise Refusal(Code.MERGE_LOOP, label=point.name, into=target.name)


async def _shown(desk: Desk, tx: Tx, critique: Critique, which: PointId) -> Point:
    now = desk.clock()
    await stored_deliveries.owe(tx, owed.show_point(critique.guild, which, critique.home), now)
    await stored_deliveries.owe(tx, owed.show_thread(critique.guild, which, critique.home), now)
    await digests.owe(desk, tx, critique.id)
    point = await stored_points.point(tx, which)
    if point.decided_by is not None:  # what the moderators' channel says of its approval names the merge
        await additions.owe_held(desk, tx, critique, point)
    return point
