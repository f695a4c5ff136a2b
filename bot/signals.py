"""SIGINT and SIGTERM: the first asks the bot to stop, the second ends it at once.

1. Whoever asked to stop gets it within LONGEST seconds, whatever hangs: then the process ends with code 1.
2. A second signal ends the process with 128 and its number, as a shell would say it: 130 or 143.
3. Both hold even while the event loop is held up, and on Windows, which the loop's own handlers do not.
"""

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

log = logging.getLogger(__name__)

LONGEST = 10.0
_NUMBERS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def listened_to() -> Iterator[asyncio.Event]:
    """An event that is set with the first signal. Within the block alone, from the main thread and a running loop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    limit = threading.Timer(LONGEST, _time_is_over)
    limit.daemon = True

    def hear(number: int, _frame: FrameType | None) -> None:
        if limit.ident is not None:  # the timer runs: this is not the first
            os._exit(128 + number)
        limit.start()
        loop.call_soon_threadsafe(stop.set)

    before = {number: signal.signal(number, hear) for number in _NUMBERS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        limit.cancel()


def _time_is_over() -> None:
    log.error("not everything ended within %.0f s: the process ends now", LONGEST)
    os._exit(1)
