"""What is derived from votes, moved along with them: the history of stances, the tallies of points, who has voted."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, tuple_

from bot.core.ids import CritiqueId, MemberId, PointId
from bot.core.sittings import Move
from bot.core.votes import Stance
from bot.storage.database import Tx, insert
from bot.storage.given import given, rows
from bot.storage.tables import history, tallies, voters

_SIDES = (Stance.AGREE, Stance.DISAGREE, Stance.UNSURE)


async def save_history(tx: Tx, moves: Sequence[Move], at: datetime) -> None:
    """Keeps the changes of stances."""
    moved = [(*key, before, after, source) for key, _, before, after, source in moves]
    await tx.execute(_SAVE_HISTORY, rows(moved) | {"moved_at": at})


async def count(tx: Tx, moves: Sequence[Move]) -> None:
    """Saves what changes of stances come to."""
    await _count_stances(tx, moves)
    by_member: Counter[tuple[CritiqueId, MemberId]] = Counter()
    for key, critique, before, after, _ in moves:
        if before is None or after is None:
            by_member[critique, key.member] += 1 if before is None else -1
    await count_voters(tx, by_member)


async def count_voters(tx: Tx, by_member: Counter[tuple[CritiqueId, MemberId]]) -> None:
    """Changes on how many points members have a stance."""
    if counted := [(*whose, by) for whose, by in by_member.items() if by]:
        await tx.execute(_COUNT_VOTERS, rows(counted))
    if fewer := [whose for whose, by in by_member.items() if by < 0]:
        await tx.execute(_DROP_VOTERS, rows(fewer))


async def _count_stances(tx: Tx, moves: Sequence[Move]) -> None:
    counts: Counter[tuple[PointId, Stance | None]] = Counter()
    for key, _, before, after, _ in moves:
        counts[key.point, before] -= 1
        counts[key.point, after] += 1
    changed = [(point, *(counts[point, side] for side in _SIDES)) for point in {key.point for key, *_ in moves}]
    await tx.execute(_COUNT_STANCES, rows(changed))


def _save_history() -> Any:
    columns = ("point_id", "revision", "member_id", "before", "after", "source")
    moved_at = bindparam("moved_at", type_=history.c.at.type)
    return history.insert().from_select((*columns, "at"), given(*columns).add_columns(moved_at))


def _count(table: Any, key: Sequence[str], *counts: str) -> Any:
    """Adds to the counts of rows that may not be there yet."""
    row = insert(table).from_select((*key, *counts), given(*key, *counts))
    added = {name: table.c[name] + row.excluded[name] for name in counts}
    return row.on_conflict_do_update(index_elements=key, set_=added)


def _drop_voters() -> Any:
    key = ("critique_id", "member_id")
    return delete(voters).where(tuple_(*(voters.c[name] for name in key)).in_(given(*key)), voters.c.stances <= 0)


# Built once: making a statement takes longer than running it.
_SAVE_HISTORY = _save_history()
_COUNT_STANCES = _count(tallies, ("point_id",), "agree", "disagree", "unsure")
_COUNT_VOTERS = _count(voters, ("critique_id", "member_id"), "stances")
_DROP_VOTERS = _drop_voters()
