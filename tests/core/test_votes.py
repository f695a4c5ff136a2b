"""The page on how a vote is counted, rule by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.votes import (
    NOTHING,
    Ballot,
    Hold,
    Kept,
    MemberVotes,
    Stance,
    Tally,
    added,
    cast,
    cleared,
    marked,
    reconciled,
    removed,
    stance,
    superseded,
    tally,
    undecided,
    visible,
)

AGREE, DISAGREE, UNSURE = Stance.AGREE, Stance.DISAGREE, Stance.UNSURE
SIDES = (AGREE, DISAGREE)

orders = st.integers(1, 6)
holds = st.none() | st.builds(Hold, st.none() | orders, st.booleans())
ballots = st.none() | st.builds(
    Ballot,
    st.none() | st.sampled_from(Stance),
    orders,
    st.booleans(),
    st.just(value=False),
    st.none() | st.sampled_from(Stance),
)
kepts = st.none() | st.builds(Kept, st.sampled_from(Stance), st.booleans())
member_votes = st.builds(MemberVotes, holds, holds, ballots, kepts)


def shown(votes: MemberVotes) -> Stance | None:
    return votes.ballot.shown if votes.ballot is not None else None


def test_nothing_is_no_stance() -> None:
    assert stance(NOTHING) is None
    assert not undecided(NOTHING)
    assert superseded(NOTHING) == ()


@pytest.mark.parametrize("side", SIDES)
def test_one_emoji_held_is_that_side(side: Stance) -> None:
    assert stance(added(NOTHING, side, 1)) is side
    assert stance(NOTHING.with_hold(side, Hold(None))) is side
    assert superseded(added(NOTHING, side, 1)) == ()


@pytest.mark.parametrize("side", SIDES)
def test_of_both_the_later_one_stands_and_the_other_is_superseded(side: Stance) -> None:
    both = added(added(NOTHING, side.other, 4), side, 5)
    assert stance(both) is side
    assert superseded(both) == (side.other,)
    assert not undecided(both)


@pytest.mark.parametrize("side", SIDES)
def test_an_emoji_without_an_order_came_after_the_other(side: Stance) -> None:
    both = NOTHING.with_hold(side.other, Hold(7)).with_hold(side, Hold(None))
    assert stance(both) is side
    assert superseded(both) == (side.other,)


def test_both_without_an_order_are_undecided_and_count_for_neither() -> None:
    both = MemberVotes(agree=Hold(None), disagree=Hold(None))
    assert undecided(both)
    assert stance(both) is None
    assert superseded(both) == ()


def test_both_without_an_order_are_undecided_over_what_is_left_of_a_ballot_too() -> None:
    both = MemberVotes(agree=Hold(None), disagree=Hold(None), ballot=Ballot(None, 3, shown=AGREE))
    assert stance(both) is None
    assert undecided(both)


@pytest.mark.parametrize("side", SIDES)
def test_taking_the_stance_away_leaves_the_other_hold_or_nothing(side: Stance) -> None:
    both = added(added(NOTHING, side.other, 1), side, 2)
    assert stance(removed(both, side)) is side.other
    assert stance(removed(both, side.other)) is side
    assert removed(removed(both, side), side.other) == NOTHING


@pytest.mark.parametrize("side", SIDES)
def test_an_event_seen_twice_changes_nothing(side: Stance) -> None:
    once = added(NOTHING, side, 1)
    assert added(once, side, 9) == once
    assert removed(NOTHING, side) == NOTHING
    assert removed(once, side.other) == once


@pytest.mark.parametrize("which", list(Stance))
def test_a_ballot_replaces_reactions_and_gives_way_to_newer_ones(which: Stance) -> None:
    reacted = added(NOTHING, DISAGREE, 1)
    balloted = cast(reacted, which, 2)
    assert stance(balloted) is which
    assert superseded(balloted) == (DISAGREE,)
    assert stance(removed(balloted, DISAGREE)) is which
    assert stance(added(balloted, AGREE, 3)) is AGREE
    assert stance(reconciled(balloted, [AGREE, DISAGREE], [AGREE, DISAGREE])) is AGREE
    assert stance(reconciled(balloted, [AGREE, DISAGREE], [DISAGREE])) is which
    assert stance(cast(balloted, AGREE, 4)) is AGREE
    assert superseded(cast(added(reacted, AGREE, 2), which, 3)) == SIDES


@given(member_votes, st.sampled_from(Stance))
def test_casting_a_ballot_changes_nothing_that_others_see(votes: MemberVotes, which: Stance) -> None:
    after = cast(votes, which, 10)
    assert stance(after) is which
    assert (visible(after), shown(after)) == (visible(votes), shown(votes))


@given(member_votes, st.sampled_from(Stance), st.sampled_from(SIDES))
def test_what_others_see_is_the_same_with_a_ballot_and_without(votes: MemberVotes, which: Stance, side: Stance) -> None:
    """Whatever becomes of the reactions afterwards; but a kept vote beneath a ballot goes with a batch, in silence."""
    if votes.kept is None:
        balloted = cast(votes, which, 10)
        for act in (
            lambda held: added(held, side, 11),
            lambda held: removed(held, side),
            lambda held: cleared(held, side),
        ):
            assert (visible(act(balloted)), shown(act(balloted))) == (visible(act(votes)), shown(act(votes)))


@pytest.mark.parametrize("which", list(Stance))
def test_of_a_ballot_that_a_reaction_replaces_stays_what_the_figures_show(which: Stance) -> None:
    assert added(cast(NOTHING, which, 1), AGREE, 2) == added(NOTHING, AGREE, 2)
    released = MemberVotes(ballot=Ballot(which, 1, shown=which))
    assert added(released, AGREE, 2).ballot == Ballot(None, 1, shown=which)
    assert stance(removed(added(released, AGREE, 2), AGREE)) is None


@pytest.mark.parametrize("side", SIDES)
def test_clearing_is_no_withdrawal(side: Stance) -> None:
    held = added(NOTHING, side, 1)
    for gone in (cleared(held), cleared(held, side)):
        assert gone == MemberVotes(kept=Kept(side))
        assert stance(gone) is side
    assert cleared(held, side.other) == held


@pytest.mark.parametrize("side", SIDES)
def test_clearing_one_of_two_keeps_the_stance(side: Stance) -> None:
    both = added(added(NOTHING, side.other, 1), side, 2)
    assert cleared(both, side.other) == MemberVotes().with_hold(side, Hold(2))
    only = cleared(both, side)
    assert only == NOTHING.with_hold(side.other, Hold(1))._replace(kept=Kept(side))
    assert stance(only) is side
    assert superseded(only) == ()
    assert stance(cleared(both)) is side


@pytest.mark.parametrize("side", SIDES)
def test_a_kept_vote_stands_until_the_member_acts(side: Stance) -> None:
    kept = MemberVotes(kept=Kept(side))
    assert cleared(kept) == kept
    assert removed(kept, side) == kept
    assert added(kept, side, 5) == NOTHING.with_hold(side, Hold(5))
    assert stance(added(kept, side.other, 5)) is side.other
    beside = kept.with_hold(side.other, Hold(1))
    assert added(beside, side.other, 6) == beside
    assert removed(beside, side.other) == NOTHING


def test_clearing_keeps_a_newer_reaction_over_what_is_left_of_a_ballot_and_an_older_one_beneath_it() -> None:
    votes = MemberVotes(agree=Hold(4), ballot=Ballot(None, 3, shown=DISAGREE))
    assert stance(cleared(votes)) is AGREE
    beneath = cleared(MemberVotes(agree=Hold(2), ballot=Ballot(DISAGREE, 3)))
    assert (stance(beneath), visible(beneath)) == (DISAGREE, AGREE)


def test_clearing_undecided_votes_invents_no_stance() -> None:
    assert cleared(MemberVotes(agree=Hold(None), disagree=Hold(None))) == NOTHING


@pytest.mark.parametrize(
    "votes",
    [
        added(NOTHING, AGREE, 1, eligible=False),
        MemberVotes(ballot=Ballot(AGREE, 1, eligible=False)),
        MemberVotes(kept=Kept(AGREE, eligible=False)),
        MemberVotes(agree=Hold(1), disagree=Hold(2, eligible=False)),
        MemberVotes(agree=Hold(1), ballot=Ballot(AGREE, 2, eligible=False)),
        MemberVotes(agree=Hold(1), kept=Kept(AGREE, eligible=False)),
    ],
)
def test_who_was_not_eligible_when_the_newest_act_was_cast_has_no_stance(votes: MemberVotes) -> None:
    assert stance(votes) is None


def test_what_did_not_count_is_kept_as_such() -> None:
    assert cleared(added(NOTHING, AGREE, 1, eligible=False)).kept == Kept(AGREE, eligible=False)
    assert stance(cleared(added(NOTHING, AGREE, 1, excluded=True))) is None
    assert stance(marked(cleared(added(NOTHING, AGREE, 1, excluded=True)), excluded=False)) is AGREE


@given(member_votes)
def test_what_is_excluded_has_no_stance_and_the_same_as_before_once_it_is_included(votes: MemberVotes) -> None:
    votes = marked(votes, excluded=False)
    assert stance(marked(votes, excluded=True)) is None
    assert stance(marked(marked(votes, excluded=True), excluded=False)) is stance(votes)
    for side in (None, *SIDES):
        out_and_in = marked(cleared(marked(votes, excluded=True), side), excluded=False)
        if stance(votes) is not None:
            assert stance(out_and_in) is stance(votes)


@given(member_votes)
def test_clearing_never_takes_a_stance_away(votes: MemberVotes) -> None:
    if stance(votes) is not None:
        for side in (None, *SIDES):
            assert stance(cleared(votes, side)) is stance(votes)


@given(member_votes, st.sampled_from(SIDES))
def test_the_same_act_again_changes_nothing(votes: MemberVotes, side: Stance) -> None:
    once = added(votes, side, 10)
    assert added(once, side, 11) == once
    gone = removed(votes, side)
    assert removed(gone, side) == gone
    assert cleared(cleared(votes)) == cleared(votes)


@given(member_votes, st.sampled_from(SIDES))
def test_an_emoji_that_is_added_is_the_stance(votes: MemberVotes, side: Stance) -> None:
    if votes.hold(side) is None:
        other = votes.hold(side.other)
        if other is None or other.order is not None:
            assert stance(added(votes, side, 10)) is side


@given(member_votes)
def test_undecided_is_no_stance(votes: MemberVotes) -> None:
    if undecided(votes):
        assert stance(votes) is None
        assert superseded(votes) == ()


@given(st.dictionaries(st.integers(0, 9), st.sampled_from([*Stance, None])), st.data())
def test_a_moved_tally_is_a_recounted_one(stances: dict[int, Stance | None], data: st.DataObject) -> None:
    moved = tally(stances.values())
    for member, after in data.draw(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([*Stance, None])))):
        moved = moved.moved(stances.get(member), after)
        stances[member] = after
        assert moved == tally(stances.values())
        assert moved.people == sum(held is not None for held in stances.values())


def test_a_tally_counts_each_stance() -> None:
    assert tally([AGREE, None, UNSURE, AGREE, DISAGREE]) == Tally(agree=2, disagree=1, unsure=1)
    assert tally([]) == Tally()
