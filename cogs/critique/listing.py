"""`/critique list`: the server's critiques, and how far those are that are being posted."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.overviews import OverviewPage
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.display.overviews import overview_page
from bot.services import overviews
from bot.texts import _


class PageButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:critiques:(?P<page>\d{1,6}):(?P<act>earlier|refresh|later)",
):
    """Shows a page of the list as it is when it is pressed."""

    def __init__(self, page: int, act: str, *, disabled: bool = False) -> None:
        labels = {"earlier": _("Earlier"), "refresh": _("Refresh"), "later": _("Later")}
        super().__init__(
            discord.ui.Button(label=labels.get(act, act), custom_id=f"v1:critiques:{page}:{act}", disabled=disabled)
        )
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(int(match["page"]), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the page; whoever presses must be a moderator now."""
        try:
            page = await _page(interaction, self.page)
            await interaction.response.edit_message(embed=overview_page(page), view=_buttons(page))
        except Exception as error:
            await show(interaction, error)


class Listing(commands.Cog):
    """`/critique list`."""

    _client: Client

    @app_commands.command(name="list", description="List this server's critiques, open ones first")
    async def list_(self, interaction: discord.Interaction[Client]) -> None:
        """Shows the first page to this moderator alone."""
        page = await _page(interaction, 1)
        await interaction.response.send_message(embed=overview_page(page), view=_buttons(page), ephemeral=True)


async def _page(interaction: discord.Interaction[Client], number: int) -> OverviewPage:
    choices = await interaction.client.choices(server(interaction))
    return await overviews.page(interaction.client.desk, actor(interaction), choices, number)


def _buttons(page: OverviewPage) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    if page.pages > 1:
        view.add_item(PageButton(page.number - 1, "earlier", disabled=page.number == 1))
    view.add_item(PageButton(page.number, "refresh"))
    if page.pages > 1:
        view.add_item(PageButton(page.number + 1, "later", disabled=page.number == page.pages))
    view.stop()  # who presses is answered by the button's id, not by this object
    return view
