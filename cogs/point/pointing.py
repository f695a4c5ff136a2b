"""The message context menu "Add to the list"."""

from typing import Any

import discord
from discord import app_commands

from bot.client import Client
from bot.core.claims import Claim
from bot.core.refusals import Code, Refusal
from bot.display.actors import actor, server, sight
from bot.display.messages import heard
from bot.services import submissions
from cogs.point.answering import answer
from cogs.point.claiming import ask


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
    taken = await submissions.by_message(client.desk, who, choices, said, sight(interaction))
    if isinstance(taken, Claim):
        await ask(interaction, taken)
    else:
        await answer(interaction, taken, None if said.author == who.id else said.author)
