"""Promises what members know of their own votes: which emoji they hold, in which order they put them there.

Rules:
1. The bot may take the older of two away, never the newer, and never a single one.
2. Nobody can see the order of two acts on one point that fell into one gap in which the bot did not listen; what it
   takes away then is no fault, and is counted apart.
3. Discord's removal takes no condition. What a member puts there anew while the removal is on its way, or so shortly
   before it that the word of it was on its own way to the bot, is taken away all the same: no fault, counted apart.
4. Where a point's words have changed, the bot takes away all that stands under it, once, to ask its voters again.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from chaos.checks.books import Books

_RECALLED = 6  # acts of a member on a point that may bear on what is held now
_BEFORE = 1.0  # seconds before the bot stops listening in which what it read may not be stored yet
_AFTER = 0.2  # and after it listens again
_UNHEARD = 0.5  # seconds in which an act may be on its way to the bot, on a machine that does much else

Pair = tuple[int, int]  # message, member


@dataclass(frozen=True, slots=True)
class _Gap:
    """When the bot did not listen."""

    begin: float
    end: float


class Held:
    """What members hold, and when the bot could not see."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.votes = 0
        self._clock = clock
        self._order: defaultdict[Pair, list[int]] = defaultdict(list)
        self._acts: defaultdict[Pair, list[float]] = defaultdict(list)
        self._gaps: list[_Gap] = []
        self._deaf_since: float | None = None
        self._wrong: list[str] = []
        self._unseen: set[Pair] = set()
        self._overtaken: set[Pair] = set()
        self._put_at: dict[tuple[Pair, int], float] = {}
        self._taken: dict[Pair, tuple[int, float]] = {}
        self._cleared: dict[int, float] = {}

    def put(self, pair: Pair, side: int) -> None:
        """The member has put the emoji there."""
        self._did(pair)
        self._order[pair].append(side)
        self._put_at[pair, side] = self._clock()

    def took(self, pair: Pair, side: int) -> None:
        """The member has taken it away."""
        self._did(pair)
        self._order[pair] = [each for each in self._order[pair] if each != side]

    def was_taken(self, pair: Pair, side: int, sent: float) -> None:
        """The bot has taken one of the two away: an act as well, that a kill may keep it from storing.

        `sent` is when its request came, by the clock of this object.
        """
        self._recall(pair)
        self._taken[pair] = side, sent

    def was_cleared(self, message: int) -> None:
        """The bot has taken all emoji from the message."""
        self._cleared[message] = self._clock()

    def _did(self, pair: Pair) -> None:
        self.votes += 1
        self._recall(pair)

    def _recall(self, pair: Pair) -> None:
        self._acts[pair] = [*self._acts[pair][1 - _RECALLED :], self._clock()]

    @property
    def is_deaf(self) -> bool:
        """Whether the bot does not listen now."""
        return self._deaf_since is not None

    def deaf(self) -> None:
        """The bot does not listen from now on."""
        if self._deaf_since is None:
            self._deaf_since = self._clock()

    def hearing(self) -> None:
        """It listens again."""
        if self._deaf_since is not None:
            self._gaps.append(_Gap(self._deaf_since - _BEFORE, self._clock() + _AFTER))
            self._deaf_since = None

    def seen(self, pair: Pair, shown: frozenset[int]) -> list[int]:
        """What is left of what the member put there, the newest last, given what the books show now."""
        held = self._order[pair]
        if held and held[-1] not in shown and not self._is_cleared(pair, held[-1]):
            self._missed(pair, held)
        self._order[pair] = [side for side in held if side in shown]
        return self._order[pair]

    def _is_cleared(self, pair: Pair, side: int) -> bool:
        return self._put_at[pair, side] <= self._cleared.get(pair[0], 0.0) + _UNHEARD

    def _missed(self, pair: Pair, held: list[int]) -> None:
        if self._fell_together(self._acts[pair]):
            self._unseen.add(pair)
        elif self._crossed(pair, held[-1]):
            self._overtaken.add(pair)
        else:
            self._wrong.append(f"member {pair[1]} put {held} under message {pair[0]}, the newest last, which is gone")

    def _crossed(self, pair: Pair, side: int) -> bool:
        taken, sent = self._taken.get(pair, (0, 0.0))
        return taken == side and self._put_at[pair, side] >= sent - _UNHEARD

    def _fell_together(self, acts: list[float]) -> bool:
        gaps = self._gaps if self._deaf_since is None else [*self._gaps, _Gap(self._deaf_since, self._clock())]
        return any(sum(gap.begin <= act <= gap.end for act in acts) > 1 for gap in gaps)

    def taken_wrongly(self, books: Books) -> tuple[list[str], int, int]:
        """Votes that the bot has taken away against rule 1; how many by rule 2, and how many by rule 3 alone."""
        for pair in list(self._order):
            self.seen(pair, books.sides(pair[0]).get(pair[1], frozenset()))
        return self._wrong, len(self._unseen), len(self._overtaken - self._unseen)
