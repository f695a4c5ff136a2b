"""Promises each interaction from the member's click to the last answer its token allows.

docs: interactions/receiving-and-responding. Rules:
1. The application has three seconds for its first answer; then the interaction is unknown and the member is told.
2. There is one first answer; the token is good for fifteen minutes after that.
3. Interactions live in memory: a server that starts again has forgotten them, as their clients must.
"""

import asyncio
import secrets
from dataclasses import dataclass, field

from rehearsal.server.errors import refusal
from rehearsal.server.events import Events
from rehearsal.server.model import Json
from rehearsal.server.world import World

TOKEN_SECONDS = 15 * 60.0
FAILED_IN_TIME = 2
COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4


@dataclass(slots=True)
class Interaction:
    id: int
    kind: int
    user_id: int
    channel_id: int
    guild_id: int | None
    nonce: Json
    at: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    command: dict[str, Json] | None = None
    message_id: int | None = None
    answered: bool = False
    failed: bool = False
    original_id: int | None = None
    messages: set[int] = field(default_factory=set)
    timer: asyncio.TimerHandle | None = None


class Conversations:
    """All interactions whose tokens may still be good."""

    def __init__(self, world: World, events: Events) -> None:
        self._world = world
        self._events = events
        self._open: dict[int, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    def begin(self, interaction: Interaction, seconds: float) -> None:
        """Starts the clock for the first answer."""
        self._forget_old()
        self._open[interaction.id] = interaction
        self._by_token[interaction.token] = interaction
        loop = asyncio.get_running_loop()
        interaction.timer = loop.call_later(seconds, self._fail, interaction)

    def unanswered(self, interaction_id: int, token: str) -> Interaction:
        """The interaction that waits for its first answer; 10062 or 40060 if there is none."""
        found = self._open.get(interaction_id)
        if found is None or found.token != token or found.failed:
            raise refusal(10062)
        if found.answered:
            raise refusal(40060)
        return found

    def by_token(self, token: str) -> Interaction:
        """The interaction a webhook route names; only an answered one has a webhook."""
        found = self._by_token.get(token)
        if found is None or self._world.clock.seconds() - found.at > TOKEN_SECONDS:
            raise refusal(50027)
        if not found.answered:
            raise refusal(10015)
        return found

    def answer(self, interaction: Interaction) -> None:
        """The first answer came: its member is told so. Autocompletion has an event of its own."""
        interaction.answered = True
        if interaction.timer:
            interaction.timer.cancel()
        if interaction.kind != AUTOCOMPLETE:
            self._tell(interaction, "INTERACTION_SUCCESS")

    def close(self) -> None:
        for interaction in self._open.values():
            if interaction.timer:
                interaction.timer.cancel()

    def _fail(self, interaction: Interaction) -> None:
        interaction.failed = True
        if interaction.kind != AUTOCOMPLETE:
            self._tell(interaction, "INTERACTION_FAILURE", reason_code=FAILED_IN_TIME)

    def _tell(self, interaction: Interaction, name: str, **more: Json) -> None:
        data = {"id": str(interaction.id), "nonce": interaction.nonce, **more}
        self._events.tell(interaction.user_id, name, data)

    def _forget_old(self) -> None:
        now = self._world.clock.seconds()
        for interaction in list(self._open.values()):
            if now - interaction.at <= TOKEN_SECONDS:
                break
            del self._open[interaction.id], self._by_token[interaction.token]
