"""`/point add` and the button "Add a point": the form, the choice of a critique before it, and its submission."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.claims import Claim
from bot.core.critiques import Critique
from bot.core.ids import CritiqueId
from bot.core.refusals import Code, Refusal
from bot.display import critiques as shown
from bot.display import selects
from bot.display.actors import actor, sees, server, spot
from bot.display.errors import show
from bot.display.forms import Submission
from bot.display.submissions import TEXT, form, form_id
from bot.services import submissions
from bot.texts import _
from cogs.point.answering import answer
from cogs.point.claiming import ask

FORM = r"v1:add:(?P<critique>\d{1,18})"


class Adding(commands.Cog):
    """`/point add`."""

    _client: Client

    @app_commands.command(description="Add a point of your own to the list")
    @app_commands.describe(critique="Which critique, where several are open")
    async def add(
        self, interaction: discord.Interaction[Any], critique: app_commands.Range[str, 1, 100] | None = None
    ) -> None:
        """Shows the form, or first asks this member which critique is meant."""
        meant = await _meant(interaction)
        if critique is not None:
            meant = [one for one in await _meant(interaction, everywhere=True) if critique in (str(one.id), one.title)]
            if not meant:
                raise Refusal(Code.NO_SUCH_CRITIQUE, asked=critique)
        if not meant:
            raise Refusal(Code.NO_CRITIQUE)
        if len(meant) == 1:
            await interaction.response.send_modal(form(await _open(interaction, meant[0].id)))
            return
        view = discord.ui.View(timeout=None)
        view.add_item(WhichCritique(meant))
        await interaction.response.send_message(_("Which critique do you add to?"), view=view, ephemeral=True)

    @add.autocomplete("critique")
    async def _critiques(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return shown.choices(await _meant(interaction, everywhere=True), typed)


async def _meant(interaction: discord.Interaction[Any], *, everywhere: bool = False) -> list[Critique]:
    """The open critiques that the member may mean and whose home they may see."""
    guild, channel, parent = spot(interaction)
    desk = interaction.client.desk
    found = await (
        submissions.open_critiques(desk, guild) if everywhere else submissions.meant(desk, guild, channel, parent)
    )
    return [critique for critique in found if sees(interaction, critique.home)]


class AddButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=FORM):
    """Opens the form that adds to a critique. It works after a restart: all it needs is in its id."""

    def __init__(self, critique: CritiqueId) -> None:
        super().__init__(
            discord.ui.Button(label=_("Add a point"), style=discord.ButtonStyle.primary, custom_id=form_id(critique))
        )
        self.critique = critique

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(CritiqueId(int(match["critique"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the form, where the critique is open now."""
        await _show_form(interaction, lambda: self.critique)


class WhichCritique(discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]], template=r"v1:add:which"):
    """Asks which critique a member adds to, and opens its form."""

    def __init__(self, critiques: Sequence[Critique] = ()) -> None:
        super().__init__(
            discord.ui.Select(
                custom_id="v1:add:which", placeholder=_("Choose a critique"), options=shown.options(critiques)
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], _match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the form of the critique that was chosen, where it is open now."""
        await _show_form(interaction, lambda: CritiqueId(selects.number(interaction)))


async def _show_form(interaction: discord.Interaction[Client], which: Callable[[], CritiqueId]) -> None:
    try:
        await interaction.response.send_modal(form(await _open(interaction, which())))
    except Exception as error:
        await show(interaction, error)


async def _open(interaction: discord.Interaction[Client], which: CritiqueId) -> Critique:
    critique = await submissions.to_add_to(interaction.client.desk, actor(interaction), which)
    if not sees(interaction, critique.home):
        raise Refusal(Code.NO_CRITIQUE)
    return critique


async def taken(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Records what a member sent in the form, and answers them alone."""
    client = interaction.client
    critique = await _open(interaction, CritiqueId(int(submission.parts["critique"])))
    choices = await client.choices(server(interaction))
    taken = await submissions.by_form(client.desk, actor(interaction), choices, critique.id, submission.text(TEXT))
    await (ask(interaction, taken) if isinstance(taken, Claim) else answer(interaction, taken))
