"""Interactions put into the gateway past Discord's own checks, and what the bot answers to them."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.display.errors import _sentences
from rehearsal.member.commands import fill
from rehearsal.server.interaction_model import Interaction
from tests.e2e.conftest import House

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMISSION = 2, 3, 4, 5
BUTTON, OPTIONS, ROLES, CHANNELS = 2, 3, 6, 8
_TEXT, _LABEL = 4, 18
_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_CHOICES, _MODAL = 8, 9
_EPHEMERAL = 64
_WRONG = "Something went wrong on my side"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """An interaction as it is to be sent."""

    kind: int
    data: Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said to an interaction; no answer at all leaves Discord to say that it failed."""

    kinds: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()
    hidden: bool = True

    @property
    def silent(self) -> bool:
        return not self.kinds

    @property
    def refused(self) -> bool:
        """Whether it is the sentence of a refusal, and nothing else."""
        return any(_is_refusal(text) for text in self.texts)

    @property
    def broke(self) -> bool:
        return any(_WRONG in text for text in self.texts)


def _is_refusal(text: str) -> bool:
    for sentence in _sentences().values():
        pieces = [piece for piece in _pieces(sentence) if piece]
        if all(piece in text for piece in pieces):
            return True
    return False


def _pieces(sentence: str) -> list[str]:
    """What stands around the parameters."""
    found, rest = [], sentence
    while "{" in rest:
        before, _, rest = rest.partition("{")
        found.append(before)
        rest = rest.partition("}")[2]
    return [*found, rest]


class Injector:
    """Sends interactions as whoever is named, from a server's channel, on a message of the bot's there."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._commands = [
            {"id": str(one.id), "application_id": "0", "version": "0", **one.body}
            for one in house.discord.world.commands.values()
        ]

    def command(self, words: str, /, **options: Any) -> Sent:
        return Sent(COMMAND, fill(self._commands, words, options).data)

    def suggest(self, words: str, option: str, typed: str = "") -> Sent:
        return Sent(AUTOCOMPLETE, fill(self._commands, words, {option: typed}, option).data)

    def menu(self, name: str, message: int) -> Sent:
        (found,) = (one for one in self._commands if one["name"] == name)
        return Sent(COMMAND, {"id": found["id"], "target_id": str(message)})

    async def send(self, sent: Sent, user: int, channel: int, message: int) -> Answer:
        """What the bot answers, when it has done all that it does at once."""
        entries = self._house.discord.record.entries
        since = len(entries)
        begun = self._house.discord.backstage.forge(user, channel, sent.kind, sent.data, message)
        await self._over(begun)
        for aside in list(self._house.app.client._asides):
            aside.cancel()
        return _answer(entries[since:], begun)

    async def _over(self, begun: Interaction) -> None:
        """An id that nobody takes is answered by nobody: then the event was read, and nothing is under way."""
        end = time.monotonic() + 30
        calm = 0
        while calm < 3 and time.monotonic() < end:
            await asyncio.sleep(0.001)  # a wait that leaves the processor to the threads of the database
            calm = calm + 1 if self._settled() else 0
        assert calm, f"{begun.kind} is still being answered"

    def _settled(self) -> bool:
        app = self._house.app
        return self._house._heard_all() and app._heard_all() and not app.client.answering()


def press(custom_id: str) -> Sent:
    return Sent(COMPONENT, {"custom_id": custom_id, "component_type": BUTTON})


def choose(custom_id: str, *values: str, kind: int = OPTIONS) -> Sent:
    return Sent(COMPONENT, {"custom_id": custom_id, "component_type": kind, "values": list(values)})


def submit(custom_id: str, fields: Mapping[str, Any]) -> Sent:
    """A list is what was chosen, a text what was typed."""
    return Sent(SUBMISSION, {"custom_id": custom_id, "components": [_field(*each) for each in fields.items()]})


def _field(name: str, value: Any) -> Json:
    inner = {"id": 2, "custom_id": name}
    if isinstance(value, list):
        return {"type": _LABEL, "id": 1, "component": {**inner, "type": OPTIONS, "values": value}}
    return {"type": _LABEL, "id": 1, "component": {**inner, "type": _TEXT, "value": value}}


def _answer(entries: list[Json], begun: Interaction) -> Answer:
    """All that was answered with the interaction's token."""
    bodies = [
        (entry["route"] == _CALLBACK, entry["request"] or {})
        for entry in entries
        if entry["kind"] == "exchange" and begun.token in entry["path"] and entry["method"] in ("POST", "PATCH")
    ]
    shown = [(body.get("data") or {}) if first else body for first, body in bodies]
    return Answer(
        kinds=tuple(body["type"] for first, body in bodies if first),
        texts=tuple(str(one.get("content") or "") + _embedded(one) for one in shown),
        choices=tuple(choice["value"] for one in shown for choice in one.get("choices") or ()),
        hidden=all(_hidden(first, body) for first, body in bodies),
    )


def _embedded(shown: Json) -> str:
    return " ".join(str(embed.get("description") or "") for embed in shown.get("embeds") or ())


def _hidden(first: bool, body: Json) -> bool:
    """Whether nobody else sees it: an answer of its own must say so."""
    return not first or body["type"] != 4 or bool((body.get("data") or {}).get("flags", 0) & _EPHEMERAL)
