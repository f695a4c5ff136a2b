"""`/mod`: the moderators' queue, and the buttons under what waits there."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.ids import PointId
from bot.display import queue as display
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.services import queue


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class Mod(commands.GroupCog, group_name="mod", group_description="Keep order"):
    """What moderators do with what members add."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(name="queue", description="Show which additions wait for a moderator")
    async def queue_(self, interaction: discord.Interaction[Any]) -> None:
        """Shows what waits, to this moderator alone."""
        choices = await self._client.choices(server(interaction))
        waiting = await queue.waiting(self._client.desk, actor(interaction), choices)
        said = display.listed(waiting, choices.moderators_channel)
        await interaction.response.send_message(said, ephemeral=True)


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
        """Decides, where whoever presses is a moderator now; the message says what was decided."""
        try:
            await self._decide(interaction)
        except Exception as error:
            await show(interaction, error)

    async def _decide(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        choices = await client.choices(server(interaction))
        decide = queue.approve if self.act == display.APPROVE else queue.refuse
        point, critique = await decide(client.desk, actor(interaction), choices, self.point)
        await interaction.response.edit_message(content=display.text(point, critique), view=display.view(point))


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(HeldButton)
    await client.add_cog(Mod(client))
