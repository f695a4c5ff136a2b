"""Points, the replies in their threads, and the messages that show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, or_, select, update

from bot.core.critiques import CritiqueStatus, HomeKind, numbered
from bot.core.deliveries import Kind
from bot.core.digests import Line, Veil
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.moderation import Reason, Said
from bot.core.moderation.likeness import COMPARED
from bot.core.outlines import OutlinePoint
from bot.core.points import Moved, Official, Origin, Point, PointStatus, Target, name_of
from bot.core.votes import Tally
from bot.storage.database import Tx, insert
from bot.storage.tables import critiques, deliveries, officials, points, replies, tallies

_target = points.alias("target")
moved = points.alias("moved")
there = critiques.alias("there")
MOVED = (
    moved.c.label.label("moved_label"),
    moved.c.repeat.label("moved_repeat"),
    moved.c.thread_id.label("moved_thread"),
    there.c.title.label("moved_title"),
)
_OFFICIAL = tuple(officials.c[name].label(f"official_{name}") for name in ("text", "by_id", "at", "message_id"))


def _select(*more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(points, *_home(), *more)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .outerjoin(_target, _target.c.id == points.c.root)
        .outerjoin(moved, moved.c.id == points.c.moved_to)
        .outerjoin(there, there.c.id == moved.c.critique_id)
        .outerjoin(officials, officials.c.point_id == points.c.id)
    )


def _home() -> tuple[ColumnElement[Any], ...]:
    target = (_target.c.label.label("into_label"), _target.c.repeat.label("into_repeat"))
    thread = _target.c.thread_id.label("into_thread")
    return critiques.c.home_channel_id, critiques.c.home_kind, *target, thread, *MOVED, *_OFFICIAL


def channel_of(kind: str, home: int, message: int | None) -> ChannelId:
    """Where a point's first message stands: in the text home, or in its own post, which has that message's id."""
    return ChannelId(message if kind == HomeKind.FORUM and message else home)


async def save_originals(tx: Tx, critique: CritiqueId, outline: Sequence[OutlinePoint], at: datetime) -> list[PointId]:
    """Saves the document's points in list order."""
    saved: list[PointId] = []
    for position, (repeat, point) in enumerate(numbered(outline)):
        saved.append(
            await _save(
                tx,
                critique_id=critique,
                position=position,
                label=point.label,
                repeat=repeat,
                claimed_label=None,
                origin=Origin.ORIGINAL,
                title=point.title,
                text=point.text,
                author_id=None,
                created_at=at,
            )
        )
    return saved


async def save_addition(
    tx: Tx,
    critique: CritiqueId,
    *,
    label: int,
    claimed: int | None,
    title: str,
    text: str,
    author: MemberId | None,
    at: datetime,
    labelled_at: datetime,
    held_for: Reason | None = None,
) -> PointId:
    """Saves a member's addition, which was said `at`, after all points there are; `held_for` is why it waits."""
    last = select(func.max(points.c.position)).where(points.c.critique_id == critique)
    return await _save(
        tx,
        critique_id=critique,
        position=((await tx.execute(last)).scalar_one() or 0) + 1,
        label=str(label),
        repeat=0,
        claimed_label=None if claimed is None else str(claimed),
        origin=Origin.ADDITION,
        title=title,
        text=text,
        author_id=author,
        created_at=at,
        labelled_at=labelled_at,
        status=PointStatus.OPEN if held_for is None else PointStatus.HELD,
        held_for=held_for,
    )


async def _save(tx: Tx, *, status: PointStatus = PointStatus.OPEN, **values: Any) -> PointId:
    row = points.insert().values(status=status, revision=1, seeded=False, replies=0, **values)
    return PointId((await tx.execute(row.returning(points.c.id))).scalar_one())


async def point(tx: Tx, which: PointId) -> Point:
    """The point. It exists: rows are never deleted."""
    return _point((await tx.execute(_select().where(points.c.id == which))).one())


async def find(tx: Tx, which: PointId) -> Point | None:
    """The point, where there is one: what an id from outside may name."""
    row = (await tx.execute(_select().where(points.c.id == which))).one_or_none()
    return None if row is None else _point(row)


async def of_critique(tx: Tx, critique: CritiqueId) -> list[Point]:
    """The critique's points in list order."""
    query = _select().where(points.c.critique_id == critique).order_by(points.c.position)
    return [_point(row) for row in await tx.execute(query)]


async def said_in(tx: Tx, critique: CritiqueId, author: MemberId) -> list[Said]:
    """What stands in the critique, for texts to be held against: what members see, and what waits of this author."""
    query = select(
        points.c.id,
        points.c.label,
        points.c.repeat,
        points.c.author_id,
        points.c.title,
        func.substr(points.c.text, 1, COMPARED).label("text"),
        func.length(points.c.text).label("length"),
    ).where(
        points.c.critique_id == critique,
        or_(
            points.c.status.in_([PointStatus.OPEN, PointStatus.VOTE_ONLY]),
            and_(points.c.status == PointStatus.HELD, points.c.author_id == author),
        ),
    )
    return [
        Said(
            PointId(row.id),
            name_of(row.label, row.repeat),
            None if row.author_id is None else MemberId(row.author_id),
            row.title,
            row.text,
            row.length,
        )
        for row in await tx.execute(query.order_by(points.c.position))
    ]


async def by_message(tx: Tx, message: MessageId) -> Point | None:
    """The point whose first message it is."""
    row = (await tx.execute(_select().where(points.c.message_id == message))).one_or_none()
    return None if row is None else _point(row)


async def by_thread(tx: Tx, thread: ChannelId) -> Point | None:
    """The point whose thread it is: it has the id of the message that it was started from, which is stored before."""
    row = (
        await tx.execute(_select().where(or_(points.c.thread_id == thread, points.c.message_id == thread)))
    ).one_or_none()
    return None if row is None else _point(row)


async def lines(tx: Tx, critique: CritiqueId) -> list[Line]:
    """The critique's points with their tallies, in list order; what was voted on a withdrawn one counts no more."""
    query = (
        _select(tallies.c.agree, tallies.c.disagree, tallies.c.unsure, critiques.c.blind, _CLOSED.label("closed"))
        .outerjoin(tallies, tallies.c.point_id == points.c.id)
        .where(points.c.critique_id == critique)
        .order_by(points.c.position)
    )
    return [_line(row) for row in await tx.execute(query)]


async def awaited_in(tx: Tx, channels: Sequence[ChannelId]) -> set[ChannelId]:
    """Those of `channels` where a point of a critique is about to be posted."""
    query = _awaited(select(critiques.c.home_channel_id)).where(critiques.c.home_channel_id.in_(channels)).distinct()
    return {ChannelId(channel) for channel in (await tx.execute(query)).scalars()}


async def posts_awaited_since(tx: Tx) -> datetime | None:
    """Since when a point may have been posted in a forum that is not known to stand; None where none may have."""
    query = _awaited(select(func.min(deliveries.c.begun_at))).where(critiques.c.home_kind == HomeKind.FORUM)
    return (await tx.execute(query)).scalar_one()


def _awaited(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(critiques)
        .join(points, points.c.critique_id == critiques.c.id)
        .join(deliveries, (deliveries.c.point_id == points.c.id) & (deliveries.c.kind == Kind.SHOW_POINT))
        .where(points.c.message_id.is_(None), deliveries.c.ended_at.is_(None))
    )


async def save_message(tx: Tx, which: PointId, message: MessageId) -> None:
    """The point's first message stands in Discord."""
    await tx.execute(update(points).where(points.c.id == which).values(message_id=message))


async def save_thread(tx: Tx, which: PointId, thread: ChannelId) -> None:
    """The point's thread stands in Discord."""
    await tx.execute(update(points).where(points.c.id == which).values(thread_id=thread))


async def save_adopted(tx: Tx, which: PointId, post: ChannelId) -> None:
    """The point is a member's own post in the forum."""
    await tx.execute(update(points).where(points.c.id == which).values(message_id=post, thread_id=post, adopted=True))


async def save_status(tx: Tx, which: PointId, status: PointStatus) -> None:
    """What may be done with the point has changed."""
    await tx.execute(update(points).where(points.c.id == which).values(status=status))


async def save_decision(tx: Tx, which: PointId, status: PointStatus, by: MemberId | None) -> None:
    """A moderator has approved or refused an addition that waited; one that waits again is decided `by` nobody."""
    await tx.execute(update(points).where(points.c.id == which).values(status=status, decided_by=by))


async def held_of(tx: Tx, guild: GuildId) -> list[Point]:
    """The additions that wait for the server's moderators, oldest first."""
    query = _select().where(critiques.c.guild_id == guild, points.c.status == PointStatus.HELD)
    return [_point(row) for row in await tx.execute(query.order_by(points.c.id))]


async def save_asleep(tx: Tx, which: PointId, *, asleep: bool) -> bool:
    """Whether the point's post is archived; False where that was known."""
    changed = update(points).where(points.c.id == which, points.c.asleep != asleep).values(asleep=asleep)
    return bool((await tx.execute(changed)).rowcount)


async def save_woken(tx: Tx, which: PointId, at: datetime) -> None:
    """The bot has woken the point's post."""
    await tx.execute(update(points).where(points.c.id == which).values(woken_at=at))


async def save_seeded(tx: Tx, which: PointId, *, seeded: bool) -> None:
    """Whether both vote emoji stand under the point's message."""
    await tx.execute(update(points).where(points.c.id == which).values(seeded=seeded))


async def save_text(tx: Tx, which: PointId, text: str, title: str) -> None:
    """The point's text went on."""
    await tx.execute(update(points).where(points.c.id == which).values(text=text, title=title))


async def save_slowmode(tx: Tx, which: PointId, seconds: int) -> None:
    """How long each member is to wait between two messages in the point's thread."""
    await tx.execute(update(points).where(points.c.id == which).values(slowmode=seconds))


async def save_reply(tx: Tx, message: MessageId, which: PointId, member: MemberId, at: datetime) -> bool:
    """Counts a reply once; False where it was counted before."""
    row = insert(replies).values(message_id=message, point_id=which, member_id=member, created_at=at)
    if not (await tx.execute(row.on_conflict_do_nothing())).rowcount:
        return False
    await _count_replies(tx, which, +1)
    return True


async def any_replies(tx: Tx, messages: Sequence[MessageId]) -> bool:
    """Whether any of the messages is counted as a reply."""
    query = select(replies.c.message_id).where(replies.c.message_id.in_(messages)).limit(1)
    return (await tx.execute(query)).first() is not None


async def drop_replies(tx: Tx, messages: Sequence[MessageId]) -> list[PointId]:
    """Deleted messages count no longer; the points they stood under."""
    statement = delete(replies).where(replies.c.message_id.in_(messages)).returning(replies.c.point_id)
    gone = [PointId(which) for which in (await tx.execute(statement)).scalars()]
    for which in gone:
        await _count_replies(tx, which, -1)
    return gone


async def _count_replies(tx: Tx, which: PointId, by: int) -> None:
    await tx.execute(update(points).where(points.c.id == which).values(replies=points.c.replies + by))


_CLOSED = critiques.c.status != CritiqueStatus.OPEN


def _line(row: Row[Any]) -> Line:
    point, tally = _point(row), Tally(row.agree or 0, row.disagree or 0, row.unsure or 0)
    if point.is_gone:
        return Line(point, Tally())
    if row.blind and not row.closed:
        return Line(point, Tally(), veil=Veil.UNTIL_CLOSE)
    return Line(point, tally, veil=Veil.TOO_FEW if row.blind and not tally.people else None)


def _point(row: Row[Any]) -> Point:
    return Point(
        id=PointId(row.id),
        critique=CritiqueId(row.critique_id),
        position=row.position,
        label=row.label,
        repeat=row.repeat,
        claimed_label=row.claimed_label,
        origin=Origin(row.origin),
        title=row.title,
        text=row.text,
        author=None if row.author_id is None else MemberId(row.author_id),
        status=PointStatus(row.status),
        revision=row.revision,
        channel=channel_of(row.home_kind, row.home_channel_id, row.message_id),
        message=None if row.message_id is None else MessageId(row.message_id),
        thread=None if row.thread_id is None else ChannelId(row.thread_id),
        seeded=row.seeded,
        replies=row.replies,
        created_at=row.created_at,
        adopted=row.adopted,
        asleep=row.asleep,
        woken_at=row.woken_at,
        decided_by=None if row.decided_by is None else MemberId(row.decided_by),
        held_for=None if row.held_for is None else Reason(row.held_for),
        into=None if row.root is None else _into(row),
        merged_at=row.merged_at,
        reworded=row.reworded,
        official=_official(row) if row.official_text else None,
        slowmode=row.slowmode,
        moved=None if row.moved_to is None else moved_of(row),
    )


def moved_of(row: Row[Any]) -> Moved:
    """Where a point is now that was moved, of a row with `moved_to` and the columns `MOVED`."""
    thread = None if row.moved_thread is None else ChannelId(row.moved_thread)
    return Moved(Target(PointId(row.moved_to), name_of(row.moved_label, row.moved_repeat), thread), row.moved_title)


def _official(row: Row[Any]) -> Official:
    message = None if row.official_message_id is None else MessageId(row.official_message_id)
    return Official(row.official_text, MemberId(row.official_by_id), row.official_at, message)


def _into(row: Row[Any]) -> Target:
    thread = None if row.into_thread is None else ChannelId(row.into_thread)
    return Target(PointId(row.root), name_of(row.into_label, row.into_repeat), thread)
