"""Points that were moved to another critique."""

from sqlalchemy import select, update

from bot.core.ids import CritiqueId, PointId
from bot.core.points import Point, PointStatus
from bot.storage.database import Tx
from bot.storage.tables import points, reports, revisions, sources


async def move(tx: Tx, point: Point, to: PointId, there: CritiqueId) -> None:
    """The point is that one now. What is of its words goes along: where they were typed, what they were before, and
    what members reported of them.

    The votes stay, with the revision that they were cast on.
    """
    words = {"revision": point.revision, "reworded": point.reworded, "decided_by": point.decided_by}
    await tx.execute(update(points).where(points.c.id == to).values(words))
    for table in (revisions, sources):
        await tx.execute(update(table).where(table.c.point_id == point.id).values(point_id=to))
    await tx.execute(update(reports).where(reports.c.point_id == point.id).values(point_id=to, critique_id=there))
    gone = {"status": PointStatus.MOVED, "moved_to": to}
    await tx.execute(update(points).where(points.c.id == point.id).values(gone))


async def moved_into(tx: Tx, which: PointId) -> list[PointId]:
    """The points that are that one now: one at most."""
    return [PointId(row) for row in (await tx.execute(select(points.c.id).where(points.c.moved_to == which))).scalars()]
