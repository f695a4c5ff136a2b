"""Readings: what Discord shows is held against what is stored, after a time in which the bot heard nothing.

1. A message's counts come first. Who holds its emoji is asked only where a count differs, where the point changed
   near the gap, or where a point's turn has come to be read whole.
2. A reading tells what a member holds now, never how it came: it is played as one more event.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from bot.core.ids import ChannelId, MemberId
from bot.core.sittings import Votable
from bot.core.votes import Found, Stance

# A point whose votes changed so shortly before the gap may have changed in it, and its counts be equal by chance.
NEAR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Standing:
    """A point as stored: how many members hold each vote emoji, and whether that changed near the gap."""

    votable: Votable
    home: ChannelId
    agree: int
    disagree: int
    near: bool

    @property
    def is_post(self) -> bool:
        """Whether it is a post in a forum, whose first message has its id."""
        return self.votable.channel == self.votable.message

    def count(self, side: Stance) -> int:
        """How many members hold the emoji of AGREE or DISAGREE."""
        return self.agree if side is Stance.AGREE else self.disagree


@dataclass(frozen=True, slots=True)
class Shown:
    """A vote emoji under a message as Discord counts it: both kinds of reaction, the bot's own among them."""

    normal: int = 0
    burst: int = 0
    own: bool = False

    @property
    def others(self) -> int:
        """How many but the bot hold it."""
        return self.normal + self.burst - self.own


def to_read(standing: Standing, shown: Mapping[Stance, Shown], *, whole: bool = False) -> list[Stance]:
    """The sides whose holders must be asked for; none where neither Discord nor the database knows any.

    Where one side's count differs the point has changed, and the other's may be equal by chance.
    """
    changed = any(emoji.others != standing.count(side) for side, emoji in shown.items())
    if not (changed or whole or standing.near):
        return []
    return [side for side, emoji in shown.items() if emoji.others or standing.count(side)]


def found(
    votable: Votable, stored: Mapping[Stance, AbstractSet[MemberId]], read: Mapping[Stance, AbstractSet[MemberId]]
) -> list[Found]:
    """What each member holds of the sides that were `read`, where that is not what is stored."""
    differing: set[MemberId] = set()
    for side, members in read.items():
        differing |= members ^ stored[side]
    sides = frozenset(read)
    return [
        Found(votable.channel, votable.message, member, sides, frozenset(side for side in read if member in read[side]))
        for member in sorted(differing)
    ]


def by_home(standings: Iterable[Standing]) -> list[list[Standing]]:
    """The points of each home, in the order of their messages."""
    homes: dict[ChannelId, list[Standing]] = {}
    for each in sorted(standings, key=lambda each: each.votable.message):
        homes.setdefault(each.home, []).append(each)
    return list(homes.values())
