"""`/mod queue`, `approve` and `refuse`: what waits for moderators."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.cases import LONGEST_WORDS, CaseReason, Why
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.display import cases
from bot.display import queue as display
from bot.display.actors import actor, server
from bot.display.points import choice
from bot.services import cases as case_services
from bot.services import points, queue

Asked = app_commands.Range[str, 1, 100]
Words = app_commands.Range[str, 1, LONGEST_WORDS]
REASONS = [app_commands.Choice(name=cases.reason(each), value=each.value) for each in CaseReason]


class Queue(commands.Cog):
    """What waits for moderators."""

    _client: Client

    @app_commands.command(name="queue", description="Show which additions and appeals wait for a moderator")
    async def queue_(self, interaction: discord.Interaction[Any]) -> None:
        """Shows what waits, to this moderator alone."""
        choices = await self._client.choices(server(interaction))
        waiting = await queue.waiting(self._client.desk, actor(interaction), choices)
        appeals = await case_services.unanswered(self._client.desk, actor(interaction), choices)
        said = display.listed(waiting, appeals, choices.moderators_channel)
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(description="Let an addition that waits join the list")
    @app_commands.describe(point="Its label, or words from it")
    async def approve(self, interaction: discord.Interaction[Any], point: Asked) -> None:
        """Approves the addition, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await _waiting(interaction, point)
        approved, _ = await queue.approve(self._client.desk, actor(interaction), choices, found.id)
        await interaction.response.send_message(display.decided(approved), ephemeral=True)

    @app_commands.command(description="Keep an addition that waits off the list; its author is told why")
    @app_commands.describe(point="Its label, or words from it", reason="Why, as it is counted", words="Why, in words")
    @app_commands.choices(reason=REASONS)
    async def refuse(
        self, interaction: discord.Interaction[Any], point: Asked, reason: str, words: Words | None = None
    ) -> None:
        """Refuses the addition, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await _waiting(interaction, point)
        why = Why(CaseReason(reason), words or "")
        refused, _ = await queue.refuse(self._client.desk, actor(interaction), choices, found.id, why)
        await interaction.response.send_message(display.decided(refused), ephemeral=True)

    @approve.autocomplete("point")
    @refuse.autocomplete("point")
    async def _held(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        choices = await self._client.choices(server(interaction))
        try:
            found = await queue.find(self._client.desk, actor(interaction), choices, typed)
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def _waiting(interaction: discord.Interaction[Client], asked: str) -> Point:
    choices = await interaction.client.choices(server(interaction))
    found = await queue.find(interaction.client.desk, actor(interaction), choices, asked)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return found[0]
