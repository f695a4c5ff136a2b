"""The states of critiques and points that moderators set: closed or open; vote-only, hidden or open.

A change owes each thread its state, the post "Add to this list" and the digest theirs; what is so already is refused.
"""

from collections.abc import Iterable

from bot.core import deliveries as owed
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique, CritiqueStatus, HomeKind
from bot.core.ids import CritiqueId, GuildId, PointId, snowflake_at
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import ballots, cases, digests, exclusions
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.services.points import already
from bot.storage import cases as stored_cases
from bot.storage import critiques as stored
from bot.storage import deliveries as stored_deliveries
from bot.storage import merges as stored_merges
from bot.storage import points as stored_points
from bot.storage import readings as stored_readings
from bot.storage.database import Tx


async def close(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId) -> Critique:
    """No more votes and additions, every thread locked and archived. Gives the critique back. Raises Refusal."""
    return await _turn(desk, actor, choices, which, CritiqueStatus.CLOSED)


async def reopen(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId) -> Critique:
    """Undoes `close`. The server is to be read anew: what happened meanwhile was ignored. Raises Refusal."""
    return await _turn(desk, actor, choices, which, CritiqueStatus.OPEN)


async def lock(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Point:
    """Members go on voting on the point, and write no more in its thread. Raises Refusal."""
    return await _switch(desk, actor, choices, which, PointStatus.VOTE_ONLY)


async def unlock(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Point:
    """Undoes `lock`. Raises Refusal."""
    return await _switch(desk, actor, choices, which, PointStatus.OPEN)


async def hide(desk: Desk, actor: Actor, choices: Choices, which: PointId, why: Why) -> Point:
    """The point's text is shown to nobody and its votes count no more; its label stays. Raises Refusal."""
    check(actor, Act.HIDE_POINT, choices)
    async with desk.db.write() as tx:
        point, critique = await _usable(tx, actor, which)
        if point.status not in (PointStatus.OPEN, PointStatus.VOTE_ONLY):
            raise already(point, Code.STATE_CHANGED)
        await cases.record(desk, tx, critique, actor, CaseAct.HIDE, why, point)
        await take_out_of_sight(desk, tx, critique, point, PointStatus.HIDDEN)
    return point


async def take_out_of_sight(desk: Desk, tx: Tx, critique: Critique, point: Point, status: PointStatus) -> None:
    """The point's text is shown to nobody and its votes count no more, for the reason that `status` gives."""
    await stored_points.save_status(tx, point.id, status)
    await stored_merges.count_no_more(tx, critique.id, point.id)
    await _owe_point(desk, tx, critique, point)


async def restore(desk: Desk, actor: Actor, choices: Choices, which: PointId, why: Why) -> Point:
    """Undoes `hide`: the point is as it was, with all votes that stand. It is to be read whole. Raises Refusal."""
    check(actor, Act.HIDE_POINT, choices)
    async with desk.db.write() as tx:
        point, critique = await _usable(tx, actor, which)
        if point.status is not PointStatus.HIDDEN:
            raise Refusal(Code.STATE_CHANGED)
        await cases.record(desk, tx, critique, actor, CaseAct.RESTORE, why, point)
        return await show_again(desk, tx, critique, point, CaseAct.HIDE)


async def show_again(desk: Desk, tx: Tx, critique: Critique, point: Point, since: CaseAct) -> Point:
    """A point that is gone is as it was before that act was last done to it."""
    return await bring_back(desk, tx, critique, point, await stored_cases.before(tx, point.id, since))


async def bring_back(desk: Desk, tx: Tx, critique: Critique, point: Point, was: PointStatus) -> Point:
    """A point that is gone is as it `was`, with all votes that stand. It is to be read whole."""
    await stored_points.save_status(tx, point.id, was)
    await stored_merges.count_again(tx, critique.id, point.id)
    await _owe_point(desk, tx, critique, point)
    return await stored_points.point(tx, point.id)


async def find(desk: Desk, guild: GuildId, status: CritiqueStatus, asked: str) -> list[Critique]:
    """The server's critiques of that status whose id was asked, else its title, else part of it; newest first."""
    async with desk.db.read() as tx:
        known = await stored.of_server(tx, guild, status)
    wanted = asked.casefold().strip()
    named = [one for one in known if str(one.id) == wanted]
    titled = [one for one in known if one.title.casefold() == wanted]
    return named or titled or [one for one in known if wanted in one.title.casefold()]


async def _turn(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId, status: CritiqueStatus) -> Critique:
    check(actor, Act.REOPEN_CRITIQUE if status is CritiqueStatus.OPEN else Act.CLOSE_CRITIQUE, choices)
    opposite = {CritiqueStatus.OPEN: CritiqueStatus.CLOSED, CritiqueStatus.CLOSED: CritiqueStatus.OPEN}
    async with desk.db.write() as tx:
        critique = await stored.critique(tx, which)
        if critique.guild != actor.guild or critique.status is not opposite[status]:
            raise Refusal(Code.STATE_CHANGED)
        await stored.save_status(tx, which, status)
        act = CaseAct.CLOSE if status is CritiqueStatus.CLOSED else CaseAct.REOPEN
        await cases.record(desk, tx, critique, actor, act, Why())
        if status is CritiqueStatus.CLOSED:
            await ballots.release(desk, tx, critique)
        points = await stored_points.of_critique(tx, which)
        if status is CritiqueStatus.OPEN:
            await _pass_over(desk, tx, critique, points)
            await exclusions.make_up_for(desk, tx, critique)
        await _owe_threads(desk, tx, critique, points)
        if critique.home_kind is HomeKind.FORUM:
            await stored_deliveries.owe(tx, owed.show_lobby(critique.guild, which, critique.home), desk.clock())
        await digests.owe(desk, tx, which)
    return critique


async def _usable(tx: Tx, actor: Actor, which: PointId) -> tuple[Point, Critique]:
    """A point of an open critique of the actor's server. Raises Refusal."""
    point = await stored_points.point(tx, which)
    critique = await stored.critique(tx, point.critique)
    if critique.guild != actor.guild or critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.STATE_CHANGED)
    return point, critique


async def _owe_point(desk: Desk, tx: Tx, critique: Critique, point: Point) -> None:
    await stored_deliveries.owe(tx, owed.show_point(critique.guild, point.id, critique.home), desk.clock())
    await _owe_threads(desk, tx, critique, [point])
    await digests.owe(desk, tx, critique.id)


async def _pass_over(desk: Desk, tx: Tx, critique: Critique, points: Iterable[Point]) -> None:
    """What was said while the critique was closed adds nothing to it."""
    spoken_in = [critique.home, critique.lobby, *(point.thread for point in points)]
    now = snowflake_at(desk.clock())
    await stored_readings.save_heard(tx, {channel: now for channel in spoken_in if channel is not None})


async def _switch(desk: Desk, actor: Actor, choices: Choices, which: PointId, status: PointStatus) -> Point:
    check(actor, Act.LOCK_POINT, choices)
    opposite = {PointStatus.OPEN: PointStatus.VOTE_ONLY, PointStatus.VOTE_ONLY: PointStatus.OPEN}
    async with desk.db.write() as tx:
        point, critique = await _usable(tx, actor, which)
        if point.status is not opposite[status]:
            raise Refusal(Code.STATE_CHANGED)
        act = CaseAct.LOCK if status is PointStatus.VOTE_ONLY else CaseAct.UNLOCK
        await cases.record(desk, tx, critique, actor, act, Why(), point)
        await stored_points.save_status(tx, which, status)
        await _owe_threads(desk, tx, critique, [point])
        await digests.owe(desk, tx, critique.id)
    return point


async def _owe_threads(desk: Desk, tx: Tx, critique: Critique, points: Iterable[Point]) -> None:
    for point in points:
        await stored_deliveries.owe(tx, owed.show_thread(critique.guild, point.id, critique.home), desk.clock())
