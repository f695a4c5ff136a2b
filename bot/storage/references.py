"""Which messages refer to points."""

from collections.abc import Collection

from sqlalchemy import delete, select

from bot.core.ids import ChannelId, CritiqueId, MessageId, PointId
from bot.core.references import Batch, Reference
from bot.storage.database import Tx, insert
from bot.storage.tables import point_references, points


async def save(tx: Tx, batch: Batch, reference: Reference) -> None:
    """The message refers to the batch's point; one that is known already keeps its batch."""
    row = insert(point_references).values(
        point_id=batch.point,
        message_id=reference.message,
        channel_id=reference.channel,
        batch=batch.number,
        due_at=batch.due_at,
    )
    await tx.execute(row.on_conflict_do_nothing(index_elements=["point_id", "message_id"]))


async def last(tx: Tx, point: PointId) -> Batch | None:
    """The point's last batch, without its references."""
    its = point_references.c
    query = select(its.batch, its.due_at).where(its.point_id == point).order_by(its.batch.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else Batch(point, row.batch, row.due_at)


async def of_batch(tx: Tx, point: PointId, number: int) -> list[Reference]:
    """What a batch tells of, in the order in which it was said."""
    its = point_references.c
    query = select(its.message_id, its.channel_id).where(its.point_id == point, its.batch == number)
    return [
        Reference(MessageId(message), ChannelId(channel))
        for message, channel in await tx.execute(query.order_by(its.message_id))
    ]


async def of_message(tx: Tx, message: MessageId) -> dict[PointId, Batch]:
    """The points that the message refers to, each with the batch that tells of it."""
    its = point_references.c
    query = select(its.point_id, its.batch, its.due_at).where(its.message_id == message)
    return {
        PointId(row.point_id): Batch(PointId(row.point_id), row.batch, row.due_at) for row in await tx.execute(query)
    }


async def any_of(tx: Tx, messages: Collection[MessageId]) -> set[MessageId]:
    """Which of the messages refer to points."""
    its = point_references.c
    query = select(its.message_id).distinct().where(its.message_id.in_(list(messages)))
    return {MessageId(message) for message in (await tx.execute(query)).scalars()}


async def drop(tx: Tx, point: PointId, message: MessageId) -> None:
    """The message does not refer to the point any more."""
    its = point_references.c
    await tx.execute(delete(point_references).where(its.point_id == point, its.message_id == message))


async def of_critique(tx: Tx, which: CritiqueId) -> list[tuple[MessageId, PointId]]:
    """Which messages refer to which of its points, in the order in which they were said."""
    its = point_references.c
    query = select(its.message_id, its.point_id).join(points, points.c.id == its.point_id)
    query = query.where(points.c.critique_id == which).order_by(its.message_id, points.c.position)
    return [(MessageId(message), PointId(point)) for message, point in await tx.execute(query)]
