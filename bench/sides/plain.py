"""A plain bot, as many are written: for each vote it commits a row and edits a message that shows the count.

A vote's row and its commit are one step that no other vote has a part in: tasks that share a connection without that
commit one another's rows, many at once, and one that fails rolls all of them back.

Its database is as durable as the bot's own (WAL, `synchronous=FULL`). Once it is ready it says so; for each
`{"count"}` it hears, it says when it was through with so many votes.
"""

import asyncio
import sys
import time
from pathlib import Path

import aiosqlite
import discord

from bench.lines import heard, say
from bot.client import intents, point_at

_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE votes (message INTEGER, member INTEGER, emoji TEXT, PRIMARY KEY (message, member, emoji));
"""


class PlainBot(discord.Client):
    """Commits and edits, vote by vote."""

    def __init__(self, database: aiosqlite.Connection) -> None:
        super().__init__(intents=intents(message_content=True), guild_ready_timeout=0.1)
        self._database = database
        self._left = 0
        self._writing = asyncio.Lock()
        self.through = asyncio.Event()

    def expect(self, count: int) -> None:
        """`through` is set after so many votes."""
        self._left = count
        self.through.clear()

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        """A vote was put on."""
        await self._commit("INSERT OR IGNORE INTO votes VALUES (?, ?, ?)", payload)
        await self._show(payload)

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        """A vote was taken away."""
        await self._commit("DELETE FROM votes WHERE message = ? AND member = ? AND emoji = ?", payload)
        await self._show(payload)

    async def _commit(self, statement: str, payload: discord.RawReactionActionEvent) -> None:
        row = (payload.message_id, payload.user_id, str(payload.emoji))
        async with self._writing:
            await self._database.execute(statement, row)
            await self._database.commit()

    async def _show(self, payload: discord.RawReactionActionEvent) -> None:
        query = "SELECT count(*) FROM votes WHERE message = ?"
        ((votes,),) = await self._database.execute_fetchall(query, (payload.message_id,))
        channel = self.get_partial_messageable(payload.channel_id)
        await channel.get_partial_message(payload.message_id).edit(content=f"{votes} votes")
        self._left -= 1
        if not self._left:
            self.through.set()


async def _main(api: str, gateway: str, token: str, edits: str, database: str) -> None:
    point_at(api, gateway)
    async with aiosqlite.connect(Path(database)) as connection:
        await connection.executescript(_SCHEMA)
        client = PlainBot(connection)
        await client.login(token)
        running = asyncio.create_task(client.connect())
        await client.wait_until_ready()
        point_at(edits, None)
        say({"ready": True})
        async for line in heard():
            client.expect(line["count"])
            say({})
            busy = time.process_time()
            await client.through.wait()
            say({"ended": time.monotonic(), "busy": time.process_time() - busy})
        await client.close()
        await running


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
