"""`/critique discard`: what was opened by mistake is taken away, once its moderator has said so a second time."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.ids import CritiqueId, GuildId
from bot.core.overviews import Overview
from bot.core.refusals import Code, Refusal
from bot.display import limits
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.display.overviews import title
from bot.display.permissions import missing_for_discarding
from bot.services import discards
from bot.texts import _, ngettext


class DiscardButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:critique:(?P<critique>\d{1,18}):(?P<act>discard|keep)",
):
    """Discard or keep: what stands under the question. It works after a restart: all it needs is in its id."""

    def __init__(self, critique: CritiqueId, act: str) -> None:
        discards_it = act == "discard"
        super().__init__(
            discord.ui.Button(
                label=_("Discard") if discards_it else _("Keep it"),
                style=discord.ButtonStyle.danger if discards_it else discord.ButtonStyle.secondary,
                custom_id=f"v1:critique:{critique}:{act}",
            )
        )
        self.critique = critique
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(CritiqueId(int(match["critique"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Discards the critique, or leaves it alone; whoever presses must be a moderator now."""
        try:
            text = await _discard(interaction, self.critique) if self.act == "discard" else _("Kept as it is.")
            await interaction.response.edit_message(content=text, view=None)
        except Exception as error:
            await show(interaction, error)


class Discarding(commands.Cog):
    """`/critique discard`."""

    _client: Client

    @app_commands.command(
        name="discard", description="Take away a critique that was opened by mistake, threads and all"
    )
    @app_commands.describe(critique="Which critique: one in which nobody has voted, added or written yet")
    async def discard(
        self, interaction: discord.Interaction[Client], critique: app_commands.Range[str, 1, 100]
    ) -> None:
        """Asks whether it is meant, or says what stands in the way."""
        found = await discards.find(self._client.desk, GuildId(interaction.guild_id or 0), critique, limit=1)
        if not found:
            raise Refusal(Code.NO_CRITIQUE_IN_STATE, asked=critique)
        choices = await self._client.choices(server(interaction))
        meant = await discards.ask(self._client.desk, actor(interaction), choices, found[0].critique.id)
        _check_usable(interaction, meant)
        await interaction.response.send_message(_question(meant), view=_buttons(meant), ephemeral=True)

    @discard.autocomplete("critique")
    async def _discardable(
        self, interaction: discord.Interaction[Client], typed: str
    ) -> list[app_commands.Choice[str]]:
        if not await self._client.may(interaction, Act.DISCARD_CRITIQUE):
            return []
        guild = GuildId(interaction.guild_id or 0)
        found = await discards.find(self._client.desk, guild, typed, limit=limits.CHOICES)
        return [
            app_commands.Choice(
                name=limits.shorten(one.critique.title or str(one.critique.id), limits.CHOICE_NAME),
                value=str(one.critique.id),
            )
            for one in sorted(found, key=lambda one: not one.untouched)
        ]


async def _discard(interaction: discord.Interaction[Client], which: CritiqueId) -> str:
    client = interaction.client
    choices = await client.choices(server(interaction))
    _check_usable(interaction, await discards.ask(client.desk, actor(interaction), choices, which))
    gone = await discards.discard(client.desk, actor(interaction), choices, which)
    return _("Discarded “{title}”: its points and its digest are being deleted.").format(title=title(gone))


def _check_usable(interaction: discord.Interaction[Client], meant: Overview) -> None:
    """Raises Refusal where the bot could not delete the threads; where the home is gone, they are too."""
    home = server(interaction).get_channel(meant.critique.home)
    missing = [] if home is None else missing_for_discarding(home.permissions_for(home.guild.me))
    if home is not None and missing:
        raise Refusal(Code.CANNOT_CLEAR, home=f"#{home.name}", missing=", ".join(missing))


def _question(meant: Overview) -> str:
    asked = ngettext(
        "Discard “{title}”? Its {count} point in {home} is deleted, thread and all, and so is its digest. "
        "Nobody has voted, added or written there yet. This cannot be undone.",
        "Discard “{title}”? Its {count} points in {home} are deleted, threads and all, and so is its digest. "
        "Nobody has voted, added or written there yet. This cannot be undone.",
        meant.originals,
    )
    return asked.format(title=title(meant), count=meant.originals, home=f"<#{meant.critique.home}>")


def _buttons(meant: Overview) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(DiscardButton(meant.critique.id, "discard"))
    view.add_item(DiscardButton(meant.critique.id, "keep"))
    view.stop()  # who presses is answered by the button's id, not by this object
    return view
