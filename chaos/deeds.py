"""Promises what the members did, as they know it themselves."""

from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Confirmed:
    """A critique of so many points whose preview was confirmed; `answered` once the moderator was told so."""

    title: str
    points: int
    answered: bool = False


@dataclass(slots=True)
class Deeds:
    """Everything."""

    held: Held = field(default_factory=Held)
    typed: list[Typed] = field(default_factory=list[Typed])
    sent: list[Sent] = field(default_factory=list[Sent])
    confirmed: list[Confirmed] = field(default_factory=list[Confirmed])
    replies: int = 0

    @property
    def additions(self) -> int:
        """Additions that must be on record."""
        return len(self.typed) + sum(sent.answered for sent in self.sent)
