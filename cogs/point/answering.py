"""Tells whoever added a point what became of it, and where it stands as soon as that is known."""

import asyncio
from dataclasses import replace

import discord

from bot.client import Client
from bot.core.ids import MemberId
from bot.display.answers import brought_up_to_date
from bot.display.submissions import recorded as text
from bot.services import points
from bot.services.submissions import Recorded

_LOOKS = 20
_EVERY = 0.25  # seconds: a point is mostly posted within two


async def answer(interaction: discord.Interaction[Client], recorded: Recorded, author: MemberId | None = None) -> None:
    """Answers this member alone at once, and goes on to say where the points stand if that is within a few seconds."""
    said = text(recorded.points, recorded.critique, author)
    await interaction.response.send_message(said, ephemeral=True)
    interaction.client.aside(_say_where(interaction, recorded, author, said))


async def _say_where(
    interaction: discord.Interaction[Client], recorded: Recorded, author: MemberId | None, said: str
) -> None:
    for _look in range(_LOOKS):
        awaited = [point for point in recorded.points if point.thread is None and not point.is_held]
        if not awaited:
            break
        await asyncio.sleep(_EVERY)
        recorded = replace(recorded, points=await points.again(interaction.client.desk, recorded.points))
    posted = text(recorded.points, recorded.critique, author)
    if posted != said:
        await brought_up_to_date(interaction, posted)
