"""Connections to the file: one that writes, some that only read.

1. A write transaction begins with BEGIN IMMEDIATE, so that one that reads and then writes never loses to
   "database is locked".
2. Whoever waits for another process's lock waits a second and a half: a member has to have an answer within three.
3. A statement is compiled once in a process, whichever connections it is for.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import LRUCache

from bot.storage.driver import connect

READERS = 3
_BUSY_TIMEOUT_MS = 1_500
_TRIES = 3
_STATEMENTS = 1_000


class Dialect(SQLiteDialect_aiosqlite):
    """SQLite as the process has it. All are equal: what is compiled for one engine holds for each other."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dialect)

    def __hash__(self) -> int:
        return hash(Dialect)


registry.register("sqlite.ours", __name__, "Dialect")
_compiled: LRUCache[Any, Any] = LRUCache(_STATEMENTS)


@asynccontextmanager
async def checked_out(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """A connection that is back in its pool when the block ends, also where the block is cancelled.

    SQLAlchemy's own block leaves that to a task that nobody waits for, so that whoever closes the pool next leaves a
    connection behind, and with it perhaps the lock on the file.
    """
    connection = await engine.connect()
    try:
        yield connection
    finally:
        closing = asyncio.create_task(connection.close())
        try:
            await asyncio.wait({closing})
        except asyncio.CancelledError:
            await asyncio.wait({closing})
            raise
        await closing


def engine(path: Path, *, reading: bool) -> AsyncEngine:
    """The pool of the connections that write (there is one) or read."""
    pool = create_async_engine(
        f"sqlite+ours:///{path}",
        poolclass=AsyncAdaptedQueuePool,
        pool_size=READERS if reading else 1,
        max_overflow=0,
        connect_args={"async_creator_fn": connect},
        execution_options={"compiled_cache": _compiled},
        hide_parameters=True,  # an error goes to the log, and values are members' words
    )

    @event.listens_for(pool.sync_engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.isolation_level = None  # BEGIN is ours, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if reading:
            cursor.execute("PRAGMA query_only = ON")
        else:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    @event.listens_for(pool.sync_engine, "begin")
    def _begin(connection: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return pool


async def scrubbed(connection: Any) -> bool:
    """Whether the file was written anew and its log is empty now. No transaction may be under way."""
    cursor = connection.cursor()
    await cursor.execute("VACUUM")
    for _ in range(_TRIES):
        await cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((busy, _pages, _moved),) = await cursor.fetchall()
        if not busy:
            return True
    return False
