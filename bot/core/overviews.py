"""A critique in figures, as moderators look at all of a server's."""

from dataclasses import dataclass

from bot.core.critiques import Critique


@dataclass(frozen=True, slots=True)
class Overview:
    """A critique: how many points its document has and how many were added, who took part, how far its posting is.

    `additions` are those that members see, `unlisted` those that wait for a moderator or were refused. `voters` have a
    stance on any point now. `posted` points stand in Discord and `unposted` ones do not yet; `waiting` of these are on
    their way.
    """

    critique: Critique
    originals: int
    additions: int
    unlisted: int
    voters: int
    replies: int
    posted: int
    unposted: int
    waiting: int
    arguments: int = 0

    @property
    def untouched(self) -> bool:
        """Whether nobody has voted, added, written or argued."""
        return not (self.voters or self.additions or self.unlisted or self.replies or self.arguments)


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Some of a server's critiques, open ones first, then the newest; `number` counts the pages from 1."""

    overviews: tuple[Overview, ...]
    number: int
    pages: int
