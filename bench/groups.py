"""How often opinion groups are found where there are some, how often where there are none, and how long it takes.

All votes are simulated, with fixed seeds: two camps of equal size, of which on 60 % of the points one agrees and the
other disagrees with four to one, and which are of one mind on the others; 30 % of the votes are missing at random. The
false alarms are of the same votes, shuffled within each point. All is done in the bot's worker process.
"""

import asyncio
from statistics import fmean

import numpy as np

from bench.figures import Aim, Figure, Found
from bench.runs import Plan, over
from bot.compute import Worker
from bot.core.groups import Ballots, Verdict, find

_LEANING, _SPLIT, _MISSING = 0.8, 0.6, 0.3
_TRIALS, _FEWER = 300, 30
_BESIDE = ((15, 20), (20, 20), (50, 20), (15, 12), (20, 12), (30, 12), (50, 12))  # voters, points
_MEMBERS, _POINTS = 10_000, 100
_TIMED, _ONCE = 3, 1


def camps(voters: int, points: int, random: np.random.Generator) -> Ballots:
    """Votes of two camps, as the module says."""
    side = random.permutation(voters) % 2
    split = np.arange(points) < round(points * _SPLIT)
    liked_by = random.integers(2, size=points)
    shared = random.uniform(0.3, 0.9, size=points)
    own = np.where(side[:, None] == liked_by, _LEANING, 1 - _LEANING)
    agrees = random.random((voters, points)) < np.where(split, own, shared)
    votes = np.where(agrees, 1, -1).astype(np.float32)
    votes[random.random((voters, points)) < _MISSING] = np.nan
    return votes


def shuffled(votes: Ballots, random: np.random.Generator) -> Ballots:
    """The same votes on each point, by whomever."""
    drawn = votes.copy()
    for column in drawn.T:
        cast = np.flatnonzero(~np.isnan(column))
        column[cast] = random.permutation(column[cast])
    return drawn


def trial(voters: int, points: int, seed: int) -> tuple[bool, bool]:
    """Whether camps are found where there are two, and where there are none."""
    random = np.random.default_rng([voters, points, seed])
    votes = camps(voters, points, random)
    none = shuffled(votes, random)
    return find(votes).verdict is Verdict.CAMPS, find(none).verdict is Verdict.CAMPS


def trials(voters: int, points: int, count: int) -> tuple[float, float]:
    """The shares of `count` trials in which they were found where they are, and where there are none."""
    found = [trial(voters, points, seed) for seed in range(count)]
    return fmean(each for each, _ in found), fmean(each for _, each in found)


def timed(members: int, points: int, seed: int) -> tuple[float, float]:
    """Seconds that the groups of a crowd take, and one singular value decomposition of the same votes beside it."""
    from time import perf_counter

    votes = camps(members, points, np.random.default_rng(seed))
    begun = perf_counter()
    find(votes)
    found = perf_counter()
    np.linalg.svd(np.nan_to_num(votes), full_matrices=False)
    return found - begun, perf_counter() - found


def measure(plan: Plan) -> Found:
    """Does the trials, and times a crowd."""
    return asyncio.run(_measured(plan))


async def _measured(plan: Plan) -> Found:
    runs, beside = (_ONCE, _FEWER) if plan.quick else (_TIMED, _TRIALS)
    plan.expect(1 + len(_BESIDE) + runs)
    worker = Worker()
    try:
        plan.step(f"{_TRIALS} trials with 30 voters")
        found, alarm = await worker(trials, 30, 20, _TRIALS)
        others: list[tuple[int, int, float, float]] = []
        for voters, points in _BESIDE:
            plan.step(f"{beside} trials with {voters} voters and {points} points")
            others.append((voters, points, *await worker(trials, voters, points, beside)))
        took: list[tuple[float, float]] = []
        for run in range(runs):
            plan.step(f"{_MEMBERS:,} members, run {run + 1}")
            took.append(await worker(timed, _MEMBERS, _POINTS, run))
    finally:
        await worker.close()
    whole, control = [one for one, _ in took], [other for _, other in took]
    says = "camps found where there are two, 30 voters on 20 points"
    return Found(
        (
            Figure("seconds", tuple(whole), f"groups of {_MEMBERS:,} members on {_POINTS} points", "s", Aim(most=20)),
            *(_beside(*each) for each in others),
        ),
        (
            Figure("false_alarm", (alarm,), "camps found where there are none, 30 voters", aim=Aim(most=0.08)),
            Figure("detect_30", (found,), says, aim=Aim(least=0.95)),
            Figure("over_svd", over(whole, control), "groups over one decomposition of the same votes"),
            *(_alarm(*each) for each in others),
        ),
        (f"Simulated votes, fixed seeds; {_TRIALS} trials with 30 voters, {beside} with others.",),
    )


def _beside(voters: int, points: int, found: float, _alarm: float) -> Figure:
    return Figure(f"detect_{voters}_of_{points}", (found,), f"camps found, {voters} voters on {points} points")


def _alarm(voters: int, points: int, _found: float, alarm: float) -> Figure:
    return Figure(f"false_alarm_{voters}_of_{points}", (alarm,), f"none there, {voters} voters on {points} points")
