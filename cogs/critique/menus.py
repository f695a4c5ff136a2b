"""The message menu "Open as critique": a list that stands in Discord already."""

from pathlib import PurePath

import discord
from discord import app_commands

from bot.client import Client
from bot.core.acts import Act
from bot.core.refusals import Code, Refusal
from bot.display.actors import actor, server
from bot.services import critiques
from cogs.critique.homes import home_of
from cogs.critique.reading import Source, attached, show_preview, written

_DOCUMENTS = frozenset({".txt", ".md", ".markdown", ".htm", ".html"})


@app_commands.context_menu(name="Open as critique")
@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
async def open_as_critique(interaction: discord.Interaction[Client], message: discord.Message) -> None:
    """Shows the preview of the list in a message to this moderator alone. Raises Refusal."""
    choices = await interaction.client.choices(server(interaction))
    critiques.check(actor(interaction), Act.OPEN_CRITIQUE, choices)
    home = home_of(interaction, choices)
    await show_preview(interaction, choices, home, _source(message))


def _source(message: discord.Message) -> Source:
    """Its one attached document, else its words; those of a forwarded message stand in its snapshot."""
    shown = message.message_snapshots[0] if message.message_snapshots else message
    documents = [file for file in shown.attachments if PurePath(file.filename).suffix.lower() in _DOCUMENTS]
    if len(documents) == 1:
        return attached(documents[0])
    if not shown.content.strip():
        raise Refusal(Code.NOTHING_IN_MESSAGE)
    return written(shown.content)
