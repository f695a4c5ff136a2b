"""Votes as rows: found by key at any size, derived rows moved with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event, text

from bot.core.ids import CritiqueId, MemberId, MessageId, PointId
from bot.core.sittings import Change, Key, Move
from bot.core.votes import Hold, Kept, MemberVotes, Source, Stance, Tally
from bot.storage import critiques, points, votes
from bot.storage.database import Database, Tx
from tests.storage.conftest import NOON

POINT = PointId(1)
MANY = 20_000
AGREES = MemberVotes(agree=Hold(1))
KEPT = MemberVotes(kept=Kept(Stance.AGREE))


async def _save(tx: Tx, critique: CritiqueId, changes: list[Change], *, before: Stance | None = None) -> None:
    moves = [Move(change.key, critique, before, Stance.AGREE, Source.REACTION) for change in changes]
    await votes.save(tx, changes, moves, NOON)


@contextmanager
def _statements(tx: Tx) -> Iterator[list[tuple[str, Any]]]:
    """The statements that are executed inside the block, with the parameters of their first row."""
    seen: list[tuple[str, Any]] = []

    def take(
        _connection: Connection, _cursor: object, statement: str, parameters: Any, _context: object, many: bool
    ) -> None:
        seen.append((statement, parameters[0] if many else parameters))

    connection = tx.sync_connection
    assert connection is not None
    event.listen(connection, "before_cursor_execute", take)
    yield seen
    event.remove(connection, "before_cursor_execute", take)


async def test_a_batch_of_votes_is_found_by_keys_alone(db: Database, critique: CritiqueId) -> None:
    key = Key(POINT, 1, MemberId(7))
    async with db.write() as tx:
        await points.save_message(tx, POINT, MessageId(100))
        with _statements(tx) as seen:
            await votes.votables(tx, [MessageId(100), MessageId(101)])
            await votes.members_of(tx, POINT, 1)
            await votes.member_votes(tx, [key, Key(POINT, 1, MemberId(8))])
            await votes.take_orders(tx, 2)
            await _save(tx, critique, [Change(key, MemberVotes(), AGREES)])
            await votes.save(tx, [Change(key, AGREES, KEPT)], [], NOON)
            gone = Move(key, critique, Stance.AGREE, None, Source.REACTION)
            await votes.save(tx, [Change(key, KEPT, MemberVotes())], [gone], NOON)
            await critiques.people(tx, critique)
        plans = [
            (row.detail, statement)
            for statement, parameters in list(seen)
            for row in (await tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)).all()
        ]
    given = ("SCAN CONSTANT ROW", "SCAN each VIRTUAL TABLE", "SCAN wanted", "SCAN found")  # its own, no table's
    scans = [plan for plan in plans if plan[0].startswith("SCAN") and not plan[0].startswith(given)]
    assert scans == []
    searched = " ".join(detail for detail, _ in plans)
    for table in ("holds", "kept", "ballots", "points", "critiques", "voters"):
        assert f"SEARCH {table} USING" in searched


async def test_a_cleared_point_of_twenty_thousand_voters_is_one_transaction(db: Database, critique: CritiqueId) -> None:
    keys = [Key(POINT, 1, MemberId(member)) for member in range(1, MANY + 1)]
    async with db.write() as tx:
        await _save(tx, critique, [Change(key, MemberVotes(), AGREES) for key in keys])
        assert sorted(await votes.members_of(tx, POINT, 1), key=lambda key: key.member) == keys
        assert set((await votes.member_votes(tx, keys)).values()) == {AGREES}
        await votes.save(tx, [Change(key, AGREES, KEPT) for key in keys], [], NOON)
        assert await votes.members_of(tx, POINT, 1) == []
        assert set((await votes.member_votes(tx, keys)).values()) == {KEPT}
        await votes.save(tx, [Change(key, KEPT, AGREES) for key in keys], [], NOON)
        assert (await tx.execute(text("SELECT count(*) FROM kept"))).scalar_one() == 0
        assert await votes.stances(tx, POINT, 1) == {key.member: Stance.AGREE for key in keys}


async def test_tallies_and_voters_move_with_the_stances(db: Database, critique: CritiqueId) -> None:
    async def tallies(tx: Tx) -> dict[int, Tally]:
        return {line.point.id: line.tally for line in await points.lines(tx, critique)}

    async def move(tx: Tx, point: int, member: int, before: Stance | None, after: Stance | None) -> None:
        made = Move(Key(PointId(point), 1, MemberId(member)), critique, before, after, Source.REACTION)
        await votes.save(tx, [], [made], NOON)

    async with db.write() as tx:
        await move(tx, 1, 7, None, Stance.AGREE)
        await move(tx, 2, 7, None, Stance.DISAGREE)
        await move(tx, 1, 8, None, Stance.UNSURE)
        assert await tallies(tx) == {1: Tally(agree=1, unsure=1), 2: Tally(disagree=1), 3: Tally()}
        assert await critiques.people(tx, critique) == 2
        await move(tx, 1, 7, Stance.AGREE, Stance.DISAGREE)
        await move(tx, 1, 8, Stance.UNSURE, None)
        assert await tallies(tx) == {1: Tally(disagree=1), 2: Tally(disagree=1), 3: Tally()}
        assert await critiques.people(tx, critique) == 1
        await move(tx, 1, 7, Stance.DISAGREE, None)
        assert await critiques.people(tx, critique) == 1
        await move(tx, 2, 7, Stance.DISAGREE, None)
        assert await critiques.people(tx, critique) == 0


async def test_a_hold_keeps_its_order_and_whether_it_counts(db: Database, critique: CritiqueId) -> None:
    key, unknown = Key(POINT, 1, MemberId(7)), Key(POINT, 2, MemberId(7))
    held = MemberVotes(agree=Hold(None, eligible=False), disagree=Hold(2**40))
    async with db.write() as tx:
        await votes.save(tx, [Change(key, MemberVotes(), held)], [], NOON)
        assert await votes.member_votes(tx, [key, unknown]) == {key: held, unknown: MemberVotes()}
        later = MemberVotes(agree=Hold(5), disagree=Hold(2**40))
        await votes.save(tx, [Change(key, held, later)], [], NOON)
        assert (await votes.member_votes(tx, [key]))[key] == later


async def test_orders_count_on_and_are_given_back_when_the_batch_fails(db: Database) -> None:
    async with db.write() as tx:
        assert await votes.take_orders(tx, 3) == 1
    try:
        async with db.write() as tx:
            assert await votes.take_orders(tx, 5) == 4
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    async with db.write() as tx:
        assert await votes.take_orders(tx, 1) == 4
