"""Promises to wait until the bot has nothing left to do: nothing owed, and no request and no commit for a while."""

import asyncio
import time

from chaos.process import Process
from chaos.state import State
from rehearsal.server import StandIn

_STILL = 2.0  # seconds without a request or a commit
_LOOK = 0.1


async def quiet(discord: StandIn, state: State, bot: Process, within: float) -> bool:
    """Whether the bot got quiet. It is given up where it owes less by nothing in so many seconds."""
    started = since = time.monotonic()
    last, least = (0, 0), None
    while time.monotonic() - started < within:
        now, owed = (bot.noted.commits, _requests(discord)), state.owed()
        if least is None or owed < least:
            started, least = time.monotonic(), owed
        if now != last or not bot.noted.ready or owed:
            since, last = time.monotonic(), now
        elif time.monotonic() - since > _STILL:
            return True
        await asyncio.sleep(_LOOK)
    return False


def _requests(discord: StandIn) -> int:
    return sum(entry["kind"] == "exchange" and entry["by"] == "bot" for entry in discord.record.entries)
