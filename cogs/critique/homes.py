"""Which channel is to be a critique's home, and whether the bot can work there."""

from typing import Any

import discord
from discord import app_commands

from bot.core.critiques import HomeKind
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.display.actors import place, server
from bot.display.permissions import missing_for_digest, missing_in

Home = discord.TextChannel | discord.ForumChannel


class HomeOption(app_commands.Transformer):
    """A channel that can be a home: left to itself, discord.py offers media channels with forums."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """An option of channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers."""
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(
        self, interaction: discord.Interaction[Any], value: app_commands.AppCommandChannel
    ) -> discord.abc.GuildChannel | discord.Thread:
        """The channel as the bot knows it; as an answer of Discord where it does not."""
        return value.resolve() or await value.fetch()


def home_of(
    interaction: discord.Interaction[Any],
    choices: Choices,
    named: discord.abc.GuildChannel | discord.Thread | None = None,
) -> Home:
    """The channel that was named, else the server's choice, else the one that this happens in.

    Raises Refusal where that is no home, and where the bot lacks a permission in it or in the digest's channel.
    """
    guild = server(interaction)
    here = guild.get_channel(place(interaction)[1])
    chosen = guild.get_channel(choices.home) if choices.home else here
    home = named or chosen
    if not isinstance(home, Home):
        raise Refusal(Code.NO_HOME)
    _check_usable(home, missing_in(kind_of(home), home.permissions_for(guild.me)))
    digest = guild.get_channel(choices.digest_channel) if choices.digest_channel else None
    if digest is not None:
        _check_usable(digest, missing_for_digest(digest.permissions_for(guild.me)))
    return home


def kind_of(home: Home) -> HomeKind:
    """What kind of home the channel is."""
    return HomeKind.FORUM if isinstance(home, discord.ForumChannel) else HomeKind.TEXT


def _check_usable(channel: discord.abc.GuildChannel, missing: list[str]) -> None:
    if missing:
        raise Refusal(Code.HOME_UNUSABLE, home=f"#{channel.name}", missing=", ".join(missing))
