"""One ordered way in for events: taken at once, recorded in batches, in the order in which they came.

1. `put` is synchronous, so that two events cannot overtake each other.
2. What was put is recorded before `drain` returns, or `drain` raises; what comes early is tried once more.
3. A database that cannot be written to holds the queue up and loses nothing; it is tried again. That is said where
   the database is watched over, not here.
4. An event that breaks its recorder is logged and left out, so that it cannot stop those behind it.
5. An event that comes early (its recorder gives it back) is tried again for a while, before all later ones; how
   many were not recorded in the end is logged.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.storage.database import DatabaseUnusable

log = logging.getLogger(__name__)

T = TypeVar("T")

_BATCH = 5_000
_FULL = 2 * _BATCH
_ENOUGH = 500  # for a batch to grow no further
_LINGER = 0.05  # seconds in which a batch may grow: far under the 250 ms that an event may take
_EARLY_TRIES = 100
_EARLY_PAUSE = 0.2
_LONGEST_PAUSE = 5.0


class Intake(Generic[T]):
    """An ordered queue and the recorder of its batches.

    The recorder returns those of the events it was given that came early.
    """

    def __init__(
        self,
        name: str,
        record: Callable[[Sequence[T]], Awaitable[Sequence[T]]],
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.name = name
        self.read = 0
        self.recorded = 0
        self._record = record
        self._sleep = sleep
        self._queue: deque[T] = deque()
        self._early: list[T] = []
        self._early_tries: dict[int, int] = {}
        self._patient = True
        self._held_up = False
        self._filled = asyncio.Event()
        self._progress = asyncio.Event()
        self._working = asyncio.Lock()

    def put(self, event: T) -> None:
        """Takes an event. Never blocks and never fails."""
        self.read += 1
        self._queue.append(event)
        self._filled.set()

    @property
    def idle(self) -> bool:
        """Whether all that was put has been recorded."""
        return not self._queue and not self._early and not self._working.locked()

    @property
    def waiting(self) -> int:
        """How many events have been put and not been recorded."""
        return self.read - self.recorded

    @property
    def full(self) -> bool:
        """Whether so much waits that more is better left where it is, and is being recorded."""
        return len(self._queue) >= _FULL and not self._held_up

    async def wait(self) -> None:
        """Returns when something has been recorded, or cannot be."""
        self._progress.clear()
        await self._progress.wait()

    async def caught_up(self) -> None:
        """Returns when all that was put before has been recorded, or was too early. It needs `run` beside it."""
        target = self.read
        while self.recorded < target:
            await self.wait()

    async def run(self) -> None:
        """Records batch after batch until it is cancelled; the batch in hand is finished first."""
        while True:
            if self._early:
                await self._sleep(_EARLY_PAUSE)
            else:
                await self._filled.wait()
                if len(self._queue) < _ENOUGH:
                    await self._sleep(_LINGER)
            await asyncio.shield(asyncio.ensure_future(self._record_batch()))

    async def drain(self) -> None:
        """Records all that was put. Raises DatabaseUnusable where it cannot."""
        self._patient = False
        try:
            await self._record_batch()
            while self._queue or self._working.locked():
                await self._record_batch()
        finally:
            self._patient = True
        self._say_left_out(len(self._early))

    async def _record_batch(self) -> None:
        async with self._working:
            taken = [self._queue.popleft() for _ in range(min(len(self._queue), _BATCH))]
            if not self._queue:
                self._filled.clear()
            batch = [*self._early, *taken]
            if not batch:
                return
            try:
                early = await self._record_each_way(batch)
            except BaseException:
                self._queue.extendleft(reversed(taken))
                self._filled.set()
                raise
            self._keep_early(early)
            self.recorded += len(taken)
            self._progress.set()

    async def _record_each_way(self, batch: Sequence[T]) -> Sequence[T]:
        try:
            return await self._patiently(batch)
        except DatabaseUnusable:
            raise
        except Exception:
            log.exception("%s: a batch of %d broke; its events are tried singly", self.name, len(batch))
        early: list[T] = []
        for event in batch:
            try:
                early.extend(await self._patiently([event]))
            except DatabaseUnusable:
                raise
            except Exception:
                log.exception("%s: an event of kind %s was left out", self.name, type(event).__name__)
        return early

    async def _patiently(self, batch: Sequence[T]) -> Sequence[T]:
        """Records the batch, however long the database takes to come back, unless the intake is being drained."""
        pause = 0.1
        while True:
            try:
                recorded = await self._record(batch)
            except DatabaseUnusable:
                if not self._patient:
                    raise
            else:
                self._held_up = False
                return recorded
            self._held_up = True
            self._progress.set()
            await self._sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _keep_early(self, early: Sequence[T]) -> None:
        tries = {id(event): self._early_tries.get(id(event), 0) + 1 for event in early}
        self._early = [event for event in early if tries[id(event)] <= _EARLY_TRIES]
        self._say_left_out(len(early) - len(self._early))
        self._early_tries = {id(event): tries[id(event)] for event in self._early}

    def _say_left_out(self, count: int) -> None:
        if count:
            log.warning("%s: events that came early and are not recorded: %d", self.name, count)
