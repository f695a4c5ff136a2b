"""A critique in figures, as moderators look at all of a server's."""

from dataclasses import dataclass

from bot.core.critiques import Critique


@dataclass(frozen=True, slots=True)
class Overview:
    """A critique: how many points its document has and how many were added, who took part, how far its posting is.

    `voters` have a stance on any point now. `posted` of the points stand in Discord; `waiting` are on their way.
    """

    critique: Critique
    originals: int
    additions: int
    voters: int
    replies: int
    posted: int
    waiting: int

    @property
    def points(self) -> int:
        """All of them."""
        return self.originals + self.additions

    @property
    def untouched(self) -> bool:
        """Whether nobody has voted, added or written."""
        return not (self.voters or self.additions or self.replies)


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Some of a server's critiques, open ones first, then the newest; `number` counts the pages from 1."""

    overviews: tuple[Overview, ...]
    number: int
    pages: int
