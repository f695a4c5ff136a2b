"""The control: stock discord.py as it comes, with one listener that does nothing.

Once it is ready it says so; for each line it hears, it says when the next event that ends a burst had come.
"""

import asyncio
import sys
import time

import discord

from bench.lines import heard, say
from bot.client import intents, point_at


class Listener(discord.Client):
    """One empty listener for votes, and one that notes the end."""

    def __init__(self) -> None:
        super().__init__(intents=intents(message_content=True), guild_ready_timeout=0.1)
        self.over: asyncio.Queue[float] = asyncio.Queue()

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """Nothing."""

    async def on_raw_reaction_clear(self, _payload: discord.RawReactionClearEvent) -> None:
        """All votes before it have been listened to: discord.py begins listeners in the order of the events."""
        self.over.put_nowait(time.monotonic())


async def _main(api: str, gateway: str, token: str) -> None:
    point_at(api, gateway)
    client = Listener()
    await client.login(token)
    connection = asyncio.create_task(client.connect())
    await client.wait_until_ready()
    say({"ready": True})
    async for _ in heard():
        say({})
        busy = time.process_time()
        say({"ended": await client.over.get(), "busy": time.process_time() - busy})
    await client.close()
    await connection


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
