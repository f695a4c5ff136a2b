"""`/point undo` and `/point withdraw`: authors take their additions back."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.ids import PointId
from bot.display.actors import actor
from bot.display.errors import show
from bot.display.points import choice, withdrawal, withdrawn
from bot.services import points, withdrawals
from bot.texts import _


class Withdrawing(commands.Cog):
    """`/point undo` and `/point withdraw`."""

    _client: Client

    @app_commands.command(description="Take back the point that you added within the last ten minutes")
    async def undo(self, interaction: discord.Interaction) -> None:
        """Withdraws this member's newest addition at once."""
        point = await withdrawals.undo(self._client.desk, actor(interaction))
        await interaction.response.send_message(withdrawn(point), ephemeral=True)

    @app_commands.command(description="Withdraw a point that you added: its text goes, its label stays")
    @app_commands.describe(point="Its label, or words from it; only your own can be withdrawn")
    async def withdraw(self, interaction: discord.Interaction, point: app_commands.Range[str, 1, 100]) -> None:
        """Asks this member to confirm."""
        found = await withdrawals.wanted(self._client.desk, actor(interaction), point)
        view = discord.ui.View(timeout=None)
        view.add_item(WithdrawButton(found.id))
        await interaction.response.send_message(withdrawal(found), view=view, ephemeral=True)

    @withdraw.autocomplete("point")
    async def _own(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await withdrawals.own(self._client.desk, actor(interaction), typed)
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


class WithdrawButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"v1:point:(?P<point>\d{1,18}):withdraw"
):
    """Withdraws a point; whoever presses must be its author."""

    def __init__(self, point: PointId) -> None:
        super().__init__(
            discord.ui.Button(
                label=_("Withdraw"), style=discord.ButtonStyle.danger, custom_id=f"v1:point:{point}:withdraw"
            )
        )
        self.point = point

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(PointId(int(match["point"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Withdraws the point and says so in place of the question."""
        try:
            point = await withdrawals.withdraw(interaction.client.desk, actor(interaction), self.point)
            await interaction.response.edit_message(content=withdrawn(point), view=None)
        except Exception as error:
            await show(interaction, error)
