"""Opinion groups: found where there are camps, and only there; the same votes always give the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bench.groups import camps, shuffled, trials
from bot.core import groups
from bot.core.groups import Counted, Groups, Verdict, agreement, bridging, differing, find

FEW = 39  # shuffles


def drawn(voters: int, points: int = 20, seed: int = 1) -> groups.Ballots:
    return camps(voters, points, np.random.default_rng(seed))


def test_two_camps_are_found_with_what_each_says() -> None:
    votes = drawn(40)
    found = find(votes)
    assert found.verdict is Verdict.CAMPS and found.members == 40 and found.points == tuple(range(20))
    assert sum(found.sizes) == 40 and list(found.sizes) == sorted(found.sizes, reverse=True) and min(found.sizes) >= 15
    for place, each in enumerate(zip(*found.counts, strict=True)):
        assert sum(it.agree for it in each) == (votes[:, place] == 1).sum()
        assert sum(it.disagree for it in each) == (votes[:, place] == -1).sum()
    assert set(differing(found)) <= set(range(12))  # the camps differ on these alone


def test_chance_is_no_camp_and_camps_are_seen() -> None:
    found, alarm = trials(30, 20, 40)
    assert found >= 0.95 and alarm <= 0.15  # `python -m bench groups` holds it to less, in more trials


def test_three_camps_are_three_and_two_are_not() -> None:
    random = np.random.default_rng(3)
    side = random.integers(3, size=90)
    agrees = random.random((90, 21)) < np.where(side[:, None] == np.arange(21) % 3, 0.85, 0.15)
    votes = np.where(agrees, 1, -1).astype(np.float32)
    assert len(find(votes).sizes) == 3
    assert [len(find(drawn(90, seed=seed)).sizes) for seed in range(20)].count(2) >= 17  # one in twenty is wrong


@pytest.mark.parametrize(
    ("votes", "verdict"),
    [
        (np.full((0, 0), np.nan), Verdict.TOO_FEW),
        (np.full((30, 10), np.nan), Verdict.TOO_FEW),
        (drawn(14), Verdict.TOO_FEW),
        (drawn(40, points=7), Verdict.TOO_FEW),
        (np.ones((30, 10)), Verdict.NO_CAMPS),
        (np.zeros((30, 10)), Verdict.NO_CAMPS),
    ],
)
def test_too_little_says_so(votes: groups.Ballots, verdict: Verdict) -> None:
    found = find(votes.astype(np.float32), shuffles=FEW)
    assert found.verdict is verdict and not found.sizes and not found.counts


def test_whoever_voted_on_few_points_and_points_few_voted_on_are_left_out() -> None:
    votes = drawn(40)
    votes[0, 6:] = np.nan
    votes[7:, 19] = np.nan
    found = find(votes)
    assert found.members == 39 and found.points == tuple(range(19))


def test_the_same_votes_give_the_same_and_their_order_changes_nothing_that_is_found() -> None:
    votes = drawn(40)
    assert find(votes) == find(votes.copy())
    other = find(votes[np.random.default_rng(2).permutation(40)])
    assert other.verdict is Verdict.CAMPS and other.sizes == find(votes).sizes


def test_a_group_of_four_is_none() -> None:
    votes = np.ones((30, 12), dtype=np.float32)
    votes[:4] = -1
    assert find(votes, shuffles=FEW).verdict is Verdict.NO_CAMPS


@settings(max_examples=25)
@given(
    arrays(np.float32, st.tuples(st.integers(0, 40), st.integers(0, 12)), elements=st.sampled_from([-1, 0, 1, np.nan]))
)
def test_whatever_the_votes_groups_are_of_five_and_count_every_vote_once(votes: groups.Ballots) -> None:
    found = find(votes, shuffles=FEW)
    assert (found.verdict is Verdict.CAMPS) is bool(found.sizes)
    assert all(size >= groups.SMALLEST for size in found.sizes)
    assert sum(found.sizes) in (0, found.members)
    assert all(len(counts) == len(found.points) for counts in found.counts)


def test_agreement_does_not_punish_many_groups_and_sees_who_disagrees() -> None:
    nine, unsure, against = Counted(9, 1, 0), Counted(5, 0, 5), Counted(5, 5, 0)
    assert agreement([nine] * 2) == pytest.approx(agreement([nine] * 5))
    assert agreement([nine, unsure]) > agreement([nine, against])
    assert agreement([nine, nine]) == pytest.approx(10 / 12 * (1 - 2 / 12))
    assert agreement([]) == 0 and agreement([Counted(0, 0, 0)]) == pytest.approx(0.25)


def test_bridging_points_are_backed_by_most_of_every_group() -> None:
    backed, loved, split, unheard = Counted(6, 2, 0), Counted(8, 0, 0), Counted(4, 4, 0), Counted(2, 0, 0)
    found = Groups(
        Verdict.CAMPS, 16, (2, 4, 5, 9), 0.01, (8, 8), ((backed, loved, loved, loved), (backed, loved, split, unheard))
    )
    assert bridging(found) == (4, 2)
    assert differing(found) == (5,)


def test_shuffling_keeps_how_many_voted_how() -> None:
    votes = drawn(40)
    drawn_anew = shuffled(votes, np.random.default_rng(5))
    assert (np.isnan(votes) == np.isnan(drawn_anew)).all() and not np.array_equal(votes, drawn_anew, equal_nan=True)
    assert (np.nansum(votes, axis=0) == np.nansum(drawn_anew, axis=0)).all()
