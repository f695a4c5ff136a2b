"""A member's message as Discord tells of it, as core knows it."""

import re

import discord

from bot.core.additions import Heard, Retyped
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId

_WRITTEN = (discord.MessageType.default, discord.MessageType.reply)


def heard(message: discord.Message, me: int) -> Heard | None:
    """The message, where a member wrote it in a server: no bot, no webhook, and not Discord itself.

    `me` is the bot's id: its mention in front of the text calls the bot and is no part of the text.
    """
    if message.guild is None or message.author.bot or message.webhook_id or message.type not in _WRITTEN:
        return None
    thread = message.channel if isinstance(message.channel, discord.Thread) else None
    parent = None if thread is None else thread.parent_id
    return Heard(
        guild=GuildId(message.guild.id),
        channel=ChannelId(message.channel.id),
        parent=None if parent is None else ChannelId(parent),
        message=MessageId(message.id),
        author=MemberId(message.author.id),
        text=without_call(message.content, me),
        at=message.created_at,
        answers=message.reference is not None,
        title=_title(message.id, thread),
        joined_at=message.author.joined_at if isinstance(message.author, discord.Member) else None,
    )


def retyped(message: discord.Message, me: int) -> Retyped | None:
    """The message as its author has edited it; None where that did not happen: Discord shows a link's preview."""
    said = heard(message, me)
    return None if said is None or message.edited_at is None else Retyped(said, message.edited_at)


def _title(message: int, thread: discord.Thread | None) -> str:
    """The title of the forum post that the message opens, whose id it bears; empty where it opens none."""
    opens = thread is not None and thread.id == message and isinstance(thread.parent, discord.ForumChannel)
    return thread.name if thread is not None and opens else ""


def without_call(text: str, me: int) -> str:
    """The text without the mentions of the bot that it begins with, and the signs that set them off."""
    return re.sub(rf"^\s*(?:<@!?{me}>[\s,:]*)+", "", text)
