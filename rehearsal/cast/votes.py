"""How the cast votes: planned in full from the seed before anyone acts, then carried out by all at once.

The plan holds every way in which members of a real server change their minds by reactions. The shares are
invented, and chosen so that each way occurs in a rehearsal of a dozen points and a few dozen voters.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence

from rehearsal.cast.deeds import VoteAct
from rehearsal.member import Member

# A reaction that is no vote, as members leave them too.
OTHER_EMOJI = "🎉"
TAKES_PART = 0.85

# What a member does after the first vote, with the share of votes it befalls.
PLAIN, TURNS, TAKES_BACK_AND_TURNS, LEAVES_BOTH, WITHDRAWS, ALSO_CHEERS = range(6)
_SHARES = (0.76, 0.06, 0.06, 0.03, 0.04, 0.05)

Point = tuple[str, str]
Plan = Mapping[str, Sequence[VoteAct]]


def plan(rng: random.Random, voters: Sequence[str], points: Sequence[Point], agree: str, disagree: str) -> Plan:
    """Each voter's acts in order. A point is (channel id, message id).

    Members first go through the points in an order of their own, then come back for their second thoughts.
    """
    leanings = [rng.uniform(0.2, 0.9) for _ in points]
    found: dict[str, list[VoteAct]] = {}
    for voter in voters:
        first: list[VoteAct] = []
        later: list[VoteAct] = []
        for place in rng.sample(range(len(points)), len(points)):
            if rng.random() > TAKES_PART:
                continue
            pair = (agree, disagree) if rng.random() < leanings[place] else (disagree, agree)
            opening, *thoughts = _acts(rng, voter, points[place], *pair)
            first.append(opening)
            later += thoughts
        found[voter] = first + later
    return found


def _acts(rng: random.Random, voter: str, point: Point, mine: str, other: str) -> list[VoteAct]:
    channel_id, message_id = point

    def add(emoji: str) -> VoteAct:
        return VoteAct("add", voter, message_id, channel_id, emoji)

    def remove(emoji: str) -> VoteAct:
        return VoteAct("remove", voter, message_id, channel_id, emoji)

    ways = {
        PLAIN: [add(mine)],
        TURNS: [add(mine), add(other), remove(mine)],
        TAKES_BACK_AND_TURNS: [add(mine), remove(mine), add(other)],
        LEAVES_BOTH: [add(mine), add(other)],
        WITHDRAWS: [add(mine), remove(mine)],
        ALSO_CHEERS: [add(mine), add(OTHER_EMOJI)],
    }
    return ways[rng.choices(range(len(_SHARES)), weights=_SHARES)[0]]


async def carry_out(plan: Plan, members: Mapping[str, Member], done: Callable[[], None]) -> list[VoteAct]:
    """Everyone votes at once, each in their own order. The acts as they were completed."""
    acts: list[VoteAct] = []

    async def vote(member: Member, mine: Sequence[VoteAct]) -> None:
        for act in mine:
            change = member.react if act.act == "add" else member.unreact
            await change(act.channel_id, act.message_id, act.emoji)
            acts.append(act)
            done()

    async with asyncio.TaskGroup() as group:
        for voter, mine in plan.items():
            group.create_task(vote(members[voter], mine))
    return acts
