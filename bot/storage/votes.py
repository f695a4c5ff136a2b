"""Votes as rows: holds, kept votes, their history and the tallies derived from them.

1. What changes is written in one batch: rows, history, tallies and voters in the caller's transaction.
2. Everything is found by a key, so that a vote costs the same at the millionth.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, bindparam, delete, select

from bot.core.critiques import CritiqueStatus
from bot.core.ids import CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.points import PointStatus
from bot.core.sittings import Change, Key, Move, Votable
from bot.core.votes import NOTHING, Ballot, Hold, Kept, MemberVotes, Stance, Tally, stance
from bot.storage.database import Tx, insert
from bot.storage.facts import VOTE_ORDER, fact, save_fact
from bot.storage.points import channel_of
from bot.storage.tables import ballots, critiques, history, holds, kept, points, tallies, voters

_AT_ONCE = 1_000  # members in one statement: a database takes only so many parameters


async def votables(tx: Tx, messages: Iterable[MessageId]) -> dict[MessageId, Votable]:
    """The points of open critiques that are not withdrawn, whose first messages are among `messages`."""
    query = select_votables().where(points.c.message_id.in_(list(messages)))
    return {MessageId(row.message_id): votable_of(row) for row in await tx.execute(query)}


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


async def member_votes(tx: Tx, keys: Sequence[Key]) -> dict[Key, MemberVotes]:
    """What each of `keys` has; NOTHING where there is no row."""
    found = dict.fromkeys(keys, NOTHING)
    for row in await _rows(tx, holds, keys):
        key = _key(row)
        found[key] = found[key].with_hold(Stance(row.side), Hold(row.seen, row.eligible))
    for row in await _rows(tx, kept, keys):
        key = _key(row)
        found[key] = _with(found[key], kept=Kept(Stance(row.stance), row.eligible))
    for row in await _rows(tx, ballots, keys):
        key = _key(row)
        found[key] = _with(found[key], ballot=Ballot(Stance(row.stance), row.seen, row.eligible))
    return found


def _with(votes: MemberVotes, *, kept: Kept | None = None, ballot: Ballot | None = None) -> MemberVotes:
    return MemberVotes(votes.agree, votes.disagree, ballot or votes.ballot, kept or votes.kept)


def _key(row: Any) -> Key:
    return Key(PointId(row.point_id), row.revision, MemberId(row.member_id))


async def _rows(tx: Tx, table: Table, wanted: Iterable[Key]) -> Sequence[Any]:
    found: list[Any] = []
    for among in _among(table, wanted):
        found.extend(await tx.execute(select(table).where(among)))
    return found


def _among(table: Table, keys: Iterable[Key]) -> Iterator[ColumnElement[bool]]:
    """Conditions that together find the rows of `keys`, each by the primary key.

    One a point: SQLite looks up no list of whole keys in an index, it reads the table instead.
    """
    by_point: defaultdict[tuple[PointId, int], list[MemberId]] = defaultdict(list)
    for key in keys:
        by_point[key.point, key.revision].append(key.member)
    for (point, revision), members in by_point.items():
        of_point = (table.c.point_id == point) & (table.c.revision == revision)
        for start in range(0, len(members), _AT_ONCE):
            yield of_point & table.c.member_id.in_(members[start : start + _AT_ONCE])


async def take_orders(tx: Tx, count: int) -> int:
    """Takes `count` orders nobody else gets; the first of them."""
    last = int(await fact(tx, VOTE_ORDER) or 0)
    await save_fact(tx, VOTE_ORDER, str(last + count))
    return last + 1


async def save(tx: Tx, changes: Sequence[Change], moves: Sequence[Move], at: datetime) -> None:
    """Saves what changed: the rows, and all that is derived from them."""
    await _save_holds(tx, changes)
    await _save_kept(tx, changes)
    if moves:
        await _save_history(tx, moves, at)
        await _save_tallies(tx, moves)
        await _save_voters(tx, moves)


async def count_no_more(tx: Tx, critique: CritiqueId, point: PointId, revision: int) -> None:
    """The point is withdrawn: who voted on it alone counts no more among the critique's people. The rows stay."""
    await _count_voters(tx, Counter({(critique, member): -1 for member in await stances(tx, point, revision)}))


async def _save_holds(tx: Tx, changes: Sequence[Change]) -> None:
    gone: defaultdict[Stance, list[Key]] = defaultdict(list)
    new: list[dict[str, Any]] = []
    for change in changes:
        for side in (Stance.AGREE, Stance.DISAGREE):
            before, after = change.before.hold(side), change.after.hold(side)
            if before == after:
                continue
            if after is None:
                gone[side].append(change.key)
            else:
                held = {"side": side, "seen": after.order, "eligible": after.eligible}
                new.append(_values(change.key) | held)
    for side, keys in gone.items():
        for among in _among(holds, keys):
            await tx.execute(delete(holds).where(among, holds.c.side == side))
    if new:
        row = insert(holds)
        saved = {"seen": row.excluded.seen, "eligible": row.excluded.eligible}
        columns = ["point_id", "revision", "member_id", "side"]
        await tx.execute(row.on_conflict_do_update(index_elements=columns, set_=saved), new)


async def _save_kept(tx: Tx, changes: Sequence[Change]) -> None:
    changed = [change for change in changes if change.before.kept != change.after.kept]
    if not changed:
        return
    for among in _among(kept, [change.key for change in changed if change.before.kept is not None]):
        await tx.execute(delete(kept).where(among))
    new = [
        {**_values(change.key), "stance": change.after.kept.stance, "eligible": change.after.kept.eligible}
        for change in changed
        if change.after.kept is not None
    ]
    if new:
        await tx.execute(kept.insert(), new)


async def _save_history(tx: Tx, moves: Sequence[Move], at: datetime) -> None:
    rows = [
        _values(move.key) | {"before": move.before, "after": move.after, "source": move.source, "at": at}
        for move in moves
    ]
    await tx.execute(history.insert(), rows)


async def _save_tallies(tx: Tx, moves: Sequence[Move]) -> None:
    by_point: dict[PointId, Tally] = {}
    for move in moves:
        point = move.key.point
        by_point[point] = by_point.get(point, Tally()).moved(move.before, move.after)
    row = insert(tallies)
    counted = {name: tallies.c[name] + row.excluded[name] for name in ("agree", "disagree", "unsure")}
    rows = [
        {"point_id": point, "agree": by.agree, "disagree": by.disagree, "unsure": by.unsure}
        for point, by in by_point.items()
    ]
    await tx.execute(row.on_conflict_do_update(index_elements=["point_id"], set_=counted), rows)


async def _save_voters(tx: Tx, moves: Sequence[Move]) -> None:
    by_member: Counter[tuple[CritiqueId, MemberId]] = Counter()
    for move in moves:
        by_member[move.critique, move.key.member] += (move.after is not None) - (move.before is not None)
    await _count_voters(tx, by_member)


async def _count_voters(tx: Tx, by_member: Counter[tuple[CritiqueId, MemberId]]) -> None:
    """Changes on how many points members have a stance."""
    rows = [
        {"critique_id": critique, "member_id": member, "stances": by}
        for (critique, member), by in by_member.items()
        if by
    ]
    if not rows:
        return
    row = insert(voters)
    counted = {"stances": voters.c.stances + row.excluded.stances}
    key = ["critique_id", "member_id"]
    await tx.execute(row.on_conflict_do_update(index_elements=key, set_=counted), rows)
    members = [{"critique": row["critique_id"], "member": row["member_id"]} for row in rows if row["stances"] < 0]
    if members:
        one = (voters.c.critique_id == bindparam("critique")) & (voters.c.member_id == bindparam("member"))
        await tx.execute(delete(voters).where(one, voters.c.stances <= 0), members)


def _values(key: Key) -> dict[str, Any]:
    return {"point_id": key.point, "revision": key.revision, "member_id": key.member}


async def stances(tx: Tx, point: PointId, revision: int) -> dict[MemberId, Stance]:
    """Every member's stance, derived anew from the rows: what an audit holds the tally against."""
    members: set[int] = set()
    for table in (holds, kept, ballots):
        query = select(table.c.member_id).where(table.c.point_id == point, table.c.revision == revision)
        members.update((await tx.execute(query)).scalars())
    keys = [Key(point, revision, MemberId(member)) for member in members]
    derived = {key.member: stance(votes) for key, votes in (await member_votes(tx, keys)).items()}
    return {member: held for member, held in derived.items() if held is not None}
