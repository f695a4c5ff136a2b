"""`/critique close`, `reopen`, `lock` and `unlock`: what moderators let members do."""

from collections.abc import Awaitable, Callable

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.asides import NOTHING, Aside
from bot.core.cases import CaseAct
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import GuildId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.display import limits
from bot.display.actors import actor, place, server
from bot.display.asides import beside
from bot.display.inert import inert_line
from bot.display.points import choice
from bot.services import asides, points, states
from bot.texts import _

Asked = app_commands.Range[str, 1, 100]


class States(commands.Cog):
    """The states of critiques and points."""

    _client: Client

    @app_commands.command(name="close", description="Close a critique: its votes and points stand as they are")
    @app_commands.describe(critique="Which critique")
    async def close(self, interaction: discord.Interaction, critique: Asked) -> None:
        """Closes the critique, and says so to this moderator."""
        meant = await self._critique(interaction, CritiqueStatus.OPEN, critique)
        closed = await states.close(self._client.desk, actor(interaction), await self._choices(interaction), meant.id)
        await _say(
            interaction,
            _("Closed “{title}”: votes and additions count no more, and its threads are being locked and archived."),
            aside=await asides.of_critique(self._client.desk, CaseAct.CLOSE, closed.id),
            title=closed.title,
        )

    @app_commands.command(name="reopen", description="Open a closed critique again")
    @app_commands.describe(critique="Which critique")
    async def reopen(self, interaction: discord.Interaction, critique: Asked) -> None:
        """Opens the critique again, and says so to this moderator."""
        meant = await self._critique(interaction, CritiqueStatus.CLOSED, critique)
        opened = await states.reopen(self._client.desk, actor(interaction), await self._choices(interaction), meant.id)
        self._client.books.read_anew(opened.guild)
        await _say(
            interaction,
            _("“{title}” is open again: votes and additions count, and its threads are being unlocked."),
            title=opened.title,
        )

    @app_commands.command(name="lock", description="Let members vote on a point, but write no more in its thread")
    @app_commands.describe(point="Its label, the label its author wrote, or words from it")
    async def lock(self, interaction: discord.Interaction, point: Asked) -> None:
        """Makes the point vote-only, and says so to this moderator."""
        locked = await self._switch(interaction, PointStatus.OPEN, point, states.lock)
        await _say(
            interaction,
            _("{label} is vote-only: votes count, and its thread is being locked."),
            aside=await asides.of(self._client.desk, actor(interaction), CaseAct.LOCK, locked.id),
            label=locked.name,
        )

    @app_commands.command(name="unlock", description="Let members write in a point's thread again")
    @app_commands.describe(point="Its label, the label its author wrote, or words from it")
    async def unlock(self, interaction: discord.Interaction, point: Asked) -> None:
        """Undoes `lock`, and says so to this moderator."""
        unlocked = await self._switch(interaction, PointStatus.VOTE_ONLY, point, states.unlock)
        await _say(
            interaction,
            _("{label} is open again: its thread is being unlocked."),
            aside=await asides.of(self._client.desk, actor(interaction), CaseAct.UNLOCK, unlocked.id),
            label=unlocked.name,
        )

    @close.autocomplete("critique")
    async def _open_ones(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._offer(interaction, Act.CLOSE_CRITIQUE, CritiqueStatus.OPEN, typed)

    @reopen.autocomplete("critique")
    async def _closed_ones(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._offer(interaction, Act.REOPEN_CRITIQUE, CritiqueStatus.CLOSED, typed)

    @lock.autocomplete("point")
    async def _open_points(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._offer_points(interaction, PointStatus.OPEN, typed)

    @unlock.autocomplete("point")
    async def _locked_points(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await self._offer_points(interaction, PointStatus.VOTE_ONLY, typed)

    async def _choices(self, interaction: discord.Interaction) -> Choices:
        return await self._client.choices(server(interaction))

    async def _offer(
        self, interaction: discord.Interaction, act: Act, status: CritiqueStatus, typed: str
    ) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, act):
            return []
        found = await states.find(self._client.desk, GuildId(interaction.guild_id or 0), status, typed)
        return [
            app_commands.Choice(name=limits.shorten(one.title or str(one.id), limits.CHOICE_NAME), value=str(one.id))
            for one in found[: limits.CHOICES]
        ]

    async def _offer_points(
        self, interaction: discord.Interaction, status: PointStatus, typed: str
    ) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.LOCK_POINT):
            return []
        try:
            found = await points.find(self._client.desk, *place(interaction), typed, among={status})
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]

    async def _critique(self, interaction: discord.Interaction, status: CritiqueStatus, asked: str) -> Critique:
        found = await states.find(self._client.desk, GuildId(interaction.guild_id or 0), status, asked)
        if not found:
            raise Refusal(Code.NO_CRITIQUE_IN_STATE, asked=asked)
        if len(found) > 1:
            raise Refusal(Code.SEVERAL_SO_CALLED, asked=asked)
        return found[0]

    async def _switch(
        self, interaction: discord.Interaction, status: PointStatus, asked: str, act: Callable[..., Awaitable[Point]]
    ) -> Point:
        found = await points.find(self._client.desk, *place(interaction), asked, among={status})
        if not found:
            raise Refusal(Code.NO_POINT, asked=asked)
        return await act(self._client.desk, actor(interaction), await self._choices(interaction), found[0].id)


async def _say(interaction: discord.Interaction, sentence: str, *, aside: Aside = NOTHING, **said: str) -> None:
    shown = {name: limits.shorten(inert_line(value), limits.EMBED_TITLE) for name, value in said.items()}
    await interaction.response.send_message(**beside(sentence.format(**shown), aside), ephemeral=True)
