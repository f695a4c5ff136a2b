"""Who acts, and where, as an interaction says it."""

from collections.abc import Callable
from functools import partial

import discord
from discord import app_commands

from bot.core.acts import Actor
from bot.core.ids import ChannelId, GuildId, MemberId, RoleId
from bot.texts import _


def actor(interaction: discord.Interaction) -> Actor:
    """The member behind an interaction in a server, with the roles that Discord itself sent with it."""
    member = interaction.user
    roles = member.roles if isinstance(member, discord.Member) else []
    return Actor(
        id=MemberId(member.id),
        guild=GuildId(interaction.guild_id or 0),
        roles=frozenset(RoleId(role.id) for role in roles),
        administrator=interaction.permissions.manage_guild,
        joined_at=member.joined_at if isinstance(member, discord.Member) else None,
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


def spot(interaction: discord.Interaction) -> tuple[GuildId, ChannelId, ChannelId | None]:
    """The server, the channel or thread that the interaction happened in, and a thread's channel."""
    channel = interaction.channel
    parent = ChannelId(channel.parent_id) if isinstance(channel, discord.Thread) else None
    return GuildId(interaction.guild_id or 0), ChannelId(interaction.channel_id or 0), parent


def sees(interaction: discord.Interaction, which: ChannelId) -> bool:
    """Whether the member behind the interaction may see a channel of the server; a channel not known is seen."""
    member = interaction.user
    channel = interaction.guild.get_channel(which) if interaction.guild is not None else None
    return channel is None or not isinstance(member, discord.Member) or channel.permissions_for(member).view_channel


def sight(interaction: discord.Interaction) -> Callable[[ChannelId], bool]:
    """Which channels the member behind the interaction sees, as `sees` has it."""
    return partial(sees, interaction)


def person(member: MemberId | None) -> str:
    """A member as texts name them; one who has had their name removed is nobody in particular."""
    return f"<@{member}>" if member else _("a former member")


def call(client: discord.Client) -> str:
    """The mention of the bot that typed additions must begin with: empty where the bot reads all that is typed."""
    return "" if client.intents.message_content or client.user is None else client.user.mention
