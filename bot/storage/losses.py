"""What is gone from Discord, and what it was to a critique."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, null, or_, select, union_all

from bot.core.critiques import CritiqueStatus, HomeKind
from bot.core.ids import ChannelId, CritiqueId, GuildId, PointId
from bot.core.losses import Loss, Stood, What
from bot.core.notices import Cause, Subject
from bot.storage.database import Tx, insert
from bot.storage.tables import critiques, losses, points


async def save(tx: Tx, loss: Loss, at: datetime) -> bool:
    """Remembers what is gone; False where that was known."""
    row = insert(losses).values(what=loss.what, id=loss.id, at=at).on_conflict_do_nothing()
    return bool((await tx.execute(row)).rowcount)


async def any_known(tx: Tx, which: Collection[Loss]) -> bool:
    """Whether any of them is known to be gone."""
    either = or_(*((losses.c.what == each.what) & (losses.c.id == each.id) for each in which))
    return (await tx.execute(select(func.count()).select_from(losses).where(either))).scalar_one() > 0


async def stood(tx: Tx, loss: Loss) -> list[Stood]:
    """What it was to critiques, open or not. One query."""
    query = _of_message(loss.id) if loss.what is What.MESSAGE else union_all(*_of_channel(loss.id))
    return [
        Stood(
            cause=Cause(row.cause),
            about=Subject(
                point=None if row.point_id is None else PointId(row.point_id), critique=CritiqueId(row.critique_id)
            ),
            guild=GuildId(row.guild_id),
            home=ChannelId(row.home_channel_id),
            open=row.status == CritiqueStatus.OPEN,
        )
        for row in await tx.execute(query)
    ]


def _of_message(which: int) -> Select[Any]:
    return _of_point(Cause.MESSAGE_DELETED).where(points.c.message_id == which)


def _of_channel(which: int) -> Iterator[Select[Any]]:
    home, digest = critiques.c.home_channel_id, critiques.c.digest_channel_id
    yield _of_critique(Cause.HOME_DELETED).where(home == which)
    yield _of_critique(Cause.DIGEST_DELETED).where(digest == which, home != which)
    yield _of_critique(Cause.LOBBY_DELETED).where(critiques.c.lobby_id == which)
    yield _of_point(Cause.THREAD_DELETED).where(points.c.thread_id == which)
    opens_post = (points.c.message_id == which) & (critiques.c.home_kind == HomeKind.FORUM)
    yield _of_point(Cause.THREAD_DELETED).where(points.c.thread_id.is_(None), opens_post)


def _of_critique(cause: Cause) -> Select[Any]:
    return select(*_columns(cause, null()))


def _of_point(cause: Cause) -> Select[Any]:
    return select(*_columns(cause, points.c.id)).join(points, points.c.critique_id == critiques.c.id)


def _columns(cause: Cause, point: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    named = critiques.c
    return [
        literal(cause.value).label("cause"),
        point.label("point_id"),
        named.id.label("critique_id"),
        named.guild_id,
        named.home_channel_id,
        named.status,
    ]
