"""`/critique open`: a moderator gives a document and sees the preview."""

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
        channel: discord.TextChannel | None = None,
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
            document=read,
            name=document.filename if document is not None else "",
            choose=number,
        )
        embed, files = preview(outline, ChannelId(home.id))
        await interaction.edit_original_response(embed=embed, attachments=files, view=buttons(draft))


def _home(
    interaction: discord.Interaction, guild: discord.Guild, named: discord.TextChannel | None, choices: Choices
) -> discord.TextChannel:
    here = guild.get_channel(place(interaction)[1])
    chosen = guild.get_channel(choices.home) if choices.home else here
    home = named or chosen
    if not isinstance(home, discord.TextChannel):
        raise Refusal(Code.NO_HOME)
    _check_usable(home, missing_in(HomeKind.TEXT, home.permissions_for(guild.me)))
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
