"""Merges: points that say the same count as one, and nobody's vote moves.

1. A merged point names the point it was merged into. Points so joined are a *group*; the one merged into no other is
   its *top*, to which all of them count.
2. A member has one stance in a group: on the top if there is one, else the newest on any other point of it.
3. Which is newest is known by the orders of the acts. A stance without an order (of a gap, kept) gives way to one that
   has an order; where only such are left and they differ, the member is undecided and counts for neither side.
4. What was voted on a point that is gone does not count, and in a group whose top is gone nothing does.
5. Without the pointer every point counts as it did before: undoing a merge needs nothing but the votes themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.ids import PointId
from bot.core.votes import OLDER, MemberVotes, Stance, stance

UNDO_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Part:
    """A point of a group, with the revision that counts; `into` is what it was merged into."""

    point: PointId
    revision: int
    into: PointId | None
    gone: bool = False


Group = tuple[Part, ...]


def makes_loop(parts: Iterable[Part], point: PointId, into: PointId) -> bool:
    """Whether merging `point` into `into` would lead back to it; `parts` are the groups of both."""
    leads = {part.point: part.into for part in parts}
    at: PointId | None = into
    while at is not None:
        if at == point:
            return True
        at = leads.get(at)
    return False


def groups(parts: Sequence[Part]) -> dict[PointId, Group]:
    """The groups that the parts make, by their tops, which come first in them."""
    leads = {part.point: part.into for part in parts}
    found: dict[PointId, list[Part]] = {}
    for part in sorted(parts, key=lambda part: part.into is not None):
        found.setdefault(_top(leads, part.point), []).append(part)
    return {top: tuple(group) for top, group in found.items()}


def _top(leads: Mapping[PointId, PointId | None], point: PointId) -> PointId:
    while (into := leads.get(point)) is not None:
        point = into
    return point


def counting(group: Group) -> Group:
    """The parts of a group, its top first, whose votes count."""
    return () if group[0].gone else tuple(part for part in group if not part.gone)


def joined(votes: Sequence[MemberVotes]) -> Stance | None:
    """One member's stance in a group, from what they have on each of its parts that count, the top's first."""
    if not votes:
        return None
    on_top = stance(votes[0])
    return on_top if on_top is not None else _newest(votes[1:])


def _newest(votes: Iterable[MemberVotes]) -> Stance | None:
    held = [(order(each), side) for each in votes if (side := stance(each)) is not None]
    latest = max((at for at, _ in held), default=OLDER)
    sides = {side for at, side in held if at == latest}
    return sides.pop() if len(sides) == 1 else None


def order(votes: MemberVotes) -> int:
    """The order of the act that a member's stance rests on; OLDER where nobody knows it."""
    side = stance(votes)
    if side is None:
        return OLDER
    held, ballot = votes.hold(side) if side is not Stance.UNSURE else None, votes.ballot
    orders = [held.order] if held is not None else []
    if ballot is not None and ballot.stance is side:
        orders.append(ballot.order)
    return max((at for at in orders if at is not None), default=OLDER)
