"""What the database says of itself: its size and schema, the room on its disk, and what waits in it."""

import shutil
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.core.deliveries import STUCK_AFTER, public
from bot.core.examinations import Books, GivenUp
from bot.storage import critiques, deliveries
from bot.storage import tables as t
from bot.storage.database import Database, Tx
from bot.storage.migrations import newest, revision
from bot.storage.places import log_of

LATE = timedelta(minutes=1)  # what is due for so long is late


async def books(db: Database, tx: Tx, now: datetime) -> Books:
    """All of it, in a few quick queries."""
    return Books(
        size=_size(db),
        free=shutil.disk_usage(db.path.resolve().parent).free,
        revision=await tx.run_sync(revision) or "",
        waiting=await deliveries.waiting(tx),
        late=await deliveries.late(tx, now - LATE),
        stuck=await deliveries.failing(tx, now - STUCK_AFTER),
        given_up=await _given_up(tx),
        critiques=await critiques.count_open(tx),
    )


def schema() -> str:
    """The schema of this version."""
    return newest()


def _size(db: Database) -> int:
    """The file's, with what waits beside it to be written into it."""
    files = (db.path, log_of(db.path))
    return sum(file.stat().st_size for file in files if file.exists())


async def _given_up(tx: Tx) -> list[GivenUp]:
    row = t.deliveries.c
    given_up = (row.fault.is_not(None), row.ended_at.is_not(None))
    last = select(func.max(row.id).label("id"), func.count().label("number")).where(*given_up).group_by(row.kind)
    found = last.subquery()
    query = select(row.kind, row.fault, found.c.number).join(found, found.c.id == row.id).order_by(row.kind)
    return [GivenUp(each.kind, each.number, public(each.fault)) for each in await tx.execute(query)]
