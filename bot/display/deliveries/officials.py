"""How an official answer is shown in its point's thread: posted, edited when it is revised, deleted when removed."""

from contextlib import suppress

import discord

from bot.core import deliveries as owed
from bot.core import losses
from bot.core.points import Official
from bot.display.deliveries.tries import NotYet, Try, known, salt
from bot.display.officials import message
from bot.display.threads import Post, awake


async def show_official(it: Try) -> None:
    """Brings the message to what the answer says."""
    point, critique = await it.ledger.point(known(it.delivery.owed.point))
    if point.thread is None:
        if await it.ledger.on_its_way(owed.show_point(critique.guild, point.id, critique.home)):
            raise NotYet
        return
    thread, stands = point.thread, await it.ledger.official_message(point.id)
    if await it.ledger.gone(losses.channel(thread)):
        return
    where = it.channel(critique.guild, thread)

    async def bring() -> None:
        if point.official is None:
            if stands is not None:
                with suppress(discord.NotFound):
                    await where.get_partial_message(stands).delete()
                await it.ledger.save_official_message(point.id, None)
        elif stands is not None and await _edited(where.get_partial_message(stands), point.official):
            return
        else:
            text = message(point.official)
            what = Post(f"o{point.id}.{salt(point.official.at)}", content=text, begins=text)
            await it.ledger.save_official_message(point.id, await it.post(where, what))

    await awake(it.client, critique.guild, thread, bring, back=True)


async def _edited(shown: discord.PartialMessage, official: Official) -> bool:
    """Whether the message was there to be edited; one that somebody deleted is posted anew."""
    with suppress(discord.NotFound):
        await shown.edit(content=message(official))
        return True
    return False
