"""How a server is welcomed: whoever invited the bot is written to, else the server's system channel."""

import logging

import discord

from bot.core.ids import ChannelId, MemberId
from bot.display import welcomes
from bot.display.deliveries.tries import Try
from bot.display.threads import Post

log = logging.getLogger(__name__)

_CLOSED = 50007  # "Cannot send messages to this user"
_LOOKED_AT = 20  # entries of the audit log: other bots may have been added since


async def welcome(it: Try) -> None:
    """The first words, once; nothing but a line in the log where nobody can be told.

    The owner is not written to unasked: only who invited the bot, as far as the audit log may be read.
    """
    guild = it.client.get_guild(it.delivery.owed.guild)
    if guild is None:  # it has been thrown out again
        return
    text = welcomes.text(guild.name)
    nonce = f"h{guild.id}.{it.delivery.id % 1000}"  # another joining is another welcome
    what = Post(nonce, content=text, begins=text)
    channel = guild.system_channel
    if channel is not None and await it.left(it.channel(it.delivery.owed.guild, ChannelId(channel.id)), what):
        return
    inviter = await _inviter(it.client, guild)
    if inviter is not None and await _told(it, inviter, what):
        return
    if channel is not None and channel.permissions_for(guild.me).send_messages:
        await it.post(it.channel(it.delivery.owed.guild, ChannelId(channel.id)), what)
    else:
        log.info("nobody on server %d could be told that the bot is there", guild.id)


async def _inviter(client: discord.Client, guild: discord.Guild) -> MemberId | None:
    if not guild.me.guild_permissions.view_audit_log:
        return None
    async for entry in guild.audit_logs(action=discord.AuditLogAction.bot_add, limit=_LOOKED_AT):
        if entry.target is not None and client.user is not None and entry.target.id == client.user.id:
            return None if entry.user_id is None else MemberId(entry.user_id)
    return None


async def _told(it: Try, who: MemberId, what: Post) -> bool:
    """Writes to a member; False where that member takes no direct messages."""
    try:
        direct = await it.client.create_dm(discord.Object(who))
        await it.post(it.client.get_partial_messageable(direct.id), what)
    except discord.Forbidden as error:
        if error.code != _CLOSED:
            raise
        return False
    return True
