"""The permissions that the bot needs, by the names that Discord's settings show, each with its reason."""

import discord

from bot.core.critiques import HomeKind
from bot.core.examinations import Use
from bot.core.ids import ChannelId, GuildId
from bot.texts import _


def needed_in(kind: HomeKind) -> dict[str, tuple[str, str]]:
    """What posting in such a home cannot do without: discord.py's name, Discord's name, the reason."""
    needed = {
        "view_channel": (_("View Channel"), _("to see the channel at all")),
        "send_messages": (_("Send Messages"), _("to post the points")),
        "create_public_threads": (_("Create Public Threads"), _("to give each point its thread")),
        "send_messages_in_threads": (_("Send Messages in Threads"), _("to let a long point go on in its thread")),
        "add_reactions": (_("Add Reactions"), _("to seed the two vote emoji")),
        "read_message_history": (_("Read Message History"), _("to react, and to find what was posted")),
        "embed_links": (_("Embed Links"), _("to show the digest")),
    }
    if kind is HomeKind.FORUM:
        del needed["create_public_threads"]  # who may send messages in a forum may make posts there
        needed["manage_threads"] = (_("Manage Threads"), _("to keep open points open, and to lock and close posts"))
    return needed


_FOR_A_DIGEST = ("view_channel", "send_messages", "read_message_history", "embed_links")


def missing_for_digest(held: discord.Permissions) -> list[str]:
    """The names, as Discord shows them, of what the bot needs in the digest's channel and does not hold."""
    needed = needed_in(HomeKind.TEXT)
    return [needed[name][0] for name in _FOR_A_DIGEST if not getattr(held, name)]


def described() -> dict[str, tuple[str, str]]:
    """Every permission that the bot needs or can use anywhere: discord.py's name, Discord's name, the reason."""
    return {
        **needed_in(HomeKind.TEXT),
        **needed_in(HomeKind.FORUM),
        "manage_messages": (_("Manage Messages"), _("to take the older emoji away from who holds both")),
        "pin_messages": (_("Pin Messages"), _("to pin the digest")),
        "manage_channels": (_("Manage Channels"), _("to make a forum's tags")),
    }


def lacking(use: Use, kind: HomeKind, held: discord.Permissions) -> list[str]:
    """What the bot cannot do without in a channel of that use, and does not hold: discord.py's names."""
    needed = {
        Use.HOME: needed_in(kind),
        Use.DIGEST: _FOR_A_DIGEST,
        Use.MODERATORS: ("view_channel", "send_messages", "read_message_history"),
    }
    return [name for name in needed[use] if not getattr(held, name)]


def wished(use: Use, kind: HomeKind, held: discord.Permissions) -> list[str]:
    """What the bot could use in a channel of that use, and does not hold: discord.py's names."""
    good: dict[Use, tuple[str, ...]] = {
        Use.HOME: ("manage_messages", "manage_channels" if kind is HomeKind.FORUM else "manage_threads"),
        Use.DIGEST: ("pin_messages",),
        Use.MODERATORS: (),
    }
    return [name for name in good[use] if not getattr(held, name)]


def may_manage_messages(client: discord.Client, guild: GuildId, channel: ChannelId) -> bool:
    """Whether the bot may take away members' reactions in a channel, as far as it knows."""
    server = client.get_guild(guild)
    place = server.get_channel(channel) if server is not None else None
    return place is None or place.permissions_for(place.guild.me).manage_messages


def missing_in(kind: HomeKind, held: discord.Permissions) -> list[str]:
    """The names, as Discord shows them, of what the bot needs in such a home and does not hold."""
    return [shown for name, (shown, _why) in needed_in(kind).items() if not getattr(held, name)]


def missing_for_discarding(held: discord.Permissions) -> list[str]:
    """The names of what the bot needs to delete the threads of a home, its own included, and does not hold."""
    return [] if held.manage_threads else [_("Manage Threads")]
