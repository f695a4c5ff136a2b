"""A file that cannot be used while it is open: nothing more is written, nothing that was is lost, and it is mended."""

import asyncio
import os
import sqlite3
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.database import Database, DatabaseUnusable
from bot.storage.facts import fact, save_fact
from tests.conftest import ROOT

FIRST_START = """
import asyncio, os, signal, sys
from pathlib import Path
from sqlalchemy import Engine, event
from bot.storage.database import Database

left = int(sys.argv[2])

@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(Database.open(Path(sys.argv[1])))
"""


@asynccontextmanager
async def ailing(db: Database, code: str) -> AsyncIterator[None]:
    """What was saved before is kept, nothing is saved in the block, and all is well again after it."""
    with pytest.raises(DatabaseUnusable) as refused:
        await save(db, "x" * 10_000)
    assert refused.value.code == code
    assert db.ailment is not None and db.ailment.code == code
    db.committed.clear()
    with pytest.raises(DatabaseUnusable) as refused:
        await db.mend()
    assert refused.value.code == code
    yield
    with pytest.raises(DatabaseUnusable):
        await save(db, "still not")
    assert not db.committed.is_set()
    await db.mend()
    assert db.ailment is None and db.committed.is_set()
    await save(db, "again")
    assert await saved(db) == "again"


async def save(db: Database, value: str) -> None:
    async with db.write() as tx:
        await save_fact(tx, "tide", value)


async def saved(db: Database) -> str | None:
    async with db.read() as tx:
        return await fact(tx, "tide")


async def test_a_full_disk_on_which_room_is_made(db: Database) -> None:
    await save(db, "high")
    async with db.write() as tx:
        await save_fact(tx, "ballast", "x" * 1_000_000)
    async with db.write() as tx:
        await tx.execute(text("PRAGMA max_page_count = 1"))  # SQLite takes the pages that there are
    async with ailing(db, "full"):
        assert await saved(db) == "high"
        with closing(sqlite3.connect(db.path)) as other, other:
            other.execute("DELETE FROM facts WHERE name = 'ballast'")


async def test_a_file_that_another_process_holds(db: Database) -> None:
    await save(db, "high")
    with closing(sqlite3.connect(db.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with ailing(db, "locked"):
            assert await saved(db) == "high"
            other.execute("COMMIT")


async def test_a_file_that_was_moved_away_and_is_put_back(db: Database, tmp_path: Path) -> None:
    await save(db, "high")
    db.path.rename(tmp_path / "away")
    async with ailing(db, "vanished"):
        assert not db.path.exists()
        (tmp_path / "away").rename(db.path)


async def test_a_file_that_was_deleted_and_a_backup_in_its_place(db: Database, tmp_path: Path) -> None:
    await save(db, "high")
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(db.path)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)
    await save(db, "low")
    for file in tmp_path.glob("bot.db*"):
        file.unlink()
    with pytest.raises(DatabaseUnusable):
        await save(db, "lost")
    backup.rename(db.path)
    assert await db.mend()
    assert await saved(db) == "high"
    with pytest.raises(DatabaseUnusable, match="taken"):
        await Database.open(db.path)


async def test_a_log_that_was_deleted_costs_nothing(db: Database, tmp_path: Path) -> None:
    await save(db, "high")
    (tmp_path / "bot.db-wal").unlink()
    with pytest.raises(DatabaseUnusable, match="vanished"):
        await save(db, "low")
    assert not await db.mend()
    assert await saved(db) == "high"
    await save(db, "low")
    await db.close()
    assert await _fresh(db.path) == "low"


async def _fresh(path: Path) -> str | None:
    again = await Database.open(path)
    try:
        return await saved(again)
    finally:
        await again.close()


def overwrite(path: Path) -> bytes:
    """Writes over the pages from the third on; gives what was there."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(8_192)
        file.write(b"\xa5" * (len(before) - 8_192))
    return before


async def test_a_file_that_is_written_over_while_it_is_open(db: Database) -> None:
    await save(db, "high")
    with closing(sqlite3.connect(db.path)) as other:  # so that the writer's cache does not hide it
        other.execute("PRAGMA user_version = 1")
    before = overwrite(db.path)
    async with ailing(db, "damaged"):
        db.path.write_bytes(before)


async def test_a_file_that_was_written_over_is_refused_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await (await Database.open(path)).close()
    overwrite(path)
    with pytest.raises(DatabaseUnusable) as refused:
        await Database.open(path)
    assert refused.value.code == "damaged"


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A folder that we may not write in, whoever runs the tests."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(0o755)


async def test_a_file_that_may_only_be_read_is_refused_at_the_start() -> None:
    with unprivileged() as folder:
        path = folder / "bot.db"
        await (await Database.open(path)).close()
        for file in (*folder.iterdir(), folder):
            file.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65_534)
        try:
            with pytest.raises(DatabaseUnusable) as refused:
                await Database.open(path)
        finally:
            os.seteuid(user)
        assert refused.value.code == "readonly"


@pytest.mark.parametrize("statement", [1, 12, 40])
async def test_a_first_start_that_was_killed_is_gone_on_with(tmp_path: Path, statement: int) -> None:
    path = tmp_path / "bot.db"
    arguments = ("-c", FIRST_START, str(path), str(statement))
    killed = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)
    assert await killed.wait() == -9
    db = await Database.open(path)
    await save(db, "high")
    assert await saved(db) == "high"
    await db.close()
