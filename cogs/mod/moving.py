"""`/mod move`: an addition taken to the list that it belongs to."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.cases import CaseAct, CaseReason, Why
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.display import critiques as shown
from bot.display import limits
from bot.display.actors import actor, place, server
from bot.display.asides import beside
from bot.display.inert import inert_line
from bot.display.points import choice
from bot.services import asides, moves, points, states
from bot.texts import _
from cogs.mod.queueing import REASONS, Asked, Words

_TITLE = 80


class Moving(commands.Cog):
    """`/mod move`."""

    _client: Client

    @app_commands.command(description="Move an addition to another open critique; votes stay behind, members vote anew")
    @app_commands.describe(
        point="Its label, the label its author wrote, or words from it",
        critique="To which critique; it takes the next label there",
        reason="Why, as it is counted",
        words="Why, in words; its author is told",
    )
    @app_commands.choices(reason=REASONS)
    async def move(
        self,
        interaction: discord.Interaction[Any],
        point: Asked,
        critique: Asked,
        reason: str,
        words: Words | None = None,
    ) -> None:
        """Moves the addition, and says to this moderator what it is now."""
        desk, who = self._client.desk, actor(interaction)
        choices = await self._client.choices(server(interaction))
        old, meant = await _point(interaction, point), await _critique(interaction, critique)
        why = Why(CaseReason(reason), words or "")
        now, there = await moves.move(desk, who, choices, old.id, meant.id, why)
        said = _(
            "Moved: **{old}** is **{new}** of “{title}” now. Its votes stay behind and count no more: members are "
            "asked anew there. Its author is told."
        )
        title = limits.shorten(inert_line(there.title), _TITLE)
        text = said.format(old=inert_line(old.name), new=inert_line(now.name), title=title)
        aside = await asides.of(desk, who, CaseAct.MOVE, old.id)
        await interaction.response.send_message(**beside(text, aside), ephemeral=True)

    @move.autocomplete("point")
    async def _movable(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.MOVE_POINT):
            return []
        try:
            found = await moves.find(self._client.desk, *place(interaction), typed)
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]

    @move.autocomplete("critique")
    async def _others(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.MOVE_POINT):
            return []
        asked: str | None = interaction.namespace.point
        known = await states.find(self._client.desk, actor(interaction).guild, CritiqueStatus.OPEN, typed)
        here = await _here(interaction, asked or "")
        return shown.choices([one for one in known if here is None or one.id != here.critique], "")


async def _here(interaction: discord.Interaction[Client], asked: str) -> Point | None:
    """The point that is chosen already, where that is beyond doubt."""
    try:
        found = await moves.find(interaction.client.desk, *place(interaction), asked) if asked else []
    except Refusal:
        return None
    return found[0] if len(found) == 1 else None


async def _point(interaction: discord.Interaction[Client], asked: str) -> Point:
    """The point that is meant, of all there are: who types 1 means no addition whose label begins so."""
    found = await points.find(interaction.client.desk, *place(interaction), asked)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return found[0]


async def _critique(interaction: discord.Interaction[Client], asked: str) -> Critique:
    found = await states.find(interaction.client.desk, actor(interaction).guild, CritiqueStatus.OPEN, asked)
    if not found:
        raise Refusal(Code.NO_SUCH_CRITIQUE, asked=asked)
    if len(found) > 1:
        raise Refusal(Code.SEVERAL_SO_CALLED, asked=asked)
    return found[0]
