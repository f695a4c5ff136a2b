"""`/mod hide`, `restore` and `withdraw`: a point's text out of sight and back, or gone for good."""

from collections.abc import Collection
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.cases import CaseAct, CaseReason, Why
from bot.core.points import Origin, Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.display.actors import actor, place, server
from bot.display.asides import beside
from bot.display.inert import inert_line
from bot.display.points import choice
from bot.services import asides, points, reports, states, withdrawals
from bot.texts import _
from cogs.mod.queueing import REASONS, Asked, Words

_STANDING = (PointStatus.OPEN, PointStatus.VOTE_ONLY)
_OUT_OF_SIGHT = (PointStatus.HIDDEN, PointStatus.REPORTED)
_TO_HIDE = (*_STANDING, PointStatus.REPORTED)


class Hiding(commands.Cog):
    """`/mod hide`, `restore` and `withdraw`."""

    _client: Client

    @app_commands.command(description="Hide a point: its text goes, its votes count no more; undone by /mod restore")
    @app_commands.describe(
        point="Its label, the label its author wrote, or words from it",
        reason="Why, as it is counted",
        words="Why, in words; its author is told",
    )
    @app_commands.choices(reason=REASONS)
    async def hide(
        self, interaction: discord.Interaction[Any], point: Asked, reason: str, words: Words | None = None
    ) -> None:
        """Hides the point, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await _one(interaction, _TO_HIDE, point)
        why = Why(CaseReason(reason), words or "")
        hidden = await reports.hide_point(self._client.desk, actor(interaction), choices, found, why)
        said = _("Hidden: **{label}**. Its label and its votes are kept; `/mod restore` brings all of it back.")
        if hidden.origin is Origin.ADDITION:
            said += " " + _("A message that its author typed it in stays; delete that in Discord if it must go, too.")
        await _answer(interaction, said, CaseAct.HIDE, hidden)

    @app_commands.command(description="Show a hidden point again, with its votes")
    @app_commands.describe(point="Its label", words="A word to its author")
    async def restore(self, interaction: discord.Interaction[Any], point: Asked, words: Words | None = None) -> None:
        """Restores the point, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await _one(interaction, _OUT_OF_SIGHT, point)
        back, desk, who = found, self._client.desk, actor(interaction)
        held = await reports.waiting_about(desk, who, choices, found.id)
        if found.status is PointStatus.REPORTED and held is not None:
            await reports.dismiss(desk, who, choices, held)
        else:
            back = await states.restore(desk, who, choices, found.id, Why(words=words or ""))
        self._client.books.read_whole(back.id)
        said = _("Restored: **{label}** is as it was, and its votes count.")
        await _answer(interaction, said, CaseAct.RESTORE, back)

    @app_commands.command(description="Withdraw a member's addition for good: its label stays alone")
    @app_commands.describe(
        point="Its label, the label its author wrote, or words from it",
        reason="Why, as it is counted",
        words="Why, in words; its author is told",
    )
    @app_commands.choices(reason=REASONS)
    async def withdraw(
        self, interaction: discord.Interaction[Any], point: Asked, reason: str, words: Words | None = None
    ) -> None:
        """Withdraws the addition, and says so to this moderator."""
        choices = await self._client.choices(server(interaction))
        found = await _one(interaction, _STANDING, point)
        why = Why(CaseReason(reason), words or "")
        gone = await withdrawals.withdraw_for(self._client.desk, actor(interaction), choices, found.id, why)
        said = _("Withdrawn: **{label}**. Its author is told why, and may appeal.")
        await _answer(interaction, said, CaseAct.WITHDRAW, gone)

    @hide.autocomplete("point")
    async def _to_hide(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return await _offer(interaction, Act.HIDE_POINT, _TO_HIDE, typed)

    @withdraw.autocomplete("point")
    async def _additions(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return await _offer(interaction, Act.WITHDRAW_POINT, _STANDING, typed)

    @restore.autocomplete("point")
    async def _hidden(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return await _offer(interaction, Act.HIDE_POINT, _OUT_OF_SIGHT, typed)


async def _answer(interaction: discord.Interaction[Client], said: str, done: CaseAct, point: Point) -> None:
    aside = await asides.of(interaction.client.desk, actor(interaction), done, point.id)
    text = said.format(label=inert_line(point.name))
    await interaction.response.send_message(**beside(text, aside), ephemeral=True)


async def _offer(
    interaction: discord.Interaction[Client], act: Act, among: Collection[PointStatus], typed: str
) -> list[app_commands.Choice[str]]:
    if not await interaction.client.may(interaction, act):
        return []
    try:
        found = await points.find(interaction.client.desk, *place(interaction), typed, among=among)
    except Refusal:
        return []
    return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def _one(interaction: discord.Interaction[Client], among: Collection[PointStatus], asked: str) -> Point:
    """The point that is meant; one that is not `among` those is found too, so that the service says what it is."""
    desk, where = interaction.client.desk, place(interaction)
    found = await points.find(desk, *where, asked, among=among) or await points.find(desk, *where, asked)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return found[0]
