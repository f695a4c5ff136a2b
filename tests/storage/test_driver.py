"""The driver under SQLAlchemy: a statement and its rows are one visit to its thread, and faults are told."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.storage import driver
from bot.storage.database import Database


class Counting(driver.Connection):
    """A connection that counts its visits."""

    visits = 0

    async def visit(self, *work: object) -> None:
        self.visits += 1
        await super().visit(*work)  # type: ignore[arg-type]


async def test_a_statement_and_its_rows_are_one_visit() -> None:
    async with Counting(lambda: sqlite3.connect(":memory:"), 64) as connection:
        cursor = await connection.cursor().__aenter__()
        await cursor.execute("SELECT 1 AS one UNION ALL SELECT 2")
        assert await cursor.fetchall() == [(1,), (2,)]
        assert await cursor.fetchall() == []
        assert [column[0] for column in cursor.description] == ["one"]
        await cursor.close()
        assert connection.visits == 1


async def test_counts_ids_and_what_is_returned_come_as_from_the_library(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, said TEXT UNIQUE)"))
        returned = await tx.execute(text("INSERT INTO notes (said) VALUES ('a'), ('b') RETURNING id"))
        assert returned.scalars().all() == [1, 2]
        inserted = await tx.execute(text("INSERT INTO notes (said) VALUES ('c')"))
        assert inserted.lastrowid == 3
        many = [{"said": "d"}, {"said": "e"}]
        assert (await tx.execute(text("INSERT INTO notes (said) VALUES (:said)"), many)).rowcount == 2
        assert (await tx.execute(text("DELETE FROM notes WHERE id > 1"))).rowcount == 4


async def test_a_fault_is_raised_and_the_connection_goes_on(db: Database) -> None:
    with pytest.raises(IntegrityError):
        async with db.write() as tx:
            await tx.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY)"))
            await tx.execute(text("INSERT INTO notes VALUES (1)"))
            await tx.execute(text("INSERT INTO notes VALUES (1)"))
    async with db.write() as tx:
        await tx.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY)"))


async def test_what_is_closed_answers_nothing_more(db: Database) -> None:
    async with db.read() as tx:
        raw = await tx.get_raw_connection()
        assert isinstance(raw.driver_connection, driver.Connection)
        await raw.driver_connection.close()
        with pytest.raises(ValueError, match="closed"):
            await raw.driver_connection.cursor().execute("SELECT 1")


async def test_readers_do_not_wait_for_each_other(db: Database) -> None:
    async def read(number: int) -> int:
        async with db.read() as tx:
            return (await tx.execute(text("SELECT :number"), {"number": number})).scalar_one()

    assert await asyncio.gather(*(read(number) for number in range(20))) == list(range(20))
