"""Votes as the gateway sends them: who puts an emoji under which point, or takes it away, frame by frame.

1. A sequence of votes is the same for the same seed, so that whoever sends it and whoever checks what became of it
   need not tell each other.
2. Nobody holds both emoji of a point: a member who does has one request made for them, which is no event's cost.
3. Nine of ten put an emoji on; the tenth takes one away that is held.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

AGREE, DISAGREE = "👍", "👎"
_FIRST_MEMBER = 900_000_000_000_000_000
_MEMBERS = 20_000
_TAKEN_AWAY = 0.1


@dataclass(frozen=True, slots=True)
class Vote:
    """One reaction event: an emoji of a member on a message, put on or taken away."""

    message: int
    member: int
    emoji: str
    added: bool


class Votes:
    """An endless sequence of votes under some messages. `held` is what stands after those taken so far."""

    def __init__(self, messages: Sequence[int], seed: int) -> None:
        self._messages = messages
        self._random = Random(seed)  # noqa: S311 - invented votes, the same for the same seed
        self.held: dict[tuple[int, int], str] = {}
        self._order: list[tuple[int, int]] = []

    def take(self, count: int) -> list[Vote]:
        """The next so many."""
        return [self._one() for _ in range(count)]

    def _one(self) -> Vote:
        random = self._random
        if self._order and random.random() < _TAKEN_AWAY:
            place = random.randrange(len(self._order))
            self._order[place], self._order[-1] = self._order[-1], self._order[place]
            message, member = self._order.pop()
            return Vote(message, member, self.held.pop((message, member)), added=False)
        while True:
            whose = random.choice(self._messages), _FIRST_MEMBER + random.randrange(_MEMBERS)
            if whose not in self.held:
                break
        self.held[whose] = AGREE if random.random() < 2 / 3 else DISAGREE
        self._order.append(whose)
        return Vote(*whose, self.held[whose], added=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the votes are cast, and who wrote the messages. `member` is a member object to be sent with each vote."""

    guild: int
    channel: int
    author: int
    member: dict[str, Any]


def event(place: Place, vote: Vote) -> tuple[str, dict[str, Any]]:
    """The name and the data of a vote's event (docs: events/gateway-events#message-reaction-add, -remove)."""
    data: dict[str, Any] = {
        "user_id": str(vote.member),
        "channel_id": str(place.channel),
        "message_id": str(vote.message),
        "emoji": {"id": None, "name": vote.emoji},
        "burst": False,
        "type": 0,
        "guild_id": str(place.guild),
    }
    if not vote.added:
        return "MESSAGE_REACTION_REMOVE", data
    member = {**place.member, "user": {**place.member["user"], "id": str(vote.member)}}
    return "MESSAGE_REACTION_ADD", {**data, "message_author_id": str(place.author), "member": member}


def last(place: Place) -> tuple[str, dict[str, Any]]:
    """An event that concerns nobody, by which a listener knows that all before it has come."""
    data = {"channel_id": str(place.channel), "message_id": str(place.channel), "guild_id": str(place.guild)}
    return "MESSAGE_REACTION_REMOVE_ALL", data


def dispatched(named: tuple[str, dict[str, Any]], seq: int) -> str:
    """The payload of an event, as the gateway writes it."""
    payload = {"op": 0, "s": seq, "t": named[0], "d": named[1]}
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def framed(payloads: Sequence[str]) -> Iterator[bytes]:
    """Each payload as a WebSocket's text frame from a server (RFC 6455, 5.2)."""
    for payload in payloads:
        body = payload.encode()
        length = bytes((len(body),)) if len(body) < 126 else b"\x7e" + len(body).to_bytes(2, "big")
        yield b"\x81" + length + body
