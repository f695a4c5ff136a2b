"""Loops that run for as long as the bot does.

1. One that breaks is logged and started again, after a pause that grows.
2. One that the database stops is started again every second, without a word: the watch says what ails it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

from bot.ending import Ending
from bot.storage.database import DatabaseUnusable

log = logging.getLogger(__name__)

_PAUSE = 1.0
_LONGEST_PAUSE = 60.0
_SHARE = 0.07  # of the time in which a bot ends


def keep(stack: AsyncExitStack, ending: Ending, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Runs a loop until the stack is taken down."""
    task = asyncio.create_task(_kept(name, work), name=name)

    async def end() -> None:
        task.cancel()
        await asyncio.wait({task})

    stack.push_async_callback(ending.step, f"the loop {name}", _SHARE, end)


async def _kept(name: str, work: Callable[[], Awaitable[None]]) -> None:
    pause = _PAUSE
    while True:
        try:
            await work()
        except DatabaseUnusable:
            await asyncio.sleep(_PAUSE)
        except Exception:
            log.exception("the loop %s broke and is started again in %.0f s", name, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
