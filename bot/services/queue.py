"""The moderators' queue: additions that wait, approved or refused by one moderator, once.

1. Approved, an addition is shown to members under the label that it has had since it was made.
2. Refused, its label stays taken, and it is shown to nobody but the moderators.
3. Nothing joins a closed list: what still waits there can be refused alone.
4. Two moderators at once make one decision; the second is told.
"""

from bot.core import points
from bot.core.acts import Act, Actor
from bot.core.cases import CaseAct, Why
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import PointId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions, cases
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.services.points import known, named
from bot.storage import additions as stored_additions
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points
from bot.storage.database import Tx


async def waiting(desk: Desk, actor: Actor, choices: Choices) -> list[Point]:
    """The server's additions that wait, oldest first. Raises Refusal."""
    check(actor, Act.SEE_QUEUE, choices)
    async with desk.db.read() as tx:
        return await stored_points.held_of(tx, actor.guild)


async def find(desk: Desk, actor: Actor, choices: Choices, asked: str) -> list[Point]:
    """The server's additions that wait and that `asked` may mean, best first. Raises Refusal."""
    held = await waiting(desk, actor, choices)
    return named(held, asked) or points.find(held, asked)


async def held(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> Point:
    """The addition, which waits for the actor's decision now. Raises Refusal."""
    found = [point for point in await waiting(desk, actor, choices) if point.id == which]
    if not found:
        raise Refusal(Code.DECIDED)
    return found[0]


async def approve(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    """The addition joins the list. Raises Refusal."""
    check(actor, Act.APPROVE, choices)
    async with desk.db.write() as tx:
        return await _decide(desk, tx, actor, which, PointStatus.OPEN, Why())


async def refuse(desk: Desk, actor: Actor, choices: Choices, which: PointId, why: Why) -> tuple[Point, Critique]:
    """The addition does not join the list, and its author is told why. Raises Refusal."""
    check(actor, Act.REFUSE, choices)
    async with desk.db.write() as tx:
        return await _decide(desk, tx, actor, which, PointStatus.REFUSED, why)


async def accept_after_all(desk: Desk, tx: Tx, actor: Actor, which: PointId) -> None:
    """A refused addition joins the list: its author's appeal was granted. Raises Refusal."""
    point = await stored_points.point(tx, which)
    critique = await stored_critiques.critique(tx, point.critique)
    if point.status is not PointStatus.REFUSED or critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CANNOT_GRANT)
    await _save(desk, tx, actor, critique, point, PointStatus.OPEN)


async def _decide(
    desk: Desk, tx: Tx, actor: Actor, which: PointId, status: PointStatus, why: Why
) -> tuple[Point, Critique]:
    point, critique = await known(tx, actor.guild, which)
    if not point.is_held:
        raise Refusal(Code.DECIDED)
    if status is PointStatus.OPEN and critique.status is not CritiqueStatus.OPEN:
        raise Refusal(Code.CRITIQUE_CLOSED)
    act = CaseAct.APPROVE if status is PointStatus.OPEN else CaseAct.REFUSE
    await cases.record(desk, tx, critique, actor, act, why, point)
    return await _save(desk, tx, actor, critique, point, status), critique


async def _save(desk: Desk, tx: Tx, actor: Actor, critique: Critique, point: Point, status: PointStatus) -> Point:
    await stored_points.save_decision(tx, point.id, status, actor.id)
    decided = await stored_points.point(tx, point.id)
    await additions.owe_held(desk, tx, critique, decided)
    if decided.is_listed:
        await additions.owe_shown(desk, tx, critique, decided)
    await additions.owe_remarks(desk, tx, critique, point.id, await stored_additions.messages_of(tx, point.id))
    return decided
