"""`/mod queue`, `approve` and `refuse`: what waits for moderators, and the buttons under it."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.cases import LONGEST_WORDS, CaseAct, CaseReason, Why
from bot.core.ids import PointId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.display import cases, reports
from bot.display import queue as display
from bot.display.actors import actor, server
from bot.display.asides import beside
from bot.display.errors import show
from bot.display.forms import Submission
from bot.display.points import choice
from bot.services import asides, points, queue
from bot.services import cases as case_services
from bot.services import reports as report_services

Asked = app_commands.Range[str, 1, 100]
Words = app_commands.Range[str, 1, LONGEST_WORDS]
REASONS = [app_commands.Choice(name=cases.reason(each), value=each.value) for each in CaseReason]


class Queue(commands.Cog):
    """What waits for moderators."""

    _client: Client

    @app_commands.command(name="queue", description="Show which additions, appeals and reports wait for a moderator")
    async def queue_(self, interaction: discord.Interaction[Any]) -> None:
        """Shows what waits, to this moderator alone."""
        choices = await self._client.choices(server(interaction))
        waiting = await queue.waiting(self._client.desk, actor(interaction), choices)
        appeals = await case_services.unanswered(self._client.desk, actor(interaction), choices)
        told = reports.listed(await report_services.waiting(self._client.desk, actor(interaction), choices))
        said = display.listed(waiting, appeals, told, choices.moderators_channel)
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(description="Let an addition that waits join the list")
    @app_commands.describe(point="Its label, or words from it")
    async def approve(self, interaction: discord.Interaction[Any], point: Asked) -> None:
        """Approves the addition, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await _waiting(interaction, point)
        approved, _ = await queue.approve(self._client.desk, actor(interaction), choices, found.id)
        said = await _said(interaction, CaseAct.APPROVE, approved)
        await interaction.response.send_message(**said, ephemeral=True)

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
        said = await _said(interaction, CaseAct.REFUSE, refused)
        await interaction.response.send_message(**said, ephemeral=True)

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


class HeldButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:held:(?P<point>\d{1,18}):(?P<act>approve|refuse)",
):
    """Approve or Refuse under an addition that waits. It works after a restart: all it needs is in its id."""

    def __init__(self, point: PointId, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(point, act)))
        self.point = point
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(PointId(int(match["point"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Approves, or asks why it is refused, where whoever presses is a moderator now."""
        try:
            await (self._approve(interaction) if self.act == display.APPROVE else self._ask(interaction))
        except Exception as error:
            await show(interaction, error)

    async def _approve(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        choices = await client.choices(server(interaction))
        point, critique = await queue.approve(client.desk, actor(interaction), choices, self.point)
        await interaction.response.edit_message(content=display.text(point, critique), view=display.view(point))
        aside = await asides.of(client.desk, actor(interaction), CaseAct.APPROVE, point.id)
        if aside.stakes:
            await interaction.followup.send(**beside(display.decided(point), aside), ephemeral=True)

    async def _ask(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        choices = await client.choices(server(interaction))
        point = await queue.held(client.desk, actor(interaction), choices, self.point)
        await interaction.response.send_modal(cases.refuse_form(point.id, point.name))


async def refused(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Refuses an addition with the reason that a moderator gave; the message says what was decided.

    To the moderator alone it is said how that is undone.
    """
    client = interaction.client
    choices = await client.choices(server(interaction))
    which, why = PointId(int(submission.parts["point"])), cases.why(submission)
    point, critique = await queue.refuse(client.desk, actor(interaction), choices, which, why)
    await interaction.response.edit_message(content=display.text(point, critique), view=display.view(point))
    await interaction.followup.send(**await _said(interaction, CaseAct.REFUSE, point), ephemeral=True)


async def _said(interaction: discord.Interaction[Client], done: CaseAct, point: Point) -> dict[str, Any]:
    """What a moderator is told of the decision, and beside it."""
    aside = await asides.of(interaction.client.desk, actor(interaction), done, point.id)
    return beside(display.decided(point), aside)
