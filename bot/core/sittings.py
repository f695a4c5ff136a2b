"""A sitting: one batch of vote events, played in the order in which they came over what members had before.

1. An event about a message that is no open point's changes nothing, and neither does another emoji than the two.
2. What a sitting gives back is what must be written: the rows that differ in the end, and every change of a stance
   on the way there, since the history keeps a change of mind that was changed back.
3. What is heard of a point while the bot clears an earlier revision's reactions is about that revision. The clearing
   itself is heard once, and is nobody's vote and no moderator's act.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.core import votes
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.marks import Mark
from bot.core.revisions import Clearing
from bot.core.votes import Cleared, Deleted, Event, Found, MemberVotes, Reacted, Source, Stance, Unseeded


@dataclass(frozen=True, slots=True)
class Votable:
    """A point that takes votes: the reactions on `message` in `channel`.

    `excluded` are the marks of members whose votes moderators take out there, and `opted_out` says whether anybody at
    all wants no votes stored. `group` is what it counts to with others; `clearing` is how far the bot is with clearing
    the reactions of an earlier revision.
    """

    point: PointId
    revision: int
    critique: CritiqueId
    guild: GuildId
    channel: ChannelId
    message: MessageId
    agree_emoji: str
    disagree_emoji: str
    excluded: frozenset[Mark] = frozenset()
    opted_out: bool = False
    group: PointId | None = None
    clearing: Clearing = Clearing.NONE

    def side(self, emoji: str) -> Stance | None:
        """What the emoji says about this point; None for one that says nothing."""
        key = votes.emoji_key(emoji)
        if key == votes.emoji_key(self.agree_emoji):
            return Stance.AGREE
        return Stance.DISAGREE if key == votes.emoji_key(self.disagree_emoji) else None


class Key(NamedTuple):
    """What one member has on one point at one revision."""

    point: PointId
    revision: int
    member: MemberId


class Change(NamedTuple):
    """The rows of one member on one point, as they were and as they are to be."""

    key: Key
    before: MemberVotes
    after: MemberVotes


class Move(NamedTuple):
    """One change of a stance that the figures have."""

    key: Key
    critique: CritiqueId
    before: Stance | None
    after: Stance | None
    source: Source


@dataclass(slots=True)
class Sitting:
    """What members had when it began (`had`, whole for every event played), and every change of a stance since.

    `excluded` are those whose votes moderators take out, by critique: what they cast is stored and counts nowhere.
    `unseeded` are the points under which the bot's own reactions no longer stand, `drift` counts what readings after
    a gap have changed, by server. `clearing` are the points whose clearing was heard, with what follows from that.
    """

    points: Mapping[MessageId, Votable]
    had: Mapping[Key, MemberVotes]
    excluded: Mapping[CritiqueId, AbstractSet[MemberId]] = field(default_factory=dict[CritiqueId, frozenset[MemberId]])
    moves: list[Move] = field(default_factory=list[Move], init=False)
    unseeded: set[Votable] = field(default_factory=set[Votable], init=False)
    drift: Counter[GuildId] = field(default_factory=Counter[GuildId], init=False)
    clearing: dict[PointId, Clearing] = field(default_factory=dict[PointId, Clearing], init=False)
    _have: dict[Key, MemberVotes] = field(init=False)
    _acted: dict[Key, int] = field(default_factory=dict[Key, int], init=False)
    _by_point: dict[PointId, list[Key]] = field(default_factory=dict[PointId, list[Key]], init=False)

    def __post_init__(self) -> None:
        self._have = dict(self.had)

    def play(self, event: Event, order: int) -> None:
        """One event's effect; `order` is greater than that of every event before it."""
        point = self.points.get(event.message)
        if point is None or (point.clearing is not Clearing.NONE and self._is_of_before(point, event)):
            return
        match event:
            case Reacted():
                self._react(point, event, order)
            case Cleared(emoji=emoji):
                side = None if emoji is None else point.side(emoji)
                if emoji is None or side is not None:
                    self._clear(point, side, Source.CLEARED)
                    self.unseeded.add(point)
            case Deleted():
                self._clear(point, None, Source.DELETED)
            case Unseeded():
                self.unseeded.add(point)
            case Found():
                self._reconcile(point, event, order)

    def _is_of_before(self, point: Votable, event: Event) -> bool:
        """Whether the event is about reactions of an earlier revision, or is the clearing of them."""
        state = self.clearing.get(point.point, point.clearing)
        if state in (Clearing.NONE, Clearing.HEARD):
            return False
        if isinstance(event, Cleared) and event.emoji is None:
            self.clearing[point.point] = Clearing.HEARD if state is Clearing.ASKED else Clearing.NONE
            return True
        return state is Clearing.ASKED or not isinstance(event, Found)

    def changes(self) -> list[Change]:
        """The rows to be written."""
        return [Change(key, self.had[key], held) for key, held in self._have.items() if held != self.had[key]]

    def superseded(self, changes: Iterable[Change]) -> Iterable[tuple[Key, Stance, int]]:
        """The older emoji of each member who came to hold both, with the order of the member's last act."""
        for key, before, after in changes:
            for side in votes.superseded(after):
                newer = after.hold(side.other)
                if newer is not None and newer != before.hold(side.other):
                    yield key, side, self._acted[key]

    def _react(self, point: Votable, event: Reacted, order: int) -> None:
        side = point.side(event.emoji)
        if side is None:
            return
        key = Key(point.point, point.revision, event.member)
        held = self._have[key]
        out = self._is_excluded(point, event.member)
        after = votes.added(held, side, order, excluded=out) if event.added else votes.removed(held, side)
        self._acted[key] = order
        self._set(point, key, after, Source.REACTION)

    def _reconcile(self, point: Votable, event: Found, order: int) -> None:
        key = Key(point.point, point.revision, event.member)
        before = self._have[key]
        out = self._is_excluded(point, event.member)
        after = votes.reconciled(before, event.read, event.held, excluded=out)
        if after != before:
            self.drift[point.guild] += 1
            self._acted[key] = order
            self._set(point, key, after, Source.RECONCILED)

    def _is_excluded(self, point: Votable, member: MemberId) -> bool:
        return bool(self.excluded) and member in self.excluded.get(point.critique, ())

    def _clear(self, point: Votable, side: Stance | None, source: Source) -> None:
        for key in self._of_point().get(point.point, ()):
            self._set(point, key, votes.cleared(self._have[key], side), source)

    def _of_point(self) -> Mapping[PointId, list[Key]]:
        """Everybody who was loaded, by point: made with the first clearing, since most sittings have none."""
        if not self._by_point:
            for key in self._have:
                self._by_point.setdefault(key.point, []).append(key)
        return self._by_point

    def _set(self, point: Votable, key: Key, after: MemberVotes, source: Source) -> None:
        before_stance, after_stance = votes.visible(self._have[key]), votes.visible(after)
        self._have[key] = after
        if before_stance is not after_stance:
            self.moves.append(Move(key, point.critique, before_stance, after_stance, source))
