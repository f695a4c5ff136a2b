"""Votes by reaction: events in the order in which they came, recorded as VOTES rows in one transaction a batch."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.core import deliveries as owed
from bot.core import losses, votes
from bot.core.ids import CritiqueId, MemberId, MessageId, PointId, moment_of
from bot.core.marks import Mark
from bot.core.notices import Cause, Subject
from bot.core.sittings import Change, Key, Move, Sitting, Votable
from bot.core.votes import Cleared, Deleted, Event, Found, MemberVotes, Reacted, Source, Stance
from bot.services import digests, notices
from bot.services.desk import Desk
from bot.services.losses import noticed
from bot.storage import deliveries as stored_deliveries
from bot.storage import marks as stored_marks
from bot.storage import merges as stored_merges
from bot.storage import points as stored_points
from bot.storage import readings as stored_readings
from bot.storage import revisions as stored_revisions
from bot.storage import votes as stored
from bot.storage.database import Tx

Excluded = Mapping[CritiqueId, frozenset[MemberId]]

_ADOPTED_WITHIN = timedelta(seconds=5)  # in which a member's own post is adopted, where it is
_A_STORM = 500  # events: nowhere but under points do so many come at once, and looking first would hold them up
_SKEW = timedelta(seconds=30)  # by which our clock and Discord's may differ


async def record(desk: Desk, events: Sequence[Event]) -> Sequence[Event]:
    """Records the events; those whose point is only just being posted come back, to be given again."""
    messages = {event.message for event in events}
    if len(events) < _A_STORM:
        async with desk.db.read() as tx:
            if not await stored.votables(tx, messages):
                return await _early(tx, events, {}, desk.clock())
    async with desk.db.write() as tx:
        points = await stored.votables(tx, messages)
        events, excluded = await _heeded(tx, points, events)
        sitting = Sitting(points, await _loaded(tx, points, events), excluded)
        first = await stored.take_orders(tx, len(events))
        for order, event in enumerate(events, start=first):
            sitting.play(event, order)
        now = desk.clock()
        changes = sitting.changes()
        await _save(tx, points, sitting, changes, now)
        await stored_readings.add_drift(tx, sitting.drift)
        for which, state in sitting.clearing.items():
            await stored_revisions.save_clearing(tx, which, state)
        await _owe(desk, tx, sitting, changes)
        for order, event in enumerate(events, start=first):
            if isinstance(event, Cleared | Deleted):
                await _tell(desk, tx, sitting, event, order)
        return await _early(tx, events, points, now)


async def superseded(desk: Desk, key: Key) -> tuple[Stance, ...]:
    """The emoji that the member's later one or a ballot has replaced, as of now."""
    async with desk.db.read() as tx:
        return votes.superseded((await stored.member_votes(tx, [key]))[key])


async def save_taken_away(desk: Desk, key: Key, side: Stance) -> None:
    """The bot has taken away the emoji that a later one had replaced.

    Discord's own word of it may never be heard; who puts the emoji there again in a gap does so after that.
    """
    async with desk.db.write() as tx:
        before = (await stored.member_votes(tx, [key]))[key]
        if side not in votes.superseded(before):
            return
        change = Change(key, before, votes.removed(before, side))
        if votes.visible(change.before) is votes.visible(change.after):
            await stored.save(tx, [change], [], desk.clock())
        else:  # it was beneath a ballot
            await _save_moved(desk, tx, change)


async def _save_moved(desk: Desk, tx: Tx, change: Change) -> None:
    """Saves what the bot took away and was in the figures."""
    critique = (await stored_points.point(tx, change.key.point)).critique
    counts = await stored_merges.counts_of(tx, {change.key: critique})
    before, after = votes.visible(change.before), votes.visible(change.after)
    move = Move(change.key, critique, before, after, Source.REACTION)
    await stored.save(tx, [change], [move], desk.clock(), counts=False)
    await stored_merges.save_since(tx, counts)
    await digests.owe(desk, tx, critique)


async def stances(desk: Desk, point: PointId, revision: int) -> dict[MemberId, Stance]:
    """Every member's visible stance on a point, derived anew from the rows."""
    async with desk.db.read() as tx:
        return await stored.stances(tx, point, revision)


async def _heeded(
    tx: Tx, points: Mapping[MessageId, Votable], events: Sequence[Event]
) -> tuple[Sequence[Event], Excluded]:
    """The events without those of members who want no votes stored; and whose votes are excluded, by critique.

    Members are looked up by their marks, all of a batch at once, and only where there is anybody to be found.
    """
    watching = [point for point in points.values() if point.excluded or point.opted_out]
    if not watching:
        return events, {}
    marks = await stored_marks.of(tx, {event.member for event in events if isinstance(event, Reacted | Found)})
    out = await stored_marks.opted_out(tx, marks.values()) if watching[0].opted_out else set[Mark]()
    heeded = [event for event in events if not (isinstance(event, Reacted | Found) and marks[event.member] in out)]
    excluded = {
        point.critique: frozenset(member for member, mark in marks.items() if mark in point.excluded)
        for point in watching
        if point.excluded
    }
    return heeded, excluded


async def _save(
    tx: Tx, points: Mapping[MessageId, Votable], sitting: Sitting, changes: Sequence[Change], at: datetime
) -> None:
    grouped = {point.point: point for point in points.values() if point.group is not None}
    if grouped:
        await stored_merges.save_votes(tx, grouped, changes, sitting.moves, at)
    else:
        await stored.save(tx, changes, sitting.moves, at)


async def _loaded(tx: Tx, points: Mapping[MessageId, Votable], events: Sequence[Event]) -> dict[Key, MemberVotes]:
    keys: dict[Key, None] = {}
    for event in events:
        point = points.get(event.message)
        if point is None:
            continue
        if isinstance(event, Reacted | Found):
            keys[Key(point.point, point.revision, event.member)] = None
        elif isinstance(event, Cleared | Deleted):
            keys.update(dict.fromkeys(await stored.members_of(tx, point.point, point.revision)))
    return await stored.member_votes(tx, list(keys))


async def _owe(desk: Desk, tx: Tx, sitting: Sitting, changes: Sequence[Change]) -> None:
    now = desk.clock()
    by_point = {point.point: point for point in sitting.points.values()}
    for key, side, order in sitting.superseded(changes):
        point = by_point[key.point]
        away = owed.take_away(point.guild, key.point, point.channel, key.member, side, order)
        await stored_deliveries.owe(tx, away, now)
    for point in sitting.unseeded:
        await stored_points.save_seeded(tx, point.point, seeded=False)
        await stored_deliveries.owe(tx, owed.show_point(point.guild, point.point, point.channel), now)
    for critique in {move.critique for move in sitting.moves}:
        await digests.owe(desk, tx, CritiqueId(critique))


async def _tell(desk: Desk, tx: Tx, sitting: Sitting, event: Cleared | Deleted, order: int) -> None:
    """Moderators are told that somebody cleared what members had voted with, or that a point's message is gone."""
    point = sitting.points.get(event.message)
    if point is None:
        return
    if isinstance(event, Deleted):
        gone = losses.channel(point.channel) if event.with_thread else losses.message(event.message)
        await noticed(desk, tx, [gone])
    elif (event.emoji is None or point.side(event.emoji) is not None) and point.point in {
        key.point for key in sitting.had
    }:
        about = Subject(point=point.point)
        await notices.owe(desk, tx, point.guild, Cause.REACTIONS_CLEARED, about, occasion=str(order))


async def _early(tx: Tx, events: Sequence[Event], points: Mapping[MessageId, Votable], now: datetime) -> list[Event]:
    unknown = [event for event in events if event.message not in points and not isinstance(event, Found)]
    if not unknown:
        return []
    awaited = await stored_points.awaited_in(tx, list({event.channel for event in unknown}))
    since = await _posts_since(tx, now) if any(_is_on_a_post(event) for event in unknown) else now
    return [
        event
        for event in unknown
        if event.channel in awaited or (_is_on_a_post(event) and moment_of(event.message) >= since)
    ]


def _is_on_a_post(event: Event) -> bool:
    """Whether the message opens a post in a forum: it has that post's id."""
    return event.channel == event.message


async def _posts_since(tx: Tx, now: datetime) -> datetime:
    """From when on a forum post may be a point's that is not recorded yet: the bot's own, or one to be adopted."""
    awaited = await stored_points.posts_awaited_since(tx)
    return min(now - _ADOPTED_WITHIN, now if awaited is None else awaited - _SKEW)
