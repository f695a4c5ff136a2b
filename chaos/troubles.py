"""Promises what befalls the bot besides kills: server errors, cut lines, slow answers, a gateway that drops it."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from random import Random

from chaos.held import Held
from chaos.pauses import goes_on
from chaos.places import Request
from chaos.process import Process
from rehearsal.server import StandIn
from rehearsal.server.fault_lines import USUAL, Fault
from rehearsal.server.mishaps import Answer, Scene
from rehearsal.server.replies import Reply

_RATE = 0.03  # of the bot's requests
_EVERY = 6.0  # seconds between two troubles with the gateway, on average
_FAULTS = (*USUAL, Fault(Answer(502)), Fault(Answer(500), after_effect=True))
_LOOK = 0.02


@dataclass(frozen=True, slots=True)
class Killing:
    """Kills the bot at this side of a request, which is never answered."""

    process: Process
    name: str = "kill"

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

    def __init__(self, discord: StandIn, held: Held, seed: int) -> None:
        self._discord = discord
        self._held = held
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
            {name: count for name, count in self._discord.faults.dealt.items() if not name.startswith("kill")}
        ) + (self._gateway)

    async def drop(self) -> None:
        """Troubles with the gateway, until the end."""
        while await goes_on(self._over, self._random.uniform(0, 2 * _EVERY)):
            if not connected(self._discord):
                continue
            name = self._random.choice(("gateway dropped", "session lost", "told to reconnect"))
            self._gateway[name] += 1
            if name == "gateway dropped":
                self._discord.outages.cut()
            elif name == "session lost":
                self._discord.outages.forget()
            else:
                self._discord.outages.ask_to_reconnect()

    async def watch(self, over: asyncio.Event) -> None:
        """Tells when the bot listens and when it does not, until it is over."""
        while await goes_on(over, _LOOK):
            if connected(self._discord):
                self._held.hearing()
            else:
                self._held.deaf()


def connected(discord: StandIn) -> bool:
    """Whether the bot has a line to the gateway."""
    sessions = discord.stage.gateway.sessions.values()
    return any(session.user_id == discord.bot_id and session.wire for session in sessions)
