"""Votes as rows: holds, kept votes and ballots, from which stances are derived.

1. What changes is written in one batch: the rows, and what `storage/tallies.py` derives from them.
2. Everything is found by a key, so that a vote costs the same at the millionth.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Integer,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    literal,
    null,
    select,
    tuple_,
    union_all,
)

from bot.core.critiques import CritiqueStatus
from bot.core.ids import CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.points import PointStatus
from bot.core.sittings import Change, Key, Move, Votable
from bot.core.votes import NOTHING, Ballot, Hold, Kept, MemberVotes, Stance, stance
from bot.storage import tallies
from bot.storage.database import Tx, insert
from bot.storage.facts import VOTE_ORDER
from bot.storage.given import given, rows, rows_of, taken
from bot.storage.points import channel_of
from bot.storage.tables import ballots, critiques, facts, holds, kept, points

_KEY = ("point_id", "revision", "member_id")
_AGREE, _DISAGREE = int(Stance.AGREE), int(Stance.DISAGREE)


async def votables(tx: Tx, messages: Iterable[MessageId]) -> dict[MessageId, Votable]:
    """The points of open critiques that are not withdrawn, whose first messages are among `messages`."""
    found = await tx.execute(_VOTABLES, {"messages": list(messages)})
    return {MessageId(row.message_id): votable_of(row) for row in found}


def select_votables(*more: ColumnElement[Any]) -> Select[Any]:
    """The points that take votes; `more` columns for the caller."""
    return (
        select(
            points.c.id,
            points.c.revision,
            points.c.critique_id,
            points.c.message_id,
            critiques.c.guild_id,
            critiques.c.home_channel_id,
            critiques.c.home_kind,
            critiques.c.agree_emoji,
            critiques.c.disagree_emoji,
            *more,
        )
        .join(critiques, critiques.c.id == points.c.critique_id)
        .where(
            points.c.status.in_([PointStatus.OPEN, PointStatus.VOTE_ONLY]),
            critiques.c.status == CritiqueStatus.OPEN,
        )
    )


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
    )


async def members_of(tx: Tx, point: PointId, revision: int) -> list[Key]:
    """Everybody who holds a vote emoji on the point."""
    query = select(holds.c.member_id).where(holds.c.point_id == point, holds.c.revision == revision)
    found = (await tx.execute(query.distinct())).scalars()
    return [Key(point, revision, MemberId(member)) for member in found]


def _select_member_votes() -> Select[Any]:
    """What the members given have, in one piece; `kind` tells the tables apart, and a stance is a side, too."""
    wanted = given(*_KEY).cte("wanted")

    def of(number: int, table: Table, side: Column[int], seen: ColumnElement[Any]) -> Select[Any]:
        key = (wanted.c[name] for name in _KEY)
        found = select(literal(number).label("kind"), *key, side.label("side"), seen.label("seen"), table.c.eligible)
        return found.select_from(wanted.join(table, and_(*(table.c[name] == wanted.c[name] for name in _KEY))))

    found = union_all(
        of(_HELD, holds, holds.c.side, holds.c.seen),
        of(_KEPT, kept, kept.c.stance, null()),
        of(_CAST, ballots, ballots.c.stance, ballots.c.seen),
    ).subquery("found")
    return select(taken(*found.c))


async def member_votes(tx: Tx, keys: Sequence[Key]) -> dict[Key, MemberVotes]:
    """What each of `keys` has; NOTHING where there is no row."""
    found = dict.fromkeys(keys, NOTHING)
    if not keys:
        return found
    text = (await tx.execute(_MEMBER_VOTES, rows([tuple(key) for key in keys]))).scalar_one()
    for kind, point, revision, member, number, seen, eligible in rows_of(text):
        key, side = Key(point, revision, member), Stance(number)
        if kind == _HELD:
            found[key] = found[key].with_hold(side, Hold(seen, bool(eligible)))
        elif kind == _KEPT:
            found[key] = found[key]._replace(kept=Kept(side, bool(eligible)))
        else:
            found[key] = found[key]._replace(ballot=Ballot(side, seen, bool(eligible)))
    return found


async def take_orders(tx: Tx, count: int) -> int:
    """Takes `count` orders nobody else gets; the first of them."""
    last = int((await tx.execute(_TAKE_ORDERS, {"count": count})).scalar_one())
    return last - count + 1


async def save(tx: Tx, changes: Sequence[Change], moves: Sequence[Move], at: datetime) -> None:
    """Saves what changed: the rows, and all that is derived from them."""
    await _save_holds(tx, changes)
    await _save_kept(tx, changes)
    if moves:
        await tallies.save(tx, moves, at)


async def count_no_more(tx: Tx, critique: CritiqueId, point: PointId, revision: int) -> None:
    """The point is gone: who voted on it alone counts no more among the critique's people. The rows stay."""
    held = await stances(tx, point, revision)
    await tallies.count_voters(tx, Counter({(critique, member): -1 for member in held}))


async def count_again(tx: Tx, critique: CritiqueId, point: PointId, revision: int) -> None:
    """Undoes `count_no_more`: the point is back."""
    held = await stances(tx, point, revision)
    await tallies.count_voters(tx, Counter({(critique, member): +1 for member in held}))


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
                new.append((*key, side, now.order, now.eligible))
    if gone:
        await tx.execute(_DROP_HOLDS, rows(gone))
    if new:
        await tx.execute(_SAVE_HOLDS, rows(new))


async def _save_kept(tx: Tx, changes: Sequence[Change]) -> None:
    changed = [change for change in changes if change.before.kept != change.after.kept]
    if gone := [tuple(key) for key, before, _ in changed if before.kept is not None]:
        await tx.execute(_DROP_KEPT, rows(gone))
    if new := [(*key, int(after.kept.stance), after.kept.eligible) for key, _, after in changed if after.kept]:
        await tx.execute(_SAVE_KEPT, rows(new))


async def stances(tx: Tx, point: PointId, revision: int) -> dict[MemberId, Stance]:
    """Every member's stance, derived anew from the rows: what an audit holds the tally against."""
    members: set[int] = set()
    for table in (holds, kept, ballots):
        query = select(table.c.member_id).where(table.c.point_id == point, table.c.revision == revision)
        members.update((await tx.execute(query)).scalars())
    keys = [Key(point, revision, MemberId(member)) for member in members]
    derived = {key.member: stance(votes) for key, votes in (await member_votes(tx, keys)).items()}
    return {member: held for member, held in derived.items() if held is not None}


def _upsert_holds() -> Any:
    columns = (*_KEY, "side", "seen", "eligible")
    row = insert(holds).from_select(columns, given(*columns))
    saved = {"seen": row.excluded.seen, "eligible": row.excluded.eligible}
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
_SAVE_KEPT = kept.insert().from_select((*_KEY, "stance", "eligible"), given(*_KEY, "stance", "eligible"))
_DROP_KEPT = _delete_given(kept, *_KEY)
