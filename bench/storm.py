"""A storm: 1,000 votes a second on 20 points, with Discord's rate limits on.

1. The votes are put into the stand-in's own books, and its gateway sends them: 1,000 requests a second would measure
   the server that takes them. They are played in the stand-in's process, the bot has its own.
2. How stale the digest is: the longest that a stored vote, at any moment of the storm, was not shown yet; by when it
   was stored, and by the edits that the stand-in has recorded.
3. The loop's delay: the most by which the bot's own event loop woke a sleeper too late. Where other processes want the
   processor, they are in it; what the loop's own thread had worked by then is told beside.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import staleness
from bench.children import Child, child
from bench.figures import Aim, Figure, Found
from bench.ground.plans import Ground
from bench.runs import Plan
from bench.staleness import Cast, Edit
from bot.core.votes import Stance

_RATE = 1_000
_SECONDS, _QUICK_SECONDS = 60.0, 25.0
_MEMBERS = 5_000
_STORED_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class _Storm:
    """What came of a storm, for each of its spans: staleness, delay and work; and the requests made, by kind."""

    stale: list[float]
    late: list[float]
    work: list[float]
    rate: float
    requests: dict[str, int]
    refused: int


def measure(plan: Plan) -> Found:
    """Storms of a minute, each with a fresh stand-in and a fresh bot; where it is to be quick, one, cut into parts."""
    seconds = _QUICK_SECONDS if plan.quick else _SECONDS
    storms: list[_Storm] = []
    plan.expect(1 if plan.quick else plan.runs)
    for run in range(1 if plan.quick else plan.runs):
        plan.step(f"storm {run + 1} of {seconds:.0f} s")
        storms.append(asyncio.run(_storm(seconds, run, parts=plan.runs if plan.quick else 1)))
    remarks = [
        f"{_RATE:,} votes a second for {seconds:.0f} s, rate limits on; they are put into the stand-in's own books.",
        "Requests: " + "; ".join(f"{kind} {count:,}" for kind, count in sorted(storms[-1].requests.items())) + ".",
    ]
    if plan.quick:
        remarks.append(f"Quick: one storm of {seconds:.0f} s in {plan.runs} parts, instead of {plan.runs} of a minute.")
    return Found(_figures(storms), remarks=tuple(remarks))


def _figures(storms: list[_Storm]) -> tuple[Figure, ...]:
    stale = tuple(each for storm in storms for each in storm.stale)
    late = tuple(each * 1000 for storm in storms for each in storm.late)
    work = tuple(each * 1000 for storm in storms for each in storm.work)
    totals = tuple(float(sum(storm.requests.values())) for storm in storms)
    edits = tuple(float(_edits(storm)) for storm in storms)
    return (
        Figure("staleness_s", stale, "the longest that a stored vote was not shown", "s", Aim(most=30)),
        Figure("loop_delay_ms", late, "the most that the event loop was late", "ms", Aim(most=50)),
        Figure("loop_work_ms", work, "the most that its thread worked between two looks, 5 ms of waiting apart", "ms"),
        Figure("requests", totals, "requests that the bot made"),
        Figure("edits", edits, "edits of the digest among them"),
        Figure("refused", tuple(float(storm.refused) for storm in storms), "requests that met a rate limit (429)"),
        Figure("votes_per_s", tuple(storm.rate for storm in storms), "votes that came in", "1/s"),
    )


def _edits(storm: _Storm) -> int:
    return sum(count for kind, count in storm.requests.items() if kind.startswith("PATCH"))


async def _storm(seconds: float, seed: int, *, parts: int) -> _Storm:
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "bot.sqlite3")
        ground = Ground(database, points=20, members=_MEMBERS, rate_limits=True)
        async with child("bench.ground.town", ground.written()) as town:
            discord = await town.hear()
            given = [discord[key] for key in ("api", "gateway", "bot_token")]
            async with child("bench.sides.watched", *given, database) as bot:
                await bot.hear()
                return await _raged(town, bot, discord["points"], seconds, seed, parts)


async def _raged(town: Child, bot: Child, points: list[int], seconds: float, seed: int, parts: int) -> _Storm:
    await town.say({"clear": True})
    await town.say({"storm": {"rate": _RATE, "seconds": seconds, "seed": seed}})
    storm = await town.hear()
    await asyncio.sleep(_STORED_WITHIN)
    await bot.say({"tell": True})
    await town.say({"passed": True})
    watched, passed = await bot.hear(), await town.hear()
    spans = _spans(storm["began"], storm["ended"], parts)
    return _Storm(
        stale=_stale(points, passed, watched["marks"], spans),
        late=staleness.by_span(watched["delays"], spans),
        work=staleness.by_span(watched["works"], spans),
        rate=storm["sent"] / (storm["ended"] - storm["began"]),
        requests=passed["requests"],
        refused=passed["refused"],
    )


def _spans(began: float, ended: float, parts: int) -> list[tuple[float, float]]:
    step = (ended - began) / parts
    return [(began + number * step, began + (number + 1) * step) for number in range(parts)]


def _stale(
    points: list[int], passed: dict[str, Any], marks: list[tuple[int, float]], spans: list[tuple[float, float]]
) -> list[float]:
    cast = [Cast(message, member, Stance(side), added) for message, member, side, added in passed["cast"]]
    edits = [
        Edit(at, {int(thread): (agree, disagree) for thread, (agree, disagree) in shown.items()})
        for at, shown in passed["edits"]
    ]
    stored = staleness.stored_at(len(cast), marks)
    states = staleness.states(spans[0][0], points, cast, stored)
    return [staleness.stalest(states, edits, begin, end) for begin, end in spans]
