"""The message context menu "Add to the list"."""

from typing import Any

import discord
from discord import app_commands

from bot.client import Client
from bot.core.refusals import Code, Refusal
from bot.display.actors import actor, server, sight
from bot.display.messages import heard
from bot.services import submissions
from cogs.point.answering import answer


def menu() -> app_commands.ContextMenu:
    """The menu's entry. Discord shows what the message says whatever the bot's intents are."""
    return app_commands.ContextMenu(name="Add to the list", callback=_add)


@app_commands.guild_only()
async def _add(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    client: Client = interaction.client
    said = heard(message, interaction.application_id)
    if said is None:
        raise Refusal(Code.NO_MEMBERS_MESSAGE)
    choices = await client.choices(server(interaction))
    who = actor(interaction)
    recorded = await submissions.by_message(client.desk, who, choices, said, sight(interaction))
    await answer(interaction, recorded, None if said.author == who.id else said.author)
