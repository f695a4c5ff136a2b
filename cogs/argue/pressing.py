"""What is pressed about arguments: ▲ and ▼, the side that was left open, the pages of all, taking one away."""

import re
from typing import Any, Self

import discord

from bot.client import Client
from bot.core.acts import Act
from bot.core.arguments import Side
from bot.core.cases import Why
from bot.core.ids import ArgumentId, PointId
from bot.display import arguments as display
from bot.display.actors import actor, server
from bot.display.cases import unargue_form, why
from bot.display.errors import show
from bot.display.forms import Submission
from bot.services import arguments, backings, followups

REMOVE_FORM = r"v1:unargue:(?P<argument>\d{1,18})"
_DIRECTIONS = {display.UP: +1, display.DOWN: -1}


class ArgumentButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:argument:(?P<argument>\d{1,18}):(?P<act>up|down|support|rebuttal|neither|remove)",
):
    """A button about one argument. It works after a restart: all it needs is in its id."""

    def __init__(self, which: ArgumentId, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(which, act)))
        self.which = which
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(ArgumentId(int(match["argument"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Backs it, chooses its side or takes it away, where whoever presses may do that now."""
        try:
            if self.act in _DIRECTIONS:
                await self._back(interaction)
            elif self.act == display.REMOVE:
                await self._remove(interaction)
            else:
                await self._choose(interaction)
        except Exception as error:
            await show(interaction, error)

    async def _back(self, interaction: discord.Interaction[Client]) -> None:
        client, direction = interaction.client, _DIRECTIONS[self.act]
        choices = await client.choices(server(interaction))
        argument, counts = await backings.back(client.desk, actor(interaction), choices, self.which, direction)
        said = display.backed(argument, direction, counts=counts)
        await interaction.response.send_message(said, ephemeral=True)

    async def _choose(self, interaction: discord.Interaction[Client]) -> None:
        client, side = interaction.client, None if self.act == display.NEITHER else Side(self.act)
        choices = await client.choices(server(interaction))
        argument, _point = await followups.choose_side(client.desk, actor(interaction), choices, self.which, side)
        await interaction.response.send_message(display.chosen(argument), ephemeral=True)

    async def _remove(self, interaction: discord.Interaction[Client]) -> None:
        """At once where it is one's own; a moderator is asked why first."""
        client, who = interaction.client, actor(interaction)
        choices = await client.choices(server(interaction))
        argument, point = await followups.to_remove(client.desk, who, choices, self.which)
        if argument.author != who.id:
            await interaction.response.send_modal(unargue_form(argument.id, point.name))
            return
        await followups.remove(client.desk, who, choices, self.which, Why())
        await interaction.response.send_message(display.removed(point), ephemeral=True)


async def taken_away(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Takes the argument away with the reason that a moderator gave."""
    client, which = interaction.client, ArgumentId(int(submission.parts["argument"]))
    choices = await client.choices(server(interaction))
    _argument, point = await followups.remove(client.desk, actor(interaction), choices, which, why(submission))
    await interaction.response.send_message(display.removed(point), ephemeral=True)


class ArgumentsButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:arguments:(?P<point>\d{1,18}):(?P<page>\d{1,6})",
):
    """Shows a page of all arguments about a point, as it is when it is pressed."""

    def __init__(self, point: PointId, page: int) -> None:
        super().__init__(discord.ui.Button(custom_id=display.page_id(point, page)))
        self.point = point
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(PointId(int(match["point"])), int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page to whoever presses alone; from one page to another in its place."""
        try:
            await self._show(interaction)
        except Exception as error:
            await show(interaction, error)

    async def _show(self, interaction: discord.Interaction[Client]) -> None:
        client, who = interaction.client, actor(interaction)
        page, point, critique = await arguments.pages(client.desk, who, self.point, self.page)
        moderates = await client.may(interaction, Act.REMOVE_ARGUMENT)
        removable = [each.id for each in page.arguments if moderates or each.author == who.id]
        text, view = display.page(page, point, critique.guild), display.page_view(page, removable)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(content=text, view=view)
        else:
            await interaction.response.send_message(text, view=view, ephemeral=True, suppress_embeds=True)
