"""All that the bot has stored, row by row: compared before and after an attempt, and put back.

What a reading of Discord writes down by itself, at a time of its own, is nobody's act and is not compared.
"""

import asyncio
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]
Pages = Mapping[str, tuple[Row, ...]]

_OF_READINGS = {"points": ("audited_at",), "servers": ("drift", "reconciled_at")}
_WHOLE_OF_READINGS = ("heard", "facts")


class Books:
    """The database from outside, while the bot has it open."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
        self._file.execute("PRAGMA synchronous = OFF")  # what a test puts back needs no disk
        found = self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self._tables = sorted(name for (name,) in found)
        self._widths = {name: len(self._file.execute(f"PRAGMA table_info({name})").fetchall()) for name in self._tables}
        self._passed_over = {name: self._columns(name, given) for name, given in _OF_READINGS.items()}
        self._known: tuple[int, Pages] | None = None  # SQLite's number of what others committed, and what stood then

    def _columns(self, table: str, names: tuple[str, ...]) -> list[int]:
        return [number for number, name, *_ in self._file.execute(f"PRAGMA table_info({table})") if name in names]

    def read(self) -> Pages:
        """Every row of every table, not read again while nobody has committed anything."""
        commit = self.one("PRAGMA data_version")
        if self._known is None or self._known[0] != commit:
            self._known = (commit, {name: self._rows(name) for name in self._tables})
        return self._known[1]

    def _rows(self, name: str) -> tuple[Row, ...]:
        return tuple(self._file.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608 - a table's own name

    async def put_back(self, pages: Pages) -> None:
        """The tables hold these rows again, and no others."""
        statements: list[tuple[str, Row]] = []
        for name, now in self.read().items():
            if now != pages[name]:
                marks = ", ".join("?" * self._widths[name])
                statements.append((f'DELETE FROM "{name}"', ()))  # noqa: S608 - a table's own name
                insert = f'INSERT INTO "{name}" VALUES ({marks})'  # noqa: S608 - the same
                statements += [(insert, row) for row in pages[name]]
        if statements:
            await asyncio.to_thread(self._do, statements)

    async def change(self, statement: str, *values: object) -> None:
        """Makes the stored state a special case."""
        await asyncio.to_thread(self._do, [(statement, values)])

    def _do(self, statements: list[tuple[str, Row]]) -> None:
        """In a thread: the bot may be in the middle of a transaction, and can end it meanwhile."""
        self._file.execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            self._file.execute(statement, values)
        self._file.execute("COMMIT")
        self._known = None

    def one(self, query: str, *values: object) -> Any:
        """The first column of the only row."""
        ((value,),) = self._file.execute(query, values).fetchall()
        return value

    def close(self) -> None:
        self._file.close()

    def changed(self, before: Pages, after: Pages) -> list[str]:
        """The tables whose rows are others."""
        return [name for name in before if self._lost(name, before, after) or self._lost(name, after, before)]

    def lost(self, before: Pages, after: Pages) -> list[tuple[str, Row]]:
        """The rows that are gone or are others than they were."""
        return [(name, row) for name in before for row in self._lost(name, before, after)]

    def _lost(self, name: str, before: Pages, after: Pages) -> list[Row]:
        if name in _WHOLE_OF_READINGS or before[name] == after[name]:
            return []
        left = {self._told(name, row) for row in after[name]}
        return [row for row in before[name] if self._told(name, row) not in left]

    def _told(self, name: str, row: Row) -> Row:
        return tuple(value for number, value in enumerate(row) if number not in self._passed_over.get(name, ()))
