"""Which channels are lobbies, threads of points, or forums that hold a critique: of open critiques alone."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Column, Select, literal, or_, select, union_all

from bot.core.critiques import Critique, CritiqueStatus, HomeKind
from bot.core.ids import ChannelId
from bot.storage.critiques import critique_of
from bot.storage.database import Tx
from bot.storage.tables import critiques, points

_LOBBY, _THREAD, _FORUM = "lobby", "thread", "forum"


@dataclass(frozen=True, slots=True)
class Ground:
    """What some channels are: text homes and posts "Add to this list"; threads of points; forums with a critique."""

    lobbies: frozenset[ChannelId]
    threads: frozenset[ChannelId]
    forums: frozenset[ChannelId]


async def ground(tx: Tx, channels: Collection[ChannelId]) -> Ground:
    """What those of the channels are that open critiques use. One query."""
    among = list(channels)
    homes = select(critiques.c.home_channel_id, literal(_LOBBY)).where(critiques.c.home_kind == HomeKind.TEXT)
    forums = select(critiques.c.home_channel_id, literal(_FORUM)).where(critiques.c.home_kind == HomeKind.FORUM)
    query = union_all(
        *(_open(_threads(column)).where(column.in_(among)) for column in (points.c.message_id, points.c.thread_id)),
        _open(homes).where(critiques.c.home_channel_id.in_(among)),
        _open(forums).where(critiques.c.home_channel_id.in_(among)),
        _open(select(critiques.c.lobby_id, literal(_LOBBY))).where(critiques.c.lobby_id.in_(among)),
    )
    found = {(ChannelId(row[0]), str(row[1])) for row in await tx.execute(query)}
    lobbies, threads_found, forums_found = (
        frozenset(channel for channel, kind in found if kind == what) for what in (_LOBBY, _THREAD, _FORUM)
    )
    return Ground(lobbies, threads_found, forums_found)


def _threads(column: Column[int]) -> Select[int, str]:
    """A thread has the id of the message that it was started from, which is stored before."""
    return select(column, literal(_THREAD)).join(critiques, critiques.c.id == points.c.critique_id)


def _open(query: Select[int, str]) -> Select[int, str]:
    return query.where(critiques.c.status == CritiqueStatus.OPEN)


async def critiques_of(tx: Tx, channel: ChannelId, parent: ChannelId | None) -> list[Critique]:
    """The open critiques whose lobby a channel is, or a thread in `parent`; oldest first."""
    homes = [channel] if parent is None else [channel, parent]
    text_home = (critiques.c.home_kind == HomeKind.TEXT) & critiques.c.home_channel_id.in_(homes)
    query = select(critiques).where(critiques.c.status == CritiqueStatus.OPEN)
    query = query.where(or_(text_home, critiques.c.lobby_id == channel))
    return [critique_of(row) for row in await tx.execute(query.order_by(critiques.c.id))]
