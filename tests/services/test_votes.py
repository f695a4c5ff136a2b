"""What a batch of votes owes Discord, and events that come before their point is known."""

import pytest

from bot.core.ids import ChannelId, MemberId, MessageId
from bot.core.points import Point
from bot.core.sittings import Key
from bot.core.votes import Cleared, Deleted, Event, Found, Reacted, Stance, Unseeded
from bot.services import votes
from bot.storage import points as stored_points
from tests.services.conftest import HOME, Room

ELSEWHERE = ChannelId(99)


def _reacted(message: int, emoji: str = "👍", *, channel: ChannelId = HOME, added: bool = True) -> Reacted:
    return Reacted(channel, MessageId(message), MemberId(9), emoji, added=added)


async def _posted(room: Room) -> Point:
    """A posted, seeded point, and nothing owed."""
    point, *_ = await room.post(await room.open())
    delivery, *_ = await room.ledger.due(())
    await room.ledger.save_seeded(point.id, delivery)
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM deliveries")
    return point


async def test_a_reaction_on_a_point_that_is_being_posted_comes_back_and_counts_later(room: Room) -> None:
    critique = await room.open()
    early, elsewhere = _reacted(101), _reacted(101, channel=ELSEWHERE)
    assert list(await votes.record(room.desk, [early, elsewhere, early])) == [early, early]
    await room.post(critique)
    assert list(await votes.record(room.desk, [early])) == []
    assert len(await room.rows("SELECT * FROM holds")) == 1


async def test_reactions_on_other_messages_cost_no_write_once_all_is_posted(room: Room) -> None:
    await _posted(room)
    before = room.commits
    assert list(await votes.record(room.desk, [_reacted(5), _reacted(6, channel=ELSEWHERE)])) == []
    assert room.commits == before


async def test_known_and_early_events_of_one_batch_are_told_apart(room: Room) -> None:
    critique = await room.open()
    first, *_ = await room.points(critique.id)
    async with room.desk.db.write() as tx:
        await stored_points.save_message(tx, first.id, MessageId(101))
    assert list(await votes.record(room.desk, [_reacted(101), _reacted(102)])) == [_reacted(102)]
    assert len(await room.rows("SELECT * FROM holds")) == 1


@pytest.mark.parametrize(
    "event",
    [
        Unseeded(HOME, MessageId(101)),
        Cleared(HOME, MessageId(101), None),
        Cleared(HOME, MessageId(101), "👎"),
    ],
)
async def test_what_takes_the_bots_own_emoji_is_seeded_again(room: Room, event: Event) -> None:
    point = await _posted(room)
    await votes.record(room.desk, [_reacted(101), event])
    assert [row.point_id for row in await room.owed("show-point")] == [point.id]
    assert not (await room.ledger.point(point.id))[0].seeded


@pytest.mark.parametrize("event", [Cleared(HOME, MessageId(101), "🎉"), Deleted(HOME, MessageId(101))])
async def test_another_emoji_or_a_deleted_message_seeds_nothing(room: Room, event: Event) -> None:
    point = await _posted(room)
    await votes.record(room.desk, [event])
    assert await room.owed("show-point") == []
    assert (await room.ledger.point(point.id))[0].seeded


async def test_clearing_moves_no_tally_and_shows_no_digest(room: Room) -> None:
    point = await _posted(room)
    await votes.record(room.desk, [_reacted(101)])
    before = await room.rows("SELECT * FROM tallies")
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM deliveries")
    await votes.record(room.desk, [Cleared(HOME, MessageId(101), None)])
    assert await room.rows("SELECT * FROM tallies") == before
    assert await votes.stances(room.desk, point.id, 1) == {9: 1}
    assert await room.owed("show-digest") == []


async def test_a_change_of_mind_owes_taking_the_older_emoji_away_once(room: Room) -> None:
    await _posted(room)
    change = [_reacted(101), _reacted(101, "👎"), _reacted(101, "👎")]
    await votes.record(room.desk, change)
    await votes.record(room.desk, change)
    assert [row.side for row in await room.owed("take-away")] == [1]
    await votes.record(room.desk, [_reacted(101, added=False), _reacted(101)])
    assert [row.side for row in await room.owed("take-away")] == [1, -1]


async def test_an_emoji_put_back_in_a_gap_after_the_bot_took_it_away_is_the_newer_one(room: Room) -> None:
    point = await _posted(room)
    key = Key(point.id, 1, MemberId(9))
    await votes.record(room.desk, [_reacted(101), _reacted(101, "👎")])
    await votes.save_taken_away(room.desk, key, Stance.AGREE)
    assert await votes.stances(room.desk, point.id, 1) == {9: -1}
    both = frozenset({Stance.AGREE, Stance.DISAGREE})
    await votes.record(room.desk, [Found(HOME, MessageId(101), MemberId(9), both, both)])
    assert await votes.stances(room.desk, point.id, 1) == {9: 1}
    assert await votes.superseded(room.desk, key) == (Stance.DISAGREE,)


async def test_an_emoji_put_back_before_the_taking_away_is_recorded_stays(room: Room) -> None:
    point = await _posted(room)
    key = Key(point.id, 1, MemberId(9))
    await votes.record(room.desk, [_reacted(101), _reacted(101, "👎")])
    await votes.record(room.desk, [_reacted(101, added=False), _reacted(101)])
    await votes.save_taken_away(room.desk, key, Stance.AGREE)
    assert await votes.superseded(room.desk, key) == (Stance.DISAGREE,)
