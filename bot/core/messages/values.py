"""What a reading is made of: a message to be read, and what is found in it."""

from dataclasses import dataclass

from bot.core.arguments import Side
from bot.core.messages.marks import Mark
from bot.core.messages.masks import View
from bot.core.messages.mentions import Mention


@dataclass(frozen=True, slots=True)
class Argument:
    """An answer to points, in the order in which they are named; `quote` is what it answers, where that is quoted."""

    points: tuple[str, ...]
    side: Side | None
    text: str
    quote: str
    sure: float
    why: str  # "list", "heading", "judgement", "said", "quote"


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of points that nothing is said against or for."""

    points: tuple[str, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be read for what it argues: what its author wrote, what is seen of it, and what is named in it.

    `seen` is the view, quoted words covered; `thread` the label of the point in whose thread it stands, or None.
    """

    text: str
    seen: View
    spoken: str
    mentions: tuple[Mention, ...]
    entries: tuple[Mark, ...]
    thread: str | None
    named: frozenset[str]

    def words(self, start: int, end: int) -> str:
        """What the author wrote between two places of the view."""
        return self.text[self.seen.place(start) : self.seen.place(end)].strip() if end > start else ""


@dataclass(frozen=True, slots=True)
class Found:
    """An argument, and the part of the view in which mentions are no references."""

    argument: Argument
    start: int
    end: int
