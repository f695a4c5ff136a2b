"""A batch of vote events over what members had before."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.revisions import Clearing
from bot.core.sittings import Change, Key, Sitting, Votable
from bot.core.votes import (
    NOTHING,
    Cleared,
    Deleted,
    Event,
    Found,
    Hold,
    MemberVotes,
    Reacted,
    Source,
    Stance,
    Unseeded,
    stance,
)

HOME = ChannelId(10)
MEMBERS = (MemberId(7), MemberId(8))
HEART = "<:heart:5>"


def _votable(number: int) -> Votable:
    message = MessageId(100 + number)
    return Votable(PointId(number), 1, CritiqueId(1), GuildId(1), HOME, message, HEART, "👎")


POINTS = {point.message: point for point in (_votable(1), _votable(2))}
ONE, TWO = POINTS.values()
KEYS = [Key(point.point, 1, member) for point in POINTS.values() for member in MEMBERS]
FIRST = Key(ONE.point, 1, MEMBERS[0])

messages = st.sampled_from([*POINTS, MessageId(999)])
emoji = st.sampled_from([HEART, "👎", "🎉"])
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(Reacted, st.just(HOME), messages, st.sampled_from(MEMBERS), emoji, st.booleans()),
    st.builds(Cleared, st.just(HOME), messages, st.none() | emoji),
    st.builds(Deleted, st.just(HOME), messages),
    st.builds(Unseeded, st.just(HOME), messages),
)


def _reacted(emoji: str, *, added: bool = True, message: MessageId = ONE.message) -> Reacted:
    return Reacted(HOME, message, MEMBERS[0], emoji, added)


def _played(*played: Event, had: MemberVotes = NOTHING) -> Sitting:
    sitting = Sitting(POINTS, dict.fromkeys(KEYS, NOTHING) | {FIRST: had})
    for order, event in enumerate(played, start=1):
        sitting.play(event, order)
    return sitting


def test_a_point_knows_its_emoji_by_whatever_name_and_variation() -> None:
    assert ONE.side("<a:renamed:5>") is Stance.AGREE
    assert ONE.side("👎\ufe0f") is Stance.DISAGREE
    assert ONE.side("👍") is None


def test_a_change_of_mind_that_was_changed_back_writes_no_row_and_two_moves() -> None:
    had = MemberVotes(agree=Hold(1))
    sitting = _played(_reacted(HEART, added=False), had=had)
    sitting.play(_reacted(HEART), 1)
    assert sitting.changes() == []
    stances = [(move.before, move.after) for move in sitting.moves]
    assert stances == [(Stance.AGREE, None), (None, Stance.AGREE)]


def test_other_messages_and_other_emoji_change_nothing() -> None:
    elsewhere = MessageId(999)
    sitting = _played(
        _reacted("🎉"), _reacted(HEART, message=elsewhere), Deleted(HOME, elsewhere), Cleared(HOME, ONE.message, "🎉")
    )
    assert (sitting.changes(), sitting.moves, sitting.unseeded) == ([], [], set())


def test_the_older_emoji_is_named_once_with_the_newer_ones_order() -> None:
    sitting = _played(_reacted("👎"), _reacted(HEART))
    assert list(sitting.superseded(sitting.changes())) == [(FIRST, Stance.DISAGREE, 2)]
    again = _played(_reacted("🎉"), had=MemberVotes(agree=Hold(2), disagree=Hold(1)))
    assert list(again.superseded(again.changes())) == []


def test_clearing_keeps_the_votes_and_says_where_the_bots_own_are_missing() -> None:
    sitting = _played(_reacted(HEART), Cleared(HOME, ONE.message, None))
    (change,) = sitting.changes()
    assert change.after.kept is not None and change.after.kept.stance is Stance.AGREE
    assert [move.source for move in sitting.moves] == [Source.REACTION]
    assert sitting.unseeded == {ONE}
    assert _played(Deleted(HOME, ONE.message)).unseeded == set()
    assert _played(Unseeded(HOME, TWO.message)).unseeded == {TWO}


@given(st.lists(events, max_size=12))
def test_the_moves_of_each_member_lead_from_what_they_had_to_what_they_have(played: list[Event]) -> None:
    sitting = _played(*played)
    after = {change.key: change.after for change in sitting.changes()}
    for key in KEYS:
        steps = [move for move in sitting.moves if move.key == key]
        assert all(earlier.after is later.before for earlier, later in pairwise(steps))
        assert all(step.before is not step.after for step in steps)
        assert (steps[-1].after if steps else None) is stance(after.get(key, NOTHING))


@given(st.lists(events, max_size=12), st.integers(0, 12))
def test_where_a_batch_is_cut_makes_no_difference(played: list[Event], cut: int) -> None:
    whole = _played(*played)
    first = _played(*played[:cut])
    between = dict.fromkeys(KEYS, NOTHING) | {change.key: change.after for change in first.changes()}
    second = Sitting(POINTS, between)
    for order, event in enumerate(played[cut:], start=len(played[:cut]) + 1):
        second.play(event, order)
    assert first.moves + second.moves == whole.moves
    assert _rows([*first.changes(), *second.changes()]) == _rows(whole.changes())
    assert first.unseeded | second.unseeded == whole.unseeded


def _rows(changes: list[Change]) -> dict[Key, MemberVotes]:
    rows = {change.key: change.after for change in changes}
    return {key: held for key, held in rows.items() if held != NOTHING}


def _cleared_by_the_bot(state: Clearing, *played: Event) -> Sitting:
    sitting = Sitting({ONE.message: replace(ONE, clearing=state)}, dict.fromkeys(KEYS, NOTHING))
    for order, event in enumerate(played, start=1):
        sitting.play(event, order)
    return sitting


CLEARING = Cleared(HOME, ONE.message, None)


def test_while_the_bot_clears_nothing_counts_that_came_before_its_clearing_and_all_that_comes_after() -> None:
    for state, then in ((Clearing.ASKED, Clearing.HEARD), (Clearing.ANSWERED, Clearing.NONE)):
        sitting = _cleared_by_the_bot(state, _reacted(HEART), CLEARING, _reacted("👎"))
        assert [change.after for change in sitting.changes()] == [MemberVotes(disagree=Hold(3))]
        assert sitting.clearing == {ONE.point: then}
        assert not sitting.unseeded


def test_a_clearing_after_the_bots_own_is_a_moderators() -> None:
    sitting = _cleared_by_the_bot(Clearing.ANSWERED, CLEARING, _reacted(HEART), CLEARING)
    assert [stance(change.after) for change in sitting.changes()] == [Stance.AGREE]
    assert len(sitting.unseeded) == 1


def test_what_a_reading_found_counts_once_the_request_is_answered_and_not_before() -> None:
    found = Found(HOME, ONE.message, MEMBERS[0], frozenset({Stance.AGREE}), frozenset({Stance.AGREE}))
    assert not _cleared_by_the_bot(Clearing.ASKED, found).changes()
    assert len(_cleared_by_the_bot(Clearing.ANSWERED, found).changes()) == 1
