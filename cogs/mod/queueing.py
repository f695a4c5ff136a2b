"""`/mod queue`, `approve` and `refuse`: what waits for moderators, page by page."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.cases import LONGEST_WORDS, CaseAct, CaseReason, Why
from bot.core.ids import GuildId
from bot.core.points import Point
from bot.core.queue import QueuePage
from bot.core.refusals import Refusal
from bot.display import cases
from bot.display import queue as display
from bot.display.actors import actor, server
from bot.display.asides import beside
from bot.display.errors import show
from bot.display.points import choice
from bot.services import asides, points, queue
from bot.texts import _

Asked = app_commands.Range[str, 1, 100]
Words = app_commands.Range[str, 1, LONGEST_WORDS]
REASONS = [app_commands.Choice(name=cases.reason(each), value=each.value) for each in CaseReason]


class QueueButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:queue:(?P<page>\d{1,6}):(?P<act>back|refresh|next)",
):
    """Shows a page of what waits, as it is when it is pressed."""

    def __init__(self, page: int, act: str, *, disabled: bool = False) -> None:
        labels = {"back": _("Back"), "refresh": _("Refresh"), "next": _("Next")}
        super().__init__(
            discord.ui.Button(label=labels.get(act, act), custom_id=f"v1:queue:{page}:{act}", disabled=disabled)
        )
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(int(match["page"]), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page; whoever presses must be a moderator now."""
        try:
            said, embed, view = await _page(interaction, self.page)
            await interaction.response.edit_message(content=said, embed=embed, view=view)
        except Exception as error:
            await show(interaction, error)


class Queue(commands.Cog):
    """What waits for moderators."""

    _client: Client

    @app_commands.command(name="queue", description="Show which additions, appeals and reports wait for a moderator")
    async def queue_(self, interaction: discord.Interaction[Any]) -> None:
        """Shows what waits, to this moderator alone."""
        said, embed, view = await _page(interaction, 1)
        await interaction.response.send_message(
            said, embed=embed or discord.utils.MISSING, view=view or discord.utils.MISSING, ephemeral=True
        )

    @app_commands.command(description="Let an addition that waits join the list")
    @app_commands.describe(point="Its label, or words from it")
    async def approve(self, interaction: discord.Interaction[Any], point: Asked) -> None:
        """Approves the addition, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await queue.wanted(self._client.desk, actor(interaction), choices, point)
        approved, _critique = await queue.approve(self._client.desk, actor(interaction), choices, found.id)
        told = await said(interaction, CaseAct.APPROVE, approved)
        await interaction.response.send_message(**told, ephemeral=True)

    @app_commands.command(description="Keep an addition that waits off the list; its author is told why")
    @app_commands.describe(point="Its label, or words from it", reason="Why, as it is counted", words="Why, in words")
    @app_commands.choices(reason=REASONS)
    async def refuse(
        self, interaction: discord.Interaction[Any], point: Asked, reason: str, words: Words | None = None
    ) -> None:
        """Refuses the addition, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await queue.wanted(self._client.desk, actor(interaction), choices, point)
        why = Why(CaseReason(reason), words or "")
        refused, _critique = await queue.refuse(self._client.desk, actor(interaction), choices, found.id, why)
        told = await said(interaction, CaseAct.REFUSE, refused)
        await interaction.response.send_message(**told, ephemeral=True)

    @approve.autocomplete("point")
    @refuse.autocomplete("point")
    async def _held(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        choices = await self._client.choices(server(interaction))
        try:
            found = await queue.find(self._client.desk, actor(interaction), choices, typed)
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def _page(
    interaction: discord.Interaction[Client], number: int
) -> tuple[str, discord.Embed | None, discord.ui.View | None]:
    guild = server(interaction)
    choices = await interaction.client.choices(guild)
    page = await queue.page(interaction.client.desk, actor(interaction), choices, number)
    said = display.counted(page, choices.moderators_channel)
    return said, display.listed(page, GuildId(guild.id)), _buttons(page) if page.items else None


def _buttons(page: QueuePage) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    if page.pages > 1:
        view.add_item(QueueButton(page.number - 1, "back", disabled=page.number == 1))
    view.add_item(QueueButton(page.number, "refresh"))
    if page.pages > 1:
        view.add_item(QueueButton(page.number + 1, "next", disabled=page.number == page.pages))
    view.stop()  # who presses is answered by the button's id, not by this object
    return view


async def said(interaction: discord.Interaction[Client], done: CaseAct, point: Point) -> dict[str, Any]:
    """What a moderator is told of the decision, and beside it."""
    aside = await asides.of(interaction.client.desk, actor(interaction), done, point.id)
    return beside(display.decided(point), aside)
