"""Promises each interaction from the member's click to the last answer its token allows.

docs: interactions/receiving-and-responding. Rules:
1. The application has three seconds for its first answer; then the interaction is unknown and the member is told.
2. There is one first answer; the token is good for fifteen minutes after that.
3. Interactions live in memory: a server that starts again has forgotten them, as their clients must.
4. A modal that was shown can be submitted until a submission is answered, also after a restart of either side.
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
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMISSION = 2, 3, 4, 5
_MOST_MODALS = 200


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
    completing: int | None = None
    message_id: int | None = None
    answered: bool = False
    failed: bool = False
    original_id: int | None = None
    modal_id: int | None = None
    target: dict[str, Json] = field(default_factory=dict)
    trigger: dict[str, Json] | None = None
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
        if interaction.modal_id is not None and self._world.facts["modals"].pop(str(interaction.modal_id), None):
            self._world.save_facts()
        if interaction.kind != AUTOCOMPLETE:
            self._tell(interaction, "INTERACTION_SUCCESS")

    # --- modals -------------------------------------------------------------------------------------------
    def show(self, interaction: Interaction, modal: Json, trigger: Json) -> None:
        """The modal stands on the member's screen. `trigger` is what its submission will say it came from."""
        shown: dict[str, Json] = self._world.facts.setdefault("modals", {})
        shown[str(interaction.id)] = {
            "user_id": interaction.user_id,
            "channel_id": interaction.channel_id,
            "message_id": interaction.message_id,
            "modal": modal,
            "trigger": trigger,
        }
        for old in list(shown)[:-_MOST_MODALS]:
            del shown[old]
        self._world.save_facts()
        self._tell(interaction, "INTERACTION_MODAL_CREATE", channel_id=str(interaction.channel_id), **modal)

    def shown(self, modal_id: int, user_id: int) -> dict[str, Json] | None:
        """A modal that stands on the user's screen."""
        found = self._world.facts.get("modals", {}).get(str(modal_id))
        return found if found and found["user_id"] == user_id else None

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
