"""Promises each interaction from the member's click to the last answer its token allows.

docs: interactions/receiving-and-responding. Rules:
1. The application has three seconds for its first answer; then the interaction is unknown and the member is told.
2. There is one first answer; the token is good for fifteen minutes after that.
3. Interactions outlive a restart of the server, as those of Discord do a restart of one of its machines.
4. A modal that was shown can be submitted until a submission is answered, also after a restart of either side.
"""

import asyncio

from rehearsal.server.errors import refusal
from rehearsal.server.events import Events
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import Json
from rehearsal.server.world import World

TOKEN_SECONDS = 15 * 60.0
FAILED_IN_TIME = 2
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMISSION = 2, 3, 4, 5
_MOST_MODALS = 200


class Conversations:
    """All interactions whose tokens may still be good."""

    def __init__(self, world: World, events: Events) -> None:
        self._world = world
        self._events = events
        self._by_token: dict[str, Interaction] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}

    def begin(self, interaction: Interaction, seconds: float) -> None:
        """Starts the clock for the first answer."""
        self._forget_old()
        self._world.interactions[interaction.id] = interaction
        self._world.save(interaction)
        self._watch(interaction, seconds)

    def resume(self, seconds: float) -> None:
        """Goes on with those the state file held; the clock for their first answers went on meanwhile."""
        self._forget_old()
        now = self._world.clock.seconds()
        for interaction in self._world.interactions.values():
            self._watch(interaction, max(0.0, interaction.at + seconds - now))

    def _watch(self, interaction: Interaction, seconds: float) -> None:
        self._by_token[interaction.token] = interaction
        if not interaction.answered and not interaction.failed:
            timer = asyncio.get_running_loop().call_later(seconds, self._fail, interaction)
            self._timers[interaction.id] = timer

    def unanswered(self, interaction_id: int, token: str) -> Interaction:
        """The interaction that waits for its first answer; 10062 or 40060 if there is none."""
        found = self._world.interactions.get(interaction_id)
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
        self._world.save(interaction)
        if timer := self._timers.pop(interaction.id, None):
            timer.cancel()
        if interaction.modal_id is not None and self._world.facts["modals"].pop(str(interaction.modal_id), None):
            self._world.save_facts()
        if interaction.kind != AUTOCOMPLETE:
            self._tell(interaction, "INTERACTION_SUCCESS")

    def made(self, interaction: Interaction, message_id: int, *, original: bool = False) -> None:
        """From now on the interaction's token may read, change and delete this message."""
        if message_id not in interaction.messages:
            interaction.messages.append(message_id)
        if original:
            interaction.original_id = message_id
        self._world.save(interaction)

    def deleted(self, interaction: Interaction, message_id: int) -> None:
        interaction.messages.remove(message_id)
        self._world.save(interaction)

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
        for timer in self._timers.values():
            timer.cancel()

    def _fail(self, interaction: Interaction) -> None:
        del self._timers[interaction.id]
        interaction.failed = True
        self._world.save(interaction)
        if interaction.kind != AUTOCOMPLETE:
            self._tell(interaction, "INTERACTION_FAILURE", reason_code=FAILED_IN_TIME)

    def _tell(self, interaction: Interaction, name: str, **more: Json) -> None:
        data = {"id": str(interaction.id), "nonce": interaction.nonce, **more}
        self._events.tell(interaction.user_id, name, data)

    def _forget_old(self) -> None:
        now = self._world.clock.seconds()
        for interaction in list(self._world.interactions.values()):
            if now - interaction.at <= TOKEN_SECONDS:
                break
            del self._world.interactions[interaction.id]
            self._by_token.pop(interaction.token, None)
            self._world.store.drop(interaction)
