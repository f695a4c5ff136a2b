"""A server's choices from what the operator set, by name or by id."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import discord

from bot.core.ids import ChannelId, RoleId
from bot.core.servers import Choices


class Server(Protocol):
    """What names are looked up among; a discord.Guild is one."""

    @property
    def text_channels(self) -> Sequence[discord.TextChannel]: ...
    @property
    def forums(self) -> Sequence[discord.ForumChannel]: ...
    @property
    def roles(self) -> Sequence[discord.Role]: ...


def defaults(
    guild: Server,
    *,
    home: str | None,
    digest: str | None,
    moderator_role: str,
    agree: str,
    disagree: str,
) -> Choices:
    """The choices that names or ids stand for in this server; a name that it does not have stands for none."""
    home_channel = _id(home, _homes(guild))
    digest_channel = _id(digest, guild.text_channels)
    role = _id(moderator_role, guild.roles)
    return Choices(
        home=None if home_channel is None else ChannelId(home_channel),
        digest_channel=None if digest_channel is None else ChannelId(digest_channel),
        moderator_roles=frozenset() if role is None else frozenset({RoleId(role)}),
        agree_emoji=agree,
        disagree_emoji=disagree,
    )


def present(guild: discord.Guild, choices: Choices) -> Choices:
    """The choices without channels and roles that the server no longer has."""
    return replace(
        choices,
        home=_there(guild, choices.home),
        digest_channel=_there(guild, choices.digest_channel),
        moderators_channel=_there(guild, choices.moderators_channel),
        moderator_roles=frozenset(role for role in choices.moderator_roles if guild.get_role(role)),
    )


def _there(guild: discord.Guild, channel: ChannelId | None) -> ChannelId | None:
    return channel if channel is not None and guild.get_channel(channel) else None


def unknown(guild: Server, named: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """The settings, HOME_CHANNEL, DIGEST_CHANNEL and MODERATOR_ROLE, whose name means nothing in this server."""
    known: dict[str, Iterable[discord.abc.Snowflake]] = {
        "HOME_CHANNEL": _homes(guild),
        "DIGEST_CHANNEL": guild.text_channels,
        "MODERATOR_ROLE": guild.roles,
    }
    return [(setting, name) for setting, name in named.items() if name and _id(name, known[setting]) is None]


def _homes(guild: Server) -> list[discord.TextChannel | discord.ForumChannel]:
    return [*guild.text_channels, *guild.forums]


def _id(wanted: str | None, among: Iterable[discord.abc.Snowflake]) -> int | None:
    if wanted is None:
        return None
    name = wanted.strip().lstrip("#@").casefold()
    for thing in among:
        if str(thing.id) == name or getattr(thing, "name", "").casefold() == name:
            return thing.id
    return None
