"""The message menu "Argue": one's own message filed under a point, after the point and the side are chosen."""

import re
from typing import Any, Self

import discord
from discord import app_commands

from bot.client import Client
from bot.core.additions import Heard
from bot.core.arguments import Side
from bot.core.ids import MessageId, PointId
from bot.core.refusals import Code, Refusal
from bot.display import arguments as display
from bot.display import selects
from bot.display.actors import actor, sees, server, sight
from bot.display.errors import show
from bot.display.messages import heard
from bot.services import arguments, quotes
from bot.texts import _
from cogs.argue.messages import fetched, said


@app_commands.context_menu(name="Argue")
@app_commands.guild_only()
async def file(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Asks this member which side their message takes, and first, where it is not clear, of which point."""
    client: Client = interaction.client
    _own(interaction, message)
    choices = await client.choices(server(interaction))
    about = await quotes.about(client.desk, actor(interaction), choices, said(interaction, message), sight(interaction))
    if about.is_certain:
        text, view = display.ask_side(MessageId(message.id), about.points[0])
    else:
        text, view = _("Which point is it about?"), display.ask_point(MessageId(message.id), about.points)
    await interaction.response.send_message(text, view=view, ephemeral=True)


def _own(interaction: discord.Interaction[Any], message: discord.Message) -> Heard:
    found = heard(message, interaction.application_id)
    if found is None:
        raise Refusal(Code.NO_MEMBERS_MESSAGE)
    if found.author != interaction.user.id:
        raise Refusal(Code.NOT_YOUR_ARGUMENT)
    return found


class WhichPoint(
    discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]], template=r"v1:argue-which:(?P<message>[1-9]\d{0,18})"
):
    """Asks which point a member's message is about. It works after a restart: all it needs is in its id."""

    def __init__(self, message: MessageId) -> None:
        super().__init__(discord.ui.Select(custom_id=display.which_id(message)))
        self.message = message

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(MessageId(int(match["message"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Asks for the side, where this member wrote the message and may argue about the point now."""
        try:
            client: Client = interaction.client
            choices = await client.choices(server(interaction))
            which = PointId(selects.number(interaction))
            about = await arguments.to_argue(client.desk, actor(interaction), choices, which)
            if not sees(interaction, about.critique.home):
                raise Refusal(Code.NO_CRITIQUE)
            _own(interaction, await fetched(interaction, self.message))
            text, view = display.ask_side(self.message, about.point)
            await interaction.response.edit_message(content=text, view=view)
        except Exception as error:
            await show(interaction, error)


class SideButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:argue-as:(?P<message>[1-9]\d{0,18}):(?P<point>\d{1,18}):(?P<side>support|rebuttal)",
):
    """Files the message under the point with that side. It works after a restart: all it needs is in its id."""

    def __init__(self, message: MessageId, point: PointId, side: Side) -> None:
        super().__init__(discord.ui.Button(custom_id=display.side_id(message, point, side)))
        self.message = message
        self.point = point
        self.side = side

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(MessageId(int(match["message"])), PointId(int(match["point"])), Side(match["side"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Files it, where whoever presses wrote it; the message is looked at as it is now."""
        try:
            client: Client = interaction.client
            choices = await client.choices(server(interaction))
            about = await arguments.to_argue(client.desk, actor(interaction), choices, self.point)
            if not sees(interaction, about.critique.home):
                raise Refusal(Code.NO_CRITIQUE)
            own = _own(interaction, await fetched(interaction, self.message))
            done = await arguments.by_message(client.desk, actor(interaction), choices, own, self.point, self.side)
            text = display.filed(done.argument, done.point, done.named)
            await interaction.response.edit_message(content=text, view=None)
        except Exception as error:
            await show(interaction, error)
