"""Members back others' arguments, or vote them down: one press each, the same press once more takes it back."""

from bot.core.acts import Act, Actor
from bot.core.arguments import Argument
from bot.core.ids import ArgumentId
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import arguments, privacy
from bot.services.critiques import check, check_open
from bot.services.desk import Desk
from bot.services.points import known
from bot.storage import arguments as stored


async def back(desk: Desk, actor: Actor, choices: Choices, which: ArgumentId, direction: int) -> tuple[Argument, bool]:
    """Backs the argument (+1) or votes it down (-1); gives it back, and whether the actor's press counts now.

    Raises Refusal; whoever wants no votes stored backs nothing.
    """
    async with desk.db.write() as tx:
        argument = await arguments.found(tx, which)
        point, critique = await known(tx, actor.guild, argument.point)
        check(actor, Act.BACK_ARGUMENT, choices, own=argument.author == actor.id)
        check_open(critique, Act.BACK_ARGUMENT)
        if not argument.is_live or point.is_gone:
            raise Refusal(Code.ARGUMENT_GONE)
        if await privacy.wants_no_votes(tx, actor.id):
            raise Refusal(Code.OPTED_OUT_ALREADY)
        counts = await stored.back(tx, which, actor.id, direction, desk.clock())
        await arguments.owe_panel(desk, tx, critique, point)
        return await arguments.found(tx, which), counts
