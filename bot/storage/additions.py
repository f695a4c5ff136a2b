"""Which messages an addition was typed in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.core.critiques import CritiqueStatus
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.points import GONE, Origin, PointStatus
from bot.storage.database import Tx
from bot.storage.tables import critiques, points, sources

_STANDS = points.c.status.not_in([*GONE, PointStatus.REFUSED])


@dataclass(frozen=True, slots=True)
class Source:
    """A message that an addition was typed in, or went on in."""

    point: PointId
    goes_on: bool
    at: datetime


async def named(tx: Tx, critique: CritiqueId) -> frozenset[str]:
    """All labels that a point of the critique goes by: its own, and the one that its author wrote."""
    query = select(points.c.label, points.c.claimed_label).where(points.c.critique_id == critique)
    rows = await tx.execute(query.where(points.c.status.not_in([PointStatus.HELD, PointStatus.REFUSED])))
    return frozenset(label for row in rows for label in row if label is not None)


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


async def typed_in(tx: Tx, message: MessageId) -> PointId | None:
    """The first point that was typed in the message."""
    query = select(sources.c.point_id).where(sources.c.message_id == message).order_by(sources.c.ordinal).limit(1)
    which = (await tx.execute(query)).scalar_one_or_none()
    return None if which is None else PointId(which)


async def points_of(tx: Tx, message: MessageId) -> list[PointId]:
    """The points that were typed in the message, in its order."""
    query = select(sources.c.point_id).where(sources.c.message_id == message).order_by(sources.c.ordinal)
    return [PointId(which) for which in (await tx.execute(query)).scalars()]


async def read_of(tx: Tx, messages: Collection[MessageId]) -> set[MessageId]:
    """In which of the messages an addition was typed."""
    query = select(sources.c.message_id).where(sources.c.message_id.in_(list(messages)))
    return {MessageId(message) for message in (await tx.execute(query)).scalars()}


async def typed_since(tx: Tx, guild: GuildId, since: datetime) -> dict[ChannelId, list[MessageId]]:
    """The messages written since then in which additions to the server's open critiques stand, by channel, in order."""
    query = (
        select(sources.c.channel_id, sources.c.message_id)
        .distinct()
        .join(points, points.c.id == sources.c.point_id)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(critiques.c.guild_id == guild, critiques.c.status == CritiqueStatus.OPEN)
        .where(sources.c.created_at >= since, _STANDS)
        .order_by(sources.c.message_id)
    )
    found: dict[ChannelId, list[MessageId]] = {}
    for channel, message in await tx.execute(query):
        found.setdefault(ChannelId(channel), []).append(MessageId(message))
    return found


async def messages_of(tx: Tx, which: PointId) -> list[tuple[MessageId, ChannelId]]:
    """The messages that the point was typed in."""
    query = select(sources.c.message_id, sources.c.channel_id).where(sources.c.point_id == which)
    return [(MessageId(message), ChannelId(channel)) for message, channel in await tx.execute(query)]


async def without_points(tx: Tx, which: PointId) -> list[tuple[MessageId, ChannelId]]:
    """The messages that the point was typed in, where no point that was typed in them stands any more."""
    others = sources.alias()
    standing = (
        select(others.c.message_id)
        .join(points, points.c.id == others.c.point_id)
        .where(others.c.message_id == sources.c.message_id, _STANDS)
    )
    query = select(sources.c.message_id, sources.c.channel_id).where(
        sources.c.point_id == which, ~standing.correlate(sources).exists()
    )
    return [(MessageId(message), ChannelId(channel)) for message, channel in await tx.execute(query)]


async def same(tx: Tx, critique: CritiqueId, author: MemberId, text: str, since: datetime) -> PointId | None:
    """The author's addition of that very text since then, where it stands."""
    query = select(points.c.id).where(
        points.c.critique_id == critique,
        points.c.author_id == author,
        points.c.text == text,
        points.c.created_at >= since,
        _STANDS,
    )
    which = (await tx.execute(query.order_by(points.c.position.desc()).limit(1))).scalar_one_or_none()
    return None if which is None else PointId(which)


async def newest_by(tx: Tx, guild: GuildId, author: MemberId, since: datetime) -> PointId | None:
    """The author's newest addition since then to an open critique of the server, where it stands."""
    query = (
        select(points.c.id)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(
            critiques.c.guild_id == guild,
            critiques.c.status == CritiqueStatus.OPEN,
            points.c.origin == Origin.ADDITION,
            points.c.author_id == author,
            points.c.created_at >= since,
            _STANDS,
        )
        .order_by(points.c.created_at.desc(), points.c.id.desc())
        .limit(1)
    )
    which = (await tx.execute(query)).scalar_one_or_none()
    return None if which is None else PointId(which)


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
    """The labels of the document's points, and those that additions were given after `since`, whenever they were said.

    Whoever wrote a number while the bot was down could not know that somebody else's addition had it already.
    """
    originals = select(points.c.label).where(points.c.critique_id == critique, points.c.origin == Origin.ORIGINAL)
    given_at = func.coalesce(points.c.labelled_at, points.c.created_at)
    recent = select(points.c.label).where(
        points.c.critique_id == critique, points.c.origin == Origin.ADDITION, given_at > since
    )
    taken = {int(label) for label in (await tx.execute(recent)).scalars()}
    return frozenset((await tx.execute(originals)).scalars()), frozenset(taken)
