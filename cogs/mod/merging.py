"""`/mod merge` and `unmerge`: points that say the same counted as one, and apart again."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.cases import CaseAct, CaseReason, Why
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.display.actors import actor, place, server
from bot.display.asides import beside
from bot.display.inert import inert_line
from bot.display.points import choice
from bot.services import asides, merges, points
from bot.texts import _
from cogs.mod.queueing import REASONS, Asked, Words


class Merging(commands.Cog):
    """`/mod merge` and `unmerge`."""

    _client: Client

    @app_commands.command(description="Count a point's votes to another that says the same; no vote is moved")
    @app_commands.describe(
        point="Its label, the label its author wrote, or words from it",
        into="The point that it says again",
        reason="Why, as it is counted",
        words="Why, in words; its author is told",
    )
    @app_commands.choices(reason=REASONS)
    async def merge(
        self,
        interaction: discord.Interaction[Any],
        point: Asked,
        into: Asked,
        reason: str,
        words: Words | None = None,
    ) -> None:
        """Merges the point, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        which, target = await _one(interaction, point), await _one(interaction, into)
        why = Why(CaseReason(reason), words or "")
        merged = await merges.merge(self._client.desk, actor(interaction), choices, which.id, target.id, why)
        said = _("Merged: **{label}** counts to **{into}**. `/mod unmerge` undoes it within seven days.")
        text = said.format(label=inert_line(merged.name), into=inert_line(target.name))
        aside = await asides.of(self._client.desk, actor(interaction), CaseAct.MERGE, merged.id, target.id)
        await interaction.response.send_message(**beside(text, aside), ephemeral=True)

    @app_commands.command(description="Count a merged point for itself again, as if it had never been merged")
    @app_commands.describe(point="Its label", words="A word to its author")
    async def unmerge(self, interaction: discord.Interaction[Any], point: Asked, words: Words | None = None) -> None:
        """Undoes the merge, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        which, why = await _one(interaction, point, merged=True), Why(words=words or "")
        apart = await merges.unmerge(self._client.desk, actor(interaction), choices, which.id, why)
        said = _("**{label}** counts for itself again, with every vote that was cast on it.")
        aside = await asides.of(self._client.desk, actor(interaction), CaseAct.UNMERGE, apart.id)
        text = said.format(label=inert_line(apart.name))
        await interaction.response.send_message(**beside(text, aside), ephemeral=True)

    @merge.autocomplete("point")
    @merge.autocomplete("into")
    async def _apart(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return await _offer(interaction, typed, merged=False)

    @unmerge.autocomplete("point")
    async def _merged(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return await _offer(interaction, typed, merged=True)


async def _found(interaction: discord.Interaction[Client], asked: str, *, merged: bool | None) -> list[Point]:
    among = () if merged else merges.STANDING
    found = await points.find(interaction.client.desk, *place(interaction), asked, among=among)
    return [point for point in found if merged is None or (point.into is not None) is merged]


async def _offer(
    interaction: discord.Interaction[Client], typed: str, *, merged: bool
) -> list[app_commands.Choice[str]]:
    if not await interaction.client.may(interaction, Act.MERGE_POINT):
        return []
    try:
        found = await _found(interaction, typed, merged=merged)
    except Refusal:
        return []
    return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def _one(interaction: discord.Interaction[Client], asked: str, *, merged: bool | None = None) -> Point:
    """The point that is meant; one that is not `merged` so is found too, so that the service says what it is."""
    found = await _found(interaction, asked, merged=merged) or await _found(interaction, asked, merged=None)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return found[0]
