"""How what members reported is shown to the moderators: one quiet message for each report, brought up to date."""

from contextlib import suppress

import discord

from bot.core.ids import ChannelId
from bot.core.pages import Page, fingerprint
from bot.display import reports
from bot.display.deliveries.tries import Try, known, salt
from bot.display.threads import Post

_KNOWN_BY = 20


async def show_report(it: Try) -> None:
    """What was said in it and its buttons; without them, and with the decision, once that is made."""
    which = known(it.delivery.owed.report)
    target = f"report:{which}"
    stand = await it.ledger.pages(target)
    shown = await it.ledger.report(which)
    if shown is None:  # it is forgotten
        await _clear(it, target, stand)
        return
    report, point, critique = shown
    text, view = reports.text(report, point, critique), reports.view(report)
    if not stand:
        where = it.channel(report.guild, it.delivery.owed.lane)
        post = Post(f"t{report.id}.{salt(report.at)}", content=text, begins=text[:_KNOWN_BY], view=view)
        page = Page(0, it.delivery.owed.lane, await it.post(where, post), fingerprint(text))
    elif stand[0].shown != fingerprint(text):
        page = Page(0, ChannelId(stand[0].channel), stand[0].message, fingerprint(text))
        message = it.channel(report.guild, page.channel).get_partial_message(page.message)
        await message.edit(content=text, view=view)
    else:
        return
    await it.ledger.save_page(target, page)


async def _clear(it: Try, target: str, stand: list[Page]) -> None:
    for page in stand:
        with suppress(discord.NotFound):
            where = it.channel(it.delivery.owed.guild, page.channel)
            await where.get_partial_message(page.message).delete()
        await it.ledger.drop_pages(target, page.number)
