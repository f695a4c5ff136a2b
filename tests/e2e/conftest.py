"""The real bot on the stand-in over real sockets, fresh for each test; afterwards its whole record is refereed.

Without Discord's OpenAPI file the tests run all the same, unrefereed; under CI that is a failure.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, opened
from bot.core.critiques import Critique
from bot.core.digests import Digest
from bot.core.ids import ChannelId, GuildId
from bot.ending import Ending
from bot.services import critiques, digests
from bot.services.desk import Pace
from bot.settings import Settings
from rehearsal.member import Member
from rehearsal.referee import Referee, find_openapi, load
from rehearsal.server import StandIn
from tests.conftest import CHECKED, ROOT, new_database

QUICK = Pace(
    digest_every=timedelta(milliseconds=200),
    digest_gathers=timedelta(milliseconds=20),
    try_again=timedelta(milliseconds=50),
    look_again=timedelta(milliseconds=50),
)
LIST = """What's the problem with tea rooms? A starter

1. They close before anybody is thirsty.
2. They call a biscuit a dessert.
3. They have never met a full-size cup.

*) They do not sell coffee.
"""

Json = dict[str, Any]


class House:
    """One server with the bot on it, and the members who play."""

    def __init__(self, discord: StandIn, folder: Path, stack: AsyncExitStack) -> None:
        self.discord = discord
        self.folder = folder
        self._stack = stack
        self._bot = AsyncExitStack()
        self._members: dict[int, Member] = {}
        self.app: App

    @property
    def home(self) -> str:
        """The home: a text channel or a forum, as the fixture has it."""
        return str(self.discord.channels["critique"])

    @property
    def guild(self) -> str:
        return str(self.discord.guild_id)

    def settings(self, **changed: Any) -> Settings:
        given: Json = {
            "discord_token": self.discord.bot_token,
            "database_path": self.folder / "bot.sqlite3",
            "discord_api_base": self.discord.api,
            "discord_gateway_url": self.discord.gateway,
        }
        return Settings(_env_file=None, **(given | changed))

    async def start(self, pace: Pace = QUICK, ending: Ending | None = None, **changed: Any) -> App:
        """Starts the bot and waits until it serves."""
        settings = self.settings(**changed)
        if not settings.database_path.exists():
            settings.database_path.write_bytes(new_database())
        self.app = await self._bot.enter_async_context(opened(settings, pace, guild_wait=0.05, ending=ending))
        await self.app.ready()
        return self.app

    async def stop(self) -> None:
        """Takes the bot down in order."""
        await self._bot.aclose()

    async def member(self, number: int = 1, *, watching: bool = True) -> Member:
        """The server's member `number`; 0 is the moderator."""
        if number not in self._members:
            person = self.discord.members[number]
            gateway = self.discord.gateway if watching else None
            member = Member(self.discord.api, gateway, person.token, str(person.id), person.name)
            self._members[number] = await self._stack.enter_async_context(member)
        return self._members[number]

    async def moderator(self) -> Member:
        return await self.member(0)

    async def open(self, document: str = LIST) -> Critique:
        """A moderator opens a critique in the home and confirms it; returns when all is posted."""
        await self.confirm(document)
        await self.idle()
        return await self.critique()

    async def confirm(self, document: str = LIST) -> Json:
        """A moderator opens a critique in the home, from the general channel, and confirms it; gives the answer."""
        moderator = await self.moderator()
        general = str(self.discord.channels["general"])
        given = ("list.txt", document.encode())
        preview = await moderator.command("critique open", general, self.guild, document=given, channel=self.home)
        return await moderator.press(preview, "Confirm", self.guild)

    async def critique(self) -> Critique:
        found = await critiques.spoken_of(self.app.desk, GuildId(int(self.guild)), ChannelId(int(self.home)))
        return found[-1]

    async def digest(self) -> Digest:
        """Where the debate stands, as stored."""
        return await digests.read(self.app.desk, (await self.critique()).id)

    async def labels(self) -> list[str]:
        return [line.point.label for line in (await self.digest()).lines]

    async def tallies(self) -> dict[str, tuple[int, int]]:
        return {line.point.label: (line.tally.agree, line.tally.disagree) for line in (await self.digest()).lines}

    async def message_of(self, label: str) -> str:
        """The first message of a point."""
        return next(str(line.point.message) for line in (await self.digest()).lines if line.point.label == label)

    async def thread_of(self, label: str) -> str:
        return next(str(line.point.thread) for line in (await self.digest()).lines if line.point.label == label)

    async def idle(self, seconds: float = 30.0) -> None:
        """Returns when the bot has read and done everything; fails where that takes longer."""
        await until(self._is_idle, "the bot to be idle", seconds)

    async def quiet(self) -> None:
        """Returns when the bot has read everything and done all that is due."""
        await until(self._is_quiet, "the bot to be quiet")

    async def _is_quiet(self) -> bool:
        return self._heard_all() and await self.app.quiet() and self._heard_all()

    async def _is_idle(self) -> bool:
        return self._heard_all() and await self.app.idle() and self._heard_all()

    def _heard_all(self) -> bool:
        entries = reversed(self.discord.record.entries)
        sent = next((entry["seq"] for entry in entries if entry["kind"] == "event" and entry["to"] == "bot"), None)
        return self.app.client.sequences().get(0) == sent

    def requests(self, method: str, route: str) -> list[Json]:
        """The bot's exchanges of one kind, in order."""
        return [
            entry
            for entry in self.discord.record.entries
            if entry["kind"] == "exchange"
            and entry["by"] in ("bot", None)
            and (entry["method"], entry["route"]) == (method, route)
        ]

    def shown_in(self, channel: str) -> list[Any]:
        """The messages that stand in a channel, oldest first."""
        return list(self.discord.world.messages(int(channel)))


async def until(done: Callable[[], Awaitable[bool]], what: str, seconds: float = 30.0) -> None:
    """Waits until something is so, looking often; fails with a sentence when it takes too long."""
    end = time.monotonic() + seconds
    while not await done():
        if time.monotonic() > end:
            pytest.fail(f"Waited {seconds:.0f} s for {what}.")
        await asyncio.sleep(0.01)


@pytest.fixture(scope="session")
def referee() -> Referee | None:
    """None where Discord's OpenAPI file is not at hand, except in CI, where that is a failure."""
    file = find_openapi(ROOT)
    if file is None and os.environ.get("CI") == "true":
        pytest.fail("Discord's OpenAPI file is missing, and CI must not skip what needs it.")
    return load(file) if file is not None else None


@pytest.fixture
async def house(tmp_path: Path, referee: Referee | None) -> AsyncIterator[House]:
    """A server; the test starts the bot on it. Everything that passed is refereed when the test is over."""
    async with housed(tmp_path, referee, "text") as house:
        yield house


@pytest.fixture
async def forum(tmp_path: Path, referee: Referee | None) -> AsyncIterator[House]:
    """The same, with a forum for a home."""
    async with housed(tmp_path, referee, "forum") as house:
        yield house


@pytest.fixture(params=["text", "forum"])
async def either(request: pytest.FixtureRequest, tmp_path: Path, referee: Referee | None) -> AsyncIterator[House]:
    """A server with a text home, and one with a forum."""
    async with housed(tmp_path, referee, request.param) as house:
        yield house


@asynccontextmanager
async def housed(
    folder: Path, referee: Referee | None, home: str, *, rate_limits: bool = False
) -> AsyncIterator[House]:
    """A server whose home is of that kind."""
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(StandIn(members=20, seed=1, home=home, rate_limits=rate_limits))
        house = House(discord, folder, stack)
        try:
            yield house
        finally:
            await house.stop()
    if referee is not None:
        hold(referee, discord.record.entries)


def hold(referee: Referee, entries: list[Json]) -> None:
    """Fails on a mismatch with Discord's OpenAPI file, and on a record in which nothing could be checked."""
    verdict = referee.check(entries)
    CHECKED.update(
        exchanges=verdict.exchanges,
        events=verdict.events,
        checked=verdict.checked,
        mismatches=len(verdict.mismatches),
    )
    assert verdict.checked > 0
    assert sorted({str(mismatch)[:200] for mismatch in verdict.mismatches}) == []
