"""Promises one run: a Discord, members who never rest, a bot that is killed so many times, and the verdict.

Rules:
1. Members act all the time, also while the bot is down and while it starts.
2. Each kill falls at its place, or at a random moment where the bot does not come there in time.
3. At the end nothing befalls any more, nobody acts, the bot is started once more and left to get quiet.
"""

import asyncio
import json
import signal
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from random import Random

from chaos.checks import books, judge, stored
from chaos.company import Company
from chaos.deeds import Deeds
from chaos.ground import MEMBERS, Ground
from chaos.hearing import Hearing
from chaos.note import Doing
from chaos.outcome import Outcome, Plan, Toll
from chaos.places import Moment, Place, Request
from chaos.process import Nursery, Process
from chaos.quiet import quiet
from chaos.state import State
from chaos.troubles import Troubles, arm
from rehearsal.server import StandIn, control

_PATIENCE = 6.0  # seconds for the bot to come to the place of its kill
_LULL = 0.4  # seconds at most between a kill and the next start
_STARTS = 20  # that may fail in a row by troubles with the first requests

Say = Callable[[str], None]


async def run(plan: Plan, say: Say) -> Outcome:
    """Plays the plan, says each kill as it falls, and gives back what came of it."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(StandIn(members=MEMBERS, seed=plan.seed, record=plan.passed))
        nursery = await stack.enter_async_context(Nursery.opened(discord, plan.folder))
        return await _Run(plan, discord, nursery, say).play()


class _Run:
    def __init__(self, plan: Plan, discord: StandIn, nursery: Nursery, say: Say) -> None:
        self._plan = plan
        self._discord = discord
        self._nursery = nursery
        self._say = say
        self._deeds = Deeds()
        self._toll = Toll()
        self._state = State(plan.database)
        self._random = Random(f"run {plan.seed}")  # noqa: S311 - seeded on purpose
        self._troubles = Troubles(discord, plan.seed)
        self._hearing = Hearing(discord, self._state, self._deeds.held)
        self._began = time.monotonic()

    async def play(self) -> Outcome:
        """From the first start to the verdict."""
        company = Company(Ground(self._discord), self._state, self._deeds, self._plan)
        async with company, asyncio.TaskGroup() as group:
            over = asyncio.Event()
            group.create_task(self._hearing.watch(over))
            group.create_task(self._troubles.drop())
            self._hearing.note()
            await self._peacefully(company)
            self._troubles.begin()
            for number, place in enumerate(self._plan.places, 1):
                company.open_now_and_then(number)
                await self._kill(number, place)
            self._troubles.end()
            self._hearing.note()
            await company.rest()
            calm = await self._calm()
            over.set()
        return self._judged(calm)

    async def _peacefully(self, company: Company) -> None:
        """The first critiques are confirmed while nothing befalls; they are still being posted when it begins."""
        bot = await self._start(None)
        await company.open_first()
        bot.kill()
        await self._gone(bot)

    async def _start(self, place: Place | None) -> Process:
        self._toll.starts += 1
        bot = await self._nursery.start(place)
        if isinstance(place, Request):
            arm(self._discord, bot, place)
        return bot

    async def _kill(self, number: int, place: Place) -> None:
        """One kill; a bot that ended before, as its first requests failed, is started again."""
        patience = place.seconds if isinstance(place, Moment) else _PATIENCE
        for _ in range(_STARTS):
            bot = await self._start(place)
            missed = not await self._ends(bot, patience)
            if missed:
                bot.kill()
            if await self._gone(bot) == -signal.SIGKILL:
                self._count(number, place, bot, missed=missed and not isinstance(place, Moment))
                await asyncio.sleep(self._random.uniform(0, _LULL))
                return
            self._toll.ended_by_itself += 1
        raise RuntimeError(f"the bot ended by itself {_STARTS} times; its log says why")

    async def _ends(self, bot: Process, patience: float) -> bool:
        try:
            await asyncio.wait_for(bot.ended(), patience)
        except TimeoutError:
            return False
        return True

    async def _gone(self, bot: Process) -> int:
        """Waits for its end. Nobody can resume the sessions it had: they are over."""
        code = await bot.ended()
        gateway = self._discord.stage.gateway
        for session in list(gateway.sessions.values()):
            if session.user_id == self._discord.bot_id:
                gateway.end(session)
        self._discord.record.clear()
        return code

    def _count(self, number: int, place: Place, bot: Process, *, missed: bool) -> None:
        noted, begun = bot.noted, self._state.under_way()
        self._toll.kills += 1
        self._toll.places["at a random moment, its place not reached" if missed else place.name] += 1
        inside = [f"{begun} deliveries"] if begun else []
        self._toll.in_delivery += bool(begun)
        if noted.doing is not Doing.NOTHING:
            inside.append({Doing.VOTES: "a batch of votes"}.get(noted.doing, "a transaction"))
            self._toll.in_votes += noted.doing is Doing.VOTES
            self._toll.in_transaction += 1
        where = f"not reached: {place}" if missed else str(place)
        self._say(
            f"kill {number}: {where}; {noted.commits} commits" + (f"; inside {', '.join(inside)}" if inside else "")
        )

    async def _calm(self) -> bool:
        """The bot is started once more, and left to get quiet; whether it did."""
        bot = await self._start(None)
        calm = await quiet(self._discord, self._state, bot, self._plan.quiet)
        bot.stop()
        await bot.ended()
        return calm

    def _judged(self, calm: bool) -> Outcome:
        printed = control.books(self._discord.stage)
        self._plan.books.write_text(json.dumps(printed), encoding="utf-8")
        shown = books.read(printed, self._discord.bot_id)
        verdict = judge(stored.read(self._plan.database), shown, self._deeds)
        seconds = time.monotonic() - self._began
        return Outcome(verdict, self._deeds, self._toll, self._troubles.dealt, calm, seconds, self._discord.bot_id)
