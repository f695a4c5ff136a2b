"""Changing a critique's policy while it is open. What waits goes on waiting; what joined the list stays on it."""

from bot.core.acts import Act, Actor
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import CritiqueId
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services.critiques import check
from bot.services.desk import Desk
from bot.storage import critiques as stored
from bot.storage import points as stored_points


async def choose(desk: Desk, actor: Actor, choices: Choices, which: CritiqueId, policy: Policy) -> tuple[Critique, int]:
    """Changes the policy. Gives the critique back, and how many of its additions wait. Raises Refusal."""
    check(actor, Act.SET_UP, choices)
    if policy is not Policy.OPEN and choices.moderators_channel is None:
        raise Refusal(Code.NO_MODERATORS_CHANNEL)
    async with desk.db.write() as tx:
        critique = await stored.critique(tx, which)
        if critique.guild != actor.guild or critique.status is not CritiqueStatus.OPEN:
            raise Refusal(Code.STATE_CHANGED)
        await stored.save_policy(tx, which, policy)
        held = await stored_points.held_of(tx, actor.guild)
        return await stored.critique(tx, which), sum(point.critique == which for point in held)
