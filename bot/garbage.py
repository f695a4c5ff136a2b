"""What memory the bot takes, and how often it is looked through: not again and again for what lasts.

A full collection looks at every object there is and holds the event loop up meanwhile: 70 ms on a small machine before
the first server, and more with each. A young one comes by default after each 700 objects: while votes pour in, that is
every few milliseconds, and finds them still in use.
"""

import ctypes
import gc
import os
from contextlib import suppress

from bot.client import Client

_THRESHOLDS = 3_000, 10, 10  # objects; then how many collections of the age below
_ARENAS = "glibc", -8, 1  # M_ARENA_MAX in malloc.h; mallopt(3)


def share_one_heap() -> None:
    """Threads that begin from now on share one heap; glibc gives them one each, up to eight a core.

    The connections to the database have a thread each and take turns. Another C library is left alone.
    """
    library, option, arenas = _ARENAS
    with suppress(AttributeError, ValueError, OSError):  # no confstr, not its name, no such library
        if (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith(library):
            ctypes.CDLL(None).mallopt(option, arenas)


def spare(client: Client) -> None:
    """From each READY on, collections look only at what is new since."""
    client.add_listener(set_aside, "on_ready")


async def set_aside() -> None:
    """Collects all there is once, sets aside what is left, and lets more come together from now on.

    What was set aside before is looked at, too: a READY that is no resume brings all servers anew.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
