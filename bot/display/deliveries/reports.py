"""How what members reported is shown to the moderators: one quiet message for each report, brought up to date."""

from contextlib import suppress

import discord

from bot.core.queue import report_pages
from bot.display import reports
from bot.display.deliveries.offices import show_in_office
from bot.display.deliveries.tries import Try, known, salt
from bot.display.threads import Post

_KNOWN_BY = 20


async def show_report(it: Try) -> None:
    """What was said in it and its buttons; without them, and with the decision, once that is made."""
    which = known(it.delivery.owed.report)
    target = report_pages(which)
    shown = await it.ledger.report(which)
    if shown is None:  # it is forgotten
        await _clear(it, target)
        return
    report, point, critique = shown
    text = reports.text(report, point, critique)
    what = Post(f"t{report.id}.{salt(report.at)}", content=text, begins=text[:_KNOWN_BY], view=reports.view(report))
    await show_in_office(it, report.guild, target, what)


async def _clear(it: Try, target: str) -> None:
    for page in await it.ledger.pages(target):
        with suppress(discord.NotFound):
            where = it.channel(it.delivery.owed.guild, page.channel)
            await where.get_partial_message(page.message).delete()
        await it.ledger.drop_pages(target, page.number)
