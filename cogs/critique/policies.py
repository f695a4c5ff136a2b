"""`/critique policy`: whether a critique's additions wait for a moderator."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.display import critiques as shown
from bot.display import policies as display
from bot.display.actors import actor, server
from bot.services import policies, submissions

CHOICES = [app_commands.Choice(name=display.name(each), value=each.value) for each in Policy]


class Policies(commands.Cog):
    """`/critique policy`."""

    _client: Client

    @app_commands.command(name="policy", description="Say whether what members add to a critique waits for you")
    @app_commands.describe(critique="Which critique", policy="What becomes of additions from now on")
    @app_commands.choices(policy=CHOICES)
    async def policy(
        self, interaction: discord.Interaction[Any], critique: app_commands.Range[str, 1, 100], policy: str
    ) -> None:
        """Changes it, and says so to this moderator."""
        desk, who = self._client.desk, actor(interaction)
        choices = await self._client.choices(server(interaction))
        known = await submissions.open_critiques(desk, who.guild)
        found = [one for one in known if critique in (str(one.id), one.title)]
        if len(found) != 1:
            raise Refusal(Code.SEVERAL_SO_CALLED if found else Code.NO_SUCH_CRITIQUE, asked=critique)
        changed, waiting = await policies.choose(desk, who, choices, found[0].id, Policy(policy))
        await interaction.response.send_message(display.chosen(changed, waiting), ephemeral=True)

    @policy.autocomplete("critique")
    async def _open_critiques(
        self, interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.SET_UP):
            return []
        return shown.choices(await submissions.open_critiques(self._client.desk, actor(interaction).guild), typed)
