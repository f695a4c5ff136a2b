"""What a moderator who has confirmed a critique sees of its posting, for as long as Discord lets the answer be edited.

It is not kept: after a restart, `/critique list` shows how far a critique is.
"""

import asyncio
from datetime import timedelta

import discord

from bot.client import Client
from bot.core.critiques import CritiqueStatus
from bot.core.ids import CritiqueId
from bot.display.answers import brought_up_to_date
from bot.display.overviews import opened
from bot.services import overviews

# An interaction's token lives 15 minutes (documentation page "Receiving and Responding", Followup Messages).
_FOLLOWED = timedelta(minutes=14)


async def follow(interaction: discord.Interaction[Client], which: CritiqueId, shown: str) -> None:
    """Edits the answer, which says `shown`, whenever more of the critique stands, until none of it waits."""
    desk = interaction.client.desk
    until = desk.clock() + _FOLLOWED
    while desk.clock() < until:
        await asyncio.sleep(desk.pace.progress_every.total_seconds())
        found = await overviews.progress(desk, which)
        if found.critique.status is CritiqueStatus.DISCARDED:
            return
        text = opened(found)
        if text != shown and not await brought_up_to_date(interaction, text):
            return
        shown = text
        if not found.waiting:
            return
