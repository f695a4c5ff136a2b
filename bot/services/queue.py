"""The moderators' queue: additions that wait, approved or refused by one moderator, once.

1. Approved, an addition is shown to members under the label that it has had since it was made.
2. Refused, its label stays taken, and it is shown to nobody but the moderators.
3. Nothing joins a closed list: what still waits there can be refused alone.
4. Two moderators at once make one decision; the second is told.
"""

from bot.core.acts import Act, Actor
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import PointId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import additions
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import additions as stored_additions
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points


async def waiting(desk: Desk, actor: Actor, choices: Choices) -> list[Point]:
    """The server's additions that wait, oldest first. Raises Refusal."""
    check(actor, Act.DECIDE, choices)
    async with desk.db.read() as tx:
        return await stored_points.held_of(tx, actor.guild)


async def approve(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    """The addition joins the list. Raises Refusal."""
    return await _decide(desk, actor, choices, which, PointStatus.OPEN)


async def refuse(desk: Desk, actor: Actor, choices: Choices, which: PointId) -> tuple[Point, Critique]:
    """The addition does not join the list. Raises Refusal."""
    return await _decide(desk, actor, choices, which, PointStatus.REFUSED)


async def _decide(
    desk: Desk, actor: Actor, choices: Choices, which: PointId, status: PointStatus
) -> tuple[Point, Critique]:
    check(actor, Act.DECIDE, choices)
    async with desk.db.write() as tx:
        point = await stored_points.point(tx, which)
        critique = await stored_critiques.critique(tx, point.critique)
        if critique.guild != actor.guild or not point.is_held:
            raise Refusal(Code.DECIDED)
        if status is PointStatus.OPEN and critique.status is not CritiqueStatus.OPEN:
            raise Refusal(Code.CRITIQUE_CLOSED)
        await stored_points.save_decision(tx, which, status, actor.id)
        decided = await stored_points.point(tx, which)
        await additions.owe_held(desk, tx, critique, decided)
        if decided.is_listed:
            await additions.owe_shown(desk, tx, critique, decided)
        await additions.owe_remarks(desk, tx, critique, which, await stored_additions.messages_of(tx, which))
    return decided, critique
