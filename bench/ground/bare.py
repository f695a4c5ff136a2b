"""A bare discord.py client with the bot's settings: the same intents, no caches, shards as Discord recommends.

`python -m bench.ground.bare API GATEWAY TOKEN` writes a line to standard error when it is ready, and ends with SIGTERM.
"""

import asyncio
import sys

import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


class Bare(discord.AutoShardedClient):
    """It connects, keeps what it is told, and does nothing."""

    def __init__(self) -> None:
        asked = discord.Intents.none()
        asked.guilds = asked.guild_messages = asked.guild_reactions = asked.message_content = True
        super().__init__(
            intents=asked,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )

    async def on_ready(self) -> None:
        """Says so."""
        sys.stderr.write(f"ready as {self.user}: {len(self.guilds)} servers\n")
        sys.stderr.flush()


async def _main(api: str, gateway: str, token: str) -> None:
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, URL(gateway)
    async with Bare() as client:
        await client.start(token)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
