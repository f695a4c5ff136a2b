"""Promises what the members did, as they know it themselves."""

from dataclasses import dataclass, field
from enum import StrEnum

from chaos.held import Held


@dataclass(frozen=True, slots=True)
class Typed:
    """An addition typed in a lobby, or opened as a post in a forum: Discord has taken it, so it must be on record."""

    message: int
    text: str
    post: bool = False


@dataclass(slots=True)
class Sent:
    """An addition sent in a form; `answered` once the member was told that it is recorded."""

    text: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Argued:
    """An argument typed in a point's thread, with its side."""

    message: int
    thread: int
    text: str
    side: str


@dataclass(slots=True)
class Balloted:
    """A private ballot on the words of one revision; `answered` once the member was told that it is recorded."""

    point: int
    revision: int
    member: int
    stance: int
    answered: bool = False


@dataclass(slots=True)
class Claimed:
    """An addition without a number; `pressed` once its author has said that it is one, `answered` once told so."""

    message: int
    text: str
    pressed: bool = False
    answered: bool = False


@dataclass(slots=True)
class Confirmed:
    """A critique of so many points whose preview was confirmed; `answered` once the moderator was told so."""

    title: str
    points: int
    answered: bool = False


class Order(StrEnum):
    """What a moderator does to keep order, by the name that its case has."""

    HIDE = "hide"
    RESTORE = "restore"
    LOCK = "lock"
    UNLOCK = "unlock"
    MERGE = "merge"
    UNMERGE = "unmerge"
    REWORD = "reword"
    APPROVE = "approve"
    REFUSE = "refuse"


@dataclass(slots=True)
class Kept:
    """Order kept on a point; `answered` once the moderator was told that it is done."""

    order: Order
    point: int
    answered: bool = False


@dataclass(slots=True)
class Deeds:
    """Everything."""

    held: Held = field(default_factory=Held)
    typed: list[Typed] = field(default_factory=list[Typed])
    sent: list[Sent] = field(default_factory=list[Sent])
    confirmed: list[Confirmed] = field(default_factory=list[Confirmed])
    kept: list[Kept] = field(default_factory=list[Kept])
    argued: list[Argued] = field(default_factory=list[Argued])
    balloted: list[Balloted] = field(default_factory=list[Balloted])
    claimed: list[Claimed] = field(default_factory=list[Claimed])
    replies: int = 0

    @property
    def additions(self) -> int:
        """Additions that must be on record."""
        return len(self.typed) + sum(sent.answered for sent in self.sent)
