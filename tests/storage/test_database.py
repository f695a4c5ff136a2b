"""The file: opened and opened again, refused where it must be, durable and all-or-nothing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.engine.interfaces import CacheStats
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.core.ids import CritiqueId, MemberId, PointId
from bot.core.sittings import Key
from bot.core.votes import Hold, MemberVotes
from bot.storage import critiques, migrations, votes
from bot.storage.critiques import claim_label
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.facts import fact, save_fact
from bot.storage.tables import facts, metadata

_EARLIER = """
INSERT INTO critiques (id, guild_id, home_channel_id, digest_channel_id, title, introduction, closing, status,
    agree_emoji, disagree_emoji, next_label, opened_by, opened_at, home_kind, policy)
VALUES (1, 1, 10, 11, 'Tea', '', '', 'open', '👍', '👎', 4, 5, 0, 'text', 'open');
INSERT INTO points (id, critique_id, position, label, repeat, origin, title, text, status, revision, seeded, replies,
    created_at, adopted, asleep)
VALUES (1, 1, 0, '1', 0, 'original', 'Title', 'Text', 'open', 1, 1, 0, 0, 0, 0);
INSERT INTO holds (point_id, revision, member_id, side, seen, eligible) VALUES (1, 1, 900000000000000007, -1, 5, 1);
INSERT INTO voters (critique_id, member_id, stances) VALUES (1, 900000000000000007, 1);
"""


def _made_by_an_earlier_version(path: Path, revision: str) -> None:
    """A database as the migrations up to `revision` have left it, with a vote in it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(_EARLIER)
        connection.commit()


def _differences(connection: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)


def _indexes(connection: Connection) -> set[tuple[str, str]]:
    rows = connection.execute(text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"))
    return {(row.name, row.tbl_name) for row in rows}


async def test_the_migrations_make_what_the_tables_say(db: Database) -> None:
    declared = {(index.name, table.name) for table in metadata.tables.values() for index in table.indexes}
    async with db.write() as tx:
        assert await tx.run_sync(_differences) == []
        assert await tx.run_sync(_indexes) == declared
    assert declared


async def test_what_was_written_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    for expected in (None, "1", "2"):
        database = await Database.open(tmp_path / "new" / "folder" / "bot.db")
        async with database.write() as tx:
            assert await fact(tx, "times") == expected
            await save_fact(tx, "times", str(int(expected or 0) + 1))
        await database.close()


async def test_an_error_does_not_say_what_was_to_be_written(db: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        async with db.write() as tx:
            for _ in range(2):
                await tx.execute(facts.insert().values(name="once", value="My aunt was there."))
    assert "UNIQUE" in str(caught.value) and "aunt" not in str(caught.value)


async def test_votes_of_an_earlier_schema_are_kept(tmp_path: Path) -> None:
    path, key = tmp_path / "bot.db", Key(PointId(1), 1, MemberId(900_000_000_000_000_007))
    _made_by_an_earlier_version(path, "0009")
    db = await Database.open(path)
    async with db.read() as tx:
        assert await votes.member_votes(tx, [key]) == {key: MemberVotes(disagree=Hold(5))}
        assert await critiques.people(tx, CritiqueId(1)) == 1
        lean = "SELECT count(*) FROM sqlite_master WHERE name IN ('holds', 'voters') AND sql LIKE '%WITHOUT ROWID%'"
        assert await tx.scalar(text(lean)) == 2
    async with db.write() as tx:
        assert await tx.run_sync(_differences) == []
    await db.close()


async def test_a_newer_schema_is_refused_and_the_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    await (await Database.open(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseUnusable) as refused:
        await Database.open(path)
    assert (refused.value.code, refused.value.detail, refused.value.path) == ("newer", "9999", path)
    assert path.read_bytes() == before


async def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(b"This is a letter, not a database. " * 400)
    with pytest.raises(DatabaseUnusable) as refused:
        await Database.open(path)
    assert refused.value.code == "damaged"
    assert path.read_bytes().startswith(b"This is a letter")


async def test_another_programs_tables_are_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE points (name TEXT)")
    connection.close()
    with pytest.raises(DatabaseUnusable) as refused:
        await Database.open(path)
    assert refused.value.code == "damaged"


async def test_a_folder_that_cannot_be_made_is_unreachable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for path in (tmp_path / "file" / "bot.db", tmp_path):
        with pytest.raises(DatabaseUnusable) as refused:
            await Database.open(path)
        assert refused.value.code == "unreachable"


async def test_a_full_disk_is_told_apart_from_a_wrong_statement(db: Database) -> None:
    with pytest.raises(OperationalError):
        async with db.write() as tx:
            await tx.execute(text("SELECT * FROM nowhere"))
    assert db.ailment is None
    async with db.write() as tx:
        await tx.execute(text("PRAGMA max_page_count = 1"))  # SQLite takes the pages that there are
    with pytest.raises(DatabaseUnusable) as refused:
        async with db.write() as tx:
            await save_fact(tx, "long", "x" * 1_000_000)
    assert refused.value.code == "full"
    async with db.read() as tx:
        assert await fact(tx, "long") is None


async def test_the_writer_is_durable_and_keeps_its_keys(db: Database) -> None:
    wanted = {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}
    async with db.write() as tx:
        held = {name: (await tx.execute(text(f"PRAGMA {name}"))).scalar_one() for name in wanted}
    assert held == wanted
    with pytest.raises(IntegrityError):
        async with db.write() as tx:
            await tx.execute(text("INSERT INTO tallies VALUES (77, 0, 0, 0)"))


async def test_a_write_in_a_reader_fails(db: Database) -> None:
    with pytest.raises(DatabaseUnusable, match="readonly"):
        async with db.read() as tx:
            await save_fact(tx, "read", "me")
    assert db.ailment is None


async def test_a_reader_sees_one_moment(db: Database) -> None:
    async with db.read() as seen:
        assert await fact(seen, "tide") is None
        async with db.write() as tx:
            await save_fact(tx, "tide", "high")
        assert await fact(seen, "tide") is None
    async with db.read() as seen:
        assert await fact(seen, "tide") == "high"


async def test_a_transaction_that_raises_leaves_nothing(db: Database, critique: CritiqueId) -> None:
    db.committed.clear()
    with pytest.raises(ZeroDivisionError):
        async with db.write() as tx:
            await save_fact(tx, "half", "done")
            assert await claim_label(tx, critique) == 4
            raise ZeroDivisionError
    assert not db.committed.is_set()
    async with db.write() as tx:
        assert await fact(tx, "half") is None
        assert await claim_label(tx, critique) == 4
    assert db.committed.is_set()


async def test_a_transaction_that_is_cancelled_leaves_nothing_and_frees_the_writer(db: Database) -> None:
    written = asyncio.Event()

    async def write() -> None:
        async with db.write() as tx:
            await save_fact(tx, "half", "done")
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await written.wait()
    task.cancel()
    await asyncio.wait({task})
    async with db.write() as tx:
        assert await fact(tx, "half") is None


async def test_labels_claimed_side_by_side_are_all_different(db: Database, critique: CritiqueId) -> None:
    async def claim(breaks: bool) -> int | None:
        try:
            async with db.write() as tx:
                label = await claim_label(tx, critique)
                if breaks:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return None
        return label

    claimed = await asyncio.gather(*(claim(breaks=n % 5 == 0) for n in range(100)))
    assert sorted(label for label in claimed if label) == list(range(4, 84))


async def test_the_critique_comes_back_as_it_was_saved(db: Database, critique: CritiqueId) -> None:
    async with db.read() as tx:
        saved = await critiques.critique(tx, critique)
    assert (saved.title, saved.home, saved.digest_channel, saved.next_label) == ("Tea", 10, 11, 4)
    assert (saved.agree_emoji, saved.disagree_emoji, saved.digest_edited_at) == ("👍", "👎", None)


async def test_a_statement_is_compiled_once_for_reading_and_writing_and_for_every_file(db: Database) -> None:
    question = select(facts.c.value).where(facts.c.name == "asked by nobody else")
    another = await Database.open(db.path.with_name("another.db"))
    async with db.read() as tx:
        await tx.execute(question)
    async with db.write() as tx:
        assert (await tx.execute(question)).context.cache_hit is CacheStats.CACHE_HIT
    async with another.read() as tx:
        assert (await tx.execute(question)).context.cache_hit is CacheStats.CACHE_HIT
    await another.close()
