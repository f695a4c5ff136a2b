"""Opinion groups: whether members vote in camps, and what each camp says. Aggregates only, never who is in one.

1. Members with votes on at least seven points (or all, where there are fewer) are looked at, on points with at least
   eight votes; from 15 such members and eight such points on.
2. What was not voted on counts as that point's mean, so that it says nothing. A member of few votes would lie near the
   middle for that alone, and is moved outwards by the root of what share of the points they voted on.
3. There are camps only where votes hang together more than chance has it: a permutation test shuffles the votes within
   each point, which keeps how liked it is and how many voted, and compares the share of the variance that the first
   component takes (Good, "Permutation, Parametric and Bootstrap Tests of Hypotheses", 3rd edition, chapter 3; the
   p-value counts what was seen itself, after Phipson and Smyth 2010). One who finds no camps says so: that is a result.
4. Members are put in two groups by k-means (Lloyd 1982, begun after Arthur and Vassilvitskii 2007) on the first
   component. There are three, on the first two, only where votes hang together more than chance within the two groups,
   too: the same test, shuffled within them. No group is under five.
5. Groups are shown only where three computations, each with its own beginning, agree on them.
6. Everything random is drawn from a generator with a fixed seed: the same votes always give the same groups.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

MEMBERS, VOTES, POINTS, VOTES_OF_POINT, SMALLEST = 15, 7, 8, 8, 5
SURE = 0.05  # the greatest p-value
SHUFFLES = 199
_SEED = 11
_COMPUTATIONS = 3
_AGREE = 0.9  # of the members, among computations
_BEGINNINGS, _STEPS = 8, 100

Ballots = NDArray[np.float32]
"""Votes as members × points: 1 agree, 0 unsure, −1 disagree, NaN where there is none."""
_Rows = NDArray[np.float32]
_Floats = NDArray[np.float64]
_Places = NDArray[np.intp]


class Verdict(StrEnum):
    """What was found."""

    CAMPS = "camps"
    TOO_FEW = "too-few"
    NO_CAMPS = "no-camps"


@dataclass(frozen=True, slots=True)
class Counted:
    """How one group voted on one point."""

    agree: int
    disagree: int
    unsure: int

    @property
    def votes(self) -> int:
        """All three."""
        return self.agree + self.disagree + self.unsure

    @property
    def leaning(self) -> float:
        """From −1, all disagree, to 1, all agree; 0 without votes."""
        return (self.agree - self.disagree) / self.votes if self.votes else 0.0


@dataclass(frozen=True, slots=True)
class Groups:
    """What was found among `members` on `points`, which are places of columns.

    `sizes` are of the groups, largest first; `counts` has for each group how it voted on each of the points. Both are
    empty where there are no camps. `p` is the p-value of the test; None where it was not made.
    """

    verdict: Verdict
    members: int
    points: tuple[int, ...]
    p: float | None = None
    sizes: tuple[int, ...] = ()
    counts: tuple[tuple[Counted, ...], ...] = ()


def find(votes: Ballots, *, shuffles: int = SHUFFLES) -> Groups:
    """The groups among those who voted."""
    given, points = _gated(votes)
    where = tuple(int(place) for place in points)
    if len(given) < MEMBERS or len(points) < POINTS:
        return Groups(Verdict.TOO_FEW, len(given), where)
    random = np.random.default_rng(_SEED)
    p = _p_value(given, np.zeros(len(given), dtype=np.intp), shuffles, random)
    found = _partition(_projected(given, 1)) if p <= SURE else None
    if found is None:
        return Groups(Verdict.NO_CAMPS, len(given), where, p)
    if _p_value(given, found, shuffles, random) <= SURE:
        three = _partition(_projected(given, 2))
        found = found if three is None else three
    order = np.argsort(-np.bincount(found), kind="stable")
    parts = [given[found == each] for each in order]
    counts = tuple(tuple(_counted(part[:, place]) for place in range(len(points))) for part in parts)
    return Groups(Verdict.CAMPS, len(given), where, p, tuple(len(part) for part in parts), counts)


def agreement(counts: Sequence[Counted]) -> float:
    """Group-aware agreement with one point, 0 to 1: the geometric mean over groups of how many agree times how many do
    not disagree.

    The mean and not the product of Polis (Small and others 2021), which punishes many groups and does not see
    disagreement. Shares have a vote of each kind added (Laplace), so that no group of few decides alone.
    """
    each = [(it.agree + 1) / (it.votes + 2) * (1 - (it.disagree + 1) / (it.votes + 2)) for it in counts]
    return float(np.prod(each)) ** (1 / len(each)) if each else 0.0


def bridging(groups: Groups) -> tuple[int, ...]:
    """Of `groups.points` those that most of every group back, the most agreed with first, as places of columns."""
    backed = [
        (agreement(each), place)
        for place, each in zip(groups.points, zip(*groups.counts, strict=True), strict=False)
        if all(it.votes >= SMALLEST and it.agree * 2 > it.votes for it in each)
    ]
    return tuple(place for _, place in sorted(backed, key=lambda it: (-it[0], it[1])))


def differing(groups: Groups, most: int = 3) -> tuple[int, ...]:
    """Of `groups.points` those on which the groups lie furthest apart, furthest first, as places of columns."""
    apart = [
        (max(it.leaning for it in each) - min(it.leaning for it in each), place)
        for place, each in zip(groups.points, zip(*groups.counts, strict=True), strict=False)
        if all(it.votes >= SMALLEST for it in each)
    ]
    return tuple(place for far, place in sorted(apart, key=lambda it: (-it[0], it[1])) if far > 0)[:most]


def _gated(votes: Ballots) -> tuple[Ballots, _Places]:
    """Members and points with enough votes; leaving out some makes others have too few, so that it is repeated."""
    members: _Places = np.arange(len(votes), dtype=np.intp)
    points: _Places = np.arange(int(votes.shape[1]), dtype=np.intp)
    while True:
        cast = ~np.isnan(votes[np.ix_(members, points)])
        enough = cast.sum(axis=0) >= VOTES_OF_POINT
        least = max(1, min(VOTES, int(enough.sum())))
        took_part = cast[:, enough].sum(axis=1) >= least
        if enough.all() and took_part.all():
            return votes[np.ix_(members, points)], points
        members, points = members[took_part], points[enough]


def _filled(votes: Ballots, belongs: _Places) -> tuple[_Rows, NDArray[np.bool_]]:
    """Votes less the mean of the point in the member's group, 0 where there is none; and where there is one.

    Both are points × members, so that what is shuffled together lies together.
    """
    cast = ~np.isnan(votes.T)
    less = np.where(cast, votes.T, 0).astype(np.float32)
    for each in range(belongs.max() + 1):
        part = belongs == each
        less[:, part] -= less[:, part].sum(axis=1, keepdims=True) / np.maximum(cast[:, part].sum(axis=1), 1)[:, None]
    return less * cast, cast


def _scale(cast: NDArray[np.bool_]) -> _Rows:
    return (1 / np.sqrt(cast.mean(axis=0))).astype(np.float32)


def _first_share(rows: _Rows) -> float:
    """How much of the variance the first component takes."""
    middle = rows.mean(axis=1, dtype=np.float64)
    spread = np.linalg.eigvalsh((rows @ rows.T).astype(np.float64) - rows.shape[1] * np.outer(middle, middle))
    whole = spread.sum()
    return float(spread[-1] / whole) if whole > 0 else 0.0


def _p_value(votes: Ballots, belongs: _Places, shuffles: int, random: np.random.Generator) -> float:
    """The chance that votes hang together as much as these beyond what the groups explain, where they do not."""
    less, cast = _filled(votes, belongs)
    scale = _scale(cast)
    seen = _first_share(less * scale)
    if not seen:
        return 1.0  # everybody in a group says the same
    groups = [belongs == each for each in range(belongs.max() + 1)]
    cells = [(place, np.flatnonzero(row & part)) for place, row in enumerate(cast) for part in groups]
    drawn = [(place, where, less[place, where], scale[where]) for place, where in cells]
    shuffled, as_much = np.zeros_like(less), 1
    for _ in range(shuffles):
        for place, where, values, scales in drawn:
            shuffled[place, where] = random.permutation(values) * scales
        as_much += _first_share(shuffled) >= seen
    return as_much / (shuffles + 1)


def _projected(votes: Ballots, components: int) -> _Floats:
    """Where members lie on the components, members × components; each points where its greatest part is positive."""
    less, cast = _filled(votes, np.zeros(len(votes), dtype=np.intp))
    rows = (less * _scale(cast)).astype(np.float64)
    centred = rows - rows.mean(axis=1, keepdims=True)
    _values, vectors = np.linalg.eigh(centred @ centred.T)
    axes = vectors[:, ::-1][:, :components]
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(components)])
    return centred.T @ (axes * signs)


def _partition(places: _Floats) -> _Places | None:
    """Which group each is in, by one group more than there are components; None where they do not hold."""
    count = places.shape[1] + 1
    found = [_k_means(places, count, np.random.default_rng([_SEED, each])) for each in range(_COMPUTATIONS)]
    whole = all(np.bincount(each, minlength=count).min() >= SMALLEST for each in found)
    holds = whole and all(_alike(found[0], each, count) >= _AGREE for each in found[1:])
    return found[0] if holds else None


def _alike(one: _Places, other: _Places, count: int) -> float:
    """The share of members that two computations put in the same group, whatever they number it."""
    together = np.zeros((count, count), dtype=np.intp)
    np.add.at(together, (one, other), 1)
    return max(sum(together[each, to] for each, to in enumerate(order)) for order in permutations(range(count))) / len(
        one
    )


def _k_means(places: _Floats, count: int, random: np.random.Generator) -> _Places:
    """The best of several partitions, by the squared distance to each group's middle."""
    tried = [_lloyd(places, _begin(places, count, random)) for _ in range(_BEGINNINGS)]
    return min(tried, key=lambda it: it[0])[1]


def _begin(places: _Floats, count: int, random: np.random.Generator) -> _Floats:
    """Middles to begin with: one of the members, and others the likelier the further they are from those."""
    middles: _Floats = places[[int(random.integers(len(places)))]]
    while len(middles) < count:
        near = _distances(places, middles).min(axis=1)
        whole = near.sum()
        chosen = int(random.choice(len(places), p=near / whole) if whole > 0 else random.integers(len(places)))
        middles = np.vstack([middles, places[[chosen]]])
    return middles


def _lloyd(places: _Floats, middles: _Floats) -> tuple[float, _Places]:
    belongs = np.zeros(len(places), dtype=np.intp)
    for _ in range(_STEPS):
        away = _distances(places, middles)
        moved = away.argmin(axis=1)
        if np.array_equal(moved, belongs):
            break
        belongs = moved
        middles = np.array(
            [
                places[belongs == each].mean(axis=0) if (belongs == each).any() else middles[each]
                for each in range(len(middles))
            ]
        )
    return float(_distances(places, middles)[np.arange(len(places)), belongs].sum()), belongs


def _distances(places: _Floats, middles: _Floats) -> _Floats:
    return ((places[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)


def _counted(votes: Ballots) -> Counted:
    return Counted(int((votes == 1).sum()), int((votes == -1).sum()), int((votes == 0).sum()))
