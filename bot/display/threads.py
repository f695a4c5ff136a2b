"""Messages and threads in Discord, made so that a second try finds what a first one left.

1. A message bears a nonce that names what it shows: Discord gives back the earlier one within some minutes
   (documentation page "Message", Create Message, `enforce_nonce`).
2. After a try that may have got through, the channel is searched for it before another is made: all that was said in
   it since then, for as long as one try may take. A search that finds nothing is remembered, so that the next one
   begins where it began.
3. A thread started from a message has that message's id, and a message has one (error 160004).
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.core.ids import ChannelId, GuildId, MemberId, MessageId
from bot.core.threads import ThreadState
from bot.display import limits

log = logging.getLogger(__name__)

_HAS_THREAD = 160004
ARCHIVED = 50083  # "Thread is archived"
_UNKNOWN_EMOJI = 10014
_LEADS = "]("  # a link
SKEW = timedelta(seconds=30)  # by which our clock and Discord's may differ
LONGEST_ARCHIVE = 10080  # minutes: seven days, Discord's longest
_UNTIL_NOTICE = 50  # messages that may come between a digest and the notice of its pin: one page
_LONGEST_TRY = timedelta(hours=1)  # a few requests; discord.py gives each five minutes, and up to five goes


@dataclass(frozen=True, slots=True)
class Post:
    """A message to be posted once.

    `nonce` names what it shows. `begins` is what its content begins with whatever else has changed since an
    earlier try, and for an embed what its text holds, beside its title. `reply_to` is
    answered without a ping, and without the reference where that message is gone.
    """

    nonce: str
    content: str | None = None
    begins: str = ""
    embed: discord.Embed | None = None
    reply_to: MessageId | None = None
    view: discord.ui.View | None = None

    def is_shown_by(self, message: discord.Message) -> bool:
        """Whether the message is one that an earlier try has posted."""
        if self.embed is not None:
            title = self.embed.title
            return any(each.title == title and self._may_be(each.description or "") for each in message.embeds)
        if self.reply_to is not None and (message.reference is None or message.reference.message_id != self.reply_to):
            return False
        return message.content.startswith(self.begins or self.content or "")

    def _may_be(self, text: str) -> bool:
        """Whether an embed may be this one; it may have been posted before there was anything to lead to."""
        return self.begins in text or _LEADS not in text

    def is_whole_in(self, message: discord.Message) -> bool:
        """Whether the message shows all of this text, and no older one."""
        if self.embed is not None:
            return any(each.description == self.embed.description for each in message.embeds)
        return message.content == self.content


@dataclass(frozen=True, slots=True)
class Posted:
    """The message that stands, whether it shows the text of this try and not that of an earlier one, and whether this
    try has made it.
    """

    message: MessageId
    whole: bool
    new: bool


def channel(client: discord.Client, guild: GuildId, which: ChannelId) -> discord.PartialMessageable:
    """A channel or thread, whether it is in the cache or not."""
    return client.get_partial_messageable(which, guild_id=guild)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is known of earlier tries at a delivery.

    `since` is when one began that may have got through, None where none was made. `stands` says whether a message is
    known to show something, so that it cannot be what is looked for, however alike. `searched` is called once a search
    has found nothing, and before anything is made.
    """

    since: datetime | None
    stands: Callable[[MessageId], Awaitable[bool]]
    searched: Callable[[], Awaitable[None]]


async def post(client: discord.Client, where: discord.PartialMessageable, what: Post, earlier: Earlier) -> Posted:
    """Posts a message once over all tries."""
    if earlier.since is not None:
        found = await left(client, where, what, earlier)
        if found is not None:
            return Posted(MessageId(found.id), what.is_whole_in(found), new=False)
        await earlier.searched()
    nonce = what.nonce[: limits.NONCE]
    view = what.view or discord.utils.MISSING
    if what.embed is not None:
        message = await where.send(embed=what.embed, nonce=nonce, view=view)
    elif what.reply_to is not None:
        reference = discord.MessageReference(message_id=what.reply_to, channel_id=where.id, fail_if_not_exists=False)
        message = await where.send(what.content, reference=reference, nonce=nonce, mention_author=False, view=view)
    else:
        message = await where.send(what.content, nonce=nonce, suppress_embeds=True, view=view)
    return Posted(MessageId(message.id), earlier.since is None or what.is_whole_in(message), new=True)


async def left(
    client: discord.Client, where: discord.PartialMessageable, what: Post, earlier: Earlier
) -> discord.Message | None:
    """The message that an earlier try has posted; None where none was made."""
    if earlier.since is None:
        return None
    async for message in where.history(limit=None, after=earlier.since - SKEW):
        if message.created_at > earlier.since + _LONGEST_TRY:
            return None
        own = message.author == client.user
        if own and what.is_shown_by(message) and not await earlier.stands(MessageId(message.id)):
            return message
    return None


async def start_thread(where: discord.PartialMessageable, message: MessageId, name: str) -> ChannelId:
    """Starts the message's thread, or finds the one it has."""
    try:
        thread = await where.get_partial_message(message).create_thread(
            name=name, auto_archive_duration=LONGEST_ARCHIVE
        )
    except discord.HTTPException as error:
        if error.code != _HAS_THREAD:
            raise
        return ChannelId(message)
    return ChannelId(thread.id)


@dataclass(frozen=True, slots=True)
class Found:
    """A thread as the cache or an answer of Discord has it; the cache may lag behind our own last change."""

    thread: discord.Thread
    certain: bool


async def find(client: discord.Client, guild: GuildId, which: ChannelId) -> Found | None:
    """The thread; None where it is gone. One that is archived is in no cache."""
    server = client.get_guild(guild)
    cached = server.get_thread(which) if server is not None else None
    if cached is not None:
        return Found(cached, certain=False)
    try:
        fetched = await client.fetch_channel(which)
    except discord.NotFound:
        return None
    return Found(fetched, certain=True) if isinstance(fetched, discord.Thread) else None


async def bring_to(
    found: Found, state: ThreadState, *, tags: Sequence[discord.ForumTag] | None = None, name: str | None = None
) -> bool:
    """Brings a thread to its state, tags and name in one change, or none where nothing differs for certain; whether
    one that was archived is active now.

    An archived thread takes no change but with its waking (documentation page "Channel", Modify Channel), so that
    one that is to stay archived takes two. Where it turns out to be archived after all, as by a try of our own whose
    answer was lost, it is looked at again.
    """
    try:
        return await _change(found, state, tags, name)
    except discord.HTTPException as error:
        if error.code != ARCHIVED:
            raise
        now = await found.thread.guild.fetch_channel(found.thread.id)
        if not isinstance(now, discord.Thread):
            raise
        return await _change(Found(now, certain=True), state, tags, name)


async def _change(found: Found, state: ThreadState, tags: Sequence[discord.ForumTag] | None, name: str | None) -> bool:
    thread = found.thread
    asleep = thread.archived and thread.locked == state.locked  # a change of the lock wakes it
    archived = asleep if state.archived is None else state.archived
    same = (thread.locked, thread.archived) == (state.locked, archived)
    tagged = tags is None or {tag.id for tag in tags} == {tag.id for tag in thread.applied_tags}
    if found.certain and same and tagged and name in (None, thread.name):
        return False
    changes: dict[str, Any] = {"locked": state.locked}
    if tags is not None:
        changes["applied_tags"] = tags
    if name is not None and name != thread.name:
        changes["name"] = name
    slept = thread.archived
    if slept and archived:
        await thread.edit(archived=False, **changes)
        await thread.edit(archived=True)
    else:
        await thread.edit(archived=archived, **changes)
    return slept and not archived


async def react(where: discord.PartialMessageable, message: MessageId, *emoji: str) -> None:
    """Puts the bot's reactions under a message, in order."""
    for one in emoji:
        await where.get_partial_message(message).add_reaction(one)


async def unreact_all(where: discord.PartialMessageable, message: MessageId) -> bool:
    """Clears the reactions under a message among which the bot has its own; whether there were such."""
    found = await where.fetch_message(message)
    ours = any(reaction.me for reaction in found.reactions)
    if ours:
        await found.clear_reactions()
    return ours


async def pin(where: discord.PartialMessageable, message: MessageId) -> None:
    """Pins a message where the bot may; it is good without."""
    try:
        await where.get_partial_message(message).pin()
    except (discord.DiscordServerError, discord.RateLimited):
        raise
    except discord.HTTPException as error:  # no permission, or as many pins as a channel can have
        log.warning("message %d in channel %d is not pinned: %s", message, where.id, error)


async def pin_notice(where: discord.PartialMessageable, pinned: MessageId) -> MessageId | None:
    """Discord's own message that says that a message was pinned, where it soon followed that one."""
    async for message in where.history(limit=_UNTIL_NOTICE, after=discord.Object(pinned)):
        reference = message.reference
        if message.type is discord.MessageType.pins_add and reference is not None and reference.message_id == pinned:
            return MessageId(message.id)
    return None


async def awake(
    client: discord.Client, guild: GuildId, which: ChannelId, work: Callable[[], Awaitable[None]], *, back: bool = False
) -> None:
    """Does work in a thread; where it turns out to be archived, it is made active first, and with `back` archived
    again: whoever archived it had a reason, and the work is none.
    """
    try:
        await work()
    except discord.HTTPException as error:
        found = await find(client, guild, which) if error.code == ARCHIVED else None
        if found is None:
            raise
        await found.thread.edit(archived=False)
        await work()
        if back:
            await found.thread.edit(archived=True)


async def unreact(where: discord.PartialMessageable, message: MessageId, emoji: str, member: MemberId) -> None:
    """Takes a member's reaction away; where nobody has reacted so, nothing is left to do."""
    try:
        await where.get_partial_message(message).remove_reaction(emoji, discord.Object(member))
    except discord.HTTPException as error:
        if error.code != _UNKNOWN_EMOJI:
            raise
