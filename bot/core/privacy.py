"""What is stored about a member, over all servers that the bot is on: one bot, one database, one answer."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much of each is stored; `opted_out` says that no votes are."""

    points: int = 0
    votes: int = 0
    changes: int = 0
    replies: int = 0
    cases: int = 0
    notes: int = 0
    acts: int = 0
    reports: int = 0
    answers: int = 0
    claims: int = 0
    arguments: int = 0
    backings: int = 0
    follows: int = 0
    visits: int = 0
    skips: int = 0
    servers: int = 0
    opted_out: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything but the wish to be left out is stored."""
        about = (self.points, self.votes, self.changes, self.replies, self.cases, self.notes)
        about = (
            *about,
            self.answers,
            self.claims,
            self.arguments,
            self.backings,
            self.follows,
            self.visits,
            self.skips,
        )
        return any((*about, self.acts, self.reports))


@dataclass(frozen=True, slots=True)
class Left:
    """What an erasure or opting out has left to do or cannot do: emoji that the bot takes away in Discord."""

    votes: int
    emoji: int
