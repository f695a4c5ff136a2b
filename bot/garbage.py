"""Garbage collection: what lasts as long as the connection is not looked through again and again.

A full collection looks at every object there is and holds the event loop up meanwhile: 70 ms on a small machine before
the first server, and more with each.
"""

import gc

from bot.client import Client


def spare(client: Client) -> None:
    """From each READY on, collections look only at what is new since."""
    client.add_listener(set_aside, "on_ready")


async def set_aside() -> None:
    """Collects all there is once, and sets aside what is left.

    What was set aside before is looked at, too: a READY that is no resume brings all servers anew.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
