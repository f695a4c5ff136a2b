"""Groups of merged points as rows, and what their votes come to.

1. `points.root` is what a point was merged into, `points.group_id` the top of its group, which the top bears too;
   a point in no group has neither.
2. Tallies and voters have one visible stance a member and group, on its top, and one of released ballots. What the
   rest of a group holds is in the votes.
3. Whatever changes a group is saved between two counts of it; what differs is written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select, update

from bot.core import merges
from bot.core.ids import CritiqueId, MemberId, PointId
from bot.core.merges import Group, Part
from bot.core.points import GONE, PointStatus
from bot.core.sittings import Change, Key, Move, Votable
from bot.core.votes import Source, Stance
from bot.storage import tallies, votes
from bot.storage.database import Tx
from bot.storage.tables import points


class Voice(NamedTuple):
    """Whose stance it is, and whether it is what was released of a private ballot."""

    member: MemberId
    private: bool


Counted = dict[PointId, dict[Voice, Stance]]


async def groups_of(tx: Tx, which: Collection[PointId]) -> dict[PointId, Group]:
    """The groups of these points, by their tops; a point in no group is one of its own."""
    known = select(points.c.group_id).where(points.c.id.in_(list(which)), points.c.group_id.is_not(None))
    query = select(points.c.id, points.c.revision, points.c.root, points.c.status)
    query = query.where(or_(points.c.id.in_(list(which)), points.c.group_id.in_(known)))
    return merges.groups(
        [
            Part(PointId(row.id), row.revision, None if row.root is None else PointId(row.root), _is_gone(row.status))
            for row in await tx.execute(query.order_by(points.c.id))
        ]
    )


def _is_gone(status: str) -> bool:
    return PointStatus(status) in GONE


async def counted(tx: Tx, groups: Iterable[Group], members: Collection[MemberId] | None = None) -> Counted:
    """The stances of each member in each of the groups: of all members, or of those named."""
    return {group[0].point: await _stances(tx, merges.counting(group), members) for group in groups}


async def _stances(tx: Tx, parts: Group, members: Collection[MemberId] | None) -> dict[Voice, Stance]:
    whose = set(members or ())
    if members is None:
        for part in parts:
            whose |= await votes.voted(tx, part.point, part.revision)
    keys = [Key(part.point, part.revision, member) for part in parts for member in whose]
    known = await votes.member_votes(tx, keys)
    found: dict[Voice, Stance] = {}
    for member in whose:
        held = [known[Key(part.point, part.revision, member)] for part in parts]
        for private, side in ((False, merges.joined(held)), (True, merges.released(held))):
            if side is not None:
                found[Voice(member, private)] = side
    return found


async def save_difference(tx: Tx, critique: CritiqueId, before: Counted, after: Counted) -> None:
    """Brings the tallies and the critique's voters from one count to the other."""
    if moves := list(_moves(critique, before, after)):
        await tallies.count(tx, moves)


def _moves(critique: CritiqueId, before: Counted, after: Counted) -> Iterable[Move]:
    for top in {**before, **after}:
        was, now = before.get(top, {}), after.get(top, {})
        for voice in {**was, **now}:
            if was.get(voice) != now.get(voice):
                key = Key(top, 0, voice.member)
                yield Move(key, critique, was.get(voice), now.get(voice), Source.REACTION)


@dataclass(frozen=True, slots=True)
class Count:
    """How some members count in some groups of a critique."""

    critique: CritiqueId
    groups: tuple[Group, ...]
    members: frozenset[MemberId]
    stances: Counted


async def counts_of(tx: Tx, which: Mapping[Key, CritiqueId]) -> list[Count]:
    """How the members count now in the groups of the points: before what they have there is changed."""
    by_critique: defaultdict[CritiqueId, list[Key]] = defaultdict(list)
    for key, critique in which.items():
        by_critique[critique].append(key)
    found: list[Count] = []
    for critique, keys in by_critique.items():
        groups = tuple((await groups_of(tx, {key.point for key in keys})).values())
        members = frozenset(key.member for key in keys)
        found.append(Count(critique, groups, members, await counted(tx, groups, members)))
    return found


async def save_since(tx: Tx, counts: Iterable[Count]) -> None:
    """Brings tallies and voters up to what the members have there now."""
    for before in counts:
        now = await counted(tx, before.groups, before.members)
        await save_difference(tx, before.critique, before.stances, now)


async def save_votes(
    tx: Tx, grouped: Mapping[PointId, Votable], changes: Sequence[Change], moves: Sequence[Move], at: datetime
) -> None:
    """Saves what changed where some of it was under points of groups: `grouped`."""
    alone = [move for move in moves if move.key.point not in grouped]
    within = {change.key: grouped[change.key.point].critique for change in changes if change.key.point in grouped}
    before = await counts_of(tx, within)
    await votes.save(tx, changes, moves, at, counts=False)
    if alone:
        await tallies.count(tx, alone)
    await save_since(tx, before)


async def merge(tx: Tx, critique: CritiqueId, which: PointId, into: PointId | None, at: datetime | None) -> None:
    """The point counts to another from now on; `into` None: to itself again."""
    old = await groups_of(tx, [which] if into is None else [which, into])
    before = await counted(tx, old.values())
    await tx.execute(update(points).where(points.c.id == which).values(root=into, merged_at=at))
    moved = [replace(part, into=into) if part.point == which else part for group in old.values() for part in group]
    new = merges.groups(moved)
    for top, group in new.items():
        its = [part.point for part in group]
        joined = top if len(group) > 1 else None
        await tx.execute(update(points).where(points.c.id.in_(its)).values(group_id=joined))
    await save_difference(tx, critique, before, await counted(tx, new.values()))


async def count_no_more(tx: Tx, critique: CritiqueId, which: PointId) -> None:
    """The point is gone, and what was voted on it counts no more. The rows stay."""
    await _count_as(tx, critique, which, was_gone=False)


async def count_again(tx: Tx, critique: CritiqueId, which: PointId) -> None:
    """Undoes `count_no_more`: the point is back."""
    await _count_as(tx, critique, which, was_gone=True)


async def _count_as(tx: Tx, critique: CritiqueId, which: PointId, *, was_gone: bool) -> None:
    now = (await groups_of(tx, [which])).values()
    was = [tuple(replace(part, gone=was_gone) if part.point == which else part for part in group) for group in now]
    await save_difference(tx, critique, await counted(tx, was), await counted(tx, now))


async def count_anew(tx: Tx, critique: CritiqueId, which: PointId, before: int) -> None:
    """The point's revision was raised: what was voted on the revision `before` counts no more."""
    now = (await groups_of(tx, [which])).values()
    was = [tuple(replace(part, revision=before) if part.point == which else part for part in group) for group in now]
    await save_difference(tx, critique, await counted(tx, was), await counted(tx, now))
