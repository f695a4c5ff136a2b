"""`/mod slow`: how often members may write in a point's thread."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.refusals import Code, Refusal
from bot.core.threads import LONGEST_SLOWMODE
from bot.display.actors import actor, place, server
from bot.display.inert import inert_line
from bot.display.points import choice
from bot.services import merges, points, slowmode
from bot.texts import _, ngettext
from cogs.mod.queueing import Asked


class Slowing(commands.Cog):
    """`/mod slow`."""

    _client: Client

    @app_commands.command(description="Let each member write in a point's thread only so often; votes are not slowed")
    @app_commands.describe(
        point="Its label, the label its author wrote, or words from it",
        seconds="How many seconds between two messages of a member; 0 ends it",
    )
    async def slow(
        self, interaction: discord.Interaction[Any], point: Asked, seconds: app_commands.Range[int, 0, LONGEST_SLOWMODE]
    ) -> None:
        """Sets the slow mode, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await points.find(self._client.desk, *place(interaction), point, among=merges.STANDING)
        if not found:
            raise Refusal(Code.NO_POINT, asked=point)
        slowed = await slowmode.slow(self._client.desk, actor(interaction), choices, found[0].id, seconds)
        said = ngettext(
            "**{label}**: each member can write in its thread once in {count} second.",
            "**{label}**: each member can write in its thread once in {count} seconds.",
            seconds,
        )
        if not seconds:
            said = _("**{label}**: its thread is in slow mode no more.")
        text = said.format(label=inert_line(slowed.name), count=seconds)
        await interaction.response.send_message(text, ephemeral=True)

    @slow.autocomplete("point")
    async def _standing(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.SLOW_THREAD):
            return []
        try:
            found = await points.find(self._client.desk, *place(interaction), typed, among=merges.STANDING)
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]
