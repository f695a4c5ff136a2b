"""Who acts, and where, as an interaction says it."""

import discord
from discord import app_commands

from bot.core.acts import Actor
from bot.core.ids import ChannelId, GuildId, MemberId, RoleId


def actor(interaction: discord.Interaction) -> Actor:
    """The member behind an interaction in a server, with the roles that Discord itself sent with it."""
    member = interaction.user
    roles = member.roles if isinstance(member, discord.Member) else []
    return Actor(
        id=MemberId(member.id),
        guild=GuildId(interaction.guild_id or 0),
        roles=frozenset(RoleId(role.id) for role in roles),
        administrator=interaction.permissions.manage_guild,
    )


def server(interaction: discord.Interaction) -> discord.Guild:
    """The server that the interaction happened in. Raises NoPrivateMessage outside one."""
    if interaction.guild is None:
        raise app_commands.NoPrivateMessage
    return interaction.guild


def place(interaction: discord.Interaction) -> tuple[GuildId, ChannelId]:
    """The server, and the lobby that the interaction happened in: a thread's channel, or the channel itself."""
    channel = interaction.channel
    lobby = channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id
    return GuildId(interaction.guild_id or 0), ChannelId(lobby or 0)
