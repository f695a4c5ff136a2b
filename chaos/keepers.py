"""Promises a moderator who keeps order: hides, locks, merges and rewords points, and decides on what waits.

One act after the other. What nobody answers may have been done or not; what is answered was.
"""

import asyncio
from collections.abc import Iterable
from random import Random
from typing import Any

from chaos.deeds import Deeds, Kept, Order
from chaos.ground import Ground
from chaos.pauses import goes_on
from chaos.state import Standing, State
from chaos.words import Words
from rehearsal.member import Member, MemberError

HELD_WORD = "doily"  # additions with it wait for a moderator
_WHY = "off-topic"
_OPEN, _LOCKED, _HIDDEN, _WAITS = "open", "vote-only", "hidden", "held"
_SAID = {
    Order.HIDE: "Hidden:",
    Order.RESTORE: "Restored:",
    Order.LOCK: "is vote-only",
    Order.UNLOCK: "is open again",
    Order.MERGE: "Merged:",
    Order.UNMERGE: "counts for itself again",
    Order.REWORD: "Changed:",
    Order.APPROVE: "Approved:",
    Order.REFUSE: "Refused:",
}
_WORDS = {Order.LOCK: "critique lock", Order.UNLOCK: "critique unlock", Order.REWORD: "mod edit"}
_ASKING = ("again", "nobody")


async def lay_down(moderator: Member, general: str, guild: str, channel: int) -> None:
    """The server's rules: as many additions as anybody likes, some of which wait; moderators meet in the channel."""
    await moderator.command("mod rules", general, guild, quota=1_000, minute=1_000, words=HELD_WORD)
    screen = await moderator.command("setup", general, guild)
    while "v1:setup:moderators:channel" not in str(screen["components"]):
        screen = await moderator.press(screen, "Next", guild)
    await moderator.choose(screen, "v1:setup:moderators:channel", [str(channel)], guild)


class Keeper:
    """The moderator."""

    def __init__(self, member: Member, ground: Ground, state: State, deeds: Deeds, words: Words, seed: str) -> None:
        self._member = member
        self._where = str(ground.discord.channels["general"]), str(ground.discord.guild_id)
        self._state = state
        self._deeds = deeds
        self._words = words
        self._random = Random(seed)  # noqa: S311 - seeded on purpose

    async def keep(self, slowness: float, over: asyncio.Event) -> None:
        """Keeps order until it is over."""
        while await goes_on(over, self._random.uniform(0, 2 * slowness)):
            order, points = self._random.choice(list(Order)), self._state.standing()
            found = [point for point in points if _invites(order, point)]
            if found:
                await self._do(order, self._random.choice(found), points)

    async def _do(self, order: Order, point: Standing, points: Iterable[Standing]) -> None:
        options: dict[str, Any] = {"point": _reference(point)}
        if order in (Order.HIDE, Order.REFUSE, Order.MERGE):
            options["reason"] = _WHY
        if order is Order.MERGE:
            targets = [each for each in points if each.critique == point.critique and _stands(each) and each != point]
            options["into"] = _reference(self._random.choice(targets or [point]))
        kept = Kept(order, point.id)
        self._deeds.kept.append(kept)
        try:
            answer = await self._member.command(_WORDS.get(order, f"mod {order}"), *self._where, **options)
            if "title" in answer:
                answer = await self._member.submit(answer, self._reworded())
        except MemberError:  # nobody answers: the bot is down
            return
        kept.answered = _SAID[order] in answer["content"]

    def _reworded(self) -> dict[str, Any]:
        text = self._words.sentence()
        return {"title": text, "text": text, "asking": [self._random.choice(_ASKING)]}


def _reference(point: Standing) -> str:
    return f"v1:point:{point.id}"


def _stands(point: Standing) -> bool:
    return point.status in (_OPEN, _LOCKED)


def _invites(order: Order, point: Standing) -> bool:
    match order:
        case Order.HIDE:
            return _stands(point)
        case Order.RESTORE:
            return point.status == _HIDDEN
        case Order.LOCK:
            return point.status == _OPEN
        case Order.UNLOCK:
            return point.status == _LOCKED
        case Order.MERGE:
            return _stands(point) and point.into is None
        case Order.UNMERGE:
            return _stands(point) and point.into is not None
        case Order.REWORD:  # the words of an addition are what its author is known by
            return _stands(point) and not point.addition
        case Order.APPROVE | Order.REFUSE:
            return point.status == _WAITS
