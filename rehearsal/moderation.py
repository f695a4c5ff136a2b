"""What the moderator of a script does with the additions that its comments make: plain values, and no more.

    {"channel": "moderators", "policy": "held", "waiting": ["11", "12", "13"],
     "refusal": {"label": "13", "comment": 4, "reason": "spam", "words": "…",
                 "appeal": "…", "granted": false, "answer": "…"},
     "merge": {"label": "12", "into": "3", "reason": "duplicate", "words": "…"}}

1. All of `waiting` wait, in that order. One is refused, the others are approved.
2. The author of the refused one appeals; the appeal is granted or not, and answered in any case.
3. One that was approved is merged into another point, and that is not undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Refusal:
    """One addition refused: which comment (from 1) made it, why, what its author says, and what is answered."""

    label: str
    comment: int
    reason: str
    words: str
    appeal: str
    granted: bool
    answer: str


@dataclass(frozen=True, slots=True)
class Merge:
    """One point merged into another, by their labels."""

    label: str
    into: str
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Moderation:
    """The moderators' channel by its name, the policy as the setup offers it, and what is done."""

    channel: str
    policy: str
    waiting: tuple[str, ...]
    refusal: Refusal
    merge: Merge


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a moderator has done to a point, by its label, and why; how the appeal against it went, if there was one;
    and the label of the point that it was merged into, if it was.
    """

    act: Literal["approve", "refuse", "merge"]
    label: str
    reason: str | None = None
    appeal: Literal["granted", "kept"] | None = None
    into: str | None = None
