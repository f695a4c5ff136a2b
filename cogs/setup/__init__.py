"""`/setup`: a wizard of selects and buttons. Each choice is saved as it is made, so that it can be left and resumed."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.setup import Step, goes_on_at
from bot.display.actors import actor, server
from bot.display.setup import component_id
from bot.services import critiques
from cogs.setup.components import SetupButton, SetupChannels, SetupOptions, SetupRoles
from cogs.setup.screens import own_choices, screen
from cogs.setup.typing import emoji_typed, zone_typed


class Setup(commands.Cog):
    """What a server chooses."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="Set the bot up on this server, step by step; it can be left and resumed")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_messages=True)
    async def setup(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the first step in which nothing is chosen yet, to this moderator alone."""
        choices = await self._client.choices(server(interaction))
        critiques.check(actor(interaction), Act.SET_UP, choices)
        step = goes_on_at(await own_choices(interaction))
        embed, view = await screen(interaction, step)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(SetupButton, SetupChannels, SetupOptions, SetupRoles)
    client.forms.add(component_id(Step.TIME_ZONE, "form"), zone_typed)
    client.forms.add(component_id(Step.EMOJI, "form"), emoji_typed)
    await client.add_cog(Setup(client))
