"""`/critique open`: a moderator gives a document, or is given a form to paste one into, and sees the preview."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.acts import Act
from bot.display.actors import actor, server
from bot.services import critiques
from cogs.critique.homes import HomeOption, home_of
from cogs.critique.pasting import paste_form
from cogs.critique.reading import attached, show_preview


class Opening(commands.Cog):
    """`/critique open`."""

    _client: Client

    @app_commands.command(name="open", description="Open a critique: you see a preview first")
    @app_commands.describe(
        document="The list as a file: .txt, .md or a saved .html page, 1 MiB at most; without it you paste one",
        channel="The channel that gets the points; else the one you are in",
        number="Which list, where the document has several: 1 is the longest",
        blind="Private ballots only: no reactions, and no figure before the close",
    )
    @app_commands.rename(number="list")
    async def open_(
        self,
        interaction: discord.Interaction[Client],
        document: discord.Attachment | None = None,
        channel: app_commands.Transform[discord.abc.GuildChannel, HomeOption] | None = None,
        number: app_commands.Range[int, 1, 25] = 1,
        blind: bool = False,
    ) -> None:
        """Shows the preview to this moderator alone, or the form where no document was given."""
        choices = await self._client.choices(server(interaction))
        critiques.check(actor(interaction), Act.OPEN_CRITIQUE, choices)
        home = home_of(interaction, choices, channel)
        if document is None:
            await interaction.response.send_modal(paste_form(home, number, blind=blind))
        else:
            await show_preview(interaction, choices, home, attached(document), number, blind=blind)
