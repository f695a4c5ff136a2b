"""How additions that wait are shown to the moderators, and the sign under the messages they were typed in."""

from contextlib import suppress

import discord

from bot.core.ids import MemberId
from bot.core.queue import held_pages
from bot.display import queue, threads
from bot.display.deliveries.answers import MARK, WAITS, typed_in, under
from bot.display.deliveries.offices import show_in_office
from bot.display.deliveries.tries import Try, known, salt
from bot.display.threads import Post


async def show_held(it: Try) -> None:
    """The message with the addition and its buttons; without them, and with the decision, once that is made."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    text = queue.text(point, critique, await it.ledger.standing(point, critique))
    nonce = f"h{point.id}.{salt(point.created_at)}"
    what = Post(nonce, content=text, begins=text.partition("\n")[0], view=queue.view(point))
    await show_in_office(it, critique.guild, held_pages(point.id), what)


async def remark(it: Try) -> None:
    """Takes the sign of waiting away, and marks what was approved; what waits again has that sign again."""
    point, _critique = await it.ledger.point(known(it.delivery.owed.point))
    where, message = await typed_in(it)
    if point.is_held:
        await under(it, lambda: threads.react(where, message, WAITS))
        return
    with suppress(discord.NotFound):
        await under(it, lambda: threads.unreact(where, message, WAITS, MemberId(known(it.client.user).id)))
    if point.is_listed and not point.is_gone:
        await under(it, lambda: threads.react(where, message, MARK))
