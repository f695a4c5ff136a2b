"""Votes by reaction: events in the order in which they came, recorded as VOTES rows in one transaction a batch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core import deliveries as owed
from bot.core import votes
from bot.core.ids import CritiqueId, MemberId, MessageId, PointId
from bot.core.votes import Cleared, Deleted, Event, MemberVotes, Reacted, Source, Stance, Unseeded
from bot.services import digests
from bot.services.desk import Desk
from bot.storage import deliveries as stored_deliveries
from bot.storage import points as stored_points
from bot.storage import votes as stored
from bot.storage.database import Tx
from bot.storage.votes import Change, Key, Move, Votable


async def record(desk: Desk, events: Sequence[Event]) -> Sequence[Event]:
    """Records the events; those whose point is only just being posted come back, to be given again."""
    async with desk.db.read() as tx:
        if not await stored.votables(tx, {event.message for event in events}):
            return await _early(tx, events, {})
    async with desk.db.write() as tx:
        points = await stored.votables(tx, {event.message for event in events})
        sitting = _Sitting(points, await _loaded(tx, points, events))
        first = await stored.take_orders(tx, len(events))
        for order, event in enumerate(events, start=first):
            sitting.play(event, order)
        now = desk.clock()
        await stored.save(tx, sitting.changes(), sitting.moves, now)
        await _owe(desk, tx, sitting)
        return await _early(tx, events, points)


async def superseded(desk: Desk, key: Key) -> Stance | None:
    """The emoji that the member's later one has replaced, as of now."""
    async with desk.db.read() as tx:
        return votes.superseded((await stored.member_votes(tx, [key]))[key])


async def stances(desk: Desk, point: PointId, revision: int) -> dict[MemberId, Stance]:
    """Every member's stance on a point, derived anew from the rows."""
    async with desk.db.read() as tx:
        return await stored.stances(tx, point, revision)


async def _loaded(tx: Tx, points: Mapping[MessageId, Votable], events: Sequence[Event]) -> dict[Key, MemberVotes]:
    keys: dict[Key, None] = {}
    for event in events:
        point = points.get(event.message)
        if point is None:
            continue
        if isinstance(event, Reacted):
            keys[Key(point.point, point.revision, event.member)] = None
        elif isinstance(event, Cleared | Deleted):
            keys.update(dict.fromkeys(await stored.members_of(tx, point.point, point.revision)))
    return await stored.member_votes(tx, list(keys))


@dataclass(slots=True)
class _Sitting:
    """One batch: what members had when it began, what they have now, and every change of a stance between."""

    points: Mapping[MessageId, Votable]
    had: Mapping[Key, MemberVotes]
    have: dict[Key, MemberVotes] = field(init=False)
    moves: list[Move] = field(default_factory=list[Move])
    unseeded: set[Votable] = field(default_factory=set[Votable])

    def __post_init__(self) -> None:
        self.have = dict(self.had)

    def play(self, event: Event, order: int) -> None:
        """One event's effect, as VOTES.md's table has it; none where the message is no open point's."""
        point = self.points.get(event.message)
        if point is None:
            return
        match event:
            case Reacted():
                self._react(point, event, order)
            case Cleared(emoji=emoji):
                side = None if emoji is None else _side(point, emoji)
                if emoji is None or side is not None:
                    self._clear(point, side, Source.CLEARED)
                    self.unseeded.add(point)
            case Deleted():
                self._clear(point, None, Source.DELETED)
            case Unseeded():
                self.unseeded.add(point)

    def _react(self, point: Votable, event: Reacted, order: int) -> None:
        side = _side(point, event.emoji)
        if side is None:
            return
        key = Key(point.point, point.revision, event.member)
        held = self.have[key]
        after = votes.added(held, side, order) if event.added else votes.removed(held, side)
        self._set(point, key, after, Source.REACTION)

    def _clear(self, point: Votable, side: Stance | None, source: Source) -> None:
        for key in [key for key in self.have if key.point == point.point]:
            self._set(point, key, votes.cleared(self.have[key], side), source)

    def _set(self, point: Votable, key: Key, after: MemberVotes, source: Source) -> None:
        before_stance, after_stance = votes.stance(self.have[key]), votes.stance(after)
        self.have[key] = after
        if before_stance is not after_stance:
            self.moves.append(Move(key, point.critique, before_stance, after_stance, source))

    def changes(self) -> list[Change]:
        """The rows to be written."""
        return [Change(key, self.had[key], held) for key, held in self.have.items() if held != self.had[key]]

    def superseded(self) -> Iterable[tuple[Key, Stance, int]]:
        """The older emoji of each member who came to hold both, with the newer one's order."""
        for change in self.changes():
            side = votes.superseded(change.after)
            newer = change.after.hold(side.other) if side is not None else None
            if side is not None and newer is not None and newer != change.before.hold(side.other):
                yield change.key, side, newer.order or 0


def _side(point: Votable, emoji: str) -> Stance | None:
    key = votes.emoji_key(emoji)
    if key == votes.emoji_key(point.agree_emoji):
        return Stance.AGREE
    return Stance.DISAGREE if key == votes.emoji_key(point.disagree_emoji) else None


async def _owe(desk: Desk, tx: Tx, sitting: _Sitting) -> None:
    now = desk.clock()
    by_point = {point.point: point for point in sitting.points.values()}
    for key, side, order in sitting.superseded():
        point = by_point[key.point]
        away = owed.take_away(point.guild, key.point, point.channel, key.member, side, order)
        await stored_deliveries.owe(tx, away, now)
    for point in sitting.unseeded:
        await stored_points.save_seeded(tx, point.point, seeded=False)
        await stored_deliveries.owe(tx, owed.show_point(point.guild, point.point, point.channel), now)
    for critique in {move.critique for move in sitting.moves}:
        await digests.owe(desk, tx, CritiqueId(critique))


async def _early(tx: Tx, events: Sequence[Event], points: Mapping[MessageId, Votable]) -> list[Event]:
    unknown = [event for event in events if event.message not in points]
    if not unknown:
        return []
    awaited = await stored_points.awaited_in(tx, list({event.channel for event in unknown}))
    return [event for event in unknown if event.channel in awaited]
