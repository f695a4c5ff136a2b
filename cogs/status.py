"""`/status`: how the bot is doing, in figures."""

from importlib.metadata import version
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.ids import GuildId
from bot.display import status as display
from bot.display.actors import actor, server
from bot.faults import sentence
from bot.services import critiques, examinations, notices, readings


class Status(commands.Cog):
    """Figures for moderators and operators; never a member's words."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="See how the bot is doing: since when, what it has read, what waits")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_messages=True)
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the figures to this moderator alone."""
        client = self._client
        guild = server(interaction)
        critiques.check(actor(interaction), Act.DIAGNOSE, await client.choices(guild))
        ailment = examinations.ailment(client.desk)
        shown = display.Status(
            version=version("point-eleven"),
            since=client.started_at,
            servers=len(client.guilds),
            latencies=dict(client.latencies),
            intents=[name for name, asked in client.intents if asked],
            intakes=[(intake.name, intake.read, intake.recorded) for intake in client.intakes],
            books=await examinations.books(client.desk),
            notices=await notices.latest(client.desk, GuildId(guild.id)),
            drift=await readings.drift(client.desk, GuildId(guild.id)),
            fault="" if ailment is None else sentence(ailment),
        )
        await interaction.response.send_message(embed=display.embed(shown), ephemeral=True)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Status(client))
