"""`/catchup`: what changed since the member's last look."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.critiques import Critique
from bot.core.refusals import Code, Refusal
from bot.display import follows as display
from bot.display.actors import actor, place, server, sight
from bot.display.critiques import choices
from bot.services import critiques, follows


class CatchUp(commands.Cog):
    """`/catchup`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="See what changed since you last looked")
    @app_commands.describe(critique="Which critique, where several are open")
    @app_commands.guild_only()
    async def catchup(
        self,
        interaction: discord.Interaction[Client],
        critique: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Shows it to this member alone."""
        known = await self._open(interaction)
        if not known:
            raise Refusal(Code.NO_CRITIQUE)
        if critique is None and len(known) > 1:
            raise Refusal(Code.SEVERAL_CRITIQUES)
        meant = [one for one in known if critique in (None, str(one.id), one.title)]
        if not meant:
            raise Refusal(Code.NO_SUCH_CRITIQUE, asked=critique or "")
        may = (self._client.desk, actor(interaction), await self._client.choices(server(interaction)))
        found = await follows.catch_up(*may, meant[0].id, sight(interaction))
        await interaction.response.send_message(display.catch_up(found), ephemeral=True, suppress_embeds=True)

    @catchup.autocomplete("critique")
    async def _choices(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return choices(await self._open(interaction), typed)

    async def _open(self, interaction: discord.Interaction) -> list[Critique]:
        return await critiques.spoken_of(self._client.desk, *place(interaction), sight(interaction))


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(CatchUp(client))
