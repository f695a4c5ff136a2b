"""Posts in a forum, made so that a second try finds what a first one left.

1. A post knows no nonce. After a try that may have got through it is looked for among the bot's own posts made since
   then, active or archived: by its name, and where somebody has renamed it meanwhile by what it begins with. Archived
   posts come newest first by when they were archived, so that those archived before that try end the search.
2. A post's first message has the post's id (documentation page "Channel", Start Thread in Forum or Media Channel).
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from bot.core.ids import ChannelId, GuildId, MessageId
from bot.core.threads import BUDGET, Asleep, ThreadState, fell_asleep
from bot.display.threads import LONGEST_ARCHIVE, SKEW, Earlier

_PINS_FULL = 30047
_KNOWN_BY = 60  # characters of a post's first message that tell it from others


@dataclass(frozen=True, slots=True)
class Opening:
    """A post to be opened once. Its name and what its content begins with tell it from the forum's others."""

    name: str
    content: str
    tags: Sequence[discord.ForumTag] = ()
    view: discord.ui.View | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """The post that stands, and whether this try has made it: an earlier one may show an older text."""

    post: ChannelId
    new: bool


async def forum(client: discord.Client, guild: GuildId, which: ChannelId) -> discord.ForumChannel:
    """The forum. Raises discord.HTTPException where it is gone, and TypeError where it is no forum."""
    server = client.get_guild(guild)
    found = server.get_channel(which) if server is not None else None
    channel = found or await client.fetch_channel(which)
    if not isinstance(channel, discord.ForumChannel):
        raise TypeError(f"channel {which} is no forum")
    return channel


async def open_post(where: discord.ForumChannel, what: Opening, earlier: Earlier) -> Opened:
    """Opens a post once over all tries."""
    if earlier.since is not None:
        found = await left(where, what, earlier)
        if found is not None:
            return Opened(found, new=False)
        await earlier.searched()
    made = await where.create_thread(
        name=what.name,
        content=what.content,
        applied_tags=what.tags,
        auto_archive_duration=LONGEST_ARCHIVE,
        suppress_embeds=True,
        view=what.view or discord.utils.MISSING,
    )
    return Opened(ChannelId(made.thread.id), new=True)


async def left(where: discord.ForumChannel, what: Opening, earlier: Earlier) -> ChannelId | None:
    """The post that an earlier try has opened; None where none was."""
    if earlier.since is None:
        return None
    own = [each async for each in _own(where, earlier.since - SKEW) if not await earlier.stands(MessageId(each.id))]
    for each in own:
        if each.name == what.name:
            return ChannelId(each.id)
    for each in own:
        if await _begins_with(each, what.content[:_KNOWN_BY]):
            return ChannelId(each.id)
    return None


async def _own(where: discord.ForumChannel, since: datetime) -> AsyncIterator[discord.Thread]:
    """The bot's posts in the forum made since a time, the active ones first."""

    def is_own(thread: discord.Thread) -> bool:
        return thread.owner_id == where.guild.me.id and discord.utils.snowflake_time(thread.id) >= since

    for thread in await where.guild.active_threads():
        if thread.parent_id == where.id and is_own(thread):
            yield thread
    async for thread in where.archived_threads(limit=None):
        if thread.archive_timestamp < since:
            return
        if is_own(thread):
            yield thread


async def _begins_with(post: discord.Thread, text: str) -> bool:
    try:
        first = await post.fetch_message(post.id)
    except discord.NotFound:
        return False
    return first.content.startswith(text)


async def pin(thread: discord.Thread) -> None:
    """Pins a post where the bot may and there is room; it is good without."""
    try:
        await thread.edit(pinned=True)
    except discord.Forbidden:
        return
    except discord.HTTPException as error:
        if error.code != _PINS_FULL:
            raise


def is_to_be_woken(thread: discord.Thread, state: ThreadState, woken_at: datetime | None) -> bool:
    """Whether an archived post fell asleep for silence, under no other lock than ours, and its server has room."""
    if (thread.locked and not state.locked) or len(thread.guild.threads) >= BUDGET:
        return False
    spoken = discord.utils.snowflake_time(max(thread.id, thread.last_message_id or 0))
    quiet = timedelta(minutes=thread.auto_archive_duration)
    return fell_asleep(Asleep(since=thread.archive_timestamp, after=quiet, active_at=spoken), woken_at)
