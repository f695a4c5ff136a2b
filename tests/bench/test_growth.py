"""A database of votes written in bulk is as the bot would have left it, and is so again after each run."""

from pathlib import Path

from sqlalchemy import func, select

from bench import growth
from bench.figures import Figure
from bench.ground import grown
from bench.ground.grown import Size
from bench.growth import Amount, Cost, Side
from bench.runs import Plan
from bot import clock
from bot.core.ids import PointId
from bot.core.votes import Stance, Tally
from bot.services import digests, votes
from bot.services.desk import Desk
from bot.storage import tables
from bot.storage.database import Database
from tests.services.conftest import Compute

SIZE = Size(critiques=3, members=10)
SMALL = Amount(batches=2, alone=2, additions=2, digests=1, voters=3)


async def rows(database: Database) -> tuple[dict[str, list[tuple[object, ...]]], int]:
    """What each table holds that votes and additions write to, and how much is owed to Discord."""
    async with database.read() as tx:
        them = (tables.holds, tables.history, tables.voters, tables.tallies, tables.points, tables.critiques)
        found = {str(table.name): [tuple(row) for row in await tx.execute(select(table))] for table in them}
        owed = (await tx.execute(select(func.count()).select_from(tables.deliveries))).scalar_one()
    return found, owed


async def test_the_digest_of_what_was_written_counts_every_vote_and_every_member(tmp_path: Path) -> None:
    database = await grown.write(tmp_path / "bot.sqlite3", SIZE)
    desk = Desk(database, clock.now, Compute())
    digest = await digests.read(desk, SIZE.middle)
    assert (len(digest.lines), digest.people, digest.votes) == (grown.POINTS, 10, 200)
    for line in digest.lines:
        held = list((await votes.stances(desk, PointId(line.point.id), 1)).values())
        assert line.tally == Tally(held.count(Stance.AGREE), held.count(Stance.DISAGREE))
        assert 0 < line.tally.disagree < line.tally.agree
    await database.close()


async def test_a_run_leaves_the_database_as_it_found_it(tmp_path: Path) -> None:
    database = await grown.write(tmp_path / "bot.sqlite3", SIZE)
    before = await rows(database)
    cost = await Side(Desk(database, clock.now, Compute()), SIZE).measure(SMALL)
    assert min(cost.vote, cost.alone, cost.addition, cost.digest) > 0
    assert await rows(database) == before
    await database.close()


async def test_all_votes_of_a_batch_are_new_and_no_two_batches_share_one(tmp_path: Path) -> None:
    database = await grown.write(tmp_path / "bot.sqlite3", SIZE)
    side = Side(Desk(database, clock.now, Compute()), SIZE)
    for batch in range(2):
        await side._vote(side.events(batch, 3))
    held = (await rows(database))[0]["holds"]
    assert len(held) == SIZE.votes + 2 * 3 * grown.POINTS
    await database.close()


def test_every_size_is_measured_in_every_run() -> None:
    steps: list[str] = []
    plan = Plan(lambda _steps: None, steps.append, runs=2)
    costs = growth.measured(plan, {"10k": Size(1, 2), "1m": Size(2, 10)}, SMALL)
    assert {size: len(each) for size, each in costs.items()} == {"10k": 2, "1m": 2}
    assert steps[:2] == ["writing 40 votes", "writing 400 votes"]


def test_the_largest_is_held_against_the_smallest_of_the_same_run() -> None:
    costs = {
        "10k": [Cost(10, 40, 100, 50), Cost(20, 40, 100, 50)],
        "1m": [Cost(11, 40, 100, 75), Cost(30, 20, 50, 50)],
        "crowd": [Cost(20, 40, 100, 75), Cost(60, 20, 50, 50)],
    }
    ratios: dict[str, Figure] = {figure.key: figure for figure in growth._ratios(costs)}
    assert ratios["vote_1m_over_10k"].values == (1.1, 1.5)
    assert ratios["alone_1m_over_10k"].values == (1.0, 0.5)
    assert ratios["addition_1m_over_10k"].values == (1.0, 0.5)
    assert ratios["digest_1m_over_10k"].values == (1.5, 1.0)
    assert ratios["vote_crowd_over_10k"].values == (2.0, 3.0)
    assert ratios["vote_crowd_over_10k"].aim is None
    aim = ratios["vote_1m_over_10k"].aim
    assert aim is not None and (aim.least, aim.most) == (None, 1.1)
