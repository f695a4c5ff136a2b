"""`/critique author`: who may answer a critique's points officially."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.critiques import CritiqueStatus
from bot.core.ids import GuildId, MemberId, RoleId
from bot.core.refusals import Code, Refusal
from bot.display import limits
from bot.display import officials as display
from bot.display.actors import actor, server
from bot.services import officials, states


class Authors(commands.Cog):
    """`/critique author`."""

    _client: Client

    @app_commands.command(name="author", description="Name who may answer a critique's points officially")
    @app_commands.describe(
        critique="Which critique",
        member="Who wrote what it criticises; left out with the role, nobody is named any more",
        role="A team of which everybody may answer",
    )
    async def author(
        self,
        interaction: discord.Interaction[Any],
        critique: app_commands.Range[str, 1, 100],
        member: discord.User | None = None,
        role: discord.Role | None = None,
    ) -> None:
        """Names them, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await states.find(self._client.desk, _guild(interaction), CritiqueStatus.OPEN, critique)
        if len(found) != 1:
            raise Refusal(Code.SEVERAL_SO_CALLED if found else Code.NO_SUCH_CRITIQUE, asked=critique)
        named = await officials.name(
            self._client.desk,
            actor(interaction),
            choices,
            found[0].id,
            None if member is None else MemberId(member.id),
            None if role is None else RoleId(role.id),
        )
        await interaction.response.send_message(display.named(named), ephemeral=True)

    @author.autocomplete("critique")
    async def _answered_ones(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.NAME_AUTHOR):
            return []
        found = await states.find(self._client.desk, _guild(interaction), CritiqueStatus.OPEN, typed)
        return [
            app_commands.Choice(name=limits.shorten(one.title or str(one.id), limits.CHOICE_NAME), value=str(one.id))
            for one in found[: limits.CHOICES]
        ]


def _guild(interaction: discord.Interaction[Any]) -> GuildId:
    return GuildId(interaction.guild_id or 0)
