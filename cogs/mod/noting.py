"""`/mod note` and `/mod history`: what is on record about a member or a point, page by page."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.ids import MemberId, PointId
from bot.core.notes import LONGEST, Record
from bot.core.refusals import Code, Refusal
from bot.display import notes as display
from bot.display.actors import actor, place, server
from bot.display.actors import person as named
from bot.display.errors import show
from bot.display.points import choice
from bot.services import notes, points
from bot.texts import _
from cogs.mod.excluding import person
from cogs.mod.queueing import Asked


class Noting(commands.Cog):
    """`/mod note` and `/mod history`."""

    _client: Client

    @app_commands.command(description="Write down something about a member, for moderators alone")
    @app_commands.describe(member="About whom", text="The note; the member never sees it")
    async def note(
        self, interaction: discord.Interaction[Any], member: discord.User, text: app_commands.Range[str, 1, LONGEST]
    ) -> None:
        """Writes the note down."""
        choices = await self._client.choices(server(interaction))
        await notes.note(self._client.desk, actor(interaction), choices, person(member), text)
        said = _("Noted; moderators see it in `/mod history`.")
        await interaction.response.send_message(said, ephemeral=True)

    @app_commands.command(description="Show what is on record about a member or a point")
    @app_commands.describe(member="About whom", point="Or about which point: its label, or words from it")
    async def history(
        self, interaction: discord.Interaction[Any], member: discord.User | None = None, point: Asked | None = None
    ) -> None:
        """Shows the first page to this moderator alone."""
        if member is not None and point is None:
            kind, which = "member", int(person(member))
        elif point is not None and member is None:
            kind, which = "point", int(await _point(interaction, point))
        else:
            raise Refusal(Code.MEMBER_OR_POINT)
        record = await _record(interaction, kind, which, 1)
        shown = display.history(record, _about(kind, which))
        await interaction.response.send_message(embed=shown, view=_buttons(kind, which, record), ephemeral=True)

    @history.autocomplete("point")
    async def _points(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.SEE_HISTORY):
            return []
        try:
            found = await points.find(self._client.desk, *place(interaction), typed)
        except Refusal:
            return []
        return [app_commands.Choice(name=choice(each), value=points.reference(each.id)) for each in found]


class HistoryButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:history:(?P<kind>member|point):(?P<which>[1-8]?\d{1,18}):(?P<page>\d{1,6})",
):
    """Shows another page of what is on record, as it is when it is pressed."""

    def __init__(self, kind: str, which: int, page: int, label: str = "", *, disabled: bool = False) -> None:
        custom_id = f"v1:history:{kind}:{which}:{page}"
        super().__init__(discord.ui.Button(label=label or None, custom_id=custom_id, disabled=disabled))
        self.kind, self.which, self.page = kind, which, page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(match["kind"], int(match["which"]), int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page; whoever presses must be a moderator now."""
        try:
            record = await _record(interaction, self.kind, self.which, self.page)
            shown = display.history(record, _about(self.kind, self.which))
            await interaction.response.edit_message(embed=shown, view=_buttons(self.kind, self.which, record))
        except Exception as error:
            await show(interaction, error)


async def _record(interaction: discord.Interaction[Client], kind: str, which: int, page: int) -> Record:
    client = interaction.client
    who, choices = actor(interaction), await client.choices(server(interaction))
    if kind == "member":
        return await notes.of_member(client.desk, who, choices, MemberId(which), page)
    return await notes.of_point(client.desk, who, choices, PointId(which), page)


async def _point(interaction: discord.Interaction[Client], asked: str) -> PointId:
    found = await points.find(interaction.client.desk, *place(interaction), asked)
    if not found:
        raise Refusal(Code.NO_POINT, asked=asked)
    return found[0].id


def _about(kind: str, which: int) -> str:
    return named(MemberId(which)) if kind == "member" else _("Cases about this point")


def _buttons(kind: str, which: int, record: Record) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    if record.pages > 1:
        first, last = record.number == 1, record.number == record.pages
        view.add_item(HistoryButton(kind, which, record.number - 1, _("Later"), disabled=first))
        view.add_item(HistoryButton(kind, which, record.number + 1, _("Earlier"), disabled=last))
    view.stop()  # who presses is answered by the button's id, not by this object
    return view
