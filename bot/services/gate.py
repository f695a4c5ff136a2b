"""The gate before the intakes: what comes from a server that has to be read first waits there.

1. A server is shut until it has been read. `open` lets in what was read, and then what waited.
2. A server that is shut anew has missed something since. What waited goes in, but comes before what was missed, so that
   it says nothing of up to where the server is known (`is_open`). What the next reading finds anew does not go in: it
   would be taken for older than what was missed.
3. All of it is synchronous, so that no event overtakes another.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from bot.core.ids import GuildId
from bot.services.intake import Intake

E = TypeVar("E")

Put = Callable[[], None]


class Gate:
    """Which servers are open, which are to be read, and what waits."""

    def __init__(self) -> None:
        self._open: set[GuildId] = set()
        self._waiting: dict[GuildId, list[tuple[Put, bool]]] = {}
        self._turns: Counter[GuildId] = Counter()
        self._wanted: dict[GuildId, None] = {}
        self._wants = asyncio.Event()

    def put(self, intake: Intake[E], guild: GuildId, event: E, *, found_anew: bool = False) -> None:
        """An event of a server: into the intake, or behind what waits already.

        `found_anew`: a reading of the server finds what it came to.
        """
        if guild in self._open:
            intake.put(event)
        else:
            self._waiting.setdefault(guild, []).append((partial(intake.put, event), found_anew))

    @property
    def idle(self) -> bool:
        """Whether nothing waits, and no server is to be read."""
        return not self._waiting and not self._wanted

    @property
    def waiting(self) -> int:
        """How many events wait."""
        return sum(map(len, self._waiting.values()))

    def is_open(self, guild: GuildId) -> bool:
        """Whether the server is known up to now: all that it has missed was read, and is in the intakes."""
        return guild in self._open

    def shut(self, where: Callable[[GuildId], bool]) -> list[GuildId]:
        """From now on what comes from these servers waits, and a reading that is under way has come too early.

        Gives back those that were open.
        """
        lost = [guild for guild in self._open if where(guild)]
        for guild in [guild for guild in self._turns if where(guild)]:
            self._turns[guild] += 1
            self._open.discard(guild)
            self._wanted.pop(guild, None)
            self._let_in(guild, unread=True)
        return lost

    def want(self, guild: GuildId) -> None:
        """The server is there, and is to be read; what is open already is not."""
        if guild in self._open:
            return
        self._turns[guild] += 0
        self._wanted[guild] = None
        self._wants.set()

    async def next(self) -> GuildId:
        """The next server to be read."""
        while not self._wanted:
            self._wants.clear()
            await self._wants.wait()
        guild = next(iter(self._wanted))
        del self._wanted[guild]
        return guild

    def turn(self, guild: GuildId) -> int:
        """What tells this reading of the server from others."""
        return self._turns[guild]

    def hold(self, guild: GuildId) -> int | None:
        """An open server's events wait while it is read; its turn, or None where it is shut already."""
        if guild not in self._open:
            return None
        self._open.discard(guild)
        return self._turns[guild]

    def open(self, guild: GuildId, turn: int, read: Iterable[tuple[Intake[Any], Any]]) -> bool:
        """Lets in what was `read` and then what waited. False, and nothing, where the server was shut meanwhile."""
        if self._turns[guild] != turn:
            return False
        for intake, event in read:
            intake.put(event)
        self._let_in(guild)
        self._open.add(guild)
        return True

    def open_all(self) -> None:
        """Lets in what waits, as where servers are shut anew: nothing more is read."""
        for guild in list(self._waiting):
            self._let_in(guild, unread=True)

    def _let_in(self, guild: GuildId, *, unread: bool = False) -> None:
        for put, found_anew in self._waiting.pop(guild, ()):
            if not (unread and found_anew):
                put()
