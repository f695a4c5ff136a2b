"""How a vote is counted: what one member holds on one point, and the stance that follows from it.

1. A vote emoji held is a *hold*, with the order in which it was seen. One that only a reading after a gap saw has
   no order (None): it came after all that was seen before. Once something comes after it, it is OLDER than that.
2. A ballot replaces what was there before it, and a reaction added later replaces the ballot: the newest act wins.
3. Both emoji held: the later one. Two without an order are undecided.
4. A *kept* vote lost its reaction for no fault of the voter. It stands until the member acts; a hold without an
   order is an act of the gap.
5. Who is not eligible has no stance. Eligibility is decided when the vote is cast and stored with it. So is that a
   moderator has excluded it, which can be undone.

What is made for every single vote is a named tuple: made and compared in a fifth of the time.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple

from bot.core.ids import ChannelId, MemberId, MessageId


class Stance(IntEnum):
    """A member's stance on a point. Only a private ballot knows UNSURE."""

    DISAGREE = -1
    UNSURE = 0
    AGREE = 1

    @property
    def other(self) -> "Stance":
        """The opposite side; UNSURE is its own."""
        return _OTHER[self]


_SIDES = (Stance.AGREE, Stance.DISAGREE)
_OTHER = {Stance.AGREE: Stance.DISAGREE, Stance.DISAGREE: Stance.AGREE, Stance.UNSURE: Stance.UNSURE}


@lru_cache(maxsize=1_024)
def emoji_key(emoji: str) -> str:
    """What tells one emoji from another, as Discord writes them.

    A custom emoji (`<:name:id>`) is its id, since it can be renamed; a Unicode one is itself without variation
    selectors, which come and go between clients.
    """
    if emoji.startswith("<") and emoji.endswith(">"):
        return emoji[1:-1].rpartition(":")[2]
    return emoji.replace("\ufe0f", "")


OLDER = 0  # the order of a hold of which nothing is known but that another act came after it; those seen count from 1


class Source(StrEnum):
    """What changed a stance."""

    REACTION = "reaction"
    RECONCILED = "reconciled"
    CLEARED = "cleared"
    DELETED = "deleted"
    EXCLUDED = "excluded"
    INCLUDED = "included"
    ERASED = "erased"
    BALLOT = "ballot"


class Hold(NamedTuple):
    """A vote emoji that a member holds now."""

    order: int | None
    eligible: bool = True
    excluded: bool = False

    @property
    def counts(self) -> bool:
        """Whether it may count."""
        return self.eligible and not self.excluded


@dataclass(frozen=True, slots=True)
class Ballot:
    """A private ballot.

    `stance` is None once a reaction has replaced it; `shown` is what of it the figures have, which is older than
    `stance` until the next batch. `order` is that of the member's last ballot.
    """

    stance: Stance | None
    order: int
    eligible: bool = True
    excluded: bool = False
    shown: Stance | None = None

    @property
    def counts(self) -> bool:
        """Whether it may count."""
        return self.eligible and not self.excluded


@dataclass(frozen=True, slots=True)
class Kept:
    """A vote whose reaction is gone for no fault of the voter."""

    stance: Stance
    eligible: bool = True
    excluded: bool = False

    @property
    def counts(self) -> bool:
        """Whether it may count."""
        return self.eligible and not self.excluded


class MemberVotes(NamedTuple):
    """All that one member has on one point at one revision."""

    agree: Hold | None = None
    disagree: Hold | None = None
    ballot: Ballot | None = None
    kept: Kept | None = None

    def hold(self, side: Stance) -> Hold | None:
        """The hold on `side` (AGREE or DISAGREE)."""
        return self.agree if side is Stance.AGREE else self.disagree

    def with_hold(self, side: Stance, hold: Hold | None) -> "MemberVotes":
        """The same with the hold on `side` replaced."""
        return self._replace(agree=hold) if side is Stance.AGREE else self._replace(disagree=hold)


NOTHING = MemberVotes()


def stance(votes: MemberVotes) -> Stance | None:
    """The member's derived stance, or None where there is none, it is undecided, or it may not count."""
    agree, disagree, ballot, kept = votes
    if kept is None and ballot is None and (agree is None or disagree is None):  # nearly always
        only = agree or disagree
        return (Stance.AGREE if agree else Stance.DISAGREE) if only and only[1] and not only[2] else None
    newest = _newest(votes)
    return newest.stance if newest is not None and newest.counts else None


def visible(votes: MemberVotes) -> Stance | None:
    """The stance that follows from all but the ballot: what the public figures have at once."""
    agree, disagree, _ballot, kept = votes
    if kept is None and (agree is None or disagree is None):  # nearly always
        only = agree or disagree
        return (Stance.AGREE if agree else Stance.DISAGREE) if only and only[1] and not only[2] else None
    beneath = _beneath(votes)
    return beneath.stance if beneath is not None and beneath.counts else None


def balloted(votes: MemberVotes) -> bool:
    """Whether the member's newest act is a ballot."""
    return votes.ballot is not None and votes.ballot.stance is not None


def _newest(votes: MemberVotes) -> Kept | Ballot | None:
    """The act that counts, or would if it might."""
    return votes.ballot if balloted(votes) else _beneath(votes)


def _beneath(votes: MemberVotes) -> Kept | None:
    """What would count without a ballot; a hold as the kept vote that it would be without its reaction."""
    if votes.kept is not None and _kept_stands(votes):
        return votes.kept
    side = _side_held(votes)
    held = votes.hold(side) if side is not None else None
    return Kept(side, held.eligible, held.excluded) if side is not None and held is not None else None


def undecided(votes: MemberVotes) -> bool:
    """Whether the member holds both emoji in an order nobody knows: counts for neither side."""
    both = votes.agree is not None and votes.disagree is not None and not balloted(votes)
    return both and not _kept_stands(votes) and _side_held(votes) is None


def superseded(votes: MemberVotes) -> tuple[Stance, ...]:
    """The emoji that a later one or a ballot has replaced, and that the bot may take away."""
    if balloted(votes):
        return tuple(side for side in _SIDES if votes.hold(side) is not None)
    if votes.agree is None or votes.disagree is None or _kept_stands(votes):
        return ()
    side = _side_held(votes)
    return (side.other,) if side is not None else ()


def _kept_stands(votes: MemberVotes) -> bool:
    came_in_a_gap = any(hold is not None and hold.order is None for hold in (votes.agree, votes.disagree))
    return votes.kept is not None and not came_in_a_gap


def _side_held(votes: MemberVotes) -> Stance | None:
    agree, disagree = votes.agree, votes.disagree
    if agree is None or disagree is None:
        if agree is not None:
            return Stance.AGREE
        return Stance.DISAGREE if disagree is not None else None
    if agree.order is None and disagree.order is None:
        return None
    if agree.order is None:  # seen only by the reconcile after a gap, so it is the later one
        return Stance.AGREE
    if disagree.order is None:
        return Stance.DISAGREE
    return Stance.AGREE if agree.order > disagree.order else Stance.DISAGREE


def cast(
    votes: MemberVotes, stance: Stance, order: int, *, eligible: bool = True, excluded: bool = False
) -> MemberVotes:
    """A ballot was cast. What it replaces stays, beneath it, for as long as others can see it."""
    shown = votes.ballot.shown if votes.ballot is not None else None
    return votes._replace(ballot=Ballot(stance, order, eligible, excluded, shown))


def _replaced(ballot: Ballot | None) -> Ballot | None:
    """What is left of a ballot once a reaction came after it: nothing, unless figures still show it."""
    if ballot is None or ballot.stance is None:
        return ballot
    return replace(ballot, stance=None) if ballot.shown is not None else None


def added(
    votes: MemberVotes, side: Stance, order: int, *, eligible: bool = True, excluded: bool = False
) -> MemberVotes:
    """A vote emoji was added. An emoji whose adding was seen already is an event seen twice, and changes nothing."""
    held = votes.hold(side)
    if held is not None and held.order:
        return votes
    new = Hold(order, eligible, excluded)
    if side is Stance.AGREE:
        return MemberVotes(new, _older(votes.disagree), votes.ballot and _replaced(votes.ballot))
    return MemberVotes(_older(votes.agree), new, votes.ballot and _replaced(votes.ballot))


def _older(hold: Hold | None) -> Hold | None:
    """The hold once something has come after it."""
    return hold._replace(order=OLDER) if hold is not None and hold.order is None else hold


def removed(votes: MemberVotes, side: Stance) -> MemberVotes:
    """A vote emoji was removed. Removing what is not held is an event seen twice, and changes nothing."""
    if votes.hold(side) is None:
        return votes
    rest = votes.with_hold(side, None)
    return rest if balloted(votes) else rest._replace(kept=None)  # beneath a ballot it goes with the next batch


def cleared(votes: MemberVotes, side: Stance | None = None) -> MemberVotes:
    """A moderator cleared the reactions of `side`, or all of them (None), or the message is gone.

    It is no withdrawal: a stance that rested on a hold which went becomes a kept vote, and one that does not count
    is kept as such.
    """
    if balloted(votes):
        return cleared(votes._replace(ballot=None), side)._replace(ballot=votes.ballot)
    sides = _SIDES if side is None else (side,)
    before = _beneath(votes)
    rest = votes if _kept_stands(votes) else votes._replace(kept=None)
    for gone in sides:
        rest = rest.with_hold(gone, None)
    left = _beneath(rest)
    return rest if before is None or before == left else rest._replace(kept=before)


def reconciled(
    votes: MemberVotes, read: Collection[Stance], held: Collection[Stance], *, excluded: bool = False
) -> MemberVotes:
    """What a member holds was read from Discord: of the sides in `read`, those in `held` and no other.

    A hold that is new has no order: it came in the gap, after all that was seen before it.
    """
    rest = votes
    for side in read:
        if side not in held:
            rest = rest.with_hold(side, None)
    new = [side for side in held if votes.hold(side) is None]
    for side in new:
        if side.other not in new:
            rest = rest.with_hold(side.other, _older(rest.hold(side.other)))
        rest = rest.with_hold(side, Hold(None, excluded=excluded))
    return rest._replace(ballot=_replaced(rest.ballot)) if new else rest


def marked(votes: MemberVotes, *, excluded: bool) -> MemberVotes:
    """All that the member has is excluded by a moderator, or nothing of it is any more."""
    return MemberVotes(
        agree=votes.agree and votes.agree._replace(excluded=excluded),
        disagree=votes.disagree and votes.disagree._replace(excluded=excluded),
        ballot=votes.ballot and replace(votes.ballot, excluded=excluded),
        kept=votes.kept and replace(votes.kept, excluded=excluded),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members stand where on a point."""

    agree: int = 0
    disagree: int = 0
    unsure: int = 0

    @property
    def people(self) -> int:
        """How many members have a stance."""
        return self.agree + self.disagree + self.unsure

    def moved(self, before: Stance | None, after: Stance | None) -> "Tally":
        """The tally after one member's stance went from `before` to `after`."""
        return self._counting(before, -1)._counting(after, +1)

    def _counting(self, which: Stance | None, by: int) -> "Tally":
        match which:
            case Stance.AGREE:
                return replace(self, agree=self.agree + by)
            case Stance.DISAGREE:
                return replace(self, disagree=self.disagree + by)
            case Stance.UNSURE:
                return replace(self, unsure=self.unsure + by)
            case None:
                return self


def tally(stances: Iterable[Stance | None]) -> Tally:
    """Counts stances from nothing: what an audit holds the stored tally against."""
    counted = list(stances)
    return Tally(
        agree=counted.count(Stance.AGREE),
        disagree=counted.count(Stance.DISAGREE),
        unsure=counted.count(Stance.UNSURE),
    )


class Reacted(NamedTuple):
    """A member added or removed an emoji. Discord does not say who removed it."""

    channel: ChannelId
    message: MessageId
    member: MemberId
    emoji: str
    added: bool


@dataclass(frozen=True, slots=True)
class Cleared:
    """A moderator cleared all reactions of a message, or those of one emoji."""

    channel: ChannelId
    message: MessageId
    emoji: str | None


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message is gone, and its reactions with it; `with_thread`: all of the post in a forum that it opened is."""

    channel: ChannelId
    message: MessageId
    with_thread: bool = False


@dataclass(frozen=True, slots=True)
class Unseeded:
    """The bot's own reaction was taken from a message."""

    channel: ChannelId
    message: MessageId


@dataclass(frozen=True, slots=True)
class Found:
    """What a member holds, read from Discord after a gap: of the sides in `read`, those in `held`."""

    channel: ChannelId
    message: MessageId
    member: MemberId
    read: frozenset[Stance]
    held: frozenset[Stance]


Event = Reacted | Cleared | Deleted | Unseeded | Found
