"""How the home is kept to the two vote emoji: who may add others there.

The bot seeds both, so that members need Add Reactions only for other ones (documentation page "Message", Create
Reaction: the permission is needed where nobody has reacted with the emoji yet).
"""

import discord

from bot.core.ids import ChannelId, GuildId
from bot.display.deliveries.tries import Try

Channel = discord.TextChannel | discord.ForumChannel


async def hold_reactions(it: Try) -> None:
    """Takes Add Reactions from everyone in the home, or gives back what was taken where that is chosen no longer."""
    which = it.delivery.owed.guild
    wanted, held = await it.ledger.reactions(which)
    if held is not None and held != wanted:
        await _give_back(_channel(it, which, held))
        await it.ledger.save_reactions_held_in(which, None)
    if wanted is not None:
        await it.ledger.save_reactions_held_in(which, wanted)  # first: what is taken must be known to be given back
        await _hold(_channel(it, which, wanted))


def _channel(it: Try, guild: GuildId, which: ChannelId) -> Channel | None:
    server = it.client.get_guild(guild)
    found = server.get_channel(which) if server is not None else None
    return found if isinstance(found, Channel) else None


async def _hold(channel: Channel | None) -> None:
    if channel is None:
        return
    me = channel.guild.self_role or channel.guild.me
    await _set(channel, me, allowed=True)  # first: the bot must never be without
    await _set(channel, channel.guild.default_role, allowed=False)


async def _give_back(channel: Channel | None) -> None:
    """The bot's own role keeps it: it does no harm there."""
    if channel is not None and channel.overwrites_for(channel.guild.default_role).add_reactions is False:
        await _set(channel, channel.guild.default_role, allowed=None)


async def _set(channel: Channel, whose: discord.Role | discord.Member, *, allowed: bool | None) -> None:
    overwrite = channel.overwrites_for(whose)
    if overwrite.add_reactions is not allowed:
        overwrite.update(add_reactions=allowed)
        await channel.set_permissions(whose, overwrite=None if overwrite.is_empty() else overwrite)
