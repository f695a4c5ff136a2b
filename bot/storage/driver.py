"""aiosqlite, with one visit to the connection's thread for each statement.

As it comes it makes four: for a cursor, the statement, its rows, and the cursor's end; and each takes a turn of the
event loop, which is long while events pour in. Nothing here reads a result piece by piece, so nothing is lost.
"""

import sqlite3
from collections.abc import Callable
from typing import Any, Self

import aiosqlite


class Cursor:
    """A cursor as SQLAlchemy uses one: a statement with its rows, once."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Runs the statement, and has its rows ready."""
        await self._connection.visit(self._run, sqlite3.Cursor.execute, statement, parameters)
        return self

    async def executemany(self, statement: str, parameters: Any) -> Self:
        """Runs the statement for each row of parameters."""
        await self._connection.visit(self._run, sqlite3.Cursor.executemany, statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """The rows; they are given away."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing: it was closed when its rows were read."""

    def _run(self, how: Callable[[sqlite3.Cursor, str, Any], object], statement: str, parameters: Any) -> None:
        cursor = self._connection.cursor_here()
        try:
            how(cursor, statement, parameters)
            self.description = cursor.description
            self._rows = cursor.fetchall()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class Connection(aiosqlite.Connection):
    """A connection that gives such cursors."""

    def cursor(self) -> Cursor:  # type: ignore[override] - it need not be awaited
        """A cursor, at no cost."""
        return Cursor(self)

    async def visit(self, work: Callable[..., None], *arguments: Any) -> None:
        """Does the work in the connection's thread."""
        await self._execute(work, *arguments)  # pyright: ignore[reportUnknownMemberType] - it has no types

    def end_with_process(self) -> None:
        """Lets its thread keep no process alive."""
        self._thread.daemon = True

    def cursor_here(self) -> sqlite3.Cursor:
        """The library's own cursor; in the connection's thread only."""
        return self._conn.cursor()


def connect(database: str, **options: Any) -> Connection:
    """A connection to the file, to be awaited; its thread ends with the process."""
    connection = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    connection.end_with_process()
    return connection
