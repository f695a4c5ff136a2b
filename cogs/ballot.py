"""`/ballot`: a member votes in private, point by point, in a message that nobody else sees."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.ballots import STANCES, Paper, Press
from bot.core.critiques import Critique
from bot.core.ids import CritiqueId, PointId
from bot.core.refusals import Code, Refusal
from bot.display import ballots as display
from bot.display.actors import actor, place, server, sight
from bot.display.critiques import choices
from bot.display.errors import show
from bot.display.points import choice
from bot.services import ballots, critiques, points


class BallotButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"v1:ballot:(?P<point>\d{{1,18}}):(?P<revision>\d{{1,9}}):(?P<press>{'|'.join(Press)})",
):
    """Says what the member thinks of a point. It works after a restart: all it needs is in its id."""

    def __init__(self, point: PointId, revision: int, press: Press) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(point, revision, press)))
        self.point = point
        self.revision = revision
        self.press = press

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(PointId(int(match["point"])), int(match["revision"]), Press(match["press"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Records it, and asks about the next point in the same message."""
        try:
            client: Client = interaction.client
            choices_made = await client.choices(server(interaction))
            may = (client.desk, actor(interaction), choices_made, self.point, self.revision)
            if self.press is Press.SKIP:
                cast, paper = None, await ballots.skip(*may, sight(interaction))
            else:
                cast, paper = await ballots.cast(*may, STANCES[self.press], sight(interaction))
            await interaction.response.edit_message(
                content=display.text(paper, cast), view=display.view(paper, server(interaction))
            )
        except Exception as error:
            await show(interaction, error)


class WalkButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"v1:ballots:(?P<critique>\d{{1,18}}):(?P<act>{display.BEGIN}|{display.AGAIN})",
):
    """Begins on the digest, or goes through what was skipped again."""

    def __init__(self, critique: CritiqueId, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.walk_id(critique, act)))
        self.critique = critique
        self.anew = act == display.AGAIN

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(CritiqueId(int(match["critique"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Asks about the next point: in a message for this member alone, or in the one that they pressed in."""
        try:
            client: Client = interaction.client
            may = (client.desk, actor(interaction), await client.choices(server(interaction)), self.critique)
            paper = await ballots.ask(*may, sight(interaction), anew=self.anew)
            if self.anew:
                await interaction.response.edit_message(
                    content=display.text(paper), view=display.view(paper, server(interaction))
                )
            else:
                await _ask(interaction, paper)
        except Exception as error:
            await show(interaction, error)


class Ballot(commands.Cog):
    """`/ballot`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="Vote in private, point by point")
    @app_commands.describe(
        critique="Which critique, where several are open",
        point="One point alone: its label or words from it; to change a vote, too",
    )
    @app_commands.guild_only()
    async def ballot(
        self,
        interaction: discord.Interaction[Client],
        critique: app_commands.Range[str, 1, 100] | None = None,
        point: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Asks about the next point, or about the one that is named."""
        may = (self._client.desk, actor(interaction), await self._client.choices(server(interaction)))
        if point is not None:
            found = await points.find(self._client.desk, *place(interaction), point, sees=sight(interaction))
            if not found:
                raise Refusal(Code.NO_POINT, asked=point)
            paper = await ballots.ask_about(*may, found[0].id, sight(interaction))
        else:
            which = _chosen(await self._open(interaction), critique)
            paper = await ballots.ask(*may, which.id, sight(interaction))
        await _ask(interaction, paper)

    @ballot.autocomplete("critique")
    async def _critiques(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return choices(await self._open(interaction), typed)

    @ballot.autocomplete("point")
    async def _points(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            found = await points.find(self._client.desk, *place(interaction), typed, sees=sight(interaction))
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(each), value=points.reference(each.id)) for each in found]

    async def _open(self, interaction: discord.Interaction) -> list[Critique]:
        return await critiques.spoken_of(self._client.desk, *place(interaction), sight(interaction))


def _chosen(known: list[Critique], asked: str | None) -> Critique:
    if not known:
        raise Refusal(Code.NO_CRITIQUE)
    if asked is None and len(known) > 1:
        raise Refusal(Code.SEVERAL_CRITIQUES)
    meant = [one for one in known if asked in (None, str(one.id), one.title)]
    if not meant:
        raise Refusal(Code.NO_SUCH_CRITIQUE, asked=asked or "")
    return meant[0]


async def _ask(interaction: discord.Interaction[Client], paper: Paper) -> None:
    view = display.view(paper, server(interaction)) or discord.utils.MISSING
    await interaction.response.send_message(display.text(paper), view=view, ephemeral=True, suppress_embeds=True)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(BallotButton, WalkButton)
    await client.add_cog(Ballot(client))
