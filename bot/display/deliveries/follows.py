"""How a follower is told: one direct message, once.

1. Whoever has left the server, or sees the home no more, is told nothing of it.
2. So many new direct messages in ten minutes, and no more, and none in quiet hours, also where the message was on its
   way before they began: it waits, and nothing is asked of Discord meanwhile.
3. Discord may find that they are opened too fast all the same (documentation page "Opcodes and Status Codes", 40003; it
   comes as a 403): that one rests. One whose direct messages are closed (50007; a 403, or a 400 where it is opened), or
   who shares no server with the bot (50278), is told no more until they follow something again. Any other refusal is
   nobody's wish, and a fault that operators hear of.
4. An earlier try is known by its first line: no two such messages are sent within the time in which it is looked for.
"""

from datetime import timedelta

import discord

from bot.core.follows import Bulletin, Follower
from bot.core.ids import ChannelId
from bot.display import follows
from bot.display.deliveries.tries import NotYet, Try, known
from bot.display.threads import Post

_TOO_FAST = 40003
_CLOSED = (50007, 50278)
_REST = timedelta(minutes=10)
_UNAVAILABLE = timedelta(minutes=1)  # until an outage of the server is looked at again


async def tell_follower(it: Try) -> None:
    """Tells them all that is new up to where the delivery says, where there is anything left of it to tell."""
    guild = it.client.get_guild(it.delivery.owed.guild)
    found = await it.ledger.to_tell(it.delivery)
    if guild is None or found is None:
        return
    whom, bulletins = found
    if guild.unavailable:
        raise NotYet(_UNAVAILABLE)
    rest = await it.ledger.rest_before_telling(whom)
    if rest is not None:
        raise NotYet(rest)
    seen = await _seen(guild, whom, bulletins)
    if not seen:
        await it.ledger.save_follower_told(whom)
        return
    nonce, head = f"f{it.delivery.id}.{whom.telling}", follows.head(guild.name)
    what = Post(nonce, content=follows.bulletin(seen, guild.name), begins=head, view=follows.stop(whom.guild))
    try:
        channel = await _open(it, whom)
        await it.post(it.client.get_partial_messageable(channel), what)
    except discord.HTTPException as error:
        if error.code == _TOO_FAST:
            raise NotYet(_REST) from error
        if error.code not in _CLOSED:
            raise
        await it.ledger.save_follower_closed(whom)
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
    """The direct message with them, opened where it is not known."""
    if whom.channel is not None:
        return whom.channel
    direct = await it.client.create_dm(discord.Object(known(it.delivery.owed.member)))
    channel = ChannelId(direct.id)
    await it.ledger.save_opened(whom, channel)
    return channel
