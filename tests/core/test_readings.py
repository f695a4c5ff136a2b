"""What of Discord is asked for after a gap, and what follows from it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core import votes
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.readings import Shown, Standing, by_home, found, to_read
from bot.core.sittings import Votable
from bot.core.votes import NOTHING, Hold, MemberVotes, Stance

AGREE, DISAGREE = Stance.AGREE, Stance.DISAGREE


def standing(agree: int = 0, disagree: int = 0, *, near: bool = False, message: int = 5, home: int = 1) -> Standing:
    votable = Votable(PointId(message), 1, CritiqueId(1), GuildId(1), ChannelId(home), MessageId(message), "👍", "👎")
    return Standing(votable, ChannelId(home), agree, disagree, near)


def shown(agree: int, disagree: int) -> dict[Stance, Shown]:
    """So many others, and the bot."""
    return {AGREE: Shown(agree + 1, 0, True), DISAGREE: Shown(0, disagree, False)}


def test_where_the_counts_are_alike_nobody_is_asked_for() -> None:
    assert to_read(standing(3, 2), shown(3, 2)) == []


def test_where_one_sides_count_differs_both_are_asked_for_that_anybody_holds() -> None:
    assert to_read(standing(3, 2), shown(4, 2)) == [AGREE, DISAGREE]
    assert to_read(standing(3, 2), shown(3, 0)) == [AGREE, DISAGREE]
    assert to_read(standing(3, 0), shown(4, 0)) == [AGREE]


def test_near_the_gap_and_in_its_turn_a_point_is_read_whole_but_for_what_nobody_holds() -> None:
    assert to_read(standing(3, 0, near=True), shown(3, 0)) == [AGREE]
    assert to_read(standing(3, 2), shown(3, 2), whole=True) == [AGREE, DISAGREE]
    assert to_read(standing(), shown(0, 0), whole=True) == []


members = st.sets(st.integers(1, 6).map(MemberId))


@given(members, members, members, members)
def test_playing_what_was_found_makes_the_rows_what_was_read(
    had: set[MemberId], had_too: set[MemberId], reads: set[MemberId], reads_too: set[MemberId]
) -> None:
    stored, read = {AGREE: had, DISAGREE: had_too}, {AGREE: reads, DISAGREE: reads_too}
    everybody = {member for side in (*stored.values(), *read.values()) for member in side}
    rows = {
        member: MemberVotes(Hold(1) if member in had else None, Hold(2) if member in had_too else None)
        for member in everybody
    }
    events = found(standing().votable, stored, read)
    for event in events:
        after = votes.reconciled(rows[event.member], event.read, event.held)
        assert after != rows[event.member]
        rows[event.member] = after
    for side, holders in read.items():
        assert {member for member, each in rows.items() if each.hold(side) is not None} == holders


def test_a_side_that_was_not_read_is_left_as_it_was() -> None:
    had = MemberVotes(agree=Hold(1), disagree=Hold(2))
    assert votes.reconciled(had, [AGREE], []) == MemberVotes(disagree=Hold(2))
    assert votes.reconciled(NOTHING, [AGREE], [AGREE]) == MemberVotes(agree=Hold(None))


def test_points_are_read_home_by_home_in_the_order_of_their_messages() -> None:
    mixed = [standing(message=9, home=1), standing(message=3, home=2), standing(message=4, home=1)]
    homes = [[each.votable.message for each in home] for home in by_home(mixed)]
    assert homes == [[3], [4, 9]]
