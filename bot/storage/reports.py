"""What members report, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, or_, select, update

from bot.core.cases import CaseReason
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId, ReportId
from bot.core.points import PointStatus
from bot.core.reports import Report, ReportStatus, Voice
from bot.storage.database import Tx, insert
from bot.storage.tables import reports, voices


async def save(
    tx: Tx,
    guild: GuildId,
    at: datetime,
    *,
    critique: CritiqueId | None = None,
    point: PointId | None = None,
    channel: ChannelId | None = None,
    message: MessageId | None = None,
    author: MemberId | None = None,
) -> ReportId:
    """A new report, of which nobody has said anything yet."""
    row = reports.insert().values(
        guild_id=guild,
        critique_id=critique,
        point_id=point,
        channel_id=channel,
        message_id=message,
        author_id=author,
        status=ReportStatus.OPEN,
        reopened=False,
        at=at,
    )
    return ReportId((await tx.execute(row.returning(reports.c.id))).scalar_one())


async def save_voice(
    tx: Tx, which: ReportId, member: MemberId, reason: CaseReason | None, words: str, at: datetime
) -> bool:
    """What one member says in it; False where they have said something before."""
    row = insert(voices).values(report_id=which, member_id=member, reason=reason, words=words, at=at)
    return bool((await tx.execute(row.on_conflict_do_nothing())).rowcount)


async def has_said(tx: Tx, which: ReportId, member: MemberId) -> bool:
    """Whether the member has said something in it."""
    query = select(voices.c.report_id).where(voices.c.report_id == which, voices.c.member_id == member)
    return (await tx.execute(query)).one_or_none() is not None


async def find(tx: Tx, which: ReportId) -> Report | None:
    """The report, where there is one of that number."""
    return next(iter(await _found(tx, reports.c.id == which)), None)


async def about(tx: Tx, point: PointId | None, message: MessageId) -> Report | None:
    """What was reported about a point, or else about a message."""
    its = reports.c.point_id == point if point is not None else reports.c.message_id == message
    return next(iter(await _found(tx, its)), None)


async def open_of(tx: Tx, guild: GuildId) -> list[Report]:
    """The server's reports that wait for a moderator, oldest first."""
    return await _found(tx, reports.c.guild_id == guild, reports.c.status == ReportStatus.OPEN)


async def of_member(tx: Tx, member: MemberId) -> list[Report]:
    """Those in which the member has said something, or that are about what they wrote."""
    said = select(voices.c.report_id).where(voices.c.member_id == member)
    return await _found(tx, or_(reports.c.id.in_(said), reports.c.author_id == member, reports.c.decided_by == member))


async def said_since(tx: Tx, guild: GuildId, member: MemberId, since: datetime, *, tips: bool = False) -> int:
    """How often the member has reported something on the server since then; `tips` alone, or all."""
    query = select(func.count()).select_from(voices.join(reports)).where(voices.c.member_id == member)
    query = query.where(reports.c.guild_id == guild, voices.c.at > since)
    if tips:
        query = query.where(reports.c.point_id.is_(None), reports.c.message_id.is_(None))
    return (await tx.execute(query)).scalar_one()


async def save_hold(tx: Tx, which: ReportId, before: PointStatus) -> None:
    """Its point is held; `before` is what could be done with it."""
    await tx.execute(update(reports).where(reports.c.id == which).values(before=before))


async def save_reopened(tx: Tx, which: ReportId) -> None:
    """It is to be decided once more."""
    await tx.execute(
        update(reports).where(reports.c.id == which).values(status=ReportStatus.OPEN, reopened=True, before=None)
    )


async def save_decision(tx: Tx, which: ReportId, status: ReportStatus, by: MemberId, at: datetime) -> None:
    """A moderator has decided."""
    values = {"status": status, "decided_by": by, "decided_at": at}
    await tx.execute(update(reports).where(reports.c.id == which).values(values))


async def any_past(tx: Tx, before: datetime) -> bool:
    """Whether the bot still knows whose a voice was that is to be forgotten."""
    return (await tx.execute(select(_past(before).exists()))).scalar_one()


async def past(tx: Tx, before: datetime) -> list[Report]:
    """Those reports and tips."""
    return await _found(tx, reports.c.id.in_(_past(before)))


async def drop_past(tx: Tx, before: datetime) -> None:
    """Forgets what was said in reports that were decided before then, and tips that are older."""
    its = list((await tx.execute(_past(before))).scalars())
    await tx.execute(delete(voices).where(voices.c.report_id.in_(its)))
    await drop_empty_tips(tx)


def _past(before: datetime) -> Any:
    tip = (reports.c.point_id.is_(None)) & (reports.c.message_id.is_(None))
    decided = (reports.c.status != ReportStatus.OPEN) & (reports.c.decided_at < before)
    query = select(voices.c.report_id).join(reports, reports.c.id == voices.c.report_id)
    return query.where(voices.c.at < before, or_(tip, decided))


async def drop_empty_tips(tx: Tx) -> None:
    """A tip of which nothing is left is no tip."""
    said = select(voices.c.report_id).where(voices.c.report_id == reports.c.id).exists()
    await tx.execute(delete(reports).where(reports.c.point_id.is_(None), reports.c.message_id.is_(None), ~said))


async def _found(tx: Tx, *which: ColumnElement[bool]) -> list[Report]:
    rows = (await tx.execute(select(reports).where(*which).order_by(reports.c.id))).all()
    query = select(voices).where(voices.c.report_id.in_([row.id for row in rows]))
    said: dict[int, list[Voice]] = {}
    for voice in await tx.execute(query.order_by(voices.c.at, voices.c.member_id)):
        reason = None if voice.reason is None else CaseReason(voice.reason)
        said.setdefault(voice.report_id, []).append(Voice(reason, voice.words, voice.at))
    return [_report(row, said.get(row.id, [])) for row in rows]


def _report(row: Row[Any], said: list[Voice]) -> Report:
    return Report(
        id=ReportId(row.id),
        guild=GuildId(row.guild_id),
        at=row.at,
        voices=tuple(said),
        critique=None if row.critique_id is None else CritiqueId(row.critique_id),
        point=None if row.point_id is None else PointId(row.point_id),
        channel=None if row.channel_id is None else ChannelId(row.channel_id),
        message=None if row.message_id is None else MessageId(row.message_id),
        author=None if row.author_id is None else MemberId(row.author_id),
        status=ReportStatus(row.status),
        before=None if row.before is None else PointStatus(row.before),
        reopened=row.reopened,
        decided_by=None if row.decided_by is None else MemberId(row.decided_by),
        decided_at=row.decided_at,
    )
