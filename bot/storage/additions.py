"""Which messages an addition was typed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.core.ids import ChannelId, CritiqueId, MemberId, MessageId, PointId
from bot.core.points import Origin
from bot.storage.database import Tx
from bot.storage.tables import points, sources


@dataclass(frozen=True, slots=True)
class Source:
    """A message that an addition was typed in, or went on in."""

    point: PointId
    goes_on: bool
    at: datetime


async def save_source(
    tx: Tx,
    message: MessageId,
    ordinal: int,
    point: PointId,
    *,
    channel: ChannelId,
    author: MemberId,
    goes_on: bool,
    at: datetime,
) -> None:
    """Remembers a source; `ordinal` counts the additions of one message from 0."""
    await tx.execute(
        sources.insert().values(
            message_id=message,
            ordinal=ordinal,
            point_id=point,
            channel_id=channel,
            author_id=author,
            goes_on=goes_on,
            created_at=at,
        )
    )


async def read_before(tx: Tx, message: MessageId) -> bool:
    """Whether the message has been taken as an addition already."""
    query = select(func.count()).select_from(sources).where(sources.c.message_id == message)
    return (await tx.execute(query)).scalar_one() > 0


async def going_on(
    tx: Tx, authors: Collection[MemberId], channels: Collection[ChannelId], since: datetime
) -> set[tuple[MemberId, ChannelId]]:
    """Which of the authors may go on with an addition that was cut since then, and where."""
    query = select(sources.c.author_id, sources.c.channel_id).where(
        sources.c.author_id.in_(list(authors)),
        sources.c.channel_id.in_(list(channels)),
        sources.c.created_at >= since,
        sources.c.goes_on,
    )
    return {(MemberId(author), ChannelId(channel)) for author, channel in await tx.execute(query)}


async def last_source(tx: Tx, author: MemberId, channel: ChannelId) -> Source | None:
    """The author's latest source in the channel."""
    query = (
        select(sources)
        .where(sources.c.author_id == author, sources.c.channel_id == channel)
        .order_by(sources.c.created_at.desc(), sources.c.message_id.desc(), sources.c.ordinal.desc())
        .limit(1)
    )
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else Source(PointId(row.point_id), row.goes_on, row.created_at)


async def labels(tx: Tx, critique: CritiqueId, since: datetime) -> tuple[frozenset[str], frozenset[int]]:
    """The labels of the document's points, and those that additions took after `since`."""
    originals = select(points.c.label).where(points.c.critique_id == critique, points.c.origin == Origin.ORIGINAL)
    recent = select(points.c.label).where(
        points.c.critique_id == critique, points.c.origin == Origin.ADDITION, points.c.created_at > since
    )
    taken = {int(label) for label in (await tx.execute(recent)).scalars()}
    return frozenset((await tx.execute(originals)).scalars()), frozenset(taken)
