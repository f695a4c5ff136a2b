"""How additions that wait are shown to the moderators, and the sign under the messages they were typed in."""

from contextlib import suppress

import discord

from bot.core.ids import MemberId, PointId
from bot.core.pages import Page, fingerprint
from bot.display import queue, threads
from bot.display.deliveries.answers import MARK, WAITS, typed_in, under
from bot.display.deliveries.tries import Try, known, salt
from bot.display.threads import Post

_KNOWN_BY = 60


def held_pages(point: PointId) -> str:
    """What the message in the moderators' channel is stored under."""
    return f"held:{point}"


async def show_held(it: Try) -> None:
    """The message with the addition and its buttons; without them, and with the decision, once that is made."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    text, view = queue.text(point, critique, await it.ledger.standing(point, critique)), queue.view(point)
    stand = await it.ledger.pages(held_pages(point.id))
    if not stand:
        where = it.channel(critique.guild, it.delivery.owed.lane)
        nonce = f"h{point.id}.{salt(point.created_at)}"
        message = await it.post(where, Post(nonce, content=text, begins=text[:_KNOWN_BY], view=view))
        page = Page(0, it.delivery.owed.lane, message, fingerprint(text))
    elif stand[0].shown != fingerprint(text):
        page = Page(0, stand[0].channel, stand[0].message, fingerprint(text))
        message = it.channel(critique.guild, page.channel).get_partial_message(page.message)
        await message.edit(content=text, view=view)
    else:
        return
    await it.ledger.save_page(held_pages(point.id), page)


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
