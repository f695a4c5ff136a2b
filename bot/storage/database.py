"""The database: one writer, one query-only reader, migrated when it is opened.

1. A write transaction begins with BEGIN IMMEDIATE, so that one that reads and then writes never loses to
   "database is locked"; there is one at a time, and `synchronous=FULL` makes its commit durable.
2. A transaction is passed as `tx`. It is never nested, and nothing of Discord is awaited inside one.
3. `committed` is set after each write, for whoever waits for work that a transaction may have left.
4. What is the file's or the disk's fault is DatabaseUnusable and may pass; all else is the statement's fault.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.sqlite import insert as insert  # the dialect difference: ON CONFLICT
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

Tx = AsyncConnection

_BUSY_TIMEOUT_MS = 10_000
_READERS = 3
_UNUSABLE = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "readonly",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_IOERR: "unreachable",
    sqlite3.SQLITE_CANTOPEN: "unreachable",
}


class DatabaseUnusable(Exception):
    """The file cannot be used: newer, damaged, locked, full, readonly or unreachable, and SQLite's own word."""

    def __init__(self, code: str, path: Path, detail: str = "") -> None:
        super().__init__(code, path, detail)
        self.code = code
        self.path = path
        self.detail = detail


class Database:
    """An open database. `open` it, and `close` it last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.committed = asyncio.Event()
        self._writer = _engine(path, reading=False)
        self._reader = _engine(path, reading=True)
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Opens the file, makes it where there is none, and brings its schema up to date.

        Raises DatabaseUnusable.
        """
        from bot.storage.migrations import NewerSchema, upgrade

        try:
            await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnusable("unreachable", path, str(error)) from error
        database = cls(path)
        try:
            async with database.write() as tx:
                await tx.run_sync(upgrade)
            await database._connect_readers()
        except NewerSchema as error:
            await database.close()
            raise DatabaseUnusable("newer", path, error.revision) from None
        except DatabaseError as error:  # tables of the same names that are not ours
            await database.close()
            raise DatabaseUnusable("damaged", path, str(error.orig)) from error
        except DatabaseUnusable:
            await database.close()
            raise
        return database

    async def _connect_readers(self) -> None:
        """Connects them all now: whoever is cancelled while connecting leaves a connection that nobody closes."""
        async with AsyncExitStack() as stack:
            for _ in range(_READERS):
                await stack.enter_async_context(self.read())

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Tx]:
        """One transaction that may write: all of it is durable when the block ends, or nothing happened.

        Raises DatabaseUnusable.
        """
        with self._to_blame():
            async with self._writing, _checked_out(self._writer) as tx, tx.begin():
                yield tx
        self.committed.set()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[Tx]:
        """One consistent view; a write in it fails. Raises DatabaseUnusable."""
        with self._to_blame():
            async with _checked_out(self._reader) as tx:
                yield tx

    async def close(self) -> None:
        """Closes all connections."""
        await self._writer.dispose()
        await self._reader.dispose()

    @contextmanager
    def _to_blame(self) -> Generator[None]:
        try:
            yield
        except DatabaseError as error:
            primary = getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if primary not in _UNUSABLE:
                raise
            raise DatabaseUnusable(_UNUSABLE[primary], self.path, str(error.orig)) from error


@asynccontextmanager
async def _checked_out(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
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


def _engine(path: Path, *, reading: bool) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        poolclass=AsyncAdaptedQueuePool,
        pool_size=_READERS if reading else 1,
        max_overflow=0,
    )

    @event.listens_for(engine.sync_engine, "connect")
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

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
