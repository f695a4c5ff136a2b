"""The database: one writer, one query-only reader, migrated when it is opened.

1. There is one write transaction at a time, and `synchronous=FULL` makes its commit durable. One process alone has
   the file open to write: it holds the lock beside it.
2. A transaction is passed as `tx`. It is never nested, and nothing of Discord is awaited inside one.
3. `committed` is set after each write, for whoever waits for work that a transaction may have left.
4. What is the file's or the disk's fault is DatabaseUnusable and may pass; all else is the statement's fault.
5. After such a fault the database ails: nothing more is written, at once and without another attempt, until `mend`
   has found that it can be. What stands in another file than the path leads to was never written.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy.dialects.sqlite import insert as insert  # the dialect difference: ON CONFLICT
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import soundness
from bot.storage.engines import READERS, checked_out, engine, scrubbed
from bot.storage.lock import Lock
from bot.storage.places import Place, log_of, place_of
from bot.storage.tables import facts
from bot.storage.unusable import DatabaseUnusable as DatabaseUnusable
from bot.storage.unusable import blamed

Tx = AsyncConnection

_LOOKED_THROUGH = 2.0  # seconds of a start
_LOOKED_THROUGH_AGAIN = 30.0
_DISTRUSTED = ("damaged", "unreachable")  # what connections hold in their caches, or hold open, may be wrong
_TRIAL = 65_536  # characters that must find room before a full disk counts as mended


class Database:
    """An open database. `open` it, and `close` it last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.committed = asyncio.Event()
        self.ailment: DatabaseUnusable | None = None
        self._lock = Lock(path)
        self._log = path
        self._place: Place | None = None
        self._writer = engine(path, reading=False)
        self._reader = engine(path, reading=True)
        self._writing = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Opens the file, makes it where there is none, and brings its schema up to date.

        Raises DatabaseUnusable.
        """
        database = cls(path)
        try:
            await database._begin()
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Tx]:
        """One transaction that may write: all of it is durable when the block ends, or nothing happened.

        Raises DatabaseUnusable.
        """
        self._refuse_if_ailing()
        async with self._writing:
            self._refuse_if_ailing()
            async with self._transaction() as tx:
                yield tx
        self.committed.set()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[Tx]:
        """One consistent view; a write in it fails. Raises DatabaseUnusable."""
        with self._to_blame(reading=True):
            async with checked_out(self._reader) as tx:
                yield tx

    async def scrub(self) -> bool:
        """Writes the file anew without what was deleted, and empties the log beside it. Raises DatabaseUnusable.

        SQLite leaves what was deleted in the file, and in its log, until something else takes its place. Meanwhile
        writes wait, and reads go on. False where somebody was reading all the time: the log is not empty yet.
        """
        self._refuse_if_ailing()
        async with self._writing:
            with self._to_blame():
                async with checked_out(self._writer) as connection:
                    raw = await connection.get_raw_connection()
                    return await scrubbed(raw.driver_connection)

    async def mend(self) -> bool:
        """Lets writes in again if what ailed the database is over. Raises DatabaseUnusable if it is not.

        Whether another file stands at the path now, such as a backup: what was stored since it was made is unknown.
        """
        async with self._writing:
            try:
                replaced = await self._found_again()
                await self._try_out()
            except DatabaseUnusable as error:
                self.ailment = error
                raise
            self.ailment = None
        self.committed.set()
        return replaced

    async def close(self) -> None:
        """Closes all connections, and frees the file for another process."""
        await self._disconnect()
        self._lock.free()

    async def _disconnect(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    async def _begin(self, looked_through: float = _LOOKED_THROUGH) -> None:
        from bot.storage.migrations import NewerSchema, upgrade

        await asyncio.to_thread(self._lock.take)
        self._log = log_of(self.path)
        if self.path.exists():
            await soundness.check(self.path, looked_through)
        try:
            async with self._transaction() as tx:
                await tx.run_sync(upgrade)
            await self._connect_readers()
        except NewerSchema as error:
            raise DatabaseUnusable("newer", self.path, error.revision) from None
        except DatabaseError as error:  # tables of the same names that are not ours
            raise DatabaseUnusable("damaged", self.path, str(error.orig)) from error
        self._place = place_of(self.path, self._log)

    async def _connect_readers(self) -> None:
        """Connects them all now: whoever is cancelled while connecting leaves a connection that nobody closes."""
        async with AsyncExitStack() as stack:
            for _ in range(READERS):
                await stack.enter_async_context(self.read())

    @asynccontextmanager
    async def _transaction(self) -> AsyncGenerator[Tx]:
        with self._to_blame():
            async with checked_out(self._writer) as tx, tx.begin():
                yield tx
                if self._place not in (None, place_of(self.path, self._log)):
                    self.ailment = DatabaseUnusable("vanished", self.path)
                    raise self.ailment

    async def _found_again(self) -> bool:
        here = place_of(self.path, self._log)
        if here is None:
            raise DatabaseUnusable("vanished", self.path)
        replaced = self._place is None or here.file != self._place.file
        if here != self._place:
            self._place = None
            self._lock.free()  # it may have gone with the file
        if self._place is None or (self.ailment is not None and self.ailment.code in _DISTRUSTED):
            await self._disconnect()
            await self._begin(_LOOKED_THROUGH_AGAIN)
        return replaced

    async def _try_out(self) -> None:
        for value in ("0" * _TRIAL, ""):
            row = insert(facts).values(name="trial", value=value)
            async with self._transaction() as tx:
                await tx.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def _refuse_if_ailing(self) -> None:
        if self.ailment is not None:
            raise DatabaseUnusable(self.ailment.code, self.path, self.ailment.detail)

    @contextmanager
    def _to_blame(self, *, reading: bool = False) -> Generator[None]:
        try:
            yield
        except DatabaseError as error:
            unusable = blamed(error, self.path)
            if unusable is None:
                raise
            if not (reading and unusable.code == "readonly"):  # a reader that writes is its own fault
                self.ailment = unusable
            raise unusable from error
