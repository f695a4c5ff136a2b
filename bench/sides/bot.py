"""The bot itself, as `bot/app.py` builds it, on a database where a critique is open already.

Once it is ready it says so; for each `{"count"}` it hears, it says when so many events more were on record, and
`[how many, when]` as they went. It looks every other millisecond: what it says is late by so much at most, never early.
"""

import asyncio
import sys
import time
from pathlib import Path

from bench.lines import heard, say
from bench.stage import ready, settings
from bot import garbage
from bot.app import App, opened

_LOOK = 0.002


async def _main(api: str, gateway: str, token: str, database: str) -> None:
    async with opened(settings(api, gateway, token, Path(database)), guild_wait=0.1) as app:
        await ready(app)
        await garbage.set_aside()
        say({"ready": True})
        async for line in heard():
            say({})
            busy = time.process_time()
            marks = await _recorded(app, line["count"])
            say({"ended": marks[-1][1], "busy": time.process_time() - busy, "marks": marks})


async def _recorded(app: App, count: int) -> list[tuple[int, float]]:
    """Waits for so many events more; how many were on record, and since when."""
    votes = app.client.votes
    before = votes.recorded
    marks = [(0, time.monotonic())]
    while marks[-1][0] < count:
        await asyncio.sleep(_LOOK)
        if votes.recorded - before > marks[-1][0]:
            marks.append((votes.recorded - before, time.monotonic()))
    return marks


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
