"""Readings from Discord after a gap: what stands under points' messages, who holds an emoji, what was said.

1. As few requests as can be: a text home by pages of 100 messages, a forum by one read a post; holders by pages of
   100, of both kinds of reaction (documentation page "Message", Get Reactions); a channel is read on only where its
   last message is one that was not heard, and a thread only where there ever was any (documentation page "Channel",
   `total_message_sent`: without the message it began with).
2. A message that is not there is asked for by itself before it counts as gone: who may not read a channel's history
   is shown an empty one (documentation page "Message", Get Channel Messages).
3. Nothing of Discord tells which messages were edited: those of the last days in which additions stand are read again.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress

import discord

from bot.core.additions import Gone, Heard, Retyped
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId
from bot.core.readings import Shown, Standing
from bot.core.sittings import Votable
from bot.core.votes import Deleted, Stance
from bot.display.messages import heard, retyped

PAGE = 100
_UNKNOWN_CHANNEL = 10003
_SIDE_BY_SIDE = 8  # posts of a forum: each is a route of its own

Message = discord.Message | Deleted
Spoken = discord.TextChannel | discord.Thread


async def messages(
    client: discord.Client, guild: GuildId, standings: Sequence[Standing]
) -> AsyncIterator[tuple[Standing, Message]]:
    """Each point of one home with its message, or that it is deleted; `standings` by message.

    Raises discord.HTTPException, discord.Forbidden among them.
    """
    if not standings[0].is_post:
        async for found in _pages(client, guild, standings):
            yield found
        return
    for start in range(0, len(standings), _SIDE_BY_SIDE):
        some = standings[start : start + _SIDE_BY_SIDE]
        for each, message in zip(some, await asyncio.gather(*(_one(client, guild, it) for it in some)), strict=True):
            yield each, message


async def _one(client: discord.Client, guild: GuildId, standing: Standing) -> Message:
    where = client.get_partial_messageable(standing.votable.channel, guild_id=guild)
    try:
        return await where.fetch_message(standing.votable.message)
    except discord.NotFound as error:
        return gone(standing, with_thread=standing.is_post and error.code == _UNKNOWN_CHANNEL)


async def _pages(
    client: discord.Client, guild: GuildId, standings: Sequence[Standing]
) -> AsyncIterator[tuple[Standing, Message]]:
    """Page after page, each from the next point on, so that what was said between is passed over."""
    where = client.get_partial_messageable(standings[0].home, guild_id=guild)
    left = list(standings)
    while left:
        after = discord.Object(left[0].votable.message - 1)
        page = {each.id: each async for each in where.history(limit=PAGE, after=after, oldest_first=True)}
        last = max(page, default=0) if len(page) == PAGE else left[-1].votable.message
        met = [each for each in left if each.votable.message <= last]
        for each in met:
            message = page.get(each.votable.message)
            yield each, await _one(client, guild, each) if message is None else message
        left = left[len(met) :]


def shown(votable: Votable, message: discord.Message) -> dict[Stance, Shown]:
    """Both vote emoji as they stand under the message."""
    found = {Stance.AGREE: Shown(), Stance.DISAGREE: Shown()}
    for reaction in message.reactions:
        side = votable.side(str(reaction.emoji))
        if side is not None:
            found[side] = Shown(reaction.normal_count, reaction.burst_count, reaction.me)
    return found


async def holders(
    votable: Votable, message: discord.Message, stored: Mapping[Stance, AbstractSet[MemberId]]
) -> dict[Stance, set[MemberId]]:
    """Who holds the emoji of the sides that are `stored` now. Bots never count.

    As many are asked for as the message counted. Where somebody has voted since, that cuts off whoever has the
    highest id: if one beyond is stored, the rest is read, too.
    """
    read: dict[Stance, set[MemberId]] = {side: set() for side in stored}
    for reaction in message.reactions:
        side = votable.side(str(reaction.emoji))
        if side is None or side not in read:
            continue
        for kind, count in (
            (discord.ReactionType.normal, reaction.normal_count),
            (discord.ReactionType.burst, reaction.burst_count),
        ):
            if count > (reaction.me and kind is discord.ReactionType.normal):
                read[side] |= await _users(reaction, kind, count, max(stored[side], default=0))
    return read


async def _users(reaction: discord.Reaction, kind: discord.ReactionType, count: int, last: int) -> set[MemberId]:
    """The members who hold an emoji: by id, as many as were counted, and on from there if `last` lies beyond.

    So, too, where the bot itself, which was not counted, has put the emoji there since.
    """
    users = [user async for user in reaction.users(limit=count, type=kind)]
    own_is_new = not reaction.me and any(user.bot for user in users)
    while len(users) >= count and (own_is_new or users[-1].id < last):
        more = [user async for user in reaction.users(limit=PAGE, after=users[-1], type=kind)]
        users += more
        if len(more) < PAGE:
            break
    return {MemberId(user.id) for user in users if not user.bot}


def gone(standing: Standing, *, with_thread: bool) -> Deleted:
    """The point's message is gone, or all that it stood in."""
    return Deleted(standing.votable.channel, standing.votable.message, with_thread)


async def is_gone(client: discord.Client, guild: GuildId, which: ChannelId) -> bool:
    """Whether a channel is gone: one that is not in the cache may be hidden from the bot, and is asked for."""
    server = client.get_guild(guild)
    if server is not None and server.get_channel(which) is not None:
        return False
    try:
        await client.fetch_channel(which)
    except discord.NotFound:
        return True
    except discord.Forbidden:
        return False
    return False


def spoken_in(guild: discord.Guild, critique: Critique) -> list[Spoken]:
    """The channels and active threads of the server in which the critique is spoken of."""
    home = guild.get_channel(critique.home)
    found: list[Spoken] = [thread for thread in guild.threads if thread.parent_id == critique.home]
    return [home, *found] if isinstance(home, discord.TextChannel) else found


def begun(critique: Critique, where: Spoken | discord.ForumChannel) -> MessageId:
    """Where a channel that was never heard begins to be of interest."""
    if isinstance(where, discord.Thread):
        return MessageId(where.id)
    return MessageId(discord.utils.time_snowflake(critique.opened_at))


async def said(client: discord.Client, where: Spoken, since: MessageId) -> tuple[list[Heard], MessageId]:
    """What members wrote since a message, oldest first; and up to which message was read.

    A history that the bot may not read is shown empty, and counts as not read.
    """
    last = MessageId(max(since, where.last_message_id or 0))
    found: list[Heard] = []
    if last == since or _is_silent(where) or not where.permissions_for(where.guild.me).read_message_history:
        return found, since
    async for message in where.history(limit=None, after=discord.Object(since), oldest_first=True):
        last = MessageId(max(last, message.id))
        found.extend(_heard(client, message))
    return found, last


def _is_silent(where: Spoken) -> bool:
    return isinstance(where, discord.Thread) and not where.message_count and not where.total_message_sent


async def opened(
    client: discord.Client, guild: discord.Guild, critique: Critique, since: MessageId
) -> tuple[list[Heard], MessageId]:
    """The posts that members opened in the critique's forum since that one; and the newest post."""
    posts = [each for each in guild.threads if each.parent_id == critique.home and each.id > since]
    found: list[Heard] = []
    for post in sorted(posts, key=lambda each: each.id):
        if post.owner_id != guild.me.id:
            with suppress(discord.NotFound):
                found.extend(_heard(client, await post.fetch_message(post.id)))
    return found, MessageId(max((each.id for each in posts), default=since))


async def edited(
    client: discord.Client, guild: discord.Guild, which: ChannelId, messages: Sequence[MessageId]
) -> list[Retyped | Gone]:
    """Those of the messages that were edited, as they are now, and that are gone; none of a thread that sleeps.

    Raises discord.Forbidden, and discord.NotFound where the channel is gone.
    """
    where, me = guild.get_channel_or_thread(which), client.application_id
    found: list[Retyped | Gone] = []
    left = list(messages)
    while left and me is not None and isinstance(where, discord.TextChannel | discord.Thread):
        after = discord.Object(left[0] - 1)
        page = [each async for each in where.history(limit=PAGE, after=after, oldest_first=True)]
        last = page[-1].id if len(page) == PAGE else left[-1]
        found.extend(edit for each in page if each.id in left and (edit := retyped(each, me)) is not None)
        stands = {each.id for each in page}
        gone = tuple(each for each in left if each <= last and each not in stands)
        found.extend([Gone(gone)] if gone else [])
        left = [each for each in left if each > last]
    return found


def _heard(client: discord.Client, message: discord.Message) -> list[Heard]:
    me = client.application_id
    said = None if me is None else heard(message, me)
    return [] if said is None else [said]


def up_to(known: Mapping[ChannelId, MessageId], critique: Critique, where: Spoken | discord.ForumChannel) -> MessageId:
    """Up to which message the channel was heard, or where it begins."""
    return known.get(ChannelId(where.id), begun(critique, where))
