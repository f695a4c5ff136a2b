"""Acts of moderators, and the appeals against them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, select, update

from bot.core.cases import Appeal, Case, CaseAct, CaseReason, Ledger, Why, ledger
from bot.core.critiques import Critique
from bot.core.ids import CaseId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Point, PointStatus, name_of
from bot.storage.database import Tx
from bot.storage.points import MOVED, moved, moved_of, there
from bot.storage.tables import arguments, cases, critiques, points


async def save(
    tx: Tx, critique: Critique, act: CaseAct, by: MemberId, why: Why, at: datetime, point: Point | None, *, told: bool
) -> CaseId:
    """Saves an act; `told` says whether whoever it concerns is owed a word."""
    row = cases.insert().values(
        guild_id=critique.guild,
        critique_id=critique.id,
        point_id=None if point is None else point.id,
        act=act,
        reason=why.reason,
        words=why.words,
        before=None if point is None else point.status,
        member_id=None if point is None else point.author,
        by_id=by,
        at=at,
        owes_word=told,
    )
    return CaseId((await tx.execute(row.returning(cases.c.id))).scalar_one())


async def save_about(
    tx: Tx,
    guild: GuildId,
    act: CaseAct,
    by: MemberId,
    why: Why,
    at: datetime,
    *,
    member: MemberId | None,
    told: bool,
    critique: CritiqueId | None = None,
    point: PointId | None = None,
    votes: int | None = None,
    until: datetime | None = None,
) -> CaseId:
    """Saves an act that is about a member, about votes, or about what a member said to a `point`."""
    row = cases.insert().values(
        guild_id=guild,
        critique_id=critique,
        point_id=point,
        act=act,
        reason=why.reason,
        words=why.words,
        member_id=member,
        by_id=by,
        at=at,
        owes_word=told,
        votes=votes,
        until=until,
    )
    return CaseId((await tx.execute(row.returning(cases.c.id))).scalar_one())


async def find(tx: Tx, which: CaseId) -> Case | None:
    """The case, where there is one of that number."""
    row = (await tx.execute(_select().where(cases.c.id == which))).one_or_none()
    return None if row is None else _case(row)


async def before(tx: Tx, which: PointId, act: CaseAct) -> PointStatus:
    """What could be done with the point before that act was last done to it; all, where it never was."""
    query = select(cases.c.before).where(cases.c.point_id == which, cases.c.act == act)
    found = (await tx.execute(query.order_by(cases.c.id.desc()).limit(1))).scalar_one_or_none()
    return PointStatus.OPEN if found is None else PointStatus(found)


async def last_at(tx: Tx, which: PointId, act: CaseAct) -> datetime | None:
    """When that act was last done to the point; None where it never was."""
    query = select(func.max(cases.c.at)).where(cases.c.point_id == which, cases.c.act == act)
    return (await tx.execute(query)).scalar_one()


async def newest_by(tx: Tx, by: MemberId, act: CaseAct, of: Collection[PointId]) -> list[Case]:
    """Each time that this moderator did that to any of the points, the newest first."""
    query = _select().where(cases.c.by_id == by, cases.c.act == act, cases.c.point_id.in_(list(of)))
    return [_case(row) for row in await tx.execute(query.order_by(cases.c.id.desc()))]


async def newest_of(tx: Tx, like: Case, acts: Collection[CaseAct]) -> Case | None:
    """The newest case of those acts about what that case is about: its point, or its critique as a whole."""
    about = (cases.c.critique_id == like.critique, cases.c.point_id == like.point)
    query = _select().where(*about, cases.c.act.in_(list(acts))).order_by(cases.c.id.desc()).limit(1)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else _case(row)


async def of_critique(tx: Tx, which: CritiqueId, act: CaseAct) -> Case | None:
    """The newest time that this was done to the critique as a whole."""
    query = _select().where(cases.c.critique_id == which, cases.c.point_id.is_(None), cases.c.act == act)
    row = (await tx.execute(query.order_by(cases.c.id.desc()).limit(1))).one_or_none()
    return None if row is None else _case(row)


async def of_member(tx: Tx, guild: GuildId, member: MemberId, limit: int) -> list[Case]:
    """What was done to a member's points on a server and they were told, newest first."""
    query = _select().where(cases.c.guild_id == guild, cases.c.member_id == member, cases.c.owes_word)
    return [_case(row) for row in await tx.execute(query.order_by(cases.c.id.desc()).limit(limit))]


async def about_member(tx: Tx, guild: GuildId, member: MemberId) -> list[Case]:
    """All that concerns the member on a server, told or not."""
    query = _select().where(cases.c.guild_id == guild, cases.c.member_id == member)
    return [_case(row) for row in await tx.execute(query.order_by(cases.c.id))]


async def about_point(tx: Tx, guild: GuildId, which: PointId) -> list[Case]:
    """All that was done to a point of the server's."""
    query = _select().where(cases.c.guild_id == guild, cases.c.point_id == which)
    return [_case(row) for row in await tx.execute(query.order_by(cases.c.id))]


async def appealed_by(tx: Tx, member: MemberId) -> list[Case]:
    """The cases against which the member has appealed, on all servers."""
    query = _select().where(cases.c.member_id == member, cases.c.appeal.is_not(None))
    return [_case(row) for row in await tx.execute(query)]


async def untold(tx: Tx, guild: GuildId, member: MemberId) -> list[Case]:
    """Of those, what the member has not been told yet, oldest first."""
    query = _select().where(
        cases.c.guild_id == guild, cases.c.member_id == member, cases.c.owes_word, cases.c.told_at.is_(None)
    )
    return [_case(row) for row in await tx.execute(query.order_by(cases.c.id))]


async def save_told(tx: Tx, which: CaseId, at: datetime) -> None:
    """Whoever it concerns has been told all there is to tell."""
    await tx.execute(update(cases).where(cases.c.id == which).values(told_at=at))


async def save_appeal(tx: Tx, which: CaseId, text: str, at: datetime) -> bool:
    """Saves the appeal; False where there was one."""
    row = update(cases).where(cases.c.id == which, cases.c.appeal.is_(None)).values(appeal=text, appealed_at=at)
    return bool((await tx.execute(row)).rowcount)


async def save_answer(tx: Tx, which: CaseId, by: MemberId, text: str, at: datetime, *, granted: bool) -> bool:
    """Saves the answer to the appeal, of which the member is to be told; False where there was one."""
    unanswered = (cases.c.id == which, cases.c.appeal.is_not(None), cases.c.answered_at.is_(None))
    values = {"answer": text, "answered_by": by, "answered_at": at, "granted": granted, "told_at": None}
    return bool((await tx.execute(update(cases).where(*unanswered).values(values))).rowcount)


async def unanswered(tx: Tx, guild: GuildId) -> list[Case]:
    """The server's appeals that wait, oldest first."""
    waits = (cases.c.guild_id == guild, cases.c.appeal.is_not(None), cases.c.answered_at.is_(None))
    return [_case(row) for row in await tx.execute(_select().where(*waits).order_by(cases.c.appealed_at))]


async def of_guild(tx: Tx, guild: GuildId) -> list[Case]:
    """All that was done on the server, oldest first."""
    query = _select().where(cases.c.guild_id == guild).order_by(cases.c.id)
    return [_case(row) for row in await tx.execute(query)]


async def ledger_of(tx: Tx, guild: GuildId) -> Ledger:
    """The public part of the server's cases."""
    return ledger([_case(row) for row in await tx.execute(_select().where(cases.c.guild_id == guild))])


def _select() -> Select[Any]:
    argued = cases.c.act == CaseAct.UNARGUE
    text = func.coalesce(case((argued, arguments.c.text), else_=points.c.text), "").label("text")
    return (
        select(cases, critiques.c.title, points.c.label, points.c.repeat, text, points.c.moved_to, *MOVED)
        .outerjoin(critiques, critiques.c.id == cases.c.critique_id)
        .outerjoin(points, points.c.id == cases.c.point_id)
        .outerjoin(arguments, arguments.c.case_id == cases.c.id)
        .outerjoin(moved, moved.c.id == points.c.moved_to)
        .outerjoin(there, there.c.id == moved.c.critique_id)
    )


def _case(row: Row[Any]) -> Case:
    return Case(
        id=CaseId(row.id),
        guild=GuildId(row.guild_id),
        act=CaseAct(row.act),
        why=Why(None if row.reason is None else CaseReason(row.reason), row.words),
        at=row.at,
        by=MemberId(row.by_id),
        member=None if row.member_id is None else MemberId(row.member_id),
        critique=None if row.critique_id is None else CritiqueId(row.critique_id),
        title=row.title or "",
        point=None if row.point_id is None else PointId(row.point_id),
        label="" if row.label is None else name_of(row.label, row.repeat),
        text=row.text,
        appeal=_appeal(row),
        told=row.told_at is not None,
        votes=row.votes,
        until=row.until,
        moved=None if row.moved_to is None else moved_of(row),
    )


def _appeal(row: Row[Any]) -> Appeal | None:
    if row.appeal is None:
        return None
    return Appeal(row.appeal, row.appealed_at, row.answer or "", row.answered_at, row.granted)
