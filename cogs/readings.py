"""Gaps come in: which servers are lost from sight, and which are there again and are to be read."""

import discord
from discord.ext import commands

from bot.client import Client
from bot.core.ids import GuildId


class Readings(commands.Cog):
    """Taken at once, so that no event of a new session passes the gate before its server is read.

    A session that is resumed has no gap: Discord sends again what was missed. A new one begins with `shard_connect`,
    before any event of it is handed on.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        client.take("shard_connect", self.connected)
        client.take("guild_unavailable", self.lost)
        client.take("guild_remove", self.lost)
        client.take("guild_join", self.there)
        client.take("guild_available", self.there)

    def connected(self, shard: int) -> None:
        """A new session of a shard."""
        shards = self._client.shard_count or 1
        self._client.books.lost(lambda guild: (guild >> 22) % shards == shard)

    def lost(self, guild: discord.Guild) -> None:
        """Discord tells of this server no longer: an outage, or the bot was thrown out."""
        self._client.books.lost(lambda each: each == guild.id)

    def there(self, guild: discord.Guild) -> None:
        """The server is there, as it is now."""
        self._client.books.gate.want(GuildId(guild.id))


async def setup(client: Client) -> None:
    """Called by discord.py."""
    await client.add_cog(Readings(client))
