"""The message menu "Quote": a passage of a point, an argument or a message, and the answer to it."""

from typing import Any

import discord
from discord import app_commands

from bot.client import Client
from bot.core.arguments import Side
from bot.core.ids import MessageId, PointId
from bot.core.refusals import Code, Refusal
from bot.display import arguments as shown
from bot.display import quotes as display
from bot.display.actors import actor, server, sight
from bot.display.forms import Submission
from bot.services import quotes
from cogs.argue.messages import fetched, said

FORM = r"v1:quote:(?P<message>[1-9]\d{0,18})"


@app_commands.context_menu(name="Quote")
@app_commands.guild_only()
async def quote(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Shows the form with the message's words."""
    client: Client = interaction.client
    choices = await client.choices(server(interaction))
    found = await quotes.about(client.desk, actor(interaction), choices, said(interaction, message), sight(interaction))
    form = display.form(MessageId(message.id), found.text, found.points, is_certain=found.is_certain)
    await interaction.response.send_modal(form)


async def quoted(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Records the answer; the message is looked at as it is now."""
    client = interaction.client
    choices = await client.choices(server(interaction))
    message = await fetched(interaction, int(submission.parts["message"]))
    chosen, side = submission.text(display.POINT), submission.text(display.SIDE)
    if side not in set(Side) or (chosen and not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= 18)):
        raise Refusal(Code.UNKNOWN_ID)
    done = await quotes.quote(
        client.desk,
        actor(interaction),
        choices,
        said(interaction, message),
        PointId(int(chosen or 0)),
        Side(side),
        submission.text(display.PASSAGE),
        submission.text(display.ANSWER),
        sight(interaction),
    )
    await interaction.response.send_message(shown.filed(done.argument, done.point, done.named), ephemeral=True)
