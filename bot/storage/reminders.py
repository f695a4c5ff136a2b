"""What waits for moderators, in figures, and when they were last reminded of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, false, func, select

from bot.core.critiques import CritiqueStatus
from bot.core.deliveries import Kind, reminded_day
from bot.core.ids import ChannelId, GuildId
from bot.core.points import PointStatus
from bot.core.reports import ReportStatus
from bot.storage.database import Tx
from bot.storage.tables import cases, critiques, deliveries, points, reports, servers

_REPORTED = reports.outerjoin(points, points.c.id == reports.c.point_id).outerjoin(
    critiques, critiques.c.id == points.c.critique_id
)
# A report that holds a point of a closed critique waits until that is open again.
_STUCK = and_(points.c.status == PointStatus.REPORTED, critiques.c.status != CritiqueStatus.OPEN)
_DECIDABLE = and_(reports.c.status == ReportStatus.OPEN, func.coalesce(_STUCK, false()).is_(False))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many additions, appeals and reports wait, and since when the oldest does."""

    additions: int
    appeals: int
    reports: int
    since: datetime


async def servers_where_anything_waits(tx: Tx) -> list[tuple[GuildId, ChannelId]]:
    """The servers that the bot is on, where something waits, each with its moderators' channel."""
    held = select(critiques.c.guild_id).join(points, points.c.critique_id == critiques.c.id)
    held = held.where(points.c.status == PointStatus.HELD)
    appeals = select(cases.c.guild_id).where(cases.c.appeal.is_not(None), cases.c.answered_at.is_(None))
    reported = select(reports.c.guild_id).select_from(_REPORTED).where(_DECIDABLE)
    query = select(servers.c.guild_id, servers.c.moderators_channel_id).where(
        servers.c.left_at.is_(None),
        servers.c.moderators_channel_id.is_not(None),
        servers.c.guild_id.in_(held.union(appeals, reported)),
    )
    return [(GuildId(row.guild_id), ChannelId(row.moderators_channel_id)) for row in await tx.execute(query)]


async def waiting(tx: Tx, guild: GuildId) -> Waiting | None:
    """What waits on a server; None where nothing does."""
    held = select(func.count(), func.min(points.c.created_at)).select_from(points)
    held = held.join(critiques, critiques.c.id == points.c.critique_id)
    held = held.where(critiques.c.guild_id == guild, points.c.status == PointStatus.HELD)
    open_ones = (cases.c.guild_id == guild, cases.c.appeal.is_not(None), cases.c.answered_at.is_(None))
    appealed = select(func.count(), func.min(cases.c.appealed_at)).where(*open_ones)
    additions, first = (await tx.execute(held)).one()
    appeals, second = (await tx.execute(appealed)).one()
    told = select(func.count(), func.min(reports.c.at)).select_from(_REPORTED)
    told = told.where(reports.c.guild_id == guild, _DECIDABLE)
    reported, third = (await tx.execute(told)).one()
    since = [each for each in (first, second, third) if each is not None]
    return Waiting(additions, appeals, reported, min(since)) if since else None


async def last_day(tx: Tx, guild: GuildId) -> str | None:
    """The last day on which the server's moderators were reminded, or are about to be."""
    query = select(func.max(deliveries.c.key)).where(deliveries.c.guild_id == guild, deliveries.c.kind == Kind.REMIND)
    key = (await tx.execute(query)).scalar_one()
    return None if key is None else reminded_day(key)
