"""`/point show`: finding a point."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.refusals import Refusal
from bot.display.actors import place, sight
from bot.display.arguments import panel_view, summary
from bot.display.points import choice, panel
from bot.services import points


class Showing(commands.Cog):
    """`/point show`."""

    _client: Client

    @app_commands.command(description="Show a point with its votes")
    @app_commands.describe(point="Its label, the label its author wrote, or words from it")
    async def show(self, interaction: discord.Interaction, point: app_commands.Range[str, 1, 100]) -> None:
        """Shows the point to this member alone."""
        line = await points.show(self._client.desk, *place(interaction), point, sees=sight(interaction))
        said = "" if line.point.is_gone else summary(line.argued, place(interaction)[0])
        view = panel_view(line.argued, line.point.id) if line.argued and said else discord.utils.MISSING
        await interaction.response.send_message(panel(line, said), view=view, ephemeral=True, suppress_embeds=True)

    @show.autocomplete("point")
    async def _points(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            found = await points.find(self._client.desk, *place(interaction), typed, sees=sight(interaction))
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]
