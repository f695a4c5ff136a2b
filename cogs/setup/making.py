"""Channels that the setup makes, once: one of that name and kind is taken instead of made again."""

import asyncio
from weakref import WeakValueDictionary

import discord

from bot.core.ids import ChannelId, RoleId
from bot.core.refusals import Code, Refusal
from bot.display.setup import channel_name

_making: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()


def check(guild: discord.Guild, act: str) -> None:
    """Raises Refusal where the channel is not there and the bot may not make it."""
    if _there(guild, act) is None and not guild.me.guild_permissions.manage_channels:
        raise Refusal(Code.CANNOT_MAKE, name=channel_name(act))


def _there(guild: discord.Guild, act: str) -> discord.abc.GuildChannel | None:
    """One of the name; but what is to be private is not taken where everyone sees it."""
    among = guild.forums if act == "forum" else guild.text_channels
    named = [each for each in among if each.name == channel_name(act)]
    if act == "private":
        named = [each for each in named if not each.permissions_for(guild.default_role).view_channel]
    return next(iter(named), None)


async def channel(guild: discord.Guild, act: str, moderators: frozenset[RoleId]) -> ChannelId:
    """The channel that the button `act` makes: "forum", "text" or "private" (for the moderators alone).

    Raises Refusal where the bot may not make it.
    """
    lock = _making.setdefault(guild.id, asyncio.Lock())
    async with lock:
        check(guild, act)
        try:
            found = _there(guild, act) or await _made(guild, act, channel_name(act), moderators)
        except discord.Forbidden:
            raise Refusal(Code.CANNOT_MAKE, name=channel_name(act)) from None
        except discord.HTTPException as error:
            if error.status != 400:
                raise
            raise Refusal(Code.NOT_MADE, name=channel_name(act), why=error.text.partition("\n")[0]) from None
        return ChannelId(found.id)


async def _made(guild: discord.Guild, act: str, name: str, moderators: frozenset[RoleId]) -> discord.abc.GuildChannel:
    if act == "forum":
        order = discord.ForumOrderType.creation_date  # newest first, as points are posted for
        return await guild.create_forum(name, default_sort_order=order)
    if act == "text":
        return await guild.create_text_channel(name)
    hidden, seen = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(view_channel=True)
    works = discord.PermissionOverwrite(view_channel=True, send_messages=True, read_message_history=True)
    roles = [role for role in guild.roles if role.id in moderators]
    who: dict[discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite] = {
        guild.default_role: hidden,
        guild.self_role or guild.me: works,
        **dict.fromkeys(roles, seen),
    }
    return await guild.create_text_channel(name, overwrites=who)
