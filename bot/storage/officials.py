"""Official answers as rows: one a point, kept without its words once it is removed, so that its message is found."""

from datetime import datetime

from sqlalchemy import select, update

from bot.core.ids import CritiqueId, MemberId, MessageId, PointId, RoleId
from bot.storage.database import Tx, insert
from bot.storage.tables import critiques, officials


async def name(tx: Tx, which: CritiqueId, member: MemberId | None, role: RoleId | None) -> None:
    """Who may answer the critique's points officially."""
    named = {"answerer_id": member, "answerer_role_id": role}
    await tx.execute(update(critiques).where(critiques.c.id == which).values(named))


async def save(tx: Tx, which: PointId, text: str, by: MemberId, at: datetime) -> None:
    """The official answer to the point is this; empty: there is none any more."""
    row = insert(officials).values(point_id=which, text=text, by_id=by, at=at)
    said = {"text": row.excluded.text, "by_id": row.excluded.by_id, "at": row.excluded.at}
    await tx.execute(row.on_conflict_do_update(index_elements=["point_id"], set_=said))


async def message(tx: Tx, which: PointId) -> MessageId | None:
    """Where the answer stands, or stood before it was removed."""
    query = select(officials.c.message_id).where(officials.c.point_id == which)
    found = (await tx.execute(query)).scalar_one_or_none()
    return None if found is None else MessageId(found)


async def save_message(tx: Tx, which: PointId, message: MessageId | None) -> None:
    """The answer stands in that message; None: in none."""
    await tx.execute(update(officials).where(officials.c.point_id == which).values(message_id=message))
