"""Promises the members of a run: who votes, writes, argues and moderates, from the first critique to the last."""

import asyncio
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from chaos import moderators
from chaos.balloters import Balloter
from chaos.claimants import Claimants
from chaos.deeds import Deeds
from chaos.ground import Ground
from chaos.keepers import Keeper, lay_down
from chaos.outcome import Plan
from chaos.state import State
from chaos.voters import Voter
from chaos.words import Words
from chaos.writers import Writer
from rehearsal.member import Member

_VOTERS = range(1, 11)
_TYPING, _FORMS, _ARGUING, _BALLOTING = 11, 12, 13, 14
_CLAIMING = range(15, 30)
_EVERY = 25  # kills between two new critiques
_SLOW_VOTES, _SLOW_WORDS, _SLOW_FORMS, _SLOW_ORDER = (
    0.6,
    3.0,
    4.0,
    2.0,
)  # seconds between two acts of a member, on average
_SLOW_BALLOTS, _SLOW_CLAIMS = 0.8, 15.0
_POINTS = 5


class Company:
    """The members, to be used as an async context manager."""

    def __init__(self, ground: Ground, state: State, deeds: Deeds, plan: Plan) -> None:
        self._ground = ground
        self._state = state
        self._deeds = deeds
        self._seed = plan.seed
        self._haste = 0.3 if plan.quick else 1.0
        self._over = asyncio.Event()
        self._words = Words()
        self._stack = AsyncExitStack()
        self._acting: list[asyncio.Task[None]] = []
        self._opening: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in (*self._acting, *self._opening):
            task.cancel()
        await asyncio.gather(*self._acting, *self._opening, return_exceptions=True)
        await self._stack.aclose()

    async def open_first(self) -> None:
        """A critique in a text home and one in a forum are confirmed; then everybody begins to act."""
        self._moderator = await self._member(0, watching=True)
        for _ in range(2):
            await self._open()
        general, guild = (str(self._ground.discord.channels["general"]), str(self._ground.discord.guild_id))
        meeting = self._ground.discord.backstage.add_channel("moderators-meeting")
        await lay_down(self._moderator, general, guild, meeting)
        keeper = Keeper(self._moderator, self._ground, self._state, self._deeds, self._words, f"keeper {self._seed}")
        self._acting.append(asyncio.create_task(keeper.keep(_SLOW_ORDER * self._haste, self._over)))
        for number in _VOTERS:
            voter = Voter(
                await self._member(number),
                self._ground,
                self._state,
                self._deeds,
                f"voter {number} {self._seed}",
            )
            self._acting.append(asyncio.create_task(voter.vote(_SLOW_VOTES, self._over)))
        typing, filling, arguing = [await self._writer(number) for number in (_TYPING, _FORMS, _ARGUING)]
        self._acting.append(asyncio.create_task(typing.type(_SLOW_WORDS * self._haste, self._over)))
        self._acting.append(asyncio.create_task(filling.fill_in(_SLOW_FORMS * self._haste, self._over)))
        self._acting.append(asyncio.create_task(arguing.argue(_SLOW_WORDS * self._haste, self._over)))
        await self._begin_in_private()

    async def _begin_in_private(self) -> None:
        """One votes in private, and some are asked what they mean."""
        ground, deeds, seed = self._ground, self._deeds, self._seed
        member = await self._member(_BALLOTING, watching=True)
        balloter = Balloter(member, ground, self._state, deeds, f"balloter {seed}")
        self._acting.append(asyncio.create_task(balloter.vote(_SLOW_BALLOTS * self._haste, self._over)))
        asked = [await self._member(number, watching=True) for number in _CLAIMING]
        claimants = Claimants(asked, ground, self._state, deeds, self._words, f"claimants {seed}")
        self._acting.append(asyncio.create_task(claimants.claim(_SLOW_CLAIMS * self._haste, self._over)))

    def open_now_and_then(self, kill: int) -> None:
        """One more critique is confirmed from time to time, however long it takes."""
        if kill % _EVERY == 5:
            self._opening.append(asyncio.create_task(self._open()))

    async def rest(self) -> None:
        """Nobody does anything any more. Who is about to open a critique goes on: it takes a bot to answer."""
        self._over.set()
        await asyncio.gather(*self._acting)

    async def _open(self) -> None:
        moderator, words = self._moderator, self._words
        await moderators.open_critique(moderator, self._ground, self._state, self._deeds, words, _POINTS)

    async def _writer(self, number: int) -> Writer:
        member = await self._member(number, watching=number == _FORMS)
        seed = f"writer {number} {self._seed}"
        return Writer(member, self._ground, self._state, self._deeds, self._words, seed)

    async def _member(self, number: int, *, watching: bool = False) -> Member:
        discord = self._ground.discord
        person = discord.members[number]
        member = Member(discord.api, discord.gateway if watching else None, person.token, str(person.id), person.name)
        return await self._stack.enter_async_context(member)
