"""Which point a member is asked about next, and when ballots join the figures."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.ballots import BATCH, batch, changed, is_due, to_show, walk
from bot.core.ids import MemberId, PointId
from bot.core.votes import NOTHING, Ballot, Hold, Kept, MemberVotes, Stance, added, cast, marked, removed

AGREE, DISAGREE = Stance.AGREE, Stance.DISAGREE
LONDON = ZoneInfo("Europe/London")


def test_the_least_heard_come_first_and_each_member_meets_one_order_again_and_again() -> None:
    heard = {PointId(number): number // 3 for number in range(9)}
    order = walk(heard, "3:70")
    assert [heard[point] for point in order] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert walk(heard, "3:70") == order


def test_the_shuffle_is_fair() -> None:
    """10,000 members with fixed seeds; each of five points comes first for a fifth, within five standard deviations."""
    heard = dict.fromkeys(map(PointId, range(5)), 0)
    first = Counter(walk(heard, f"1:{member}")[0] for member in range(10_000))
    assert all(abs(count - 2_000) < 200 for count in first.values())


def members(count: int, votes: MemberVotes) -> dict[MemberId, MemberVotes]:
    return {MemberId(number): votes for number in range(1, count + 1)}


def test_a_batch_is_of_eight_that_are_new_changed_or_gone() -> None:
    new, same = cast(NOTHING, AGREE, 1), MemberVotes(ballot=Ballot(AGREE, 1, shown=AGREE))
    assert batch(members(BATCH - 1, new) | {MemberId(99): same, MemberId(98): added(NOTHING, AGREE, 2)}) == ()
    assert len(batch(members(BATCH, new) | {MemberId(99): same})) == BATCH
    gone = added(same, DISAGREE, 5)
    again = cast(same, DISAGREE, 5)
    out = marked(same, excluded=True)
    assert changed({MemberId(1): gone, MemberId(2): again, MemberId(3): out, MemberId(4): same}) == [1, 2, 3]
    assert [to_show(each) for each in (gone, again, out, same)] == [None, DISAGREE, None, AGREE]


def test_a_ballot_waits_until_the_reaction_beneath_it_is_gone_but_takes_a_kept_vote_over() -> None:
    beneath = cast(MemberVotes(agree=Hold(1)), DISAGREE, 2)
    assert to_show(beneath) is None
    assert to_show(removed(beneath, AGREE)) is DISAGREE
    assert to_show(cast(MemberVotes(kept=Kept(AGREE)), DISAGREE, 2)) is DISAGREE


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 22, 23, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC), True),
        (datetime(2026, 7, 19, 22, tzinfo=UTC), datetime(2026, 7, 19, 23, tzinfo=UTC), True),  # midnight in London
        (datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC), False),  # both in week 53
        (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC), False),  # the clock was set back
    ],
)
def test_a_batch_is_due_with_a_new_iso_week_of_the_servers(last: datetime, now: datetime, *, due: bool) -> None:
    assert is_due(last, now, LONDON) is due
    assert is_due(now, now + timedelta(seconds=1), LONDON) is False or now.astimezone(LONDON).isoweekday() == 7
