"""How what waits for moderators stands in their channel: one message for each, brought up to date until it is decided.

Where the server has chosen another channel since, what waits moves there; what is decided stays where it was.
"""

from contextlib import suppress

import discord

from bot.core.ids import GuildId
from bot.core.pages import Page, fingerprint
from bot.display.deliveries.tries import Try
from bot.display.threads import Post


async def show_in_office(it: Try, guild: GuildId, target: str, what: Post) -> None:
    """The message of `target` shows `what`, which bears buttons while it waits."""
    lane, shown = it.delivery.owed.lane, fingerprint(what.content or "")
    stand = next(iter(await it.ledger.pages(target)), None)
    if stand is not None and what.view is not None and stand.channel != lane:
        with suppress(discord.NotFound, discord.Forbidden):  # the old channel may be gone, or closed to the bot
            await it.channel(guild, stand.channel).get_partial_message(stand.message).delete()
        stand = None
    if stand is None:
        page = Page(0, lane, await it.post(it.channel(guild, lane), what), shown)
    elif stand.shown != shown:
        page = Page(0, stand.channel, stand.message, shown)
        message = it.channel(guild, page.channel).get_partial_message(page.message)
        await message.edit(content=what.content, view=what.view)
    else:
        return
    await it.ledger.save_page(target, page)
