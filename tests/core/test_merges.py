"""Groups of merged points, and one stance a member in each."""

import pytest

from bot.core.ids import PointId
from bot.core.merges import Part, counting, groups, joined, makes_loop, released
from bot.core.votes import NOTHING, Ballot, Hold, Kept, MemberVotes, Stance

A, B, C, D = map(PointId, (1, 2, 3, 4))
AGREES, DISAGREES = MemberVotes(agree=Hold(5)), MemberVotes(disagree=Hold(9))


def part(point: PointId, into: PointId | None = None, *, gone: bool = False) -> Part:
    return Part(point, 1, into, gone)


def test_points_merged_over_corners_are_one_group_with_its_top_first() -> None:
    found = groups([part(A, B), part(B, C), part(C), part(D)])
    assert {top: [each.point for each in group] for top, group in found.items()} == {C: [C, A, B], D: [D]}


@pytest.mark.parametrize(("point", "into", "loop"), [(A, A, True), (C, A, True), (B, A, True), (C, D, False)])
def test_a_merge_that_leads_back_is_seen(point: PointId, into: PointId, *, loop: bool) -> None:
    assert makes_loop([part(A, B), part(B, C), part(C), part(D)], point, into) is loop


def test_the_stance_on_the_top_counts_however_old_it_is() -> None:
    assert joined([AGREES, DISAGREES]) is Stance.AGREE


def test_else_the_newest_counts() -> None:
    assert joined([NOTHING, AGREES, DISAGREES]) is Stance.DISAGREE


def test_of_ballots_the_same_holds_by_itself() -> None:
    def cast(order: int, shown: Stance | None) -> MemberVotes:
        return MemberVotes(ballot=Ballot(Stance.AGREE, order, shown=shown))

    unsure, disagrees = cast(12, Stance.UNSURE), cast(3, Stance.DISAGREE)
    assert released([disagrees, unsure]) is Stance.DISAGREE
    assert released([NOTHING, disagrees, unsure]) is Stance.UNSURE
    assert released([AGREES, disagrees]) is Stance.DISAGREE
    assert joined([AGREES, disagrees]) is Stance.AGREE
    assert released([cast(20, None), AGREES]) is None


def test_what_nobody_saw_come_gives_way_and_where_it_differs_nobody_is_counted() -> None:
    unseen, kept = MemberVotes(agree=Hold(None)), MemberVotes(kept=Kept(Stance.DISAGREE))
    assert joined([NOTHING, unseen, DISAGREES]) is Stance.DISAGREE
    assert joined([NOTHING, unseen]) is Stance.AGREE
    assert joined([NOTHING, unseen, kept]) is None


def test_who_may_not_count_on_the_top_counts_as_they_voted_elsewhere() -> None:
    assert joined([MemberVotes(agree=Hold(20, eligible=False)), DISAGREES]) is Stance.DISAGREE


def test_a_part_that_is_gone_does_not_count_and_a_top_that_is_gone_takes_all_with_it() -> None:
    assert counting((part(A), part(B, A, gone=True))) == (part(A),)
    assert counting((part(A, gone=True), part(B, A))) == ()
