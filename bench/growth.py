"""What a vote, an addition and a digest cost with 10 thousand, 100 thousand and 1 million votes stored.

1. Votes become a million as critiques become a hundred: each has 20 points and the votes of 500 members. Those who vote
   while it is timed are as many at every size, have not voted before, and their ids lie evenly among all who have.
   Beside it stands a crowd: a million votes on one critique, by 50,000 members.
2. A vote goes through the bot's own intake, in batches of 4,000 with a commit each (in a storm it writes from 500 to
   5,000 at once); then alone, with a commit of its own.
3. Before anything is timed the same is done once, and the log is emptied. After it all is taken back, so that a
   database holds as many votes in the last run as in the first.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.figures import Aim, Figure, Found
from bench.ground import grown
from bench.ground.grown import Size
from bench.runs import Plan, in_turn, over
from bot import clock
from bot.compute import Worker
from bot.core.ids import ChannelId, MemberId
from bot.core.votes import Event, Reacted
from bot.display import digests as display
from bot.services import additions, digests, votes
from bot.services.desk import Desk
from bot.services.intake import Intake
from bot.storage import critiques

SIZES = {"10k": Size(1, 500), "100k": Size(10, 500), "1m": Size(100, 500), "crowd": Size(1, 50_000)}
_CROWD = "crowd"
_VOTERS = 200  # with 20 points a batch of 4,000
_SAYS = {
    "vote": "a vote",
    "alone": "a vote with a commit of its own",
    "addition": "an addition",
    "digest": "reading and laying out the digest",
}
_TEXT = "Nobody was asked, and the minutes say nothing of it."


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of each are timed in a run; `voters` cast a batch, each on every point."""

    batches: int = 7
    alone: int = 50
    additions: int = 50
    digests: int = 50
    voters: int = _VOTERS


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds for one of each: the median of a run."""

    vote: float
    alone: float
    addition: float
    digest: float


def measure(plan: Plan) -> Found:
    """Writes a database of each size once, then times all of them in turn. The quick one leaves out the crowd."""
    amount = Amount(batches=3, alone=20, additions=20, digests=20) if plan.quick else Amount()
    sizes = {name: size for name, size in SIZES.items() if not (plan.quick and name == _CROWD)}
    costs = measured(plan, sizes, amount)
    return Found(_figures(costs), _ratios(costs), _remarks(amount, quick=plan.quick))


def measured(plan: Plan, sizes: dict[str, Size], amount: Amount) -> dict[str, list[Cost]]:
    """What each size costs in each run."""
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        opening = AsyncExitStack()
        try:
            sides = {}
            for name, size in sizes.items():
                plan.step(f"writing {size.votes:,} votes")
                sides[name] = runner.run(_opened(opening, Path(folder, f"{name}.sqlite3"), size))
            return in_turn(plan, {name: lambda it=it: runner.run(it.measure(amount)) for name, it in sides.items()})
        finally:
            runner.run(opening.aclose())


async def _opened(stack: AsyncExitStack, path: Path, size: Size) -> "Side":
    database = await grown.write(path, size)
    stack.push_async_callback(database.close)
    worker = Worker()
    stack.push_async_callback(worker.close)
    return Side(Desk(database, clock.now, worker), size)


class Side:
    """A database written by `grown`, and the bot's services on it."""

    def __init__(self, desk: Desk, size: Size) -> None:
        self._desk = desk
        self._size = size
        self._intake: Intake[Event] = Intake("votes", partial(votes.record, desk))

    async def measure(self, amount: Amount) -> Cost:
        """Each once to warm up, then timed, then taken back."""
        mark = await self._warmed_up(amount)
        voted = [await _timed(self._vote(self.events(batch, amount.voters))) for batch in range(1, amount.batches + 1)]
        self._empty_log()
        ones = self.events(amount.batches + 1, amount.voters)[: amount.alone]
        alone = [await _timed(self._vote([one])) for one in ones]
        added = [await _timed(self._add()) for _ in range(amount.additions)]
        shown = [await _timed(self._show()) for _ in range(amount.digests)]
        await self._take_back(amount, mark)
        return Cost(median(voted) / (amount.voters * grown.POINTS), median(alone), median(added), median(shown))

    async def _warmed_up(self, amount: Amount) -> grown.Mark:
        async with self._desk.db.read() as tx:
            mark = await grown.mark(tx)
        await self._vote(self.events(0, amount.voters))
        await self._add()
        await self._show()
        self._empty_log()
        return mark

    async def _take_back(self, amount: Amount, mark: grown.Mark) -> None:
        for batch in range(amount.batches + 2):
            await self._vote(self.events(batch, amount.voters, added=False))
        async with self._desk.db.write() as tx:
            await grown.back_to(tx, mark)
        self._empty_log()

    async def _vote(self, batch: list[Event]) -> None:
        for event in batch:
            self._intake.put(event)
        await self._intake.drain()

    async def _add(self) -> None:
        async with self._desk.db.write() as tx:
            critique = await critiques.critique(tx, self._size.middle)
            await additions.record(self._desk, tx, critique, MemberId(1), _TEXT, at=grown.NOON)

    async def _show(self) -> None:
        digest = await digests.read(self._desk, self._size.middle)
        display.embeds(digest, display.pages(digest))

    def events(self, batch: int, voters: int, *, added: bool = True) -> list[Event]:
        """The votes of a batch, each voter's on every point; other voters from batch to batch."""
        return list(_votes(self._size, batch, voters, added=added))

    def _empty_log(self) -> None:
        with closing(sqlite3.connect(self._desk.db.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def _timed(work: Awaitable[None]) -> float:
    """In microseconds."""
    begun = perf_counter()
    await work
    return (perf_counter() - begun) * 1e6


def _votes(size: Size, batch: int, voters: int, *, added: bool) -> Iterator[Event]:
    home = ChannelId(grown.HOME + size.middle)
    for voter in range(voters):
        member = MemberId(grown.FIRST_MEMBER + voter * (grown.RANGE // voters) + batch + 1)
        for number, message in enumerate(size.messages):
            yield Reacted(home, message, member, grown.AGREE if (voter + number) % 3 else grown.DISAGREE, added)


def _figures(costs: dict[str, list[Cost]]) -> tuple[Figure, ...]:
    return tuple(
        Figure(f"{what}_{size}_us", _of(costs[size], what), f"{says}, {_stored(size)}", "µs")
        for what, says in _SAYS.items()
        for size in costs
    )


def _ratios(costs: dict[str, list[Cost]]) -> tuple[Figure, ...]:
    """Each over the smallest; a vote must cost the same at the millionth."""
    return tuple(
        Figure(
            f"{what}_{size}_over_10k",
            over(_of(costs[size], what), _of(costs["10k"], what)),
            f"{_SAYS[what]}, with {_stored(size)}, over 10,000",
            aim=Aim(most=1.1) if (what, size) == ("vote", "1m") else None,
        )
        for size in ("1m", _CROWD)
        if size in costs
        for what in (each.name for each in fields(Cost))
    )


def _stored(name: str) -> str:
    size = SIZES[name]
    return f"{size.votes:,} votes stored" + (" on one critique" if name == _CROWD else "")


def _of(costs: list[Cost], what: str) -> tuple[float, ...]:
    return tuple(getattr(each, what) for each in costs)


def _remarks(amount: Amount, *, quick: bool) -> tuple[str, ...]:
    crowd = SIZES[_CROWD].members
    return (
        f"In a run the median of {amount.batches} batches of {amount.voters * grown.POINTS:,} votes by members who had "
        f"none, of {amount.alone} votes and {amount.additions} additions with a commit each, and of "
        f"{amount.digests} digests.",
        f"Critiques of {grown.POINTS} points and {SIZES['1m'].members} members: a hundred of them for a million votes.",
        f"Quick: without the crowd of {crowd:,} members on one critique."
        if quick
        else f"In the crowd {crowd:,} members have voted on one critique: there the votes of a batch share fewer pages "
        "of the table, whole pages are written, and a digest counts more people.",
    )
