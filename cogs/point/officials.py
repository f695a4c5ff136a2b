"""`/point answer`: whom the moderators named answers a point officially."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.ids import PointId
from bot.core.refusals import Code, Refusal
from bot.display import officials as display
from bot.display.actors import actor, place, server, sight
from bot.display.forms import Submission
from bot.display.points import choice
from bot.services import officials, points

FORM = r"v1:official:(?P<point>\d{1,18})"


class Officials(commands.Cog):
    """`/point answer`."""

    _client: Client

    @app_commands.command(description="Answer a point officially, where the moderators named you or your team")
    @app_commands.describe(point="Its label, the label its author wrote, or words from it")
    async def answer(self, interaction: discord.Interaction, point: app_commands.Range[str, 1, 100]) -> None:
        """Shows the form with the answer as it is."""
        desk, among = self._client.desk, officials.STANDING
        found = await points.find(desk, *place(interaction), point, among=among, sees=sight(interaction))
        if not found:
            raise Refusal(Code.NO_POINT, asked=point)
        choices = await self._client.choices(server(interaction))
        which = await officials.to_answer(desk, actor(interaction), choices, found[0].id)
        await interaction.response.send_modal(display.form(which))

    @answer.autocomplete("point")
    async def _standing(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        desk, among = self._client.desk, officials.STANDING
        try:
            found = await points.find(desk, *place(interaction), typed, among=among, sees=sight(interaction))
        except Refusal:
            return []
        found = await officials.open_to(desk, actor(interaction), found)
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def answered(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Records the answer that was sent in the form, and says so to whoever sent it."""
    client = interaction.client
    choices = await client.choices(server(interaction))
    which, text = PointId(int(submission.parts["point"])), submission.text(display.TEXT)
    point = await officials.answer(client.desk, actor(interaction), choices, which, text)
    await interaction.response.send_message(display.answered(point), ephemeral=True)
