"""What is known of gaps: what points' votes add up to, up to where channels were heard, what readings have mended."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal, select, update

from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import ChannelId, GuildId, MemberId, MessageId, PointId
from bot.core.readings import Standing
from bot.core.revisions import Clearing
from bot.core.sittings import Votable
from bot.core.votes import Stance
from bot.storage.critiques import critique_of
from bot.storage.database import Tx, insert
from bot.storage.facts import LEFT_AT, fact, save_fact
from bot.storage.tables import critiques, heard, history, holds, points, servers
from bot.storage.votes import select_votables, votable_of

# What stands under a point whose reactions are to be cleared is of an earlier revision.
_READABLE = points.c.message_id.is_not(None) & (points.c.clears != Clearing.ASKED)
_PAGE = 5_000  # members in one go: what turns them into values holds the event loop up for a few milliseconds


async def standings(tx: Tx, guild: GuildId, near: datetime) -> list[Standing]:
    """The server's points that take votes and stand in Discord; those changed since `near` are near the gap."""
    changed = select(history.c.id).where(history.c.point_id == points.c.id, history.c.at >= near).exists()
    query = select_votables(changed.label("near"))
    rows = (await tx.execute(query.where(critiques.c.guild_id == guild, _READABLE))).all()
    counts = await _counts(tx, critiques.c.guild_id == guild)
    return [_standing(row, counts) for row in rows]


async def standing(tx: Tx, which: PointId) -> Standing | None:
    """The point, where it takes votes and stands in Discord."""
    query = select_votables(literal(False).label("near"))
    row = (await tx.execute(query.where(points.c.id == which, _READABLE))).one_or_none()
    return None if row is None else _standing(row, await _counts(tx, points.c.id == which))


async def to_audit(tx: Tx, guilds: Collection[GuildId], before: datetime) -> Standing | None:
    """The point of these servers that was read whole longest ago, and not since `before`."""
    query = select_votables(literal(False).label("near"))
    due = points.c.audited_at.is_(None) | (points.c.audited_at < before)
    query = query.where(critiques.c.guild_id.in_(guilds), _READABLE, due)
    row = (await tx.execute(query.order_by(points.c.audited_at.nulls_first(), points.c.id).limit(1))).one_or_none()
    return None if row is None else _standing(row, await _counts(tx, points.c.id == row.id))


async def _counts(tx: Tx, among: ColumnElement[bool]) -> dict[tuple[int, int], int]:
    query = (
        select(holds.c.point_id, holds.c.side, func.count())
        .join(points, (points.c.id == holds.c.point_id) & (points.c.revision == holds.c.revision))
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(among, critiques.c.status == CritiqueStatus.OPEN)
        .group_by(holds.c.point_id, holds.c.side)
    )
    return {(row[0], row[1]): row[2] for row in await tx.execute(query)}


def _standing(row: Row[Any], counts: Mapping[tuple[int, int], int]) -> Standing:
    return Standing(
        votable=votable_of(row),
        home=ChannelId(row.home_channel_id),
        agree=counts.get((row.id, Stance.AGREE), 0),
        disagree=counts.get((row.id, Stance.DISAGREE), 0),
        near=row.near,
    )


async def holders(tx: Tx, votable: Votable, side: Stance) -> set[MemberId]:
    """Everybody who holds the emoji of one side."""
    found: set[MemberId] = set()
    last = 0
    of_side = (holds.c.point_id == votable.point, holds.c.revision == votable.revision, holds.c.side == side)
    while True:
        query = select(holds.c.member_id).where(*of_side, holds.c.member_id > last)
        page = (await tx.execute(query.order_by(holds.c.member_id).limit(_PAGE))).scalars().all()
        found.update(MemberId(member) for member in page)
        if len(page) < _PAGE:
            return found
        last = page[-1]


async def last_change(tx: Tx) -> datetime | None:
    """When a stance last changed anywhere."""
    query = select(history.c.at).order_by(history.c.id.desc()).limit(1)
    return (await tx.execute(query)).scalar_one_or_none()


async def open_critiques(tx: Tx, guild: GuildId) -> list[Critique]:
    """The server's open critiques."""
    query = select(critiques).where(critiques.c.guild_id == guild, critiques.c.status == CritiqueStatus.OPEN)
    return [critique_of(row) for row in await tx.execute(query)]


async def heard_in(tx: Tx, channels: Iterable[ChannelId]) -> dict[ChannelId, MessageId]:
    """Up to which message those of the channels were heard that were heard at all."""
    query = select(heard).where(heard.c.channel_id.in_(list(channels)))
    return {ChannelId(row.channel_id): MessageId(row.message_id) for row in await tx.execute(query)}


async def save_heard(tx: Tx, up_to: Mapping[ChannelId, MessageId]) -> None:
    """The channels were heard so far, if not further."""
    if not up_to:
        return
    row = insert(heard)
    further = {"message_id": func.max(heard.c.message_id, row.excluded.message_id)}
    rows = [{"channel_id": channel, "message_id": message} for channel, message in up_to.items()]
    await tx.execute(row.on_conflict_do_update(index_elements=["channel_id"], set_=further), rows)


async def save_audited(tx: Tx, which: Collection[PointId], at: datetime) -> None:
    """The points were read whole."""
    if which:
        await tx.execute(update(points).where(points.c.id.in_(list(which))).values(audited_at=at))


async def forget_audits(tx: Tx, guild: GuildId) -> None:
    """The server's points are to be read whole anew, in turn."""
    its = select(critiques.c.id).where(critiques.c.guild_id == guild, critiques.c.status == CritiqueStatus.OPEN)
    await tx.execute(update(points).where(points.c.critique_id.in_(its)).values(audited_at=None))


async def add_drift(tx: Tx, drift: Mapping[GuildId, int]) -> None:
    """Readings have changed so many members' votes."""
    for guild, by in drift.items():
        await tx.execute(update(servers).where(servers.c.guild_id == guild).values(drift=servers.c.drift + by))


async def save_reconciled(tx: Tx, guild: GuildId, at: datetime) -> None:
    """The server was read."""
    await tx.execute(update(servers).where(servers.c.guild_id == guild).values(reconciled_at=at))


async def drift(tx: Tx, guild: GuildId) -> tuple[int, datetime | None]:
    """How many votes readings have changed on the server in all, and when it was last read after a gap."""
    query = select(servers.c.drift, servers.c.reconciled_at).where(servers.c.guild_id == guild)
    row = (await tx.execute(query)).one_or_none()
    return (0, None) if row is None else (row.drift, row.reconciled_at)


async def left_at(tx: Tx) -> datetime | None:
    """When the bot last stopped in order; None after a kill."""
    value = await fact(tx, LEFT_AT)
    return datetime.fromisoformat(value) if value else None


async def save_left_at(tx: Tx, at: datetime | None) -> None:
    """The bot stops in order; None: it runs."""
    await save_fact(tx, LEFT_AT, "" if at is None else at.isoformat())
