"""Garbage collection: what lasts as long as the connection is not looked through again and again.

A full collection looks at every object there is and holds the event loop up meanwhile: 70 ms on a small machine before
the first server, and more with each. A young one comes by default after each 700 objects: while votes pour in, that is
every few milliseconds, and finds them still in use.
"""

import gc

from bot.client import Client

_THRESHOLDS = 3_000, 10, 10  # objects; then how many collections of the age below


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
