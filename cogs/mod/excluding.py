"""`/mod exclude` and `include`: votes taken out of the figures, and brought back."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.cases import CaseReason, Why
from bot.core.ids import CaseId, CritiqueId, MemberId
from bot.core.refusals import Code, Refusal
from bot.core.spans import span
from bot.display import critiques as shown
from bot.display import exclusions as display
from bot.display.actors import actor, server
from bot.services import exclusions, submissions
from cogs.mod.queueing import REASONS, Asked, Words

Span = app_commands.Range[str, 1, 20]


class Excluding(commands.Cog):
    """`/mod exclude` and `include`."""

    _client: Client

    @app_commands.command(description="Take votes out of the figures: a member's, or all since a time; can be undone")
    @app_commands.describe(
        reason="Why, as it is counted",
        member="Whose votes, those from now on too",
        since="Or how far back all votes go, such as 30m or 2h",
        critique="In which critique alone; else on the whole server",
        words="Why, in words; the member is told",
    )
    @app_commands.choices(reason=REASONS)
    async def exclude(
        self,
        interaction: discord.Interaction[Any],
        reason: str,
        member: discord.User | None = None,
        since: Span | None = None,
        critique: Asked | None = None,
        words: Words | None = None,
    ) -> None:
        """Excludes the votes, and says to this moderator how many."""
        if (member is None) == (since is None):
            raise Refusal(Code.MEMBER_OR_SINCE)
        choices = await self._client.choices(server(interaction))
        who, desk = actor(interaction), self._client.desk
        which, why = await _critique(interaction, critique), Why(CaseReason(reason), words or "")
        if member is not None:
            case = await exclusions.exclude_member(desk, who, choices, person(member), which, why)
        else:
            case = await exclusions.exclude_since(desk, who, choices, span(since or ""), which, why)
        await interaction.response.send_message(display.done(case), ephemeral=True)

    @app_commands.command(description="Bring excluded votes back: the figures are what they were")
    @app_commands.describe(
        member="Whose votes", case="Or the case that excluded them", words="Why, in words; the member is told"
    )
    async def include(
        self,
        interaction: discord.Interaction[Any],
        member: discord.User | None = None,
        case: Asked | None = None,
        words: Words | None = None,
    ) -> None:
        """Brings the votes back, and says to this moderator how many."""
        if (member is None) == (case is None):
            raise Refusal(Code.MEMBER_OR_CASE)
        choices = await self._client.choices(server(interaction))
        who, desk, why = actor(interaction), self._client.desk, Why(words=words or "")
        if member is not None:
            done = await exclusions.include_member(desk, who, choices, person(member), why)
        else:
            done = await exclusions.include_case(desk, who, choices, _number(case or ""), why)
        await interaction.response.send_message(display.done(done), ephemeral=True)

    @exclude.autocomplete("critique")
    async def _critiques(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.EXCLUDE_VOTES):
            return []
        return shown.choices(await submissions.open_critiques(self._client.desk, actor(interaction).guild), typed)

    @include.autocomplete("case")
    async def _cases(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        choices = await self._client.choices(server(interaction))
        try:
            standing = await exclusions.standing(self._client.desk, actor(interaction), choices)
        except Refusal:
            return []
        return display.choices(standing, typed)


def person(user: discord.User) -> MemberId:
    """Whom a moderator means. Raises Refusal where it is a bot."""
    if user.bot:
        raise Refusal(Code.NOT_A_BOT)
    return MemberId(user.id)


def _number(typed: str) -> CaseId:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 18):
        raise Refusal(Code.NOTHING_EXCLUDED)
    return CaseId(int(typed))


async def _critique(interaction: discord.Interaction[Client], asked: str | None) -> CritiqueId | None:
    if asked is None:
        return None
    known = await submissions.open_critiques(interaction.client.desk, actor(interaction).guild)
    found = [one.id for one in known if asked in (str(one.id), one.title)]
    if not found:
        raise Refusal(Code.NO_SUCH_CRITIQUE, asked=asked)
    return found[0]
