"""`/point edit` and `history`: an author's own words changed, and what a point said before."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.asides import NOTHING
from bot.core.cases import CaseAct
from bot.core.ids import PointId
from bot.core.refusals import Code, Refusal
from bot.core.revisions import Asking
from bot.display import revisions as display
from bot.display.actors import actor, place, server, sight
from bot.display.asides import beside
from bot.display.forms import Submission
from bot.display.points import choice
from bot.services import asides, points, revisions, withdrawals

FORM = r"v1:edit:(?P<point>\d{1,18}):(?P<edition>\d{1,9})"
Asked = app_commands.Range[str, 1, 100]


class Editing(commands.Cog):
    """`/point edit` and `history`."""

    _client: Client

    @app_commands.command(description="Change the words of a point that you added")
    @app_commands.describe(point="Its label, or words from it; only your own can be changed")
    async def edit(self, interaction: discord.Interaction, point: Asked) -> None:
        """Shows this member the form with the point's words."""
        found = await withdrawals.wanted(self._client.desk, actor(interaction), point)
        choices = await self._client.choices(server(interaction))
        which, edition = await revisions.to_edit(self._client.desk, actor(interaction), choices, found.id)
        await interaction.response.send_modal(display.form(which, edition, own=True))

    @app_commands.command(description="Show what a point said before its words were changed")
    @app_commands.describe(point="Its label, the label its author wrote, or words from it")
    async def history(self, interaction: discord.Interaction, point: Asked) -> None:
        """Shows the changes to this member alone."""
        found = await points.find(self._client.desk, *place(interaction), point, sees=sight(interaction))
        if not found:
            raise Refusal(Code.NO_POINT, asked=point)
        said = display.history(*await revisions.history(self._client.desk, found[0].id))
        await interaction.response.send_message(said, ephemeral=True, suppress_embeds=True)

    @edit.autocomplete("point")
    async def _own_ones(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        found = await withdrawals.own(self._client.desk, actor(interaction), typed)
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]

    @history.autocomplete("point")
    async def _changed_ones(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            found = await points.find(self._client.desk, *place(interaction), typed, sees=sight(interaction))
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(point), value=points.reference(point.id)) for point in found]


async def edited(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Changes the words to what was sent in the form, and says so to whoever sent it."""
    client, who = interaction.client, actor(interaction)
    choices = await client.choices(server(interaction))
    point, asks = await revisions.edit(
        client.desk,
        who,
        choices,
        PointId(int(submission.parts["point"])),
        submission.text(display.TITLE),
        submission.text(display.TEXT),
        edition=int(submission.parts["edition"]),
        asking=Asking(submission.text(display.ASKING) or Asking.BY_ITSELF),
    )
    own = revisions.is_own(who, point)
    aside = NOTHING if own else await asides.of(client.desk, who, CaseAct.REWORD, point.id)
    await interaction.response.send_message(**beside(display.changed(point, asks=asks), aside), ephemeral=True)
