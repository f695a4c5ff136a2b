"""Promises what the stand-in's books show, as plain values: messages, threads, reactions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chaos.checks.stored import AGREE, DISAGREE

_TOLD = (0, 19)  # what members and bots write: messages and replies (documentation: Message Types)
_DIRECT = 1
_EPHEMERAL = 1 << 6
_THREADS = (10, 11, 12)
SIDES = {"👍": AGREE, "👎": DISAGREE}


@dataclass(frozen=True, slots=True)
class Message:
    """A message that everybody in its channel sees."""

    id: int
    channel: int
    author: int
    content: str
    answers: int | None
    embeds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread, or a post in a forum."""

    id: int
    parent: int
    owner: int
    name: str
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Books:
    """What there is in this Discord. `reactions` are who gave which emoji, by message."""

    bot: int
    messages: Mapping[int, Message]
    threads: Mapping[int, Thread]
    reactions: Mapping[int, Mapping[str, frozenset[int]]]
    directs: Mapping[int, int] = field(default_factory=dict[int, int])  # channels of direct messages, and with whom

    def sides(self, message: int) -> dict[int, frozenset[int]]:
        """The sides that each member holds a vote emoji of, the bot left out."""
        found: dict[int, frozenset[int]] = {}
        for emoji, users in self.reactions.get(message, {}).items():
            for user in users - {self.bot} if emoji in SIDES else ():
                found[user] = found.get(user, frozenset()) | {SIDES[emoji]}
        return found

    def seeded(self, message: int) -> bool:
        """Whether the bot's own two vote emoji stand under it."""
        under = self.reactions.get(message, {})
        return all(self.bot in under.get(emoji, ()) for emoji in SIDES)

    def bears(self, message: int, emoji: str) -> bool:
        """Whether the bot has put this emoji there."""
        return self.bot in self.reactions.get(message, {}).get(emoji, ())

    def own(self) -> list[Message]:
        """The bot's messages."""
        return [message for message in self.messages.values() if message.author == self.bot]


def read(printed: Mapping[str, Any], bot: int) -> Books:
    """The books as the stand-in prints them under `/_stand-in/books`."""
    threads = {
        int(each["id"]): Thread(
            int(each["id"]), int(each["parent_id"]), int(each["owner_id"]), each["name"], _locked(each)
        )
        for each in printed["channels"]
        if each["type"] in _THREADS
    }
    messages = {
        int(each["id"]): _message(each)
        for shown in printed["messages"].values()
        for each in shown
        if each["type"] in _TOLD and not each["flags"] & _EPHEMERAL
    }
    reactions = {
        int(message): {emoji: frozenset(map(int, users)) for emoji, users in found.items()}
        for message, found in printed["reactions"].items()
    }
    directs = {
        int(each["id"]): int(user["id"])
        for each in printed["channels"]
        if each["type"] == _DIRECT
        for user in each["recipients"]
        if int(user["id"]) != bot
    }
    return Books(bot, messages, threads, reactions, directs)


def _locked(printed: Mapping[str, Any]) -> bool:
    return bool(printed["thread_metadata"]["locked"])


def _message(printed: Mapping[str, Any]) -> Message:
    answers = (printed.get("message_reference") or {}).get("message_id")
    return Message(
        int(printed["id"]),
        int(printed["channel_id"]),
        int(printed["author"]["id"]),
        printed["content"],
        None if answers is None else int(answers),
        tuple(embed.get("description", "") for embed in printed["embeds"]),
    )
