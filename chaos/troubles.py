"""Promises what befalls the bot besides kills: server errors, cut lines, slow answers, a gateway that drops it."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from random import Random

from chaos.hearing import NOTED, line
from chaos.pauses import goes_on
from chaos.places import Request
from chaos.process import Process
from rehearsal.server import StandIn
from rehearsal.server.fault_lines import USUAL, Fault
from rehearsal.server.mishaps import Answer, Scene
from rehearsal.server.replies import Reply

_RATE = 0.03  # of the bot's requests
_KILL = "kill"
_EVERY = 6.0  # seconds between two troubles with the gateway, on average
_FAULTS = (*USUAL, Fault(Answer(502)), Fault(Answer(500), after_effect=True))


@dataclass(frozen=True, slots=True)
class Killing:
    """Kills the bot at this side of a request, which is never answered."""

    process: Process
    name: str = _KILL

    async def befall(self, scene: Scene) -> Reply | None:
        """Kills it; before the effect there is none. One that is gone already is not what was meant."""
        if self.process.killed:
            return None
        self.process.kill()
        await self.process.ended()
        return Reply(None)


def arm(discord: StandIn, process: Process, place: Request) -> None:
    """The bot is killed around that request of its own."""
    discord.faults.add(
        Fault(Killing(process), place.method, place.route, skip=place.number - 1, after_effect=place.after)
    )


class Troubles:
    """Troubles at random, from a seed, until they are ended."""

    def __init__(self, discord: StandIn, seed: int) -> None:
        self._discord = discord
        self._seed = seed
        self._random = Random(f"troubles {seed}")  # noqa: S311 - seeded on purpose
        self._gateway: Counter[str] = Counter()
        self._over = asyncio.Event()

    def begin(self) -> None:
        """From now on requests meet faults."""
        self._discord.faults.at_random(self._seed, _RATE, _FAULTS)

    def end(self) -> None:
        """Nothing more befalls."""
        self._over.set()
        self._discord.faults.clear()

    @property
    def dealt(self) -> Counter[str]:
        """How often each befell."""
        return Counter(
            {name: count for name, count in self._discord.faults.dealt.items() if not name.startswith((_KILL, NOTED))}
        ) + (self._gateway)

    async def drop(self) -> None:
        """Troubles with the gateway, until the end."""
        while await goes_on(self._over, self._random.uniform(0, 2 * _EVERY)):
            if line(self._discord) is None:
                continue
            name = self._random.choice(("gateway dropped", "session lost", "told to reconnect"))
            self._gateway[name] += 1
            if name == "gateway dropped":
                self._discord.outages.cut()
            elif name == "session lost":
                self._discord.outages.forget()
            else:
                self._discord.outages.ask_to_reconnect()
