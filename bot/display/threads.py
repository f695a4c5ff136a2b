"""Messages and threads in Discord, made so that a second try finds what a first one left.

1. A message bears a nonce that names what it shows: Discord gives back the earlier one within some minutes
   (documentation page "Message", Create Message, `enforce_nonce`).
2. After a try that may have got through, the channel is searched for it before another is made.
3. A thread started from a message has that message's id, and a message has one (error 160004).
"""

import logging
from datetime import datetime, timedelta

import discord

from bot.core.ids import ChannelId, GuildId, MemberId, MessageId
from bot.display import limits

log = logging.getLogger(__name__)

_HAS_THREAD = 160004
_SKEW = timedelta(seconds=30)  # by which our clock and Discord's may differ
_LONGEST_ARCHIVE = 10080  # minutes: seven days, Discord's longest
_SEARCHED = 100


def channel(client: discord.Client, guild: GuildId, which: ChannelId) -> discord.PartialMessageable:
    """A channel or thread, whether it is in the cache or not."""
    return client.get_partial_messageable(which, guild_id=guild)


async def post(
    client: discord.Client,
    where: discord.PartialMessageable,
    *,
    nonce: str,
    content: str | None = None,
    embed: discord.Embed | None = None,
    tried_since: datetime | None = None,
) -> MessageId:
    """Posts a message once. `tried_since` is when an earlier try may have got through."""
    if tried_since is not None:
        found = await _find(client, where, content, embed, tried_since)
        if found is not None:
            return found
    nonce = nonce[: limits.NONCE]
    if embed is not None:
        message = await where.send(embed=embed, nonce=nonce)
    else:
        message = await where.send(content, nonce=nonce, suppress_embeds=True)
    return MessageId(message.id)


async def _find(
    client: discord.Client,
    where: discord.PartialMessageable,
    content: str | None,
    embed: discord.Embed | None,
    since: datetime,
) -> MessageId | None:
    async for message in where.history(limit=_SEARCHED, after=since - _SKEW):
        if message.author != client.user:
            continue
        if content is not None and message.content == content:
            return MessageId(message.id)
        if embed is not None and message.embeds and message.embeds[0].description == embed.description:
            return MessageId(message.id)
    return None


async def start_thread(where: discord.PartialMessageable, message: MessageId, name: str) -> ChannelId:
    """Starts the message's thread, or finds the one it has."""
    try:
        thread = await where.get_partial_message(message).create_thread(
            name=name, auto_archive_duration=_LONGEST_ARCHIVE
        )
    except discord.HTTPException as error:
        if error.code != _HAS_THREAD:
            raise
        return ChannelId(message)
    return ChannelId(thread.id)


async def react(where: discord.PartialMessageable, message: MessageId, *emoji: str) -> None:
    """Puts the bot's reactions under a message, in order."""
    for one in emoji:
        await where.get_partial_message(message).add_reaction(one)


async def pin(where: discord.PartialMessageable, message: MessageId) -> None:
    """Pins a message where the bot may; it is good without."""
    try:
        await where.get_partial_message(message).pin()
    except discord.Forbidden:
        log.warning("message %d in channel %d is not pinned: Pin Messages is missing", message, where.id)


async def unreact(where: discord.PartialMessageable, message: MessageId, emoji: str, member: MemberId) -> None:
    """Takes a member's reaction away."""
    await where.get_partial_message(message).remove_reaction(emoji, discord.Object(member))


async def reply(where: discord.PartialMessageable, message: MessageId, text: str, *, nonce: str) -> None:
    """Replies to a message without a ping; without the reference where the message is gone."""
    reference = discord.MessageReference(message_id=message, channel_id=where.id, fail_if_not_exists=False)
    await where.send(text, reference=reference, nonce=nonce[: limits.NONCE], mention_author=False)
