"""The message that a member points at: as it came with the menu, or as it is when their choice comes back."""

from typing import Any

import discord

from bot.core.ids import ChannelId, MessageId
from bot.core.refusals import Code, Refusal
from bot.display.messages import without_call
from bot.services.quotes import Said


def said(interaction: discord.Interaction[Any], message: discord.Message) -> Said:
    """What the message says. Discord shows it with the menu whatever the bot's intents are."""
    channel = interaction.channel
    return Said(
        message=MessageId(message.id),
        channel=ChannelId(interaction.channel_id or 0),
        parent=ChannelId(channel.parent_id) if isinstance(channel, discord.Thread) else None,
        text=without_call(message.content, interaction.application_id),
        is_ours=message.author.id == interaction.application_id,
    )


async def fetched(interaction: discord.Interaction[Any], which: int) -> discord.Message:
    """The message in the channel of the interaction, as it is now. Raises Refusal.

    Without the Message Content intent Discord does not say what members' messages hold.
    """
    where = interaction.client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    try:
        message = await where.fetch_message(which)
    except (discord.NotFound, discord.Forbidden) as error:
        raise Refusal(Code.NOT_QUOTABLE) from error
    if not message.content and not interaction.client.intents.message_content:
        raise Refusal(Code.CANNOT_READ)
    return message
