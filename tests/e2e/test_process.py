"""The bot as operators run it: a process of its own, stopped and killed while members go on."""

import asyncio
import contextlib
import os
import re
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest

from rehearsal.member import Member
from rehearsal.server import StandIn
from tests.conftest import ROOT
from tests.e2e.conftest import House, until

POINTS = 4
_ALWAYS = ((2, 0), (5, 30), (14, 0))  # the others are `make long`; in-process, all are in tests/display/test_carrier.py


class Process:
    """`python -m bot run` on a stand-in."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.log = ""
        assert process.stderr is not None
        self._reading = asyncio.create_task(self._read(process.stderr))

    async def _read(self, stream: asyncio.StreamReader) -> None:
        async for line in stream:
            self.log += line.decode()

    async def ready(self) -> None:
        async def said() -> bool:
            assert self._process.returncode is None, self.log
            return " ready as " in self.log

        await until(said, "the bot to be ready")

    async def end(self, number: signal.Signals) -> int:
        """Sends a signal and gives back the exit code."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)
        return await self.ended()

    async def ended(self) -> int:
        code = await asyncio.wait_for(self._process.wait(), 30)
        await self._reading
        return code


@asynccontextmanager
async def running(discord: StandIn, database: Path, **changed: str) -> AsyncIterator[Process]:
    """A bot process; killed at the end if it still runs."""
    settings = {
        "DISCORD_TOKEN": discord.bot_token,
        "DATABASE_PATH": str(database),
        "DISCORD_API_BASE": discord.api,
        "DISCORD_GATEWAY_URL": discord.gateway,
        "PYTHONPATH": str(ROOT),
    }
    process = Process(
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env={**os.environ, **settings, **changed},
            cwd=database.parent,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
    )
    try:
        yield process
    finally:
        await process.end(signal.SIGKILL)


def messages_of(database: Path) -> list[int]:
    """The points' first messages, as the bot stored them."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT message_id FROM points WHERE seeded ORDER BY position")]


def holds_of(database: Path) -> set[tuple[int, int, int]]:
    """(message, member, side) of every vote emoji that the bot believes to be held."""
    query = "SELECT message_id, member_id, side FROM holds JOIN points ON points.id = point_id"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return set(connection.execute(query))


def shown_by(house: House, messages: list[int]) -> set[tuple[int, int, int]]:
    """What members hold by Discord's own books."""
    return {
        (message, member, 1 if emoji == "👍" else -1)
        for message in messages
        for emoji, members in house.discord.world.reactions(message).items()
        for member in members
        if member != house.discord.bot_id
    }


def replayed(house: House, events: int) -> set[tuple[int, int, int]]:
    """What the first so many of the members' reaction events that were sent to the bot come to."""
    held: set[tuple[int, int, int]] = set()
    sent = (
        entry
        for entry in house.discord.record.entries
        if entry["kind"] == "event"
        and entry["to"] == "bot"
        and entry["name"] in ("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE")
        and entry["data"]["user_id"] != str(house.discord.bot_id)
    )
    for _, entry in zip(range(events), sent, strict=False):
        data = entry["data"]
        hold = (int(data["message_id"]), int(data["user_id"]), 1 if data["emoji"]["name"] == "👍" else -1)
        (held.add if entry["name"] == "MESSAGE_REACTION_ADD" else held.discard)(hold)
    return held


def taken_by_the_bot(house: House) -> set[tuple[int, int, int]]:
    """The members' vote emoji that the bot has taken away, since a later one had replaced them."""
    paths = (
        unquote(entry["path"]).split("/")
        for entry in house.discord.record.entries
        if entry["kind"] == "exchange" and entry["method"] == "DELETE" and "/reactions/" in entry["path"]
    )
    members = (path for path in paths if path[-1] != "@me")
    return {(int(path[-4]), int(path[-1]), 1 if path[-2] == "👍" else -1) for path in members}


async def storm(house: House, messages: list[int], stop: asyncio.Event) -> None:
    """Members put votes on, change them and take them away, until told to stop."""
    random = Random(7)

    async def one(member: Member) -> None:
        while not stop.is_set():
            message, emoji = str(random.choice(messages)), random.choice("👍👎")
            await member.react(house.home, message, emoji)
            if random.random() < 0.7:
                await member.unreact(house.home, message, emoji)

    await asyncio.gather(*[one(await house.member(number, watching=False)) for number in range(1, 13)])


async def test_sigterm_in_a_vote_storm_loses_no_event_that_was_read(house: House, tmp_path: Path) -> None:
    database = tmp_path / "bot.sqlite3"
    stop = asyncio.Event()
    async with running(house.discord, database) as bot:
        await bot.ready()
        await house.confirm()

        async def posted() -> bool:
            return len(messages_of(database)) == POINTS

        await until(posted, "all points to be posted")
        voting = asyncio.create_task(storm(house, messages_of(database), stop))

        async def stormy() -> bool:
            return len(holds_of(database)) >= 10

        await until(stormy, "votes to arrive")
        code = await bot.end(signal.SIGTERM)
        stop.set()
        await voting
    assert code == 0, bot.log
    counts = re.search(r"votes: (\d+) events read, (\d+) recorded", bot.log)
    assert counts is not None, bot.log
    read, recorded = map(int, counts.groups())
    assert read == recorded > 10
    stored, told = holds_of(database), replayed(house, read)
    assert stored <= told
    assert told - stored <= taken_by_the_bot(house), "what the bot took away itself it knows before it is told"

    async with running(house.discord, database) as again:
        await again.ready()
        member = await house.member(15, watching=False)
        await member.react(house.home, str(messages_of(database)[0]), "👍")

        async def as_shown() -> bool:
            return holds_of(database) == shown_by(house, messages_of(database))

        await until(as_shown, "the database to hold what Discord shows")
        assert await again.end(signal.SIGINT) == 0


def exchanges_of_bot(house: House) -> int:
    return sum(entry["kind"] == "exchange" and entry["by"] == "bot" for entry in house.discord.record.entries)


@pytest.mark.parametrize(
    ("requests", "minutes"),
    [
        pytest.param(*each, marks=[] if each in _ALWAYS else pytest.mark.long)
        for each in product((1, 2, 3, 4, 5, 9, 14, 17), (0, 30))
    ],
)
async def test_killed_while_posting_it_goes_on_and_posts_nothing_twice(
    house: House, tmp_path: Path, requests: int, minutes: int
) -> None:
    """kill -9 right after Discord has carried out the bot's n-th request, before the bot can have its answer.

    After half an hour Discord has forgotten the nonces, and what was posted has to be found.
    """
    database = tmp_path / "bot.sqlite3"
    async with running(house.discord, database) as bot:
        await bot.ready()
        first = exchanges_of_bot(house)
        await house.confirm()
        while exchanges_of_bot(house) < first + requests:
            await asyncio.sleep(0)
        await bot.end(signal.SIGKILL)
    house.discord.world.clock.ahead += 60.0 * minutes
    async with running(house.discord, database) as again:
        await again.ready()
        await until(lambda: _all_posted(house, database), "everything to be posted")
        assert await again.end(signal.SIGTERM) == 0
    own = [each for each in house.shown_in(house.home) if each.author_id == house.discord.bot_id and each.kind == 0]
    points = [each for each in own if not each.embeds]
    assert [each.id for each in points] == messages_of(database)
    assert [each.content.partition(" ")[0] for each in points] == ["**1)**", "**2)**", "**3)**", r"**\*)**"]
    assert len([each for each in own if each.embeds]) == 1
    for each in points:
        assert set(house.discord.world.reactions(each.id)) == {"👍", "👎"}
    assert sorted(thread.id for thread in house.discord.world.threads()) == sorted(messages_of(database))


@pytest.mark.parametrize("requests", [4, 9, *(pytest.param(each, marks=pytest.mark.long) for each in (3, 5, 6, 16))])
async def test_killed_while_posting_in_a_forum_it_opens_no_post_twice(
    forum: House, tmp_path: Path, requests: int
) -> None:
    """As above, where posts know no nonce: what may have been opened has to be found."""
    database = tmp_path / "bot.sqlite3"
    async with running(forum.discord, database) as bot:
        await bot.ready()
        first = exchanges_of_bot(forum)
        await forum.confirm()
        while exchanges_of_bot(forum) < first + requests:
            await asyncio.sleep(0)
        await bot.end(signal.SIGKILL)
    async with running(forum.discord, database) as again:
        await again.ready()
        await until(lambda: _all_posted(forum, database), "everything to be posted")
        assert await again.end(signal.SIGTERM) == 0
    posts = sorted(forum.discord.world.threads(), key=lambda thread: -thread.id)
    assert [post.name.partition(" ")[0] for post in posts] == ["1", "2", "3", "*", "Add"]
    assert [post.id for post in posts[:4]] == messages_of(database)
    for post in posts[:4]:
        assert set(forum.discord.world.reactions(post.id)) == {"👍", "👎"}
    shown = [each for each in forum.shown_in(str(posts[4].id)) if each.kind == 0]
    assert len(shown) == 2 and shown[1].embeds


async def _all_posted(house: House, database: Path) -> bool:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        (waiting,) = connection.execute("SELECT count(*) FROM deliveries WHERE ended_at IS NULL").fetchone()
        (shown,) = connection.execute("SELECT count(*) FROM pages WHERE target LIKE 'digest:%'").fetchone()
    return waiting == 0 and shown == 1


@pytest.mark.parametrize(
    ("prepare", "changed", "words"),
    [
        (lambda _: None, {"DISCORD_TOKEN": "not-the-token"}, "Discord does not know the token"),
        (lambda _: None, {"DISCORD_TOKEN": ""}, "DISCORD_TOKEN is not set"),
        (
            lambda house: house.discord.backstage.switch_intent("message_content", on=False),
            {},
            "switch it on under Bot in the developer portal",
        ),
        (lambda _: None, {"DISCORD_API_BASE": "http://127.0.0.1:9"}, "Discord cannot be reached"),
        (lambda _: None, {"LOG_LEVEL": "LOUD"}, "LOG_LEVEL is wrong"),
    ],
    ids=["token", "no token", "intent", "unreachable", "setting"],
)
async def test_what_keeps_it_from_running_is_one_sentence_and_a_code(
    house: House, tmp_path: Path, prepare: Callable[[House], None], changed: dict[str, str], words: str
) -> None:
    prepare(house)
    await house.member(1)
    async with running(house.discord, tmp_path / "bot.sqlite3", **changed) as bot:
        assert await bot.ended() == 1
    last = bot.log.strip().splitlines()[-1]
    assert words in last
    assert "Traceback" not in bot.log


async def test_a_database_of_a_newer_version_is_refused_with_one_sentence(house: House, tmp_path: Path) -> None:
    database = tmp_path / "bot.sqlite3"
    await house.member(1)
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()
    async with running(house.discord, database) as bot:
        assert await bot.ended() == 1
    assert "written by a newer version (schema 9999)" in bot.log
    assert "Traceback" not in bot.log


async def test_the_most_talkative_log_holds_no_words_of_members(house: House) -> None:
    await house.start()
    await house.open()
    await house.stop()
    async with running(house.discord, house.settings().database_path, LOG_LEVEL="DEBUG") as process:
        await process.ready()
        ada = await house.member(1)
        said = await ada.say(house.home, "4. They rattle the spoons.")
        await until(lambda: _marked(house, int(said["id"])), "the addition to be marked")
        await process.end(signal.SIGTERM)
        assert " DEBUG " in process.log
        assert "spoons" not in process.log and ada.name not in process.log and "close early" not in process.log


async def _marked(house: House, message: int) -> bool:
    return "📌" in house.discord.world.reactions(message)
