"""Promises a member who votes in private, on one point at a time, and now and then over a reaction of their own.

A reaction is put only where nothing was cast yet, and a ballot follows only once the bot has the reaction on record:
of two acts that a gap swallowed nobody knows which came first.
"""

import asyncio
from random import Random

from chaos.deeds import Balloted, Deeds
from chaos.ground import Ground, Spot
from chaos.pauses import goes_on
from chaos.state import Standing, State
from rehearsal.member import Member, MemberError
from rehearsal.member.components import buttons

_STANCES = {"agree": 1, "disagree": -1, "unsure": 0}
_REACTS = 0.3
_PATIENCE, _BREATH = 20, 0.25  # looks, and the seconds between two


class Balloter:
    """The member."""

    def __init__(self, member: Member, ground: Ground, state: State, deeds: Deeds, seed: str) -> None:
        self._member = member
        self._ground = ground
        self._where = str(ground.discord.channels["general"]), str(ground.discord.guild_id)
        self._state = state
        self._deeds = deeds
        self._random = Random(seed)  # noqa: S311 - seeded on purpose
        self._touched: set[int] = set()
        self._left_alone: set[int] = set()

    async def vote(self, slowness: float, over: asyncio.Event) -> None:
        """Votes until it is over."""
        while await goes_on(over, self._random.uniform(0, 2 * slowness)):
            points = [each for each in self._state.standing() if each.message and each.id not in self._left_alone]
            if points:
                await self._act(self._random.choice(points))

    async def _act(self, point: Standing) -> None:
        if point.id not in self._touched and self._random.random() < _REACTS and not await self._react(point):
            self._left_alone.add(point.id)
            return
        self._touched.add(point.id)
        try:
            paper = await self._member.command("ballot", *self._where, point=f"v1:point:{point.id}")
        except MemberError:  # the bot is down
            return
        press = self._random.choice(list(_STANCES))
        asked = next((each["custom_id"] for each in buttons(paper) if each.get("custom_id", "").endswith(press)), None)
        if asked is None:  # it takes no votes now
            return
        revision = int(asked.split(":")[3])
        ballot = Balloted(point.id, revision, int(self._member.id), _STANCES[press])
        self._deeds.balloted.append(ballot)
        try:
            answer = await self._member.press(paper, asked)
        except MemberError:
            return
        ballot.answered = "Recorded, for you alone" in answer["content"]

    async def _react(self, point: Standing) -> bool:
        """Whether the reaction stands, and the bot knows of it."""
        spot = next((each for each in self._ground.spots() if each.message == point.message), None)
        if spot is None:
            return False
        try:
            await self._member.react(str(spot.channel), str(spot.message), "👍")
        except MemberError:
            return False
        return await self._known(spot, point)

    async def _known(self, spot: Spot, point: Standing) -> bool:
        for _ in range(_PATIENCE):
            if self._state.holds(point.id, int(self._member.id)):
                return True
            await asyncio.sleep(_BREATH)
        return False
