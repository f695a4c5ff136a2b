"""Promises a script of faults: what befalls which request, how often; each one line in a test.

Rules:
1. A fault meets the requests of one method and one route, written as Discord's OpenAPI file writes it; of all, where
   none is named. It passes over `skip` of them, befalls `times` (None: all that follow), and then is spent. Unless
   told otherwise it concerns the bot alone.
2. It befalls before the handler, so that nothing has happened, or `after_effect`. All that are due do, in the order
   in which they were set, up to the first that answers.
3. At random, a part of the bot's requests meets one of some faults, the same ones for the same seed and order.
4. What was dealt is counted by name. An aiohttp client repeats by itself GET, PUT and DELETE whose used line was cut,
   so a reset of those wants `times=2` to be noticed.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Unpack

from rehearsal.server.event_faults import EventFaults
from rehearsal.server.fault_lines import USUAL, Chance, Fault, Lines, When
from rehearsal.server.mishaps import Answer, Archive, Deed, Hang, Limit, Overwrite, Refuse, Reset, Scene, Slow
from rehearsal.server.replies import Reply
from rehearsal.server.routing import Call, Router


class Faults:
    """The script of one Discord. The methods above the line add one. `dealt` counts by name. `events`
    are the faults of the gateway.

    Raises ValueError for a route that nobody answers: such a fault would never befall.
    """

    def __init__(self, router: Router, events: EventFaults) -> None:
        self.events = events
        self.dealt: Counter[str] = events.dealt
        self._router = router
        self._lines = Lines()
        self._chance: Chance | None = None
        self._released = asyncio.Event()

    # --- what may befall ----------------------------------------------------------------------------------
    def answer(self, status: int, method: str | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        """A server error: 500, 502, 503 or 504."""
        self.add(Fault(Answer(status), method, route, **when))

    def limit(
        self,
        seconds: float,
        method: str | None = None,
        route: str | None = None,
        *,
        scope: str = "user",
        **when: Unpack[When],
    ) -> None:
        """A 429 with the scope "user", "shared" or "global"."""
        self.add(Fault(Limit(seconds, scope), method, route, **when))

    def refuse(self, code: int, method: str | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        """A refusal under one of Discord's codes, such as 40003."""
        self.add(Fault(Refuse(code), method, route, **when))

    def reset(self, method: str | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        """The connection is cut without an answer."""
        self.add(Fault(Reset(), method, route, **when))

    def slow(self, seconds: float, method: str | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        self.add(Fault(Slow(seconds), method, route, **when))

    def hang(self, method: str | None = None, route: str | None = None, **when: Unpack[When]) -> None:
        """No answer until `release`."""
        self.add(Fault(Hang(), method, route, **when))

    def archive(
        self,
        method: str | None = None,
        route: str | None = None,
        *,
        thread_id: int | None = None,
        **when: Unpack[When],
    ) -> None:
        """A thread is archived: this one, else the one that the request makes, else the one in its path."""
        self.add(Fault(Archive(thread_id), method, route, **when))

    def overwrite(
        self,
        channel_id: int,
        method: str | None = None,
        route: str | None = None,
        *,
        allow: int = 0,
        deny: int = 0,
        **when: Unpack[When],
    ) -> None:
        """The bot's permissions in a channel change."""
        self.add(Fault(Overwrite(channel_id, allow, deny), method, route, **when))

    def do(
        self,
        deed: Callable[[], object],
        method: str | None = None,
        route: str | None = None,
        **when: Unpack[When],
    ) -> None:
        """Something is done, mostly with `backstage`."""
        self.add(Fault(Deed(deed), method, route, **when))

    def add(self, fault: Fault) -> None:
        self._check(fault)
        self._lines.add(fault)

    def at_random(self, seed: int, rate: float, faults: Sequence[Fault] = USUAL) -> None:
        """From now on a request of the bot meets one of the faults that concern it, with this probability."""
        for each in faults:
            self._check(each)
        self._chance = Chance(seed, rate, tuple(faults))

    def _check(self, fault: Fault) -> None:
        if fault.route is not None and not self._router.answers(fault.method, fault.route):
            raise ValueError(f"Nobody answers {fault.method or 'any method'} on {fault.route}.")

    # --- and how it ends ----------------------------------------------------------------------------------
    def release(self) -> None:
        """What hangs goes on, and events that were kept back go out."""
        self.events.release()
        self._released.set()
        self._released = asyncio.Event()

    def clear(self) -> None:
        """Nothing more befalls, events neither; what hangs goes on, and what was dealt stays counted."""
        self.events.clear()
        self._lines.clear()
        self._chance = None
        self.release()

    def close(self) -> None:
        """Clears, and what is late comes no more."""
        self.clear()
        self.events.close()

    def meet(self, call: Call, method: str, route: str, bot: bool) -> "Ordeal":
        """What is in store for this request."""
        chance = self._chance.draw(method, route) if self._chance and bot else None
        return Ordeal(self, call, (method, route, bot), chance)

    def due(self, after_effect: bool, request: tuple[str, str, bool]) -> Iterator[Fault]:
        """The faults of the script whose turn it is."""
        return self._lines.due(after_effect, *request)

    async def befall(self, fault: Fault, call: Call, reply: Reply | None) -> Reply | None:
        """Deals one fault; the reply the client gets of it, if it answers."""
        self.dealt[fault.name] += 1
        return await fault.mishap.befall(Scene(call, reply, self._released))


class Ordeal:
    """One request's way through the faults. `met` names those that befell it."""

    def __init__(self, faults: Faults, call: Call, request: tuple[str, str, bool], chance: Fault | None) -> None:
        self.met: list[str] = []
        self._faults, self._call, self._request, self._chance = faults, call, request, chance

    async def before(self) -> Reply | None:
        """The reply of a fault that comes in the handler's place, or None."""
        return await self._through(None)

    async def after(self, reply: Reply) -> Reply:
        """The reply the client gets once the handler has replied."""
        return await self._through(reply) or reply

    async def _through(self, reply: Reply | None) -> Reply | None:
        for fault in self._pending(after_effect=reply is not None):
            self.met.append(fault.name)
            if found := await self._faults.befall(fault, self._call, reply):
                return found
        return None

    def _pending(self, after_effect: bool) -> Iterator[Fault]:
        yield from self._faults.due(after_effect, self._request)
        if self._chance and self._chance.after_effect is after_effect:
            yield self._chance
