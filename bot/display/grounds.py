"""A server as an examination sees it: which channels it uses, and what the bot holds there.

It is the same whether the server comes from the gateway's cache or was fetched piece by piece.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.core import examinations
from bot.core.critiques import HomeKind
from bot.core.emoji import custom_id
from bot.core.examinations import Finding, Place, Use
from bot.core.ids import ChannelId
from bot.core.servers import Choices
from bot.display.permissions import lacking, wished

Channel = discord.abc.GuildChannel


@dataclass(frozen=True, slots=True)
class Ground:
    """A server's channels, roles and own emoji, and the bot's member there."""

    name: str
    me: discord.Member
    channels: Mapping[int, Channel]
    roles: Sequence[discord.Role]
    emoji: frozenset[int]

    @property
    def text_channels(self) -> list[discord.TextChannel]:
        """Its text channels."""
        return [each for each in self.channels.values() if isinstance(each, discord.TextChannel)]

    @property
    def forums(self) -> list[discord.ForumChannel]:
        """Its forums."""
        return [each for each in self.channels.values() if isinstance(each, discord.ForumChannel)]


async def told(guild: discord.Guild, choices: Choices) -> Ground:
    """The server as the gateway has told of it; its own emoji are asked for where one of them is to vote.

    Raises discord.HTTPException.
    """
    channels = {each.id: each for each in guild.channels}
    asked = any(custom_id(each) for each in choices.vote_emoji)
    emoji = [each.id for each in await guild.fetch_emojis()] if asked else []
    return Ground(guild.name, guild.me, channels, guild.roles, frozenset(emoji))


async def fetched(client: discord.Client, guild: discord.Guild, me: int) -> Ground:
    """The server as Discord answers for it now: three requests. Raises discord.HTTPException."""
    whole = await client.fetch_guild(guild.id)
    channels = {each.id: each for each in await whole.fetch_channels()}
    member = await whole.fetch_member(me)
    return Ground(whole.name, member, channels, whole.roles, frozenset(each.id for each in whole.emojis))


def examined(ground: Ground, choices: Choices) -> list[Finding]:
    """What is found about the channels, roles and emoji that a server has chosen."""
    found = [finding for place in _places(ground, choices) for finding in examinations.place(place)]
    known = {role.id: role.name for role in ground.roles}
    names = [known[role] for role in sorted(choices.moderator_roles) if role in known]
    gone = len(choices.moderator_roles) - len(names)
    return [*found, *examinations.roles(names, gone), *_emoji(ground, choices)]


def _places(ground: Ground, choices: Choices) -> Iterable[Place]:
    for use, chosen in (
        (Use.HOME, choices.home),
        (Use.DIGEST, choices.digest_channel),
        (Use.MODERATORS, choices.moderators_channel),
    ):
        yield _place(ground, use, chosen)


def _place(ground: Ground, use: Use, chosen: ChannelId | None) -> Place:
    channel = ground.channels.get(chosen or 0)
    if channel is None:
        return Place(use, chosen)
    kind = HomeKind.FORUM if isinstance(channel, discord.ForumChannel) else HomeKind.TEXT
    held = channel.permissions_for(ground.me)
    return Place(use, chosen, channel.name, lacking(use, kind, held), wished(use, kind, held))


def _emoji(ground: Ground, choices: Choices) -> list[Finding]:
    pair = choices.vote_emoji
    return examinations.emoji(
        pair, [each for each in pair if (custom_id(each) or 0) and custom_id(each) not in ground.emoji]
    )
