"""Votes taken out of the figures: which exclusions stand, and which votes they are about."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, select, true, tuple_, update

from bot.core.critiques import CritiqueStatus
from bot.core.exclusions import Exclusion, ExclusionId
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId, PointId
from bot.core.marks import Mark
from bot.core.sittings import Key
from bot.core.votes import Source
from bot.storage.database import Tx
from bot.storage.given import given, rows
from bot.storage.tables import ballots, critiques, excluded_votes, exclusions, history, holds, kept, points

_KEY = ("point_id", "revision", "member_id")
_OURS = (Source.EXCLUDED, Source.INCLUDED, Source.BALLOT)


async def save(
    tx: Tx,
    guild: GuildId,
    critique: CritiqueId | None,
    case: CaseId,
    at: datetime,
    *,
    member: Mark | None = None,
    since: datetime | None = None,
    votes: int,
) -> ExclusionId:
    """Saves an exclusion that stands from now on."""
    row = exclusions.insert().values(
        guild_id=guild, critique_id=critique, mark=member, since=since, at=at, case_id=case, votes=votes
    )
    return ExclusionId((await tx.execute(row.returning(exclusions.c.id))).scalar_one())


async def standing(tx: Tx, guild: GuildId) -> list[Exclusion]:
    """Those of the server that stand, newest first."""
    query = select(exclusions).where(exclusions.c.guild_id == guild, exclusions.c.lifted_at.is_(None))
    return [_exclusion(row) for row in await tx.execute(query.order_by(exclusions.c.id.desc()))]


async def any_of(tx: Tx, guild: GuildId) -> bool:
    """Whether anything was ever excluded on the server."""
    return (
        await tx.execute(select(exclusions.c.id).where(exclusions.c.guild_id == guild).limit(1))
    ).first() is not None


async def of_case(tx: Tx, case: CaseId) -> Exclusion | None:
    """The exclusion that the case is about, where it stands."""
    query = select(exclusions).where(exclusions.c.case_id == case, exclusions.c.lifted_at.is_(None))
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _exclusion(row)


async def lift(tx: Tx, which: Collection[ExclusionId], at: datetime) -> None:
    """They stand no more."""
    await tx.execute(update(exclusions).where(exclusions.c.id.in_(list(which))).values(lifted_at=at))


async def keys_of_member(
    tx: Tx, guild: GuildId, critique: CritiqueId | None, member: MemberId
) -> dict[Key, CritiqueId]:
    """All points of open critiques on which the member has anything."""
    found: dict[Key, CritiqueId] = {}
    for table in (holds, kept, ballots):
        columns = [table.c[name] for name in _KEY]
        query = _in_open(select(points.c.critique_id, *columns).distinct(), guild, critique)
        query = query.join(table, (table.c.point_id == points.c.id) & (table.c.member_id == member))
        found |= _keys((await tx.execute(query)).all())
    return found


async def keys_since(
    tx: Tx, guild: GuildId, critique: CritiqueId | None, since: datetime, until: datetime
) -> dict[Key, CritiqueId]:
    """All that was cast in open critiques from then on: what a moderator moved was not cast."""
    columns = [history.c[name] for name in _KEY]
    query = _in_open(select(points.c.critique_id, *columns).distinct(), guild, critique)
    cast = (history.c.after.is_not(None), history.c.source.not_in(_OURS))
    query = query.join(history, history.c.point_id == points.c.id)
    found = _keys((await tx.execute(query.where(history.c.at.between(since, until), *cast))).all())
    private = _in_open(select(points.c.critique_id, *(ballots.c[name] for name in _KEY)), guild, critique)
    private = private.join(ballots, ballots.c.point_id == points.c.id).where(ballots.c.stance.is_not(None))
    return found | _keys((await tx.execute(private.where(ballots.c.at.between(since, until)))).all())


async def save_taken(tx: Tx, which: ExclusionId, keys: Collection[Key]) -> None:
    """These votes are what it took out."""
    if keys:
        await tx.execute(_SAVE_TAKEN, rows([(which, *key) for key in keys]))


async def keys_taken(tx: Tx, which: ExclusionId) -> dict[Key, CritiqueId]:
    """What it took out, where the critique is open."""
    columns = [excluded_votes.c[name] for name in _KEY]
    query = select(points.c.critique_id, *columns).join(points, points.c.id == excluded_votes.c.point_id)
    query = query.join(critiques, critiques.c.id == points.c.critique_id)
    is_open = (excluded_votes.c.exclusion_id == which, critiques.c.status == CritiqueStatus.OPEN)
    return _keys((await tx.execute(query.where(*is_open))).all())


async def keys_of_critique(tx: Tx, critique: CritiqueId) -> dict[Key, CritiqueId]:
    """All that anybody has on any of its points."""
    found: dict[Key, CritiqueId] = {}
    for table in (holds, kept, ballots):
        columns = [table.c[name] for name in _KEY]
        query = select(points.c.critique_id, *columns).join(points, points.c.id == table.c.point_id)
        found |= _keys((await tx.execute(query.where(points.c.critique_id == critique).distinct())).all())
    return found


async def taken_by(tx: Tx, among: Collection[ExclusionId]) -> dict[Key, set[ExclusionId]]:
    """Which of the exclusions took out which votes."""
    found: dict[Key, set[ExclusionId]] = {}
    query = select(excluded_votes).where(excluded_votes.c.exclusion_id.in_(list(among)))
    for row in await tx.execute(query):
        key = Key(PointId(row.point_id), row.revision, MemberId(row.member_id))
        found.setdefault(key, set()).add(ExclusionId(row.exclusion_id))
    return found


async def mark_votes(tx: Tx, keys: Sequence[Key], *, excluded: bool) -> None:
    """All that these members have on these points is excluded from now on, or is no more."""
    for statement in _MARK_VOTES:
        await tx.execute(statement, rows([tuple(key) for key in keys]) | {"out": excluded})


def _in_open(query: Select[Any], guild: GuildId, critique: CritiqueId | None) -> Select[Any]:
    of_one: ColumnElement[bool] = true() if critique is None else critiques.c.id == critique
    return (
        query.select_from(points)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(critiques.c.guild_id == guild, critiques.c.status == CritiqueStatus.OPEN, of_one)
    )


def _keys(found: Sequence[Row[Any]]) -> dict[Key, CritiqueId]:
    return {
        Key(PointId(row.point_id), row.revision, MemberId(row.member_id)): CritiqueId(row.critique_id) for row in found
    }


def _exclusion(row: Row[Any]) -> Exclusion:
    return Exclusion(
        id=ExclusionId(row.id),
        guild=GuildId(row.guild_id),
        critique=None if row.critique_id is None else CritiqueId(row.critique_id),
        member=None if row.mark is None else Mark(row.mark),
        since=row.since,
        at=row.at,
        case=CaseId(row.case_id),
        votes=row.votes,
    )


_TAKEN = ("exclusion_id", *_KEY)
_SAVE_TAKEN = excluded_votes.insert().from_select(_TAKEN, given(*_TAKEN))
_MARK_VOTES = [
    update(table).where(tuple_(*(table.c[name] for name in _KEY)).in_(given(*_KEY))).values(excluded=bindparam("out"))
    for table in (holds, kept, ballots)
]
