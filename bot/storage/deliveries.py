"""What the bot owes Discord."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, ScalarSelect, bindparam, case, delete, func, or_, select, update

from bot.core.deliveries import MOST_TRIES, Delivery, Kind, Owed
from bot.core.ids import (
    ArgumentId,
    CaseId,
    ChannelId,
    ClaimId,
    CritiqueId,
    DeliveryId,
    GuildId,
    MemberId,
    MessageId,
    PointId,
    ReportId,
)
from bot.core.votes import Stance
from bot.storage.database import Tx, insert
from bot.storage.tables import deliveries, points

_NEW = insert(deliveries)
_WAITS = deliveries.c.ended_at.is_(None)
_OWE_LATEST = _NEW.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "version": deliveries.c.version + 1,
        "lane": _NEW.excluded.lane,
        "attempts": case((_WAITS, deliveries.c.attempts), else_=0),
        "due_at": case((_WAITS, deliveries.c.due_at), else_=_NEW.excluded.due_at),
        "failing_since": case((_WAITS, deliveries.c.failing_since), else_=None),
        "ended_at": None,
        "fault": None,
    },
)
_OWE_ONCE = _NEW.on_conflict_do_nothing(index_elements=["key"])


async def owe(tx: Tx, owed: Owed, due_at: datetime) -> None:
    """Writes the delivery. A *latest* that waits is renewed, in its lane of now, and keeps its time.

    A *latest* that was given up starts afresh. A *once* is owed once.
    """
    row = {
        "key": owed.key,
        "kind": owed.kind,
        "guild_id": owed.guild,
        "lane": owed.lane,
        "point_id": owed.point,
        "critique_id": owed.critique,
        "message_id": owed.message,
        "member_id": owed.member,
        "side": owed.side,
        "case_id": owed.case,
        "claim_id": owed.claim,
        "report_id": owed.report,
        "argument_id": owed.argument,
        "version": 1,
        "attempts": 0,
        "due_at": due_at,
    }
    await tx.execute(_OWE_LATEST if owed.kind.latest else _OWE_ONCE, row)


async def owe_now(tx: Tx, owed: Owed, now: datetime) -> None:
    """Writes the delivery; one that waits for its time waits no longer."""
    await owe(tx, owed, now)
    waits = (deliveries.c.key == owed.key, deliveries.c.ended_at.is_(None), deliveries.c.due_at > now)
    await tx.execute(update(deliveries).where(*waits).values(due_at=now))


def _critique_of_unposted(of: FromClause) -> ScalarSelect[int]:
    """The critique of a delivery's point; NULL, which equals nothing, once the point's message stands."""
    point = points.alias()
    unposted = select(point.c.critique_id).where(point.c.id == of.c.point_id, point.c.message_id.is_(None))
    return unposted.correlate(of).scalar_subquery()


def _free() -> tuple[ColumnElement[bool], ...]:
    """Conditions that leave those that wait, but for a point whose turn comes after one that was put off.

    Points are to stand in list order, so each waits for those of its critique that were owed in the same lane
    before it, as long as they have not failed too often. Once it stands it waits for nothing.
    """
    before = deliveries.alias()
    put_off = select(before.c.id).where(
        before.c.kind == Kind.SHOW_POINT,
        before.c.ended_at.is_(None),
        before.c.lane == deliveries.c.lane,
        before.c.id < deliveries.c.id,
        before.c.due_at > deliveries.c.due_at,
        before.c.attempts < MOST_TRIES,
        _critique_of_unposted(before) == _critique_of_unposted(deliveries),
    )
    return deliveries.c.ended_at.is_(None), ~((deliveries.c.kind == Kind.SHOW_POINT) & put_off.exists())


_FREE = _free()  # built once: it is asked for after every delivery


async def due(tx: Tx, now: datetime, busy: Collection[ChannelId]) -> list[Delivery]:
    """The delivery whose turn it is in each lane that is not busy, where it is due."""
    first = (
        select(func.min(deliveries.c.id))
        .where(deliveries.c.due_at <= now, deliveries.c.lane.not_in(list(busy)), *_FREE)
        .group_by(deliveries.c.lane)
    )
    query = select(deliveries).where(deliveries.c.id.in_(first)).order_by(deliveries.c.id)
    return [_delivery(row) for row in await tx.execute(query)]


async def next_due(tx: Tx, busy: Collection[ChannelId]) -> datetime | None:
    """When the earliest waiting delivery in a lane that is not busy is due."""
    query = select(func.min(deliveries.c.due_at)).where(deliveries.c.lane.not_in(list(busy)), *_FREE)
    return (await tx.execute(query)).scalar_one()


async def is_owed(tx: Tx, owed: Owed) -> bool:
    """Whether the delivery waits."""
    query = select(func.count()).where(deliveries.c.key == owed.key, deliveries.c.ended_at.is_(None))
    return (await tx.execute(query)).scalar_one() > 0


async def on_its_way(tx: Tx, owed: Owed) -> bool:
    """Whether the delivery waits, and has not failed."""
    query = select(func.count()).select_from(deliveries)
    query = query.where(deliveries.c.key == owed.key, deliveries.c.ended_at.is_(None), deliveries.c.attempts == 0)
    return (await tx.execute(query)).scalar_one() > 0


async def waiting(tx: Tx) -> int:
    """How many deliveries wait."""
    query = select(func.count()).select_from(deliveries).where(deliveries.c.ended_at.is_(None))
    return (await tx.execute(query)).scalar_one()


async def any_of(tx: Tx, kind: Kind) -> bool:
    """Whether any of that kind waits."""
    query = select(deliveries.c.id).where(deliveries.c.kind == kind, deliveries.c.ended_at.is_(None)).limit(1)
    return (await tx.execute(query)).first() is not None


async def late(tx: Tx, before: datetime) -> int:
    """How many deliveries wait that were due before then, or have failed already."""
    waits = (deliveries.c.ended_at.is_(None), or_(deliveries.c.due_at < before, deliveries.c.attempts > 0))
    return (await tx.execute(select(func.count()).select_from(deliveries).where(*waits))).scalar_one()


async def failing(tx: Tx, before: datetime) -> int:
    """How many deliveries wait that have failed since before then."""
    waits = (deliveries.c.ended_at.is_(None), deliveries.c.failing_since <= before)
    return (await tx.execute(select(func.count()).select_from(deliveries).where(*waits))).scalar_one()


async def unposted(tx: Tx, critique: CritiqueId) -> int:
    """How many of the critique's points have no thread yet, and are on their way: none has failed."""
    query = (
        select(func.count())
        .select_from(points)
        .join(deliveries, (deliveries.c.point_id == points.c.id) & (deliveries.c.kind == Kind.SHOW_POINT))
        .where(
            points.c.critique_id == critique,
            points.c.thread_id.is_(None),
            deliveries.c.ended_at.is_(None),
            deliveries.c.attempts == 0,
        )
    )
    return (await tx.execute(query)).scalar_one()


async def begin(tx: Tx, which: DeliveryId, at: datetime) -> None:
    """A first request is about to be made for it."""
    statement = update(deliveries).where(deliveries.c.id == which, deliveries.c.begun_at.is_(None))
    await tx.execute(statement.values(begun_at=at))


async def begin_anew(tx: Tx, which: DeliveryId, at: datetime) -> None:
    """Earlier tries at it have left nothing; a request is about to be made for it."""
    await tx.execute(update(deliveries).where(deliveries.c.id == which).values(begun_at=at))


async def unbegin(tx: Tx, which: DeliveryId) -> None:
    """No request was made for it after all."""
    await tx.execute(update(deliveries).where(deliveries.c.id == which).values(begun_at=None))


async def is_current(tx: Tx, delivery: Delivery) -> bool:
    """Whether it has not been renewed since it was taken up."""
    same = (deliveries.c.id == delivery.id, deliveries.c.version == delivery.version)
    return (await tx.execute(select(func.count()).select_from(deliveries).where(*same))).scalar_one() > 0


async def end(tx: Tx, delivery: Delivery, at: datetime, fault: str | None = None) -> bool:
    """It is done, or given up with `fault`. False for one that was renewed meanwhile: it waits on."""
    same = (deliveries.c.id == delivery.id, deliveries.c.version == delivery.version)
    if delivery.owed.kind.leaves_nothing or (delivery.owed.kind.latest and fault is None):
        return bool((await tx.execute(delete(deliveries).where(*same))).rowcount)
    ended = update(deliveries).where(*same).values(ended_at=at, fault=fault)
    return bool((await tx.execute(ended)).rowcount)


async def put_off(tx: Tx, which: DeliveryId, due_at: datetime) -> None:
    """It is tried again at `due_at`."""
    await tx.execute(update(deliveries).where(deliveries.c.id == which).values(due_at=due_at))


async def save_failure(tx: Tx, which: DeliveryId, at: datetime, due_at: datetime) -> None:
    """A try has failed, `at`; it is tried again at `due_at`."""
    since = func.coalesce(deliveries.c.failing_since, bindparam("at", at, type_=deliveries.c.failing_since.type))
    values = {"due_at": due_at, "attempts": deliveries.c.attempts + 1, "failing_since": since}
    await tx.execute(update(deliveries).where(deliveries.c.id == which).values(values))


async def drop_ended(tx: Tx, before: datetime) -> None:
    """Forgets deliveries that ended long ago."""
    await tx.execute(delete(deliveries).where(deliveries.c.ended_at < before))


def _delivery(row: Row[Any]) -> Delivery:
    owed = Owed(
        kind=Kind(row.kind),
        key=row.key,
        guild=GuildId(row.guild_id),
        lane=ChannelId(row.lane),
        point=None if row.point_id is None else PointId(row.point_id),
        critique=None if row.critique_id is None else CritiqueId(row.critique_id),
        message=None if row.message_id is None else MessageId(row.message_id),
        member=None if row.member_id is None else MemberId(row.member_id),
        side=None if row.side is None else Stance(row.side),
        case=None if row.case_id is None else CaseId(row.case_id),
        claim=None if row.claim_id is None else ClaimId(row.claim_id),
        report=None if row.report_id is None else ReportId(row.report_id),
        argument=None if row.argument_id is None else ArgumentId(row.argument_id),
    )
    return Delivery(DeliveryId(row.id), row.version, owed, row.attempts, row.begun_at, row.failing_since)
