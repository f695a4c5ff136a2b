"""The watch over the database and over what waits in memory.

1. What ails the database is said once, in one line of the log, and so is that it is over. The same again within a
   minute is said only if it lasts.
2. While it ails, what is read waits in memory, up to MOST events. Then the connection is let go, so that nothing more
   is read; once all that waited is stored it is taken up, and what happened meanwhile is read as after any gap.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.client import Client
from bot.faults import sentence
from bot.storage.database import DatabaseUnusable

log = logging.getLogger(__name__)

MOST = 250_000  # events; under a hundred megabytes, since most of them are votes
_LOOKS_EVERY = 1.0  # seconds, as all that follow
_LONGEST_PAUSE = 5.0
_LONGEST_PAUSE_IF_DAMAGED = 60.0  # for then the whole file is looked through
_SAME_AGAIN = 60.0


class Watch:
    """`run` it for as long as the bot runs. `clock` counts seconds."""

    def __init__(self, client: Client, *, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._db = client.desk.db
        self._most = most
        self._clock = clock
        self._said = ""  # what is said to ail the database
        self._last: tuple[str, float] = ("", 0.0)  # what ailed it last, and since when it does not
        self._next = 0.0
        self._pause = 0.0
        self._away = False

    async def run(self) -> None:
        """Looks every second, until cancelled."""
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            await self.look()

    async def look(self) -> None:
        """One look: what ails the database is said and, where that can be, mended."""
        if self._db.ailment is not None and self._clock() >= self._next:
            await self._try_to_mend(self._db.ailment)
        await self._hold_back()

    async def _try_to_mend(self, ailment: DatabaseUnusable) -> None:
        self._say(ailment)
        try:
            replaced = await self._db.mend()
        except DatabaseUnusable as error:
            self._say(error)
            longest = _LONGEST_PAUSE_IF_DAMAGED if error.code == "damaged" else _LONGEST_PAUSE
            self._pause = min(max(2 * self._pause, _LOOKS_EVERY), longest)
            self._next = self._clock() + self._pause
            return
        self._pause = 0.0
        self._say_mended(ailment)
        if replaced:
            log.warning("another file stands at %s now: all servers are read anew", self._db.path)
            await self._go_away()

    def _say(self, ailment: DatabaseUnusable) -> None:
        last, since = self._last
        if ailment.code == self._said or (ailment.code == last and self._clock() < since + _SAME_AGAIN):
            return
        self._said = ailment.code
        log.error("nothing can be stored, and what is read waits in memory: %s", sentence(ailment))

    def _say_mended(self, ailment: DatabaseUnusable) -> None:
        self._last = (self._said or ailment.code, self._clock())
        if self._said:
            log.warning("the database can be used again; events that waited: %d", self._waiting())
        self._said = ""

    def _waiting(self) -> int:
        return self._client.books.gate.waiting + sum(intake.waiting for intake in self._client.intakes)

    async def _hold_back(self) -> None:
        if self._waiting() >= self._most:
            if not self._away:
                log.error("%d events wait in memory: the connection is let go until they are stored", self._waiting())
            await self._go_away()
        elif self._away and self._db.ailment is None and not self._waiting():
            self._away = False
            await self._client.take_up()

    async def _go_away(self) -> None:
        self._away = True
        await self._client.let_go()
        self._client.books.lost(lambda _: True)
