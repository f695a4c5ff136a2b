"""Reaction events over the gateway to durable rows: how many a second, and how late at four fifths of that.

1. The controls are a stock discord.py client with one listener that does nothing, and a plain bot that for each vote
   commits a row and edits a message. Every side is a fresh process in every run, and is warmed up before it counts.
2. A rate is counted from the first byte sent to the moment when the last vote is durable, or listened to.
3. After the bot's bursts its database is held against what was sent.
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.bursts import Burst, Field, check, field
from bench.figures import Aim, Figure, Found
from bench.runs import Plan, in_turn, over

_POINTS = 20
_LOAD = 0.8
_WARM = 1_000
_PLAIN_WARM = 20


@dataclass(frozen=True, slots=True)
class _Size:
    """How many votes make a burst, how many are enough for the plain bot, and for how long the bot is paced."""

    votes: int
    plain: int
    seconds: float


def measure(plan: Plan) -> Found:
    """Bursts of votes to each side in turn."""
    size = _Size(12_000, 200, 1.5) if plan.quick else _Size(150_000, 2_000, 4.0)
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        opening = field(Path(folder), _POINTS)
        ground = runner.run(opening.__aenter__())
        try:
            return figures(_bursts(plan, runner, ground, size), _remarks(size))
        finally:
            runner.run(opening.__aexit__(None, None, None))


def _bursts(plan: Plan, runner: asyncio.Runner, ground: Field, size: _Size) -> dict[str, list[list[Burst]]]:
    seeds = count(1)

    def one(side: partial[Coroutine[Any, Any, list[Burst]]]) -> list[Burst]:
        return runner.run(side(ground, size, next(seeds)))

    sides = {"bot": _bot, "listener": _listener, "plain": _plain}
    return in_turn(plan, {name: partial(one, partial(side)) for name, side in sides.items()})


async def _bot(ground: Field, size: _Size, seed: int) -> list[Burst]:
    """All at once, then paced."""
    async with ground.side("bot", seed) as side:
        await side.burst(_WARM)
        top = await side.burst(size.votes)
        rate = top.rate * _LOAD
        paced = await side.burst(int(rate * size.seconds), rate)
        check(side.database, side.sent)
        return [top, paced]


async def _listener(ground: Field, size: _Size, seed: int) -> list[Burst]:
    async with ground.side("listener", seed) as side:
        await side.burst(_WARM)
        return [await side.burst(size.votes)]


async def _plain(ground: Field, size: _Size, seed: int) -> list[Burst]:
    async with ground.side("plain", seed) as side:
        await side.burst(_PLAIN_WARM, ends=False)
        return [await side.burst(size.plain, ends=False)]


def figures(bursts: dict[str, list[list[Burst]]], remarks: tuple[str, ...] = ()) -> Found:
    """What the bursts of each side come to: its first at the top rate, the bot's second at four fifths of that."""
    top = {name: [each[0].rate for each in given] for name, given in bursts.items()}
    paced = [each[1] for each in bursts["bot"]]
    cuts = [[each * 1000 for each in quantiles(burst.late, n=100)] for burst in paced]
    idle = tuple(each[0].idle for each in bursts["bot"])
    return Found(
        figures=(
            Figure("events_per_second", tuple(top["bot"]), "votes to durable rows", "/s"),
            Figure("listener_per_second", tuple(top["listener"]), "votes to an empty listener", "/s"),
            Figure("plain_per_second", tuple(top["plain"]), "votes to a plain bot's rows and edits", "/s"),
            Figure(
                "paced_per_second", tuple(each.rate for each in paced), f"votes at {_LOAD:.0%} of the top rate", "/s"
            ),
            Figure("p50_ms", tuple(each[49] for each in cuts), "then from the wire to the disk, half of all", "ms"),
            Figure("p99_ms", tuple(each[98] for each in cuts), "from the wire to the disk, 99 %", "ms", Aim(most=250)),
            *(
                Figure(
                    f"{name}_cpu_us",
                    tuple(each[0].busy * 1e6 for each in given),
                    f"processor time a vote: {name}",
                    "µs",
                )
                for name, given in bursts.items()
            ),
            Figure("sender_idle", idle, "how much of its time the sender was idle at the top rate"),
        ),
        ratios=(
            Figure("over_empty_listener", over(top["bot"], top["listener"]), "rows over listened", aim=Aim(least=1.0)),
            Figure("over_plain_bot", over(top["bot"], top["plain"]), "rows over the plain bot", aim=Aim(least=15)),
        ),
        remarks=remarks,
    )


def _remarks(size: _Size) -> tuple[str, ...]:
    return (
        f"{size.votes:,} votes a run under {_POINTS} points, one in ten taken away; frames as text, uncompressed.",
        "All sides use the same event loop and JSON parser; the sender shares the machine's cores with each.",
    )
