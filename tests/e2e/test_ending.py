"""The bot is stopped: in order, within ten seconds whatever hangs, and at once when it is asked a second time."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.compute import Worker
from tests.conftest import ROOT
from tests.e2e.conftest import House, until
from tests.e2e.test_process import POINTS, Process, holds_of, messages_of, running

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


async def posted(house: House, database: Path) -> None:
    """A critique is posted, and nothing is owed any more."""
    await house.confirm()

    async def all_there() -> bool:
        return len(messages_of(database)) == POINTS and owed(database) == 0

    await until(all_there, "everything to be posted")


def owed(database: Path) -> int:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT count(*) FROM deliveries WHERE ended_at IS NULL").fetchone()[0]


async def dealt(house: House, name: str, times: int = 1) -> None:
    async def enough() -> bool:
        return house.discord.faults.dealt[name] >= times

    await until(enough, f"{name} to befall")


async def timed(bot: Process, number: signal.Signals) -> tuple[int, float]:
    """The exit code, and how many seconds it took."""
    begun = time.monotonic()
    return await bot.end(number), time.monotonic() - begun


async def test_it_ends_within_ten_seconds_whatever_hangs_and_goes_on_at_the_next_start(
    house: House, tmp_path: Path
) -> None:
    """Deliveries, a command and the farewell to the gateway hang for ever."""
    database = tmp_path / "bot.sqlite3"
    member = await house.member(1)
    async with running(house.discord, database) as bot:
        await bot.ready()
        await house.moderator()
        house.discord.faults.hang("POST", "/channels/{channel_id}/messages", times=None)
        await house.confirm()
        await dealt(house, "hang")
        house.discord.faults.hang("POST", CALLBACK, times=None)
        command = asyncio.create_task(member.command("digest show", house.home, house.guild))
        await dealt(house, "hang", 2)
        house.discord.outages.go_deaf()
        code, seconds = await timed(bot, signal.SIGTERM)
        house.discord.faults.clear()
        await asyncio.wait({command})
        assert command.exception() is not None
    assert (code, seconds < 10) == (0, True), f"{seconds:.1f} s\n{bot.log}"
    assert "Traceback" not in bot.log
    async with running(house.discord, database) as again:
        await again.ready()

        async def all_there() -> bool:
            return len(messages_of(database)) == POINTS and owed(database) == 0

        await until(all_there, "everything to be posted")
        assert await again.end(signal.SIGTERM) == 0
    own = [each for each in house.shown_in(house.home) if each.author_id == house.discord.bot_id and each.kind == 0]
    assert [each.id for each in own if not each.embeds] == messages_of(database)


async def test_who_waits_for_an_answer_gets_it_and_what_is_under_way_is_finished(house: House, tmp_path: Path) -> None:
    database = tmp_path / "bot.sqlite3"
    member = await house.member(1)
    async with running(house.discord, database) as bot:
        await bot.ready()
        await posted(house, database)
        house.discord.faults.slow(1.0, "POST", CALLBACK)
        house.discord.faults.slow(1.0, "PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me")
        await member.say(house.home, "4. They hide the sugar.")
        await dealt(house, "slow")
        command = asyncio.create_task(member.command("digest show", house.home, house.guild))
        await dealt(house, "slow", 2)
        assert await bot.end(signal.SIGTERM) == 0
    assert (await command)["embeds"]
    assert "cut off" not in bot.log and "Traceback" not in bot.log


async def test_a_second_signal_ends_it_at_once_with_the_shells_code(house: House, tmp_path: Path) -> None:
    database = tmp_path / "bot.sqlite3"
    async with running(house.discord, database) as bot:
        await bot.ready()
        house.discord.faults.hang("POST", "/channels/{channel_id}/messages", times=None)
        await house.confirm()
        await dealt(house, "hang")
        first = asyncio.create_task(bot.end(signal.SIGTERM))

        async def stopping() -> bool:
            return "stopping" in bot.log

        await until(stopping, "the bot to hear the first")
        code, seconds = await timed(bot, signal.SIGINT)
        assert (code, await first) == (130, 130)
        assert seconds < 1.5
        house.discord.faults.clear()


async def test_what_cannot_be_stored_at_the_end_is_said_and_read_at_the_next_start(
    house: House, tmp_path: Path
) -> None:
    database = tmp_path / "bot.sqlite3"
    member = await house.member(1, watching=False)
    async with running(house.discord, database) as bot:
        await bot.ready()
        await posted(house, database)
        with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await member.react(house.home, str(messages_of(database)[0]), "👍")
            code, seconds = await timed(bot, signal.SIGTERM)
            other.execute("COMMIT")
    assert (code, seconds < 10) == (1, True), bot.log
    assert "is in use by another process" in bot.log.splitlines()[-1]
    assert "Traceback" not in bot.log
    async with running(house.discord, database) as again:
        await again.ready()

        async def counted() -> bool:
            return holds_of(database) == {(messages_of(database)[0], int(member.id), 1)}

        await until(counted, "the vote to be found")
        assert await again.end(signal.SIGTERM) == 0


async def test_a_worker_that_is_busy_is_ended() -> None:
    worker = Worker()
    assert await worker(abs, -1) == 1
    busy = asyncio.create_task(worker(time.sleep, 60))
    await asyncio.sleep(0)
    begun = time.monotonic()
    await worker.close()
    assert time.monotonic() - begun < 10
    await asyncio.wait({busy})
    assert busy.cancelled() or busy.exception() is not None


HANGS = """
import asyncio, logging, os, signal, time
from bot import signals

async def main():
    signals.LONGEST = 0.1
    signals.listen()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)

logging.basicConfig()
asyncio.run(main())
"""


@pytest.mark.parametrize("full", [False, True], ids=["taken", "full"])
def test_whatever_hangs_is_ended_in_time_though_nobody_takes_its_last_words(full: bool) -> None:
    """Standard error is a pipe that nobody reads meanwhile; once it is full, who writes to it waits for ever."""
    reader, writer = os.pipe()
    try:
        filled = fill(writer) if full else 0
        ended = subprocess.run([sys.executable, "-c", HANGS], check=False, cwd=ROOT, stderr=writer, timeout=10)
    finally:
        os.close(writer)
        words = b"".join(iter(lambda: os.read(reader, 65_536), b""))
        os.close(reader)
    assert ended.returncode == 1
    assert (len(words) == filled) if full else (b"the process ends now" in words)


def fill(pipe: int) -> int:
    """How many bytes it took."""
    taken = 0
    os.set_blocking(pipe, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            taken += os.write(pipe, b".")
    os.set_blocking(pipe, True)
    return taken
