"""The end of a bot: steps, each with a share of the time, and all of them with the time together.

A step that takes longer than its share is cut off and said, and the next one has its turn, so that nothing that hangs
keeps what comes after it from being stored.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

_AT_LEAST = 0.2  # seconds of each step, however late it is


class Unfinished(Exception):
    """A step that had to be finished was cut off: `what`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Ending:
    """The seconds that all steps have together, from the first one on."""

    def __init__(self, together: float = 60.0) -> None:
        self._together = together
        self._until: float | None = None

    async def step(
        self, what: str, share: float, work: Callable[[], Awaitable[object]], *, needed: bool = False
    ) -> None:
        """Waits for the work, or cuts it off. Raises what the work raises, and Unfinished if it was `needed`."""
        if self._until is None:
            self._until = time.monotonic() + self._together
        limit = max(min(share * self._together, self._until - time.monotonic()), _AT_LEAST)
        task = asyncio.ensure_future(work())
        await asyncio.wait({task}, timeout=limit)
        if task.done():
            task.result()
            return
        log.warning("%s: not over within %.1f s, and cut off", what, limit)
        task.cancel()
        await asyncio.wait({task}, timeout=_AT_LEAST)
        if needed:
            raise Unfinished(what)
