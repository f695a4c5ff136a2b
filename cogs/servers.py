"""Servers come and go: which ones the bot is in, and the first words to those that it comes to."""

import logging

import discord
from discord.ext import commands

from bot.client import Client
from bot.core.ids import GuildId
from bot.core.servers import Joined, Left
from bot.services import servers

log = logging.getLogger(__name__)


class Servers(commands.Cog):
    """Takes each server that is there, at each start and later; the database knows which of them are new.

    discord.py tells a server that is back from one that the bot was invited to by a word of Discord's that may be
    missing, so that both are taken alike.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        client.take("guild_join", self.there)
        client.take("guild_available", self.there)
        client.take("guild_remove", self.gone)

    def there(self, guild: discord.Guild) -> None:
        """The bot is on this server."""
        since = guild.me.joined_at or discord.utils.utcnow()
        self._client.servers.put(Joined(GuildId(guild.id), since))

    def gone(self, guild: discord.Guild) -> None:
        """The bot was thrown out, or the server is gone; what is stored stays for a while."""
        self._client.servers.put(Left(GuildId(guild.id)))
        log.info("server %d is left; what is stored of it is deleted in 30 days", guild.id)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Finds out which servers were left while the bot was down."""
        await servers.present(self._client.desk, {GuildId(guild.id) for guild in self._client.guilds})


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Servers(client))
