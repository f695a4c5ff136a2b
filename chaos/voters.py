"""Promises members who vote, change and remove their votes, as people do: one act at a time.

Who holds both emoji of a point leaves them alone as long as the bot is about to take one away: a request that is
under way cannot know of an act that comes after it was sent, whoever sends it.
"""

import asyncio
from random import Random

from chaos.checks.books import SIDES
from chaos.deeds import Deeds
from chaos.ground import Ground, Spot
from chaos.pauses import goes_on
from chaos.state import State
from rehearsal.member import Member, MemberError

_EMOJI = {side: emoji for emoji, side in SIDES.items()}
_BOTH, _TURNED, _LEFT = 0.4, 0.3, 0.2  # of those who hold one: adds the other, turns, goes; the rest stays


class Voter:
    """One member, who votes wherever there is something to vote on."""

    def __init__(self, member: Member, ground: Ground, state: State, deeds: Deeds, seed: str) -> None:
        self._member = member
        self._ground = ground
        self._state = state
        self._held = deeds.held
        self._random = Random(seed)  # noqa: S311 - seeded on purpose

    async def vote(self, slowness: float, over: asyncio.Event) -> None:
        """Votes until it is over, each time after a pause of this many seconds on average."""
        while await goes_on(over, self._random.uniform(0, 2 * slowness)):
            spots = self._ground.spots()
            if spots:
                await self._act(self._random.choice(spots))

    async def _act(self, spot: Spot) -> None:
        held = list(self._held.seen(self._pair(spot), self._ground.sides(spot.message, int(self._member.id))))
        side, chance = self._random.choice((1, -1)), self._random.random()
        if not held:
            await self._put(spot, side)
        elif len(held) == 2:
            if not self._state.takes_away(spot.message, int(self._member.id)):
                await self._take(spot, side)
        elif chance < _BOTH:
            await self._put(spot, -held[0])
        elif chance < _BOTH + _TURNED:
            if await self._take(spot, held[0]):
                await self._put(spot, -held[0])
        elif chance < _BOTH + _TURNED + _LEFT:
            await self._take(spot, held[0])

    async def _put(self, spot: Spot, side: int) -> None:
        try:
            await self._member.react(str(spot.channel), str(spot.message), _EMOJI[side])
        except MemberError:  # the message is gone, or its thread is archived
            return
        self._held.put(self._pair(spot), side)

    async def _take(self, spot: Spot, side: int) -> bool:
        try:
            await self._member.unreact(str(spot.channel), str(spot.message), _EMOJI[side])
        except MemberError:
            return False
        self._held.took(self._pair(spot), side)
        return True

    def _pair(self, spot: Spot) -> tuple[int, int]:
        return spot.message, int(self._member.id)
