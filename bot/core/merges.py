"""Merges: points that say the same count as one, and nobody's vote moves.

1. A merged point names the point it was merged into. Points so joined are a *group*; the one merged into no other is
   its *top*, to which all of them count.
2. A member has one stance in a group: on the top if there is one, else the newest on any other point of it. Of what
   was released of private ballots the same holds, by itself: were the two held against each other, a merge would tell
   what somebody who votes in public has cast in private.
3. Which is newest is known by the orders of the acts. A stance without an order (of a gap, kept) gives way to one that
   has an order; where only such are left and they differ, the member is undecided and counts for neither side.
4. What was voted on a point that is gone does not count, and in a group whose top is gone nothing does.
5. Without the pointer every point counts as it did before: undoing a merge needs nothing but the votes themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.ids import PointId
from bot.core.votes import OLDER, MemberVotes, Stance, visible

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
    """One member's visible stance in a group, from what they have on each of its parts that count, the top's first."""
    return _joined([(order(each), visible(each)) for each in votes])


def released(votes: Sequence[MemberVotes]) -> Stance | None:
    """The same of what the figures show of the member's ballots."""
    cast = [each.ballot for each in votes]
    return _joined([(OLDER, None) if ballot is None else (ballot.order, ballot.shown) for ballot in cast])


def _joined(parts: Sequence[tuple[int, Stance | None]]) -> Stance | None:
    if not parts:
        return None
    (_, on_top), *others = parts
    if on_top is not None:
        return on_top
    held = [(at, side) for at, side in others if side is not None]
    latest = max((at for at, _ in held), default=OLDER)
    sides = {side for at, side in held if at == latest}
    return sides.pop() if len(sides) == 1 else None


def order(votes: MemberVotes) -> int:
    """The order of the act that a member's visible stance rests on; OLDER where nobody knows it."""
    side = visible(votes)
    held = votes.hold(side) if side is not None else None
    return OLDER if held is None or held.order is None else held.order
