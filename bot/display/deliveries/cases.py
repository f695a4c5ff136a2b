"""How a member is told of a case that concerns them, and moderators of an appeal.

A member whose direct messages are closed (documentation page "Opcodes and Status Codes", 50007) is told when they next
use the bot instead: the case stays untold, and that is no fault.
"""

import logging

import discord

from bot.core.ids import ChannelId
from bot.core.pages import Page, fingerprint
from bot.core.queue import appeal_pages
from bot.display import cases
from bot.display.deliveries.tries import Try, known, salt
from bot.display.threads import Post

log = logging.getLogger(__name__)

_KNOWN_BY = 40


async def tell_case(it: Try) -> None:
    """What was done and why, with a button to appeal."""
    await _tell(it, "c")


async def tell_answer(it: Try) -> None:
    """The moderators' answer to an appeal."""
    await _tell(it, "a")


async def _tell(it: Try, sign: str) -> None:
    case = await it.ledger.case(known(it.delivery.owed.case))
    if case.told:
        return
    guild = it.client.get_guild(case.guild)
    server = guild.name if guild is not None else str(case.guild)
    text = cases.told(case, server)
    what = Post(f"{sign}{case.id}.{salt(case.at)}", content=text, begins=text, view=cases.appealing([case]))
    try:
        direct = await it.client.create_dm(discord.Object(known(it.delivery.owed.member)))
        await it.post(it.client.get_partial_messageable(direct.id), what)
    except discord.Forbidden:
        log.info("case %d: direct messages are closed, and it is told when its member next uses the bot", case.id)
    else:
        await it.ledger.save_case_told(case.id)


async def show_appeal(it: Try) -> None:
    """The appeal and its buttons in the moderators' channel; without them, and with the answer, once there is one."""
    case = await it.ledger.case(known(it.delivery.owed.case))
    target = appeal_pages(case.id)
    text, view = cases.appeal(case), cases.answering(case)
    stand = await it.ledger.pages(target)
    if not stand:
        where = it.channel(case.guild, it.delivery.owed.lane)
        post = Post(f"q{case.id}.{salt(case.at)}", content=text, begins=text[:_KNOWN_BY], view=view)
        page = Page(0, it.delivery.owed.lane, await it.post(where, post), fingerprint(text))
    elif stand[0].shown != fingerprint(text):
        page = Page(0, ChannelId(stand[0].channel), stand[0].message, fingerprint(text))
        await it.channel(case.guild, page.channel).get_partial_message(page.message).edit(content=text, view=view)
    else:
        return
    await it.ledger.save_page(target, page)
