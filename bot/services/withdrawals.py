"""Authors take additions back: undone within ten minutes, withdrawn later while the critique is open.

1. The label is never used again. Title and text stay in the database and are shown to nobody.
2. The votes stay stored and count no more.
3. A moderator does the same with a reason, and the author is told; it can be undone for ten minutes.
4. An undone addition's message bears the bot's mark no longer, and one that waited says no more that it waits.
"""

from bot.core import deliveries as owed
from bot.core import points
from bot.core.acts import Act, Actor
from bot.core.additions import UNDO_WITHIN
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique
from bot.core.ids import PointId
from bot.core.points import Origin, Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, cases, digests, states
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import already, known, named
from bot.storage import additions as stored
from bot.storage import critiques as stored_critiques
from bot.storage import deliveries as stored_deliveries
from bot.storage import merges as stored_merges
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def undo(desk: Desk, actor: Actor) -> Point:
    """Withdraws the actor's newest addition of the last ten minutes, and gives it back. Raises Refusal."""
    async with desk.db.write() as tx:
        newest = await stored.newest_by(tx, actor.guild, actor.id, desk.clock() - UNDO_WITHIN)
        if newest is None:
            raise Refusal(Code.NOTHING_TO_UNDO)
        point = await _withdraw(desk, tx, actor, newest)
        for message, channel in await stored.without_points(tx, newest):
            await stored_deliveries.owe(tx, owed.unmark(actor.guild, message, channel), desk.clock())
    return point


async def own(desk: Desk, actor: Actor, asked: str) -> list[Point]:
    """The actor's additions that stand in the server's open critiques and that `asked` may mean, best first."""
    return points.find([point for point in await _known(desk, actor) if _is_standing(point, actor)], asked)


async def wanted(desk: Desk, actor: Actor, asked: str) -> Point:
    """The actor's addition that `asked` means, which can be withdrawn. Raises Refusal."""
    known = await _known(desk, actor)
    mine = [point for point in known if _is_standing(point, actor)]
    found = named(known, asked) or points.find(mine, asked) or points.find(known, asked)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    _check(found[0], actor)
    return found[0]


async def withdraw(desk: Desk, actor: Actor, which: PointId) -> Point:
    """Withdraws the actor's addition and gives it back. Raises Refusal."""
    async with desk.db.write() as tx:
        return await _withdraw(desk, tx, actor, which)


async def withdraw_for(desk: Desk, actor: Actor, choices: Choices, which: PointId, why: Why) -> Point:
    """Withdraws somebody's addition, as a moderator, and tells them why. Raises Refusal."""
    check(actor, Act.WITHDRAW_POINT, choices)
    async with desk.db.write() as tx:
        point = await stored_points.point(tx, which)
        critique = await stored_critiques.critique(tx, point.critique)
        if critique.guild != actor.guild or point.origin is not Origin.ADDITION:
            raise Refusal(Code.STATE_CHANGED)
        if not _stands(point):
            raise already(point, Code.STATE_CHANGED)
        check_open(critique, Act.WITHDRAW_POINT)
        await cases.record(desk, tx, critique, actor, CaseAct.WITHDRAW, why, point)
        return await _take(desk, tx, critique, point)


async def put_back(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Point:
    """Undoes `withdraw_for`: the point is as it was, with all votes that stand. It is to be read whole.

    Raises Refusal.
    """
    check(actor, Act.WITHDRAW_POINT, choices)
    async with desk.db.write() as tx:
        point, critique = await known(tx, actor.guild, which)
        if point.status is not PointStatus.WITHDRAWN:
            raise Refusal(Code.STATE_CHANGED)
        check_open(critique, Act.WITHDRAW_POINT)
        await cases.record(desk, tx, critique, actor, CaseAct.RESTORE, Why(), point)
        return await states.show_again(desk, tx, critique, point, CaseAct.WITHDRAW)


async def _withdraw(desk: Desk, tx: Tx, actor: Actor, which: PointId) -> Point:
    point, critique = await known(tx, actor.guild, which)
    _check(point, actor)
    check_open(critique, Act.WITHDRAW_POINT)
    return await _take(desk, tx, critique, point)


async def _take(desk: Desk, tx: Tx, critique: Critique, point: Point) -> Point:
    which = point.id
    await stored_points.save_status(tx, which, PointStatus.WITHDRAWN)
    await stored_merges.count_no_more(tx, critique.id, which)
    await stored_deliveries.owe(tx, owed.show_point(critique.guild, which, critique.home), desk.clock())
    if point.is_held:
        await additions.owe_held(desk, tx, critique, point)
        await additions.owe_remarks(desk, tx, critique, which, await stored.without_points(tx, which))
    await digests.owe(desk, tx, critique.id)
    return await stored_points.point(tx, which)


async def _known(desk: Desk, actor: Actor) -> list[Point]:
    async with desk.db.read() as tx:
        found = await stored_critiques.open_of(tx, actor.guild)
        return [point for critique in found for point in await stored_points.of_critique(tx, critique.id)]


def _is_standing(point: Point, actor: Actor) -> bool:
    return point.origin is Origin.ADDITION and point.author == actor.id and _stands(point)


def _stands(point: Point) -> bool:
    return not point.is_gone and point.status is not PointStatus.REFUSED


def _check(point: Point, actor: Actor) -> None:
    if point.origin is not Origin.ADDITION or point.author != actor.id:
        raise Refusal(Code.NOT_YOUR_POINT, label=point.name)
    if point.status is PointStatus.REFUSED:
        raise Refusal(Code.DECIDED)
    if point.status is PointStatus.HIDDEN:
        raise Refusal(Code.HIDDEN, label=point.name)
    if point.status is PointStatus.REPORTED:
        raise Refusal(Code.REPORTED, label=point.name)
    if point.moved is not None:
        raise Refusal(Code.MOVED, label=point.name, into=point.moved.to.name, title=point.moved.title)
    if not _stands(point):
        raise Refusal(Code.WITHDRAWN, label=point.name)
