"""`/mod edit`: a moderator changes a point's words; it is marked so, and the form is taken by `/point edit`'s."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.refusals import Code, Refusal
from bot.display import revisions as display
from bot.display.actors import actor, place, server
from bot.display.points import choice
from bot.services import merges, points, revisions
from cogs.mod.queueing import Asked


class Editing(commands.Cog):
    """`/mod edit`."""

    _client: Client

    @app_commands.command(description="Change a point's words; it is marked so, and its author is told")
    @app_commands.describe(point="Its label, the label its author wrote, or words from it")
    async def edit(self, interaction: discord.Interaction[Any], point: Asked) -> None:
        """Shows this moderator the form with the point's words."""
        found = await points.find(self._client.desk, *place(interaction), point, among=merges.STANDING)
        if not found:
            raise Refusal(Code.NO_POINT, asked=point)
        choices, who = await self._client.choices(server(interaction)), actor(interaction)
        which, edition = await revisions.to_edit(self._client.desk, who, choices, found[0].id)
        await interaction.response.send_modal(display.form(which, edition, own=revisions.is_own(who, which)))

    @edit.autocomplete("point")
    async def _editable(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.EDIT_POINT):
            return []
        try:
            found = await points.find(self._client.desk, *place(interaction), typed, among=merges.STANDING)
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]
