"""`/critique`: a moderator opens a critique, sees the preview, confirms it."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.ids import ChannelId, DraftId
from bot.core.outlines.values import LIMIT
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.display import limits
from bot.display.actors import actor, place
from bot.display.errors import show
from bot.display.inert import inert_line
from bot.display.permissions import missing_for_digest, missing_in_home
from bot.display.previews import preview
from bot.services import critiques
from bot.texts import _, ngettext


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class Critique(commands.GroupCog, group_name="critique", group_description="Open and close critiques"):
    """What moderators do with whole critiques."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(name="open", description="Open a critique: you see a preview first")
    @app_commands.describe(
        document="The list as a file: .txt, .md or a saved .html page, 1 MiB at most",
        text="Or the list itself, pasted",
        channel="The channel that gets the points; else the one you are in",
        number="Which list, where the document has several: 1 is the longest",
    )
    @app_commands.rename(number="list")
    async def open_(
        self,
        interaction: discord.Interaction,
        document: discord.Attachment | None = None,
        text: str | None = None,
        channel: discord.TextChannel | None = None,
        number: app_commands.Range[int, 1, 25] = 1,
    ) -> None:
        """Shows the preview to this moderator alone."""
        guild = _guild(interaction)
        choices = await self._client.choices(guild)
        critiques.check(actor(interaction), Act.OPEN_CRITIQUE, choices)
        home = _home(interaction, guild, channel, choices)
        _check_given(document, text)
        await interaction.response.defer(ephemeral=True)
        read = await document.read() if document is not None else text or ""
        draft, outline = await critiques.preview(
            self._client.desk,
            actor(interaction),
            choices,
            home=ChannelId(home.id),
            document=read,
            name=document.filename if document is not None else "",
            choose=number,
        )
        embed, files = preview(outline, ChannelId(home.id))
        await interaction.edit_original_response(embed=embed, attachments=files, view=_buttons(draft))


def _guild(interaction: discord.Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild


def _home(
    interaction: discord.Interaction, guild: discord.Guild, named: discord.TextChannel | None, choices: Choices
) -> discord.TextChannel:
    here = guild.get_channel(place(interaction)[1])
    chosen = guild.get_channel(choices.home) if choices.home else here
    home = named or chosen
    if not isinstance(home, discord.TextChannel):
        raise Refusal(Code.NO_HOME)
    _check_usable(home, missing_in_home(home.permissions_for(guild.me)))
    digest = guild.get_channel(choices.digest_channel) if choices.digest_channel else None
    if digest is not None:
        _check_usable(digest, missing_for_digest(digest.permissions_for(guild.me)))
    return home


def _check_usable(channel: discord.abc.GuildChannel, missing: list[str]) -> None:
    if missing:
        raise Refusal(Code.HOME_UNUSABLE, home=f"#{channel.name}", missing=", ".join(missing))


def _check_given(document: discord.Attachment | None, text: str | None) -> None:
    if document is None and not text:
        raise Refusal(Code.NO_DOCUMENT)
    if document is not None and text:
        raise Refusal(Code.TWO_DOCUMENTS)
    if document is not None and document.size > LIMIT:
        raise Refusal(Code.DOCUMENT_TOO_LARGE, size=document.size, limit=LIMIT)


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
    choices = await client.choices(_guild(interaction))
    taken = await critiques.confirm(client.desk, actor(interaction), choices, draft)
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
    choices = await client.choices(_guild(interaction))
    await critiques.cancel(client.desk, actor(interaction), choices, draft)
    text = _("Cancelled; nothing was posted.")
    await interaction.response.edit_message(content=text, embed=None, attachments=[], view=None)


def _buttons(draft: DraftId) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(DraftButton(draft, "confirm"))
    view.add_item(DraftButton(draft, "cancel"))
    return view


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(DraftButton)
    await client.add_cog(Critique(client))
