"""How a batch of references is shown in its point's thread: posted, edited as messages change, deleted in the end."""

from contextlib import suppress

import discord

from bot.core import deliveries as owed
from bot.core import losses
from bot.core.pages import Page, fingerprint
from bot.core.references import pages
from bot.display.deliveries.tries import NotYet, Try, known, salt
from bot.display.references import line
from bot.display.threads import Post, awake


async def show_references(it: Try) -> None:
    """Brings the batch's message to what is left of the batch."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.thread is None:
        if await it.ledger.on_its_way(owed.show_point(critique.guild, point.id, critique.home)):
            raise NotYet
        return
    thread, number = point.thread, owed.batch_of(it.delivery.owed.key)
    if await it.ledger.gone(losses.channel(thread)):
        return
    references, target = await it.ledger.references(point.id, number), pages(point.id, number)
    shown = next(iter(await it.ledger.pages(target)), None)
    text = line(critique.guild, references)
    if shown is not None and references and shown.shown == fingerprint(text):
        return
    where = it.channel(critique.guild, thread)

    async def bring() -> None:
        if not references or point.is_gone:
            if shown is not None:
                with suppress(discord.NotFound):
                    await where.get_partial_message(shown.message).delete()
                await it.ledger.drop_pages(target, 0)
            return
        message = None if shown is None else shown.message
        if message is None or not await _edited(where.get_partial_message(message), text):
            what = Post(f"y{point.id}.{number}.{salt(point.created_at)}", content=text, begins=text)
            message = await it.post(where, what)
        await it.ledger.save_page(target, Page(0, thread, message, fingerprint(text)))

    await awake(it.client, critique.guild, thread, bring, back=True)


async def _edited(message: discord.PartialMessage, text: str) -> bool:
    """Whether the message was there to be edited; one that somebody deleted is posted anew."""
    with suppress(discord.NotFound):
        await message.edit(content=text)
        return True
    return False
