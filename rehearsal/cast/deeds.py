"""The cast's own ledger: what it did, as it did it, whatever the bot made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rehearsal.moderation import Ruling

Reactions = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """A message that a member wrote: part of which comment (from 1), by whom, with which id."""

    comment: int
    member_id: str
    message_id: str
    content: str


@dataclass(frozen=True, slots=True)
class VoteAct:
    """One reaction put on or taken off a point's message."""

    act: Literal["add", "remove"]
    member_id: str
    message_id: str
    channel_id: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Deeds:
    """What the cast did.

    `points` are the messages that bore both seeded emoji when voting began. `held` says which emoji a member
    has on a message at the end, in the order in which they were put there; members who hold none are absent.
    `names` is the name each member goes by; `invented` are those among them that no page gave.
    `rulings` are what the moderator did, in order; none where the script has no moderation.
    """

    seed: int
    opened: bool
    preview: Mapping[str, Any]
    points: tuple[str, ...]
    comments: int
    said: tuple[Said, ...]
    votes: tuple[VoteAct, ...]
    held: Reactions
    names: Mapping[str, str]
    invented: tuple[str, ...]
    rulings: tuple[Ruling, ...] = ()


def held_after(acts: Iterable[VoteAct]) -> Reactions:
    """Which emoji each member holds on each message once all acts are done, in order of being put there."""
    held: dict[tuple[str, str], list[str]] = {}
    for act in acts:
        mine = held.setdefault((act.message_id, act.member_id), [])
        if act.emoji in mine:
            mine.remove(act.emoji)
        if act.act == "add":
            mine.append(act.emoji)
    return {key: tuple(emoji) for key, emoji in held.items() if emoji}
