"""`/digest`: the running digest for one member."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.critiques import Critique
from bot.core.refusals import Code, Refusal
from bot.display import digests as display
from bot.display.actors import call, place, sight
from bot.display.critiques import choices
from bot.services import critiques, digests


@app_commands.guild_only()
class Digest(commands.GroupCog, group_name="digest", group_description="Where the debate stands"):
    """What a reader asks about the whole list."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="Show where the debate stands, to you alone")
    @app_commands.describe(critique="Which critique, where several are open")
    async def show(
        self, interaction: discord.Interaction, critique: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """Shows the digest as it is now, in as many messages as it takes."""
        meant = await self._critiques(interaction)
        if not meant:
            raise Refusal(Code.NO_CRITIQUE)
        if critique is None and len(meant) > 1:
            raise Refusal(Code.SEVERAL_CRITIQUES)
        chosen = [one for one in meant if critique in (None, str(one.id), one.title)]
        if not chosen:
            raise Refusal(Code.NO_SUCH_CRITIQUE, asked=critique or "")
        digest = await digests.read(self._client.desk, chosen[0].id)
        first, *rest = display.embeds(digest, display.pages(digest, call(self._client)))
        await interaction.response.send_message(embed=first, ephemeral=True)
        for embed in rest:
            await interaction.followup.send(embed=embed, ephemeral=True)

    @show.autocomplete("critique")
    async def _choices(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return choices(await self._critiques(interaction), typed)

    async def _critiques(self, interaction: discord.Interaction) -> list[Critique]:
        return await critiques.spoken_of(self._client.desk, *place(interaction), sight(interaction))


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Digest(client))
