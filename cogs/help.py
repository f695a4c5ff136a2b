"""`/help`: what whoever asks can do here."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import rank
from bot.display import help as display
from bot.display.actors import actor, server


class Help(commands.Cog):
    """`/help`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="See what you can do here")
    @app_commands.guild_only()
    async def help(self, interaction: discord.Interaction[Client]) -> None:
        """Shows it to this member alone."""
        choices = await self._client.choices(server(interaction))
        text = display.text(rank(actor(interaction), choices.moderator_roles))
        await interaction.response.send_message(text, ephemeral=True)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Help(client))
