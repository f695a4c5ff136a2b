"""`/argue`: the form, and its submission."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.arguments import Side
from bot.core.ids import PointId
from bot.core.points import PointStatus
from bot.core.refusals import Code, Refusal
from bot.display import arguments as display
from bot.display.actors import actor, place, sees, server, sight
from bot.display.forms import Submission
from bot.display.points import choice
from bot.services import arguments, points

FORM = r"v1:argue:(?P<point>\d{1,18}):(?P<side>support|rebuttal)"
SIDES = [app_commands.Choice(name=display.words(side), value=side.value) for side in Side]
_ARGUABLE = (PointStatus.OPEN,)


class Argue(commands.Cog):
    """`/argue`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="Argue for a point or against it, in its thread")
    @app_commands.describe(
        point="Its label, the label its author wrote, or words from it", side="For it, or against it"
    )
    @app_commands.choices(side=SIDES)
    @app_commands.guild_only()
    async def argue(
        self, interaction: discord.Interaction[Any], point: app_commands.Range[str, 1, 100], side: str
    ) -> None:
        """Shows the form, where this member may argue about the point now."""
        desk, where = self._client.desk, place(interaction)
        found = await points.find(desk, *where, point, among=_ARGUABLE, sees=sight(interaction))
        found = found or await points.find(desk, *where, point, sees=sight(interaction))
        if not found:
            raise Refusal(Code.NO_POINT, asked=point)
        choices = await self._client.choices(server(interaction))
        about = await arguments.to_argue(desk, actor(interaction), choices, found[0].id)
        await interaction.response.send_modal(display.form(about.named or about.point, Side(side)))

    @argue.autocomplete("point")
    async def _open_ones(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        try:
            found = await points.find(
                self._client.desk, *place(interaction), typed, among=_ARGUABLE, sees=sight(interaction)
            )
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def argued(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Records the argument that was sent in the form, and says so to whoever sent it."""
    client, who = interaction.client, actor(interaction)
    choices = await client.choices(server(interaction))
    which, side = PointId(int(submission.parts["point"])), Side(submission.parts["side"])
    about = await arguments.to_argue(client.desk, who, choices, which)
    if not sees(interaction, about.critique.home):
        raise Refusal(Code.NO_CRITIQUE)
    done = await arguments.argue(client.desk, who, choices, which, side, submission.text(display.TEXT))
    await interaction.response.send_message(display.filed(done.argument, done.point, done.named), ephemeral=True)
