"""How moderators are told what happened without them: in their channel, and in the log where there is none."""

import logging

import discord

from bot.core.pages import Page, fingerprint
from bot.display import notices
from bot.display.deliveries.tries import Try, salt
from bot.display.threads import Post

log = logging.getLogger(__name__)


async def tell(it: Try) -> None:
    """One message for all that waits; where it cannot stand, the log has it, and `/status` shows it."""
    guild = it.delivery.owed.guild
    channel, waiting = await it.ledger.notices(guild)
    if not waiting:
        return
    first, text = waiting[0], notices.text(waiting)
    page = None
    if channel is not None:
        what = Post(f"n{first.id}.{salt(first.at)}", content=text, begins=notices.head(first.id))
        try:
            message = await it.post(it.channel(guild, channel), what)
            page = Page(0, channel, message, fingerprint(text))
        except (discord.Forbidden, discord.NotFound) as error:
            log.error("server %d: the moderators' channel cannot be written in: %s", guild, error)
    if page is None:
        for sentence in notices.sentences(waiting):
            log.error("server %d: its moderators could not be told: %s", guild, sentence)
    await it.ledger.save_told(waiting, page)
