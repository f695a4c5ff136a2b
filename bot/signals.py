"""SIGINT and SIGTERM: the first asks the bot to stop, the second ends it at once.

1. Whoever asked to stop gets it within LONGEST seconds, whatever hangs: then the process ends with code 1.
2. A second signal ends the process with 128 and its number, as a shell would say it: 130 or 143.
3. Both hold until the process has ended, even while the event loop is held up or closed; and on Windows, too, which the
   loop's own handlers do not know.
"""

import asyncio
import logging
import os
import signal
import threading
from types import FrameType

log = logging.getLogger(__name__)

LONGEST = 10.0
_LAST_WORDS = 0.5


def listen() -> asyncio.Event:
    """An event that is set with the first signal. From the main thread and a running loop, once in a process."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    limit = threading.Timer(LONGEST, _time_is_over)
    limit.daemon = True

    def hear(number: int, _frame: FrameType | None) -> None:
        if limit.ident is not None or loop.is_closed():  # not the first, or nobody is left to hear it
            os._exit(128 + number)
        limit.start()
        loop.call_soon_threadsafe(stop.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, hear)
    return stop


def _time_is_over() -> None:
    words = "not everything ended within %.0f s: the process ends now"
    saying = threading.Thread(target=log.error, args=(words, LONGEST), daemon=True)
    saying.start()
    saying.join(_LAST_WORDS)  # nobody may be there to take them
    os._exit(1)
