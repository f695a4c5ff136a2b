"""Private ballots as rows, and the points that members passed over."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, exists, func, or_, select, tuple_, update

from bot.core.ids import CritiqueId, MemberId, PointId
from bot.core.sittings import Change, Key
from bot.storage.database import Tx, insert
from bot.storage.given import given, rows
from bot.storage.tables import ballots, holds, points, skips

_KEY = ("point_id", "revision", "member_id")
_COLUMNS = (*_KEY, "stance", "shown", "seen", "eligible", "excluded")


async def save(tx: Tx, changes: Sequence[Change], at: datetime) -> None:
    """Saves the ballots of these changes as they are after them; `at` is when those were cast that are new."""
    if gone := [tuple(key) for key, _, after in changes if after.ballot is None]:
        await tx.execute(_DROP, rows(gone))
    now = [(key, after.ballot) for key, _, after in changes if after.ballot is not None]
    if new := [(*key, it.stance, it.shown, it.order, it.eligible, it.excluded) for key, it in now]:
        await tx.execute(_SAVE, rows(new) | {"cast_at": at})


async def voters_of(tx: Tx, point: PointId, revision: int) -> list[MemberId]:
    """Everybody who has a ballot on the point, one that is no more but is still shown among them."""
    query = select(ballots.c.member_id).where(ballots.c.point_id == point, ballots.c.revision == revision)
    return [MemberId(member) for member in (await tx.execute(query)).scalars()]


async def with_batch(tx: Tx, which: CritiqueId, least: int) -> list[PointId]:
    """The points of the critique on which so many ballots may be new, changed or gone since the last batch: no others
    have that many.
    """
    its_holds = exists().where(*(holds.c[name] == ballots.c[name] for name in _KEY))
    new = ballots.c.stance.is_distinct_from(ballots.c.shown)
    may = or_(new, ballots.c.excluded, ~ballots.c.eligible, its_holds)
    query = select(points.c.id).join(ballots, ballots.c.point_id == points.c.id)
    query = query.where(points.c.critique_id == which, ballots.c.revision == points.c.revision, may)
    query = query.group_by(points.c.id).having(func.count() >= least).order_by(points.c.id)
    return [PointId(point) for point in (await tx.execute(query)).scalars()]


async def any_in(tx: Tx, which: CritiqueId) -> bool:
    """Whether anybody has a ballot anywhere in the critique."""
    query = select(ballots.c.point_id).join(points, points.c.id == ballots.c.point_id)
    return (await tx.execute(query.where(points.c.critique_id == which).limit(1))).first() is not None


async def skip(tx: Tx, key: Key) -> None:
    """The member passes the point over."""
    await tx.execute(insert(skips).values(dict(zip(_KEY, key, strict=True))).on_conflict_do_nothing())


async def skipped(tx: Tx, member: MemberId, of: CritiqueId) -> set[PointId]:
    """The points of the critique that the member has passed over as they are now."""
    query = select(skips.c.point_id).join(points, points.c.id == skips.c.point_id)
    its = (points.c.critique_id == of, points.c.revision == skips.c.revision, skips.c.member_id == member)
    return {PointId(which) for which in (await tx.execute(query.where(*its))).scalars()}


async def forget_skips(tx: Tx, member: MemberId, of: Collection[PointId]) -> None:
    """The member is asked about these points again."""
    await tx.execute(delete(skips).where(skips.c.member_id == member, skips.c.point_id.in_(list(of))))


async def make_nameless(tx: Tx, member: MemberId, nobody: MemberId) -> None:
    """What the figures show of the member's ballots stays until the next batch, and is nobody's; the rest goes."""
    await tx.execute(delete(ballots).where(ballots.c.member_id == member, ballots.c.shown.is_(None)))
    left = update(ballots).where(ballots.c.member_id == member)
    await tx.execute(left.values(member_id=nobody, stance=None, excluded=False))
    await tx.execute(delete(skips).where(skips.c.member_id == member))


def _upsert() -> Any:
    cast_at = bindparam("cast_at", type_=ballots.c.at.type)
    row = insert(ballots).from_select((*_COLUMNS, "at"), given(*_COLUMNS).add_columns(cast_at))
    saved: dict[str, Any] = {name: row.excluded[name] for name in _COLUMNS[len(_KEY) :]}
    saved["at"] = case((ballots.c.seen == row.excluded.seen, ballots.c.at), else_=row.excluded.at)
    return row.on_conflict_do_update(index_elements=list(_KEY), set_=saved)


# Built once: making a statement takes longer than running it.
_SAVE = _upsert()
_DROP = delete(ballots).where(tuple_(*(ballots.c[name] for name in _KEY)).in_(given(*_KEY)))
