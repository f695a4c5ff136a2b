"""The run itself: the stand-in, Red on it, and its owner and a member who talk to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from rehearsal.member import Member, MemberError
from rehearsal.referee import Referee
from rehearsal.server import StandIn
from rehearsal.server.starts import SECONDS
from rehearsal.stranger.acts import act
from rehearsal.stranger.red import Red, RedFailed
from rehearsal.stranger.report import Run, concerning
from rehearsal.stranger.steps import AGAIN, FIRST, MEMBER, OWNER, Outcome, Step, judge

READY_WITHIN = 60.0
CHANNEL = "general"
# Red asks how many to use; direct messages go to the first, the guild to either.
SHARDS = 2


class Scene:
    """The stand-in with Red's folder and the two people."""

    def __init__(self, discord: StandIn, python: Path, folder: Path) -> None:
        self.discord = discord
        self.outcomes: list[Outcome] = []
        self.refused: list[str] = []
        self._python, self._folder = python, folder
        self._people: dict[str, Member] = {}

    async def enter(self, stack: AsyncExitStack) -> None:
        """Brings the people in, each with a gateway session to see the answers."""
        for role, person in zip((OWNER, MEMBER), self.discord.members, strict=False):
            there = (self.discord.api, self.discord.gateway)
            member = Member(*there, person.token, str(person.id), person.name)
            self._people[role] = await stack.enter_async_context(member)

    async def run_red(self, steps: Iterable[Step]) -> None:
        """Red starts, these steps are done, Red is asked to end."""
        there = (self.discord.api, self.discord.gateway)
        red = Red(self._python, self._folder, there, self.discord.bot_token, self._people[OWNER].id)
        async with red:
            try:
                self.outcomes.append(await self._started(red))
                self.outcomes += [await self._do(step) for step in steps]
            finally:
                code = await red.stop()
                self.refused += red.refused
        self.outcomes.append(Outcome("Red is asked to end", code == 0, f"exit code {code}"))

    async def _started(self, red: Red) -> Outcome:
        """Waits until it has been sent its guild by a session of this run."""
        before = self._greetings()
        try:
            async with asyncio.timeout(READY_WITHIN):
                while self._greetings() == before:
                    if not red.runs:
                        raise RedFailed("Red ended by itself:\n" + "\n".join(red.said[-20:]))
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise RedFailed("Red did not come:\n" + "\n".join(red.said[-20:])) from None
        return Outcome("Red starts", True, "it identified and was sent its guild")

    def _greetings(self) -> int:
        told = concerning(self.discord.record.entries, "event")
        return sum(each["name"] == "GUILD_CREATE" for each in told)

    async def _do(self, step: Step) -> Outcome:
        channel = str(self.discord.channels[CHANNEL])
        try:
            where = (channel, str(self.discord.guild_id))
            answer = await act(self._people[step.who], str(self.discord.bot_id), step, *where)
        except MemberError as fault:
            return Outcome(step.name, False, str(fault))
        return judge(step, answer)


async def play(python: Path, referee: Referee | None) -> Run:
    """One whole run: Red is started, spoken to, ended, started again on what it kept. Raises RedFailed."""
    discord = StandIn(members=2, shards=SHARDS, identify_seconds=SECONDS)
    with TemporaryDirectory(prefix="stranger-") as folder:
        async with discord, AsyncExitStack() as stack:
            scene = Scene(discord, python, Path(folder))
            await scene.enter(stack)
            await scene.run_red(FIRST)
            await scene.run_red(AGAIN)
            await discord.settled()
    entries = tuple(discord.record.entries)
    own = [*concerning(entries, "exchange"), *concerning(entries, "event")]
    verdict = referee.check(own) if referee else None
    return Run(tuple(scene.outcomes), entries, tuple(scene.refused), verdict)
