"""What it takes to find out what happened while the bot was down, beside the fewest requests possible.

1. Ten, 100 and 1,000 points, the last on two servers, since no critique has more than 500; 20 votes on each. No vote,
   one in a hundred, or all of them have changed meanwhile; the bot's votes are then held against the stand-in's.
2. Requests are those that read; time goes from the moment when all servers are there to the one when all is stored.
   Rate limits are off: the time is what the bot and the stand-in work. With them Discord's pace is what counts.
3. In every run the bot starts on the database as it left it before, and the changes are undone after.
"""

import asyncio
import shutil
import sqlite3
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.bursts import Wrong
from bench.children import Child, child
from bench.figures import Aim, Figure, Found
from bench.ground.critiques import AGREE
from bench.ground.plans import Ground
from bench.runs import Plan, over
from bench.stage import settings
from bot.app import App, opened

_SIZES = (10, 100, 1_000)
_LONGEST = 500
_VOTES = 20
_SHARES = {0: 0.0, 1: 0.01, 100: 1.0}
_GUILD_WAIT = 0.05
_LOOK = 0.002


@dataclass(frozen=True, slots=True)
class _Town:
    """A stand-in, how many points there are on it, and the bot's database as the bot left it."""

    process: Child
    discord: dict[str, Any]
    home: str
    size: int
    database: Path


@dataclass(slots=True)
class _Case:
    """One share of changed votes in one town, and what each run found."""

    town: _Town
    percent: int
    requests: list[float] = field(default_factory=list[float])
    fewest: list[float] = field(default_factory=list[float])
    seconds: list[float] = field(default_factory=list[float])

    @property
    def key(self) -> str:
        """What tells it from other cases."""
        return f"{self.town.home}_{self.town.size}_{self.percent}"

    @property
    def says(self) -> str:
        """It in words."""
        return f"{self.town.home}, {self.town.size:,} points, {self.percent} % changed"


def measure(plan: Plan) -> Found:
    """Starts the bot in every case, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        cases = asyncio.run(_measured(plan, Path(folder)))
    remarks = ["Rate limits are off; requests are those that read."]
    if plan.quick:
        remarks.append("Quick: 1,000 points only in the text home, and only with no votes changed.")
    return Found(_figures(cases), _ratios(cases), tuple(remarks))


async def _measured(plan: Plan, folder: Path) -> list[_Case]:
    async with AsyncExitStack() as stack:
        towns = [
            await _laid(stack, folder, home, size)
            for home in ("text", "forum")
            for size in _SIZES
            if not plan.quick or size < max(_SIZES) or home == "text"
        ]
        cases = [
            _Case(town, percent)
            for town in towns
            for percent in _SHARES
            if not plan.quick or town.size < max(_SIZES) or not percent
        ]
        plan.expect(plan.runs * len(cases))
        for run in range(plan.runs):
            for case in cases:
                plan.step(f"run {run + 1} of {plan.runs}: {case.says}")
                await _run(case, run)
    return cases


async def _laid(stack: AsyncExitStack, folder: Path, home: str, size: int) -> _Town:
    servers = -(-size // _LONGEST)
    database = folder / f"{home}-{size}.sqlite3"
    ground = Ground(str(database), servers, points=size // servers, votes=_VOTES, forum=home == "forum")
    process = await stack.enter_async_context(child("bench.ground.town", ground.written()))
    town = _Town(process, await process.hear(), home, size, database)
    async with _started(town, database) as app:
        await _caught_up(app)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return town


async def _run(case: _Case, seed: int) -> None:
    town = case.town
    database = Path(shutil.copy(town.database, town.database.with_name("bot.sqlite3")))
    await town.process.say({"change": _SHARES[case.percent], "seed": seed})
    change = await town.process.hear()
    await town.process.say({"clear": True})
    async with _started(town, database) as app:
        began = time.perf_counter()
        await _caught_up(app)
        case.seconds.append(time.perf_counter() - began)
    await town.process.say({"passed": True})
    passed = await town.process.hear()
    case.requests.append(sum(count for kind, count in passed["requests"].items() if _reads(kind)))
    case.fewest.append(change["fewest"])
    await town.process.say({"held": True})
    _check(database, await town.process.hear())
    await town.process.say({"undo": True})
    for left in database.parent.glob(f"{database.name}*"):
        left.unlink()


@asynccontextmanager
async def _started(town: _Town, database: Path) -> AsyncGenerator[App]:
    discord = town.discord
    given = settings(discord["api"], discord["gateway"], discord["bot_token"], database)
    async with opened(given, guild_wait=_GUILD_WAIT) as app:
        await app.ready()
        yield app


async def _caught_up(app: App) -> None:
    while not await app.quiet():
        await asyncio.sleep(_LOOK)


def _reads(kind: str) -> bool:
    return kind.startswith(("GET /channels/", "GET /guilds/"))


def _check(database: Path, held: list[tuple[int, int, str]]) -> None:
    """Raises Wrong unless exactly these votes are on record."""
    query = "SELECT message_id, member_id, side FROM holds JOIN points ON points.id = point_id"
    with closing(sqlite3.connect(database)) as connection:
        stored = set(connection.execute(query))
    if stored != {(message, member, 1 if emoji == AGREE else -1) for message, member, emoji in held}:
        raise Wrong(f"{len(held)} votes stand, and the {len(stored)} that the bot has on record are others")


def _figures(cases: list[_Case]) -> tuple[Figure, ...]:
    requests = [Figure(f"{case.key}_requests", tuple(case.requests), f"requests: {case.says}") for case in cases]
    seconds = [Figure(f"{case.key}_s", tuple(case.seconds), f"time: {case.says}", "s") for case in cases]
    return *requests, *seconds


def _ratios(cases: list[_Case]) -> tuple[Figure, ...]:
    """All cases of a share together, and for the share of none what is wanted."""
    found: list[Figure] = []
    for percent in _SHARES:
        among = [case for case in cases if case.percent == percent]
        made = [sum(run) for run in zip(*(case.requests for case in among), strict=True)]
        least = [sum(run) for run in zip(*(case.fewest for case in among), strict=True)]
        key = f"requests_over_fewest_{percent}" if percent else "requests_over_fewest"
        aim = None if percent else Aim(1, 1)
        found.append(Figure(key, over(made, least), f"requests over the fewest, {percent} % changed", aim=aim))
    return tuple(found)
