"""What moderators are told once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, select, update

from bot.core.ids import ChannelId, CritiqueId, GuildId, NoticeId, PointId
from bot.core.notices import Cause, Notice, Subject
from bot.core.points import name_of
from bot.storage.database import Tx, insert
from bot.storage.tables import critiques, notices, points


async def save(tx: Tx, key: str, guild: GuildId, cause: Cause, about: Subject, at: datetime) -> bool:
    """Saves a notice that is to be told; False where its key is known."""
    row = insert(notices).values(
        key=key,
        guild_id=guild,
        cause=cause,
        point_id=about.point,
        critique_id=about.critique,
        channel_id=about.channel,
        detail=about.detail,
        at=at,
    )
    return bool((await tx.execute(row.on_conflict_do_nothing(index_elements=["key"]))).rowcount)


async def untold(tx: Tx, guild: GuildId) -> list[Notice]:
    """What is still to be told, oldest first."""
    query = _select().where(notices.c.guild_id == guild, notices.c.told_at.is_(None)).order_by(notices.c.id)
    return [_notice(row) for row in await tx.execute(query)]


async def latest(tx: Tx, guild: GuildId, limit: int) -> list[Notice]:
    """The newest, told or not, newest first."""
    query = _select().where(notices.c.guild_id == guild).order_by(notices.c.id.desc()).limit(limit)
    return [_notice(row) for row in await tx.execute(query)]


async def save_told(tx: Tx, which: Collection[NoticeId], at: datetime) -> None:
    """They are told."""
    await tx.execute(update(notices).where(notices.c.id.in_(list(which))).values(told_at=at))


async def drop(tx: Tx, keys: Collection[str]) -> None:
    """Forgets notices: their occasion has passed, and the next is to be told again."""
    await tx.execute(delete(notices).where(notices.c.key.in_(list(keys))))


async def drop_untold(tx: Tx, critique: CritiqueId) -> None:
    """Forgets what was to be told of the critique: something greater has happened to it."""
    of_points = select(points.c.id).where(points.c.critique_id == critique)
    its = (notices.c.critique_id == critique) | notices.c.point_id.in_(of_points)
    await tx.execute(delete(notices).where(notices.c.told_at.is_(None), its))


async def drop_told(tx: Tx, before: datetime) -> None:
    """Forgets what was told long ago."""
    await tx.execute(delete(notices).where(notices.c.told_at < before))


def _select() -> Select[Any]:
    title = func.coalesce(critiques.c.title, "").label("title")
    of_point = points.c.critique_id
    return (
        select(notices, points.c.label, points.c.repeat, of_point.label("of_critique"), title)
        .outerjoin(points, points.c.id == notices.c.point_id)
        .outerjoin(critiques, critiques.c.id == func.coalesce(notices.c.critique_id, of_point))
    )


def _notice(row: Row[Any]) -> Notice:
    critique = row.critique_id or row.of_critique
    about = Subject(
        point=None if row.point_id is None else PointId(row.point_id),
        critique=None if critique is None else CritiqueId(critique),
        channel=None if row.channel_id is None else ChannelId(row.channel_id),
        detail=row.detail,
    )
    label = "" if row.label is None else name_of(row.label, row.repeat)
    return Notice(NoticeId(row.id), GuildId(row.guild_id), Cause(row.cause), about, label, row.title, row.at)
