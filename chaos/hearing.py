"""Promises when the bot hears and when it does not, and when it takes a vote emoji away, for those who judge it.

It hears again when its session goes on, or, in a new one, when it has read after the gap: till then what members do
is one gap to it, however often it was started meanwhile.
"""

import asyncio
import time
from dataclasses import dataclass, field

from chaos.checks.books import SIDES
from chaos.held import Held
from chaos.pauses import goes_on
from chaos.state import State
from rehearsal.server import StandIn
from rehearsal.server.fault_lines import Fault
from rehearsal.server.mishaps import Scene
from rehearsal.server.replies import Reply

CLEARING = ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions")
TAKING_AWAY = ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}")
_LOOK = 0.03
NOTED = "noted"


@dataclass(frozen=True, slots=True)
class Noting:
    """Notes what the bot takes away, when it is asked for and once it has happened, and changes nothing."""

    held: Held
    name: str = NOTED
    sent: dict[int, float] = field(default_factory=dict[int, float])  # by the identity of the call under way

    async def befall(self, scene: Scene) -> Reply | None:
        """Notes it."""
        call = scene.call
        if scene.reply is None:
            self.sent[id(call)] = time.monotonic()
            return None
        pair = int(call.params["message_id"]), int(call.params["user_id"])
        self.held.was_taken(pair, SIDES[call.params["emoji_name"]], self.sent.pop(id(call), time.monotonic()))
        return None


@dataclass(frozen=True, slots=True)
class NotingCleared:
    """Notes which messages the bot has cleared, and changes nothing."""

    held: Held
    name: str = NOTED

    async def befall(self, scene: Scene) -> Reply | None:
        """Notes it."""
        self.held.was_cleared(int(scene.call.params["message_id"]))
        return None


class Hearing:
    """Watches the bot's line."""

    def __init__(self, discord: StandIn, state: State, held: Held) -> None:
        self._discord = discord
        self._state = state
        self._held = held
        self._heard: str | None = None
        self._deaf_at = time.time()

    def note(self) -> None:
        """From now on what the bot takes away is noted, until the faults are cleared."""
        noting = Noting(self._held)
        for after in (False, True):
            self._discord.faults.add(Fault(noting, *TAKING_AWAY, times=None, after_effect=after))
        cleared = NotingCleared(self._held)
        self._discord.faults.add(Fault(cleared, *CLEARING, times=None, after_effect=True))

    async def watch(self, over: asyncio.Event) -> None:
        """Tells what members know, until it is over."""
        self._held.deaf()
        while await goes_on(over, _LOOK):
            session = line(self._discord)
            if session is None:
                if not self._held.is_deaf:
                    self._deaf_at = time.time()
                self._held.deaf()
            elif self._held.is_deaf and self._has_caught_up(session):
                self._heard = session
                self._held.hearing()
            elif session != self._heard and not self._held.is_deaf:  # it was gone for less than a look
                self._deaf_at = time.time()
                self._held.deaf()

    def _has_caught_up(self, session: str) -> bool:
        return session == self._heard or self._state.read_since(self._deaf_at)


def line(discord: StandIn) -> str | None:
    """The session in which the bot has a line to the gateway."""
    sessions = discord.stage.gateway.sessions.values()
    return next((each.id for each in sessions if each.user_id == discord.bot_id and each.wire), None)
