"""`/mod mute` and `unmute`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.cases import CaseReason, Why
from bot.core.spans import span
from bot.display.actors import actor, server
from bot.display.exclusions import done
from bot.services import mutes
from cogs.mod.excluding import Span, person
from cogs.mod.queueing import REASONS, Words


class Muting(commands.Cog):
    """`/mod mute` and `unmute`."""

    _client: Client

    @app_commands.command(description="Let a member add nothing for a time; their votes count, and it ends by itself")
    @app_commands.rename(length="for")
    @app_commands.describe(
        member="Who", length="How long, such as 2h or 7d", reason="Why, as it is counted", words="Why, in words"
    )
    @app_commands.choices(reason=REASONS)
    async def mute(
        self,
        interaction: discord.Interaction[Any],
        member: discord.User,
        length: Span,
        reason: str,
        words: Words | None = None,
    ) -> None:
        """Mutes the member, who is told why."""
        choices = await self._client.choices(server(interaction))
        why = Why(CaseReason(reason), words or "")
        case = await mutes.mute(self._client.desk, actor(interaction), choices, person(member), span(length), why)
        await interaction.response.send_message(done(case), ephemeral=True)

    @app_commands.command(description="End a member's mute now")
    @app_commands.describe(member="Who", words="A word to the member")
    async def unmute(
        self, interaction: discord.Interaction[Any], member: discord.User, words: Words | None = None
    ) -> None:
        """Ends the mute; the member is told."""
        choices = await self._client.choices(server(interaction))
        why = Why(words=words or "")
        case = await mutes.unmute(self._client.desk, actor(interaction), choices, person(member), why)
        await interaction.response.send_message(done(case), ephemeral=True)
