"""Private ballots: which point a member is asked about next, and when what was cast joins the figures.

1. Nothing that others can see changes when a ballot is cast, but that the member's own reaction is taken away.
2. The figures of a point have its ballots as they were at the last batch. A batch is made with the weekly digest and
   at the close, and only of eight or more ballots that are new, changed or gone since: nobody can be read off a
   change of one.
3. Least heard is by the figures that everybody sees: an order by what was cast in secret would tell of it.
4. In a blind critique there is no batch, and no figure at all, before the close.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from hashlib import sha256

from bot.core.critiques import Critique
from bot.core.ids import MemberId, PointId
from bot.core.points import Point
from bot.core.votes import MemberVotes, Stance

BATCH = 8  # ballots


class Press(StrEnum):
    """What a member presses about the point that they are asked about."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNSURE = "unsure"
    SKIP = "skip"


STANCES = {Press.AGREE: Stance.AGREE, Press.DISAGREE: Stance.DISAGREE, Press.UNSURE: Stance.UNSURE}


@dataclass(frozen=True, slots=True)
class Paper:
    """What one member is asked: `point`, or that there is nothing left (None).

    Of `total` points that take votes the member has voted on `voted`, in public or in private, and skipped `skipped`.
    `said` is the member's own vote on the point where it has one.
    """

    critique: Critique
    point: Point | None
    total: int
    voted: int
    skipped: int
    said: Stance | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """A ballot that was recorded: on which point, and whether it replaced a reaction that others could see."""

    point: Point
    stance: Stance
    replaced: bool


def walk(heard: Mapping[PointId, int], seed: str) -> list[PointId]:
    """The points in the order in which a member is asked: least heard first, those equally heard shuffled by `seed`."""
    return sorted(heard, key=lambda point: (heard[point], sha256(f"{seed}:{point}".encode()).digest()))


def to_show(votes: MemberVotes) -> Stance | None:
    """What the figures are to have of a member's ballot from the next batch on.

    A reaction beneath it that still stands is in the figures itself: the ballot joins them once that is gone.
    """
    ballot = votes.ballot
    if ballot is None or not ballot.counts or votes.agree is not None or votes.disagree is not None:
        return None
    return ballot.stance


def changed(votes: Mapping[MemberId, MemberVotes]) -> list[MemberId]:
    """Those whose ballots are new, changed or gone since the last batch of their point."""
    return [member for member, each in votes.items() if each.ballot and each.ballot.shown is not to_show(each)]


def batch(votes: Mapping[MemberId, MemberVotes]) -> Sequence[MemberId]:
    """Whose ballots join the figures of one point now: of too few nobody's."""
    found = changed(votes)
    return found if len(found) >= BATCH else ()


def is_due(last: datetime, now: datetime, zone: tzinfo) -> bool:
    """Whether a new ISO week has begun in the server's `zone` since the `last` batch."""
    return now > last and now.astimezone(zone).isocalendar()[:2] != last.astimezone(zone).isocalendar()[:2]
