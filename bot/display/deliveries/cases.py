"""How a member is told of a case that concerns them, and moderators of an appeal.

A member whose direct messages are closed (documentation page "Opcodes and Status Codes", 50007) is told when they next
use the bot instead: the case stays untold, and that is no fault.
"""

import logging

import discord

from bot.core.queue import appeal_pages
from bot.display import cases
from bot.display.deliveries.offices import show_in_office
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
    text = cases.appeal(case)
    what = Post(f"q{case.id}.{salt(case.at)}", content=text, begins=text[:_KNOWN_BY], view=cases.answering(case))
    await show_in_office(it, case.guild, appeal_pages(case.id), what)
