"""`/privacy`: what is stored about a member, handed to them, erased, or not stored at all."""

import io
import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.ids import GuildId
from bot.display import privacy as display
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.services import privacy
from bot.texts import _


@app_commands.guild_only()
class Privacy(commands.GroupCog, group_name="privacy", group_description="What is stored about you"):
    """What is stored about a member, for that member alone."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(name="show", description="See what is stored about you")
    async def show_(self, interaction: discord.Interaction[Any]) -> None:
        """Says how much of what is stored."""
        choices = await self._client.choices(server(interaction))
        found = await privacy.show(self._client.desk, actor(interaction), choices)
        await _say(interaction, display.holdings(found))

    @app_commands.command(description="Get all that is stored about you, as a file")
    async def export(self, interaction: discord.Interaction[Any]) -> None:
        """Hands the file to this member alone."""
        choices = await self._client.choices(server(interaction))
        found = await privacy.export(self._client.desk, actor(interaction), choices)
        file = discord.File(io.BytesIO(display.export(found)), filename="about-you.json")
        await interaction.response.send_message(_("This is all of it."), file=file, ephemeral=True)

    @app_commands.command(description="Erase what is stored about you; asks first")
    async def erase(self, interaction: discord.Interaction[Any]) -> None:
        """Asks this member to confirm."""
        view = discord.ui.View(timeout=None)
        view.add_item(EraseButton())
        await interaction.response.send_message(display.question(), view=view, ephemeral=True)

    @app_commands.command(name="opt-out", description="Have your votes deleted, and none stored from now on")
    async def opt_out(self, interaction: discord.Interaction[Any]) -> None:
        """Deletes the member's votes."""
        choices = await self._client.choices(server(interaction))
        left = await privacy.opt_out(self._client.desk, actor(interaction), choices)
        await _say(interaction, display.opted_out(left))

    @app_commands.command(name="opt-in", description="Have your votes stored again from now on")
    async def opt_in(self, interaction: discord.Interaction[Any]) -> None:
        """Stores the member's votes again; those that stand in Discord are read."""
        choices = await self._client.choices(server(interaction))
        await privacy.opt_in(self._client.desk, actor(interaction), choices)
        self._client.books.read_anew(GuildId(server(interaction).id))
        await _say(interaction, display.opted_in())


class EraseButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=re.escape(display.ERASE)):
    """Erases what is stored about whoever presses it. It works after a restart."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=_("Erase"), style=discord.ButtonStyle.danger, custom_id=display.ERASE))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], _match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Erases it, and says so in place of the question."""
        try:
            client = interaction.client
            choices = await client.choices(server(interaction))
            left = await privacy.erase(client.desk, actor(interaction), choices)
            await interaction.response.edit_message(content=display.erased(left), view=None)
        except Exception as error:
            await show(interaction, error)


async def _say(interaction: discord.Interaction[Any], text: str) -> None:
    await interaction.response.send_message(text, ephemeral=True)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(EraseButton)
    await client.add_cog(Privacy(client))
