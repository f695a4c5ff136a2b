"""Exclusions: votes that moderators have taken out of the figures.

1. Of a member: all their votes in a critique or on the server, those cast before and those cast from then on.
2. Since a time: all votes cast between then and the act, whoever cast them. A vote cast anew afterwards counts.
3. Nothing is deleted. What an exclusion covered counts again once it is lifted and no other covers it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.core.ids import CaseId, CritiqueId, GuildId
from bot.core.marks import Mark

ExclusionId = NewType("ExclusionId", int)

LONGEST_SINCE = timedelta(days=7)  # further back it is no raid, and the members are better named


class Cover(StrEnum):
    """What becomes of a vote when it is held against the exclusions that stand."""

    OUT = "out"
    IN = "in"
    AS_IT_IS = "as-it-is"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exclusion that stands: of the member of that mark, or of all votes cast since then up to `at`.

    Without a critique it is for the whole server. `votes` is how many it took out.
    """

    id: ExclusionId
    guild: GuildId
    critique: CritiqueId | None
    member: Mark | None
    since: datetime | None
    at: datetime
    case: CaseId
    votes: int

    def is_about(self, critique: CritiqueId) -> bool:
        """Whether it covers votes of the critique."""
        return self.critique is None or self.critique == critique


def cover(
    standing: Iterable[Exclusion], critique: CritiqueId, member: Mark | None, *, taken: Collection[ExclusionId]
) -> Cover:
    """What the exclusions that stand say of a member's vote in a critique.

    `taken` are those since a time that took the vote out when they were made. Of such a one the vote may have been
    cast anew: it stays as it is.
    """
    about = [one for one in standing if one.is_about(critique)]
    if member is not None and any(one.member == member for one in about):
        return Cover.OUT
    return Cover.AS_IT_IS if any(one.id in taken for one in about) else Cover.IN
