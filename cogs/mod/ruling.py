"""`/mod rules`: what every addition on the server is held against."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.moderation import Rules
from bot.display import moderation as display
from bot.display.actors import actor, server
from bot.services import moderation

_LONGEST_LIST = 1_000
_MOST_HOURS = 24 * 365


class Ruling(commands.Cog):
    """`/mod rules`."""

    _client: Client

    @app_commands.command(description="See or change what every addition here is held against")
    @app_commands.describe(
        quota="How many additions one member may make a day; accepted ones make room for more",
        minute="How many additions one member may make a minute",
        hours="Additions of accounts younger than this wait for you; 0 for none",
        reports="How many members' reports hold an addition until one of you decides",
        words="Additions with one of these words wait for you; separated by commas, - for none",
    )
    async def rules(
        self,
        interaction: discord.Interaction[Any],
        quota: app_commands.Range[int, 1, 1_000] | None = None,
        minute: app_commands.Range[int, 1, 1_000] | None = None,
        hours: app_commands.Range[int, 0, _MOST_HOURS] | None = None,
        words: app_commands.Range[str, 1, _LONGEST_LIST] | None = None,
        reports: app_commands.Range[int, 1, 1_000] | None = None,
    ) -> None:
        """Changes what was given, and shows all of it to this moderator."""
        desk, who = self._client.desk, actor(interaction)
        choices = await self._client.choices(server(interaction))
        before = await moderation.rules(desk, who, choices)
        after = replace(_changed(before, quota, minute, hours, words), reports=reports or before.reports)
        if after != before:
            await moderation.choose(desk, who, choices, after)
        await interaction.response.send_message(display.rules(after), ephemeral=True)


def _changed(before: Rules, quota: int | None, minute: int | None, hours: int | None, words: str | None) -> Rules:
    listed = before.words
    if words is not None:
        listed = frozenset(word for each in words.split(",") if (word := each.strip()) and word != "-")
    return replace(
        before,
        quota=before.quota if quota is None else quota,
        most_lately=before.most_lately if minute is None else minute,
        account_age=before.account_age if hours is None else timedelta(hours=hours),
        words=listed,
    )
