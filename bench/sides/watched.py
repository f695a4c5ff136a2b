"""The bot itself, on a database that is given, with an eye on its event loop.

`python -m bench.sides.watched API GATEWAY TOKEN DATABASE` says so once it is at rest. From then on it notes, every few
milliseconds, how late the loop woke it, how long the loop's thread had worked meanwhile, and how many votes are on
record. It says all of it when it hears a line: `{"marks": [[how many, when]], "delays": [[when, late by]], "works":
[[when, for]]}`, in seconds of the monotonic clock and of the thread's own.
"""

import asyncio
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.lines import heard, say
from bench.stage import settings
from bot import garbage
from bot.app import App, opened

_EVERY = 0.005
_WORTH_TELLING = 0.001
Moments = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen so far."""

    marks: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])
    delays: Moments = field(default_factory=Moments)
    works: Moments = field(default_factory=Moments)


async def _main(api: str, gateway: str, token: str, database: str) -> None:
    async with opened(settings(api, gateway, token, Path(database)), guild_wait=0.1) as app:
        garbage.spare(app.client)
        await app.ready()
        while not await app.idle():
            await asyncio.sleep(_EVERY)
        seen, over = Seen(), asyncio.Event()
        watching = asyncio.create_task(_watch(app, seen, over))
        say({"ready": True})
        async for _ in heard():
            say(asdict(seen))
        over.set()
        await watching


async def _watch(app: App, seen: Seen, over: asyncio.Event) -> None:
    votes = app.client.votes
    before = recorded = votes.recorded
    while not over.is_set():
        due, worked = time.monotonic() + _EVERY, time.thread_time()
        await asyncio.sleep(_EVERY)
        now, work = time.monotonic(), time.thread_time() - worked
        if now - due > _WORTH_TELLING:
            seen.delays.append((now, now - due))
        if work > _WORTH_TELLING:
            seen.works.append((now, work))
        if votes.recorded != recorded:
            recorded = votes.recorded
            seen.marks.append((recorded - before, now))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
