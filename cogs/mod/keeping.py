"""`/mod retention`: for how long the server keeps what is not the list itself."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.retention import LONGEST
from bot.display import retention as display
from bot.display.actors import actor, server
from bot.services import retention

Days = app_commands.Range[int, 0, LONGEST]


class Keeping(commands.Cog):
    """`/mod retention`."""

    _client: Client

    @app_commands.command(description="See, or as an administrator change, for how long what is stored here is kept")
    @app_commands.describe(
        history="How many days it is kept how votes changed, 30 at least; 0 for as long as the bot is here",
        cases="How many days what is written in cases is kept, 30 at least; 0 for as long as the bot is here",
    )
    async def retention(
        self, interaction: discord.Interaction[Any], history: Days | None = None, cases: Days | None = None
    ) -> None:
        """Changes what was given, and shows all of it to this moderator."""
        desk, who = self._client.desk, actor(interaction)
        choices = await self._client.choices(server(interaction))
        chosen = await retention.chosen(desk, who, choices)
        if history is not None or cases is not None:
            wanted = replace(
                chosen,
                history=chosen.history if history is None else history or None,
                cases=chosen.cases if cases is None else cases or None,
            )
            chosen = await retention.choose(desk, who, choices, wanted)
        await interaction.response.send_message(display.text(chosen), ephemeral=True)
