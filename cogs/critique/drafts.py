"""What stands under a preview: Confirm and Cancel."""

import re
from typing import Any, Self

import discord

from bot.client import Client
from bot.core.ids import DraftId
from bot.display import limits
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.display.inert import inert_line
from bot.services import critiques
from bot.texts import _, ngettext


class DraftButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:draft:(?P<draft>\d+):(?P<act>confirm|cancel)",
):
    """Confirm or Cancel under a preview. It works after a restart: all it needs is in its id."""

    def __init__(self, draft: DraftId, act: str) -> None:
        confirm = act == "confirm"
        super().__init__(
            discord.ui.Button(
                label=_("Confirm") if confirm else _("Cancel"),
                style=discord.ButtonStyle.success if confirm else discord.ButtonStyle.secondary,
                custom_id=f"v1:draft:{draft}:{act}",
            )
        )
        self.draft = draft
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(DraftId(int(match["draft"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Opens the critique, or drops the draft; whoever presses must be a moderator now."""
        try:
            await (_confirm if self.act == "confirm" else _cancel)(interaction, self.draft)
        except Exception as error:
            await show(interaction, error)


async def _confirm(interaction: discord.Interaction[Client], draft: DraftId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    active = len(await server(interaction).active_threads())
    taken = await critiques.confirm(client.desk, actor(interaction), choices, draft, active_threads=active)
    count = len(taken.outline.points)
    text = ngettext(
        "Opened “{title}”: {count} point is being posted in {home}, and then the digest.",
        "Opened “{title}”: {count} points are being posted in {home}, and then the digest.",
        count,
    ).format(
        title=limits.shorten(inert_line(taken.outline.title), limits.EMBED_TITLE), count=count, home=f"<#{taken.home}>"
    )
    await interaction.response.edit_message(content=text, embed=None, attachments=[], view=None)


async def _cancel(interaction: discord.Interaction[Client], draft: DraftId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    await critiques.cancel(client.desk, actor(interaction), choices, draft)
    text = _("Cancelled; nothing was posted.")
    await interaction.response.edit_message(content=text, embed=None, attachments=[], view=None)


def buttons(draft: DraftId) -> discord.ui.View:
    """What stands under the preview of a draft."""
    view = discord.ui.View(timeout=None)
    view.add_item(DraftButton(draft, "confirm"))
    view.add_item(DraftButton(draft, "cancel"))
    return view
