"""Promises to wait until the bot has nothing left to do: nothing owed, and no request and no commit for a while."""

import asyncio
import time

from chaos.process import Process
from chaos.state import State
from rehearsal.server import StandIn

_STILL = 2.0  # seconds without a request or a commit
_LOOK = 0.1


async def quiet(discord: StandIn, state: State, bot: Process, within: float) -> bool:
    """Whether the bot got quiet in so many seconds."""
    end = time.monotonic() + within
    since, last = time.monotonic(), (0, 0)
    while time.monotonic() < end:
        now = bot.noted.commits, _requests(discord)
        if now != last or not bot.noted.ready or state.owed():
            since, last = time.monotonic(), now
        elif time.monotonic() - since > _STILL:
            return True
        await asyncio.sleep(_LOOK)
    return False


def _requests(discord: StandIn) -> int:
    return sum(entry["kind"] == "exchange" and entry["by"] == "bot" for entry in discord.record.entries)
