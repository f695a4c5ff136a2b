"""How a follower is told: one direct message, once.

1. Whoever has left the server, or sees the home no more, is told nothing of it.
2. So many new direct messages in ten minutes, and no more: the rest wait (documentation page "Opcodes and Status
   Codes", 40003). One whose direct messages are closed (50007) is told no more until they follow something again.
"""

from datetime import timedelta

import discord

from bot.core.follows import Bulletin, Follower
from bot.core.ids import ChannelId
from bot.display import follows
from bot.display.deliveries.tries import NotYet, Try, known
from bot.display.threads import Post

_TOO_FAST = 40003
_REST = timedelta(minutes=10)
_KNOWN_BY = 200


async def tell_follower(it: Try) -> None:
    """Tells them all that is new up to where the delivery says, where there is anything left of it to tell."""
    guild = it.client.get_guild(it.delivery.owed.guild)
    found = await it.ledger.to_tell(it.delivery)
    if guild is None or found is None:
        return
    whom, bulletins = found
    seen = await _seen(guild, whom, bulletins)
    if not seen:
        await it.ledger.save_follower_told(whom)
        return
    text = follows.bulletin(seen, guild.name)
    what = Post(f"f{whom.member}.{whom.telling}", content=text, begins=text[:_KNOWN_BY], view=follows.stop(whom.guild))
    try:
        channel = await _open(it, whom)
        await it.post(it.client.get_partial_messageable(channel), what)
    except discord.Forbidden:
        await it.ledger.save_follower_closed(whom)
    except discord.HTTPException as error:
        if error.code != _TOO_FAST:
            raise
        raise NotYet(_REST) from error
    else:
        await it.ledger.save_follower_told(whom)


async def _seen(guild: discord.Guild, whom: Follower, bulletins: list[Bulletin]) -> list[Bulletin]:
    """Of these what the member may see now: members are in no cache, so that Discord is asked."""
    if not bulletins:
        return []
    try:
        member = await guild.fetch_member(whom.member)
    except discord.NotFound:
        return []
    homes = {each.critique.home: guild.get_channel(each.critique.home) for each in bulletins}
    return [
        each
        for each in bulletins
        if (home := homes[each.critique.home]) is not None and home.permissions_for(member).view_channel
    ]


async def _open(it: Try, whom: Follower) -> ChannelId:
    """The direct message with them, opened where it is not known, and where one more may be."""
    if whom.channel is not None:
        return whom.channel
    rest = await it.ledger.rest_before_opening(whom)
    if rest is not None:
        raise NotYet(rest)
    direct = await it.client.create_dm(discord.Object(known(it.delivery.owed.member)))
    channel = ChannelId(direct.id)
    await it.ledger.save_opened(whom, channel)
    return channel
