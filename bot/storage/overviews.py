"""Critiques in figures: a page of a server's, or one. Discarded ones stand nowhere, and are not counted."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from bot.core.arguments import ArgumentStatus
from bot.core.critiques import CritiqueStatus
from bot.core.deliveries import Kind
from bot.core.ids import CritiqueId, GuildId
from bot.core.overviews import Overview
from bot.core.points import GONE, Origin, PointStatus
from bot.storage.critiques import critique_of
from bot.storage.database import Tx
from bot.storage.tables import arguments, critiques, deliveries, points, voters


def _figures() -> Select[Any]:
    of_it = points.c.critique_id == critiques.c.id
    count = select(func.count()).select_from(points).where(of_it)
    replies = select(func.coalesce(func.sum(points.c.replies), 0)).where(of_it)
    argued = select(func.count()).select_from(points).join(arguments, arguments.c.point_id == points.c.id).where(of_it)
    people = select(func.count()).select_from(voters).where(voters.c.critique_id == critiques.c.id)
    sent = (deliveries.c.point_id == points.c.id) & (deliveries.c.kind == Kind.SHOW_POINT)
    unlisted = points.c.status.in_([PointStatus.HELD, PointStatus.REFUSED])
    unposted = points.c.thread_id.is_(None) & ~unlisted
    on_its_way = count.join(deliveries, sent).where(unposted, deliveries.c.ended_at.is_(None))
    original = points.c.origin == Origin.ORIGINAL
    return select(
        critiques,
        count.where(original).scalar_subquery().label("originals"),
        count.where(~original, ~unlisted).scalar_subquery().label("additions"),
        count.where(unlisted).scalar_subquery().label("unlisted"),
        count.where(points.c.thread_id.is_not(None)).scalar_subquery().label("posted"),
        count.where(unposted, points.c.status.not_in(GONE)).scalar_subquery().label("unposted"),
        on_its_way.scalar_subquery().label("waiting"),
        replies.scalar_subquery().label("replies"),
        people.scalar_subquery().label("voters"),
        argued.where(arguments.c.status == ArgumentStatus.LIVE).scalar_subquery().label("arguments"),
    )


def _standing(guild: GuildId) -> tuple[ColumnElement[bool], ...]:
    return critiques.c.guild_id == guild, critiques.c.status != CritiqueStatus.DISCARDED


async def overview(tx: Tx, which: CritiqueId) -> Overview:
    """The critique in figures, whatever its status. It exists: rows are never deleted."""
    return _overview((await tx.execute(_figures().where(critiques.c.id == which))).one())


async def of_server(tx: Tx, guild: GuildId, *, offset: int, limit: int) -> list[Overview]:
    """Some of the server's critiques: open ones first, then the newest."""
    first = (critiques.c.status != CritiqueStatus.OPEN, critiques.c.id.desc())
    query = _figures().where(*_standing(guild)).order_by(*first).offset(offset).limit(limit)
    return [_overview(row) for row in await tx.execute(query)]


async def count(tx: Tx, guild: GuildId) -> int:
    """How many critiques the server has."""
    return (await tx.execute(select(func.count()).select_from(critiques).where(*_standing(guild)))).scalar_one()


def _overview(row: Row[Any]) -> Overview:
    return Overview(
        critique=critique_of(row),
        originals=row.originals,
        additions=row.additions,
        unlisted=row.unlisted,
        voters=row.voters,
        replies=row.replies,
        posted=row.posted,
        unposted=row.unposted,
        waiting=row.waiting,
        arguments=row.arguments,
    )
