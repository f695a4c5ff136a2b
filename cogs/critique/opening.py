"""`/critique open`: a moderator gives a document and sees the preview."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.critiques import HomeKind
from bot.core.ids import ChannelId
from bot.core.outlines.values import LIMIT
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.display.actors import actor, place, server
from bot.display.permissions import missing_for_digest, missing_in
from bot.display.previews import preview
from bot.services import critiques
from cogs.critique.drafts import buttons

Home = discord.TextChannel | discord.ForumChannel


class HomeOption(app_commands.Transformer):
    """A channel that can be a home: left to itself, discord.py offers media channels with forums."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """An option of channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers."""
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(
        self, interaction: discord.Interaction[Any], value: app_commands.AppCommandChannel
    ) -> discord.abc.GuildChannel | discord.Thread:
        """The channel as the bot knows it; as an answer of Discord where it does not."""
        return value.resolve() or await value.fetch()


class Opening(commands.Cog):
    """`/critique open`."""

    _client: Client

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
        channel: app_commands.Transform[discord.abc.GuildChannel, HomeOption] | None = None,
        number: app_commands.Range[int, 1, 25] = 1,
    ) -> None:
        """Shows the preview to this moderator alone."""
        guild = server(interaction)
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
            kind=kind_of(home),
            document=read,
            name=document.filename if document is not None else "",
            choose=number,
        )
        embed, files = preview(outline, ChannelId(home.id))
        await interaction.edit_original_response(embed=embed, attachments=files, view=buttons(draft))


def _home(
    interaction: discord.Interaction, guild: discord.Guild, named: discord.abc.GuildChannel | None, choices: Choices
) -> Home:
    here = guild.get_channel(place(interaction)[1])
    chosen = guild.get_channel(choices.home) if choices.home else here
    home = named or chosen
    if not isinstance(home, Home):
        raise Refusal(Code.NO_HOME)
    _check_usable(home, missing_in(kind_of(home), home.permissions_for(guild.me)))
    digest = guild.get_channel(choices.digest_channel) if choices.digest_channel else None
    if digest is not None:
        _check_usable(digest, missing_for_digest(digest.permissions_for(guild.me)))
    return home


def kind_of(home: Home) -> HomeKind:
    """What kind of home the channel is."""
    return HomeKind.FORUM if isinstance(home, discord.ForumChannel) else HomeKind.TEXT


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
