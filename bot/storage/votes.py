"""Votes as rows: holds, kept votes and ballots, from which stances are derived.

1. What changes is written in one batch: the rows, and what `storage/tallies.py` derives from them.
2. Everything is found by a key, so that a vote costs the same at the millionth.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Row,
    ScalarSelect,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)

from bot.core.critiques import CritiqueStatus
from bot.core.ids import CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.marks import Mark
from bot.core.points import PointStatus
from bot.core.revisions import Clearing
from bot.core.sittings import Change, Key, Move, Votable
from bot.core.votes import NOTHING, Ballot, Hold, Kept, MemberVotes, Stance, Tally, tally, visible
from bot.storage import ballots, tallies
from bot.storage.database import Tx, insert
from bot.storage.facts import VOTE_ORDER
from bot.storage.given import given, rows, rows_of, taken
from bot.storage.points import channel_of
from bot.storage.tables import ballots as private
from bot.storage.tables import critiques, exclusions, facts, holds, kept, opt_outs, points

_KEY = ("point_id", "revision", "member_id")
_NOBODY, _NO_MARKS = "[]", frozenset[Mark]()
_AGREE, _DISAGREE = int(Stance.AGREE), int(Stance.DISAGREE)


async def votables(tx: Tx, messages: Iterable[MessageId]) -> dict[MessageId, Votable]:
    """The points of open critiques that are not withdrawn, whose first messages are among `messages`."""
    found = await tx.execute(_VOTABLES, {"messages": list(messages)})
    return {MessageId(row.message_id): votable_of(row) for row in found}


async def votable(tx: Tx, which: PointId) -> Votable | None:
    """The point, where it takes ballots: in a blind critique too."""
    row = (await tx.execute(_select_points().where(points.c.id == which, points.c.message_id > 0))).one_or_none()
    return None if row is None else votable_of(row)


def select_votables(*more: ColumnElement[Any]) -> Select[Any]:
    """The points that take votes by reaction; `more` columns for the caller."""
    return _select_points(*more).where(~critiques.c.blind)


def _select_points(*more: ColumnElement[Any]) -> Select[Any]:
    of_critique = (critiques.c.guild_id, critiques.c.home_channel_id, critiques.c.home_kind)
    emoji = (critiques.c.agree_emoji, critiques.c.disagree_emoji)
    counts = (points.c.group_id, points.c.clears)
    of_point = (points.c.id, points.c.revision, points.c.critique_id, points.c.message_id, *counts)
    anybody = select(opt_outs.c.mark).where(opt_outs.c.mark > "").exists()  # the condition spares a scan
    kept_out = (_marks_excluded().label("marks"), anybody.label("opted_out"))
    chosen: list[ColumnElement[Any]] = [*of_point, *of_critique, *emoji, *kept_out, *more]
    return (
        select(*chosen)
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(
            points.c.status.in_([PointStatus.OPEN, PointStatus.VOTE_ONLY]),
            critiques.c.status == CritiqueStatus.OPEN,
        )
    )


def _marks_excluded() -> ScalarSelect[Any]:
    """Who is excluded in the critique, as one text; NULL-free, and next to nothing while nobody is."""
    stands = (exclusions.c.guild_id == critiques.c.guild_id, exclusions.c.lifted_at.is_(None))
    about = or_(exclusions.c.critique_id.is_(None), exclusions.c.critique_id == critiques.c.id)
    query = select(func.json_group_array(exclusions.c.mark)).where(*stands, about, exclusions.c.mark.is_not(None))
    return query.correlate(critiques).scalar_subquery()


def votable_of(row: Row[Any]) -> Votable:
    """The point of a row of `select_votables`."""
    return Votable(
        point=PointId(row.id),
        revision=row.revision,
        critique=CritiqueId(row.critique_id),
        guild=GuildId(row.guild_id),
        channel=channel_of(row.home_kind, row.home_channel_id, row.message_id),
        message=MessageId(row.message_id),
        agree_emoji=row.agree_emoji,
        disagree_emoji=row.disagree_emoji,
        excluded=frozenset(rows_of(row.marks)) if row.marks != _NOBODY else _NO_MARKS,
        opted_out=row.opted_out,
        group=None if row.group_id is None else PointId(row.group_id),
        clearing=Clearing(row.clears),
    )


async def has_voted(tx: Tx, member: MemberId, on: Iterable[PointId]) -> bool:
    """Whether the member has any vote on any of the points, at whatever revision."""
    its = list(on)
    votes = (table.c.point_id.in_(its) & (table.c.member_id == member) for table in (holds, private, kept))
    return bool((await tx.execute(select(or_(*(exists().where(each) for each in votes))))).scalar_one())


async def members_of(tx: Tx, point: PointId, revision: int) -> list[Key]:
    """Everybody who holds a vote emoji on the point."""
    query = select(holds.c.member_id).where(holds.c.point_id == point, holds.c.revision == revision)
    found = (await tx.execute(query.distinct())).scalars()
    return [Key(point, revision, MemberId(member)) for member in found]


def _select_member_votes() -> Select[Any]:
    """What the members given have, in one piece; `kind` tells the tables apart, and a stance is a side, too."""
    wanted = given(*_KEY).cte("wanted")

    def of(
        number: int, table: Table, side: Column[int], seen: ColumnElement[Any], shown: ColumnElement[Any]
    ) -> Select[Any]:
        key = (wanted.c[name] for name in _KEY)
        found = select(literal(number).label("kind"), *key, side.label("side"), seen.label("seen"))
        found = found.add_columns(table.c.eligible, table.c.excluded, shown.label("shown"))
        return found.select_from(wanted.join(table, and_(*(table.c[name] == wanted.c[name] for name in _KEY))))

    found = union_all(
        of(_HELD, holds, holds.c.side, holds.c.seen, null()),
        of(_KEPT, kept, kept.c.stance, null(), null()),
        of(_CAST, private, private.c.stance, private.c.seen, private.c.shown),
    ).subquery("found")
    return select(taken(*found.c))


async def member_votes(tx: Tx, keys: Sequence[Key]) -> dict[Key, MemberVotes]:
    """What each of `keys` has; NOTHING where there is no row."""
    found = dict.fromkeys(keys, NOTHING)
    if not keys:
        return found
    text = (await tx.execute(_MEMBER_VOTES, rows([tuple(key) for key in keys]))).scalar_one()
    for kind, point, revision, member, number, seen, eligible, excluded, shown in rows_of(text):
        key, may = Key(point, revision, member), (bool(eligible), bool(excluded))
        if kind == _HELD:
            found[key] = found[key].with_hold(Stance(number), Hold(seen, *may))
        elif kind == _KEPT:
            found[key] = found[key]._replace(kept=Kept(Stance(number), *may))
        else:
            found[key] = found[key]._replace(ballot=Ballot(_stance(number), seen, *may, _stance(shown)))
    return found


def _stance(number: int | None) -> Stance | None:
    return None if number is None else Stance(number)


async def take_orders(tx: Tx, count: int) -> int:
    """Takes `count` orders nobody else gets; the first of them."""
    last = int((await tx.execute(_TAKE_ORDERS, {"count": count})).scalar_one())
    return last - count + 1


async def save(tx: Tx, changes: Sequence[Change], moves: Sequence[Move], at: datetime, *, counts: bool = True) -> None:
    """Saves what changed: the rows, and all that is derived from them; tallies only where it `counts`."""
    await _save_holds(tx, changes)
    await _save_kept(tx, changes)
    await ballots.save(tx, [change for change in changes if change.before.ballot != change.after.ballot], at)
    if moves:
        await tallies.save_history(tx, moves, at)
    if moves and counts:
        await tallies.count(tx, moves)


async def _save_holds(tx: Tx, changes: Sequence[Change]) -> None:
    gone: list[tuple[int, ...]] = []
    new: list[tuple[int | None, ...]] = []
    for key, before, after in changes:
        for side, was, now in ((_AGREE, before.agree, after.agree), (_DISAGREE, before.disagree, after.disagree)):
            if was == now:
                continue
            if now is None:
                gone.append((*key, side))
            else:
                new.append((*key, side, *now))
    if gone:
        await tx.execute(_DROP_HOLDS, rows(gone))
    if new:
        await tx.execute(_SAVE_HOLDS, rows(new))


async def _save_kept(tx: Tx, changes: Sequence[Change]) -> None:
    changed = [change for change in changes if change.before.kept != change.after.kept]
    if gone := [tuple(key) for key, before, _ in changed if before.kept is not None]:
        await tx.execute(_DROP_KEPT, rows(gone))
    now = [(key, after.kept) for key, _, after in changed if after.kept is not None]
    if new := [(*key, int(held.stance), held.eligible, held.excluded) for key, held in now]:
        await tx.execute(_SAVE_KEPT, rows(new))


async def stances(tx: Tx, point: PointId, revision: int) -> dict[MemberId, Stance]:
    """Every member's visible stance, derived anew from the rows."""
    derived = {member: visible(votes) for member, votes in (await of_point(tx, point, revision)).items()}
    return {member: held for member, held in derived.items() if held is not None}


async def figures(tx: Tx, point: PointId, revision: int) -> Tally:
    """What the point's figures come to, by itself, derived anew: what an audit holds the tally against."""
    every = (await of_point(tx, point, revision)).values()
    return tally([*(visible(votes) for votes in every), *(each.ballot.shown for each in every if each.ballot)])


async def of_point(tx: Tx, point: PointId, revision: int) -> dict[MemberId, MemberVotes]:
    """All that anybody has on the point."""
    keys = [Key(point, revision, member) for member in await voted(tx, point, revision)]
    return {key.member: votes for key, votes in (await member_votes(tx, keys)).items()}


async def voted(tx: Tx, point: PointId, revision: int) -> set[MemberId]:
    """Everybody who has anything on the point, whatever follows from it."""
    members: set[int] = set()
    for table in (holds, kept, private):
        query = select(table.c.member_id).where(table.c.point_id == point, table.c.revision == revision)
        members.update((await tx.execute(query)).scalars())
    return {MemberId(member) for member in members}


def _upsert_holds() -> Any:
    columns = (*_KEY, "side", "seen", "eligible", "excluded")
    row = insert(holds).from_select(columns, given(*columns))
    saved = {name: row.excluded[name] for name in columns[4:]}
    return row.on_conflict_do_update(index_elements=columns[:4], set_=saved)


def _delete_given(table: Table, *names: str) -> Any:
    return delete(table).where(tuple_(*(table.c[name] for name in names)).in_(given(*names)))


def _take_orders() -> Any:
    count = bindparam("count", type_=Integer)
    row = insert(facts).values(name=VOTE_ORDER, value=cast(count, Text))
    later = cast(cast(facts.c.value, BigInteger) + count, Text)
    return row.on_conflict_do_update(index_elements=["name"], set_={"value": later}).returning(facts.c.value)


# Built once: making a statement takes longer than running it.
_HELD, _KEPT, _CAST = range(3)
_VOTABLES = select_votables().where(points.c.message_id.in_(bindparam("messages", expanding=True)))
_MEMBER_VOTES = _select_member_votes()
_TAKE_ORDERS = _take_orders()
_SAVE_HOLDS = _upsert_holds()
_DROP_HOLDS = _delete_given(holds, *_KEY, "side")
_KEPT_COLUMNS = (*_KEY, "stance", "eligible", "excluded")
_SAVE_KEPT = kept.insert().from_select(_KEPT_COLUMNS, given(*_KEPT_COLUMNS))
_DROP_KEPT = _delete_given(kept, *_KEY)
