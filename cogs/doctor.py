"""`/doctor`: what works here, what does not, and how to mend it."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core import examinations
from bot.core.acts import Act
from bot.core.examinations import Finding, Found, Level
from bot.display import examinations as display
from bot.display import grounds
from bot.display.actors import actor, server
from bot.faults import sentence
from bot.services import critiques
from bot.services import examinations as service
from bot.services.examinations import DatabaseUnusable
from bot.texts import _


class Doctor(commands.Cog):
    """One look at everything that the bot stands on."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="See what works here, what does not, and how to mend it")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_messages=True)
    async def doctor(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the findings to this moderator alone."""
        guild = server(interaction)
        skew = (self._client.desk.clock() - interaction.created_at).total_seconds()
        critiques.check(actor(interaction), Act.DIAGNOSE, await self._client.choices(guild))
        await interaction.response.defer(ephemeral=True)
        chosen = await self._client.chosen(guild)
        ground = await grounds.told(guild, chosen)
        found = [*self._connection(), *grounds.examined(ground, chosen), *await self._books()]
        found += [*examinations.commands(known=self._client.commands_known), *examinations.clock(skew)]
        await interaction.edit_original_response(embed=display.embed(found, _("How the bot is")))

    def _connection(self) -> list[Finding]:
        client = self._client
        flags = None if client.application is None else client.application.flags
        granted = None if flags is None else flags.gateway_message_content or flags.gateway_message_content_limited
        name = "" if client.user is None else client.user.name
        return [
            Finding(Level.FINE, Found.TOKEN_KNOWN, {"name": name}),
            *examinations.content(asked=client.intents.message_content, granted=granted),
            *examinations.latency(client.latency),
        ]

    async def _books(self) -> list[Finding]:
        try:
            books = await service.books(self._client.desk)
            await service.writable(self._client.desk)
            await service.sound(self._client.desk)
        except DatabaseUnusable as error:
            return [Finding(Level.FAULT, Found.DATABASE_UNUSABLE, {"fault": sentence(error)})]
        return examinations.books(books, service.schema())


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Doctor(client))
