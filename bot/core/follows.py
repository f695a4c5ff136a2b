"""Following a critique or its digest: what followers are told of, and when a direct message may be sent.

1. What happens is recorded once, whoever follows; a follower is told in one message of all of it that is new to them,
   and of nothing that happened before they followed.
2. At most one message an hour, none in the follower's quiet hours, and nobody is told of what they did themselves.
3. At most so many new direct messages are opened in ten minutes: Discord refuses a bot that opens many (40003).
4. A side leads a point with more votes than the other; an even count turns nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.critiques import Critique
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId
from bot.core.points import Point
from bot.core.votes import Stance

EVERY = timedelta(hours=1)
OPENED_AT_MOST = 20
OPENED_WITHIN = timedelta(minutes=10)
QUIET = (22, 8)  # hours
KEPT = timedelta(days=30)  # what happened, for those who take no messages


class Followed(StrEnum):
    """What somebody follows of a critique."""

    CRITIQUE = "critique"
    DIGEST = "digest"


class What(StrEnum):
    """What has happened."""

    POINT = "point"
    REPLY = "reply"
    ARGUMENT = "argument"
    LEAD = "lead"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Happening:
    """What has happened in a critique, on a point where it is about one, by a member where one did it."""

    critique: CritiqueId
    what: What
    point: Point | None = None
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Follower:
    """How a member is told. `telling` is up to which happening a message on its way tells them."""

    guild: GuildId
    member: MemberId
    quiet: tuple[int, int]
    heard: int
    telling: int | None
    told_at: datetime | None
    channel: ChannelId | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class News:
    """So many things of one kind, on a point where they are about one; `side` is which leads there now."""

    what: What
    count: int
    point: Point | None = None
    side: Stance | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What is new to a follower in one critique."""

    critique: Critique
    news: Sequence[News]


@dataclass(frozen=True, slots=True)
class CatchUp:
    """What changed in a critique since a member's last look, `since` (None: they never looked).

    `answers` are arguments and replies under their own points; `unvoted` are points they have not voted on.
    """

    critique: Critique
    since: datetime | None
    points: Sequence[Point]
    turned: Sequence[News]
    answers: Sequence[News]
    unvoted: Sequence[Point]

    @property
    def empty(self) -> bool:
        """Whether nothing changed and nothing is left to vote on."""
        return not (self.points or self.turned or self.answers or self.unvoted)


def is_quiet(hour: int, quiet: tuple[int, int]) -> bool:
    """Whether an hour of the clock lies within the quiet ones, from the first up to, and without, the second.

    Where both are the same there are none.
    """
    begin, end = quiet
    return begin <= hour < end if begin <= end else hour >= begin or hour < end


def quiet_for(local: datetime, quiet: tuple[int, int]) -> timedelta | None:
    """How much is left of the quiet hours by the follower's clock; None outside them. Where the clocks change meanwhile
    it is an hour off.
    """
    if not is_quiet(local.hour, quiet):
        return None
    end = local.replace(hour=quiet[1], minute=0, second=0, microsecond=0)
    return (end if end > local else end + timedelta(days=1)) - local
