"""The running digest: shown soon after a first change, and then at most once in ten seconds."""

from itertools import pairwise

from bot.core.ids import MemberId, MessageId
from bot.core.votes import Reacted, Tally
from bot.services import digests, votes
from tests.services.conftest import HOME, Room


async def _carry(room: Room) -> bool:
    """Shows the digest if it is due, as the carrier does; whether it was."""
    for delivery in await room.ledger.due(()):
        if delivery.owed.kind == "show-digest":
            await room.ledger.done(delivery)
            return True
    return False


async def _vote(room: Room, member: int, point: int = 1) -> None:
    event = Reacted(HOME, MessageId(100 + point), MemberId(member), "👍", added=True)
    assert list(await votes.record(room.desk, [event])) == []


async def _settled(room: Room) -> None:
    """A critique whose points are posted and whose digest was shown long ago."""
    await room.post(await room.open())
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM deliveries")


async def test_a_first_change_is_shown_within_a_second_or_so(room: Room) -> None:
    await _settled(room)
    await _vote(room, 1)
    assert not await _carry(room)
    room.clock.move(0.5)
    await _vote(room, 2)
    room.clock.move(0.5)
    assert await _carry(room)
    assert await room.owed("show-digest") == []


async def test_in_a_storm_it_is_edited_every_ten_seconds_and_is_never_later_than_eleven(room: Room) -> None:
    await _settled(room)
    edits: list[float] = []
    unseen: list[float] = []
    late = 0.0
    for tick in range(600):
        now = tick / 10
        if tick % 7 == 0 and tick < 500:
            await _vote(room, member=tick, point=1 + tick % 3)
            unseen.append(now)
        if await _carry(room):
            edits.append(now)
            late = max([late, *(now - change for change in unseen)])
            unseen.clear()
        room.clock.move(0.1)
    assert unseen == []
    assert late <= 11
    assert edits[0] <= 1.1
    assert min(later - earlier for earlier, later in pairwise(edits)) >= 9.95
    assert 5 <= len(edits) <= 7


async def test_a_change_while_it_is_being_shown_is_shown_ten_seconds_later(room: Room) -> None:
    await _settled(room)
    await _vote(room, 1)
    room.clock.move(1)
    [delivery] = await room.ledger.due(())
    await _vote(room, 2)
    await room.ledger.done(delivery)
    room.clock.move(9.9)
    assert not await _carry(room)
    room.clock.move(0.1)
    assert await _carry(room)


async def test_a_vote_that_changes_nothing_shows_nothing(room: Room) -> None:
    await _settled(room)
    await _vote(room, 1)
    room.clock.move(1)
    assert await _carry(room)
    await _vote(room, 1)
    await votes.record(room.desk, [Reacted(HOME, MessageId(101), MemberId(1), "🎉", added=True)])
    assert await room.owed("show-digest") == []


async def test_it_reads_the_list_with_its_tallies(room: Room) -> None:
    critique = await room.open()
    await room.post(critique)
    await room.hear(room.said("11. They have no umbrella stand."))
    for member in (1, 2):
        await _vote(room, member)
    await _vote(room, 2, point=3)
    digest = await digests.read(room.desk, critique.id)
    assert [line.point.label for line in digest.lines] == [str(n) for n in range(1, 12)]
    assert [line.tally for line in digest.lines[:3]] == [Tally(agree=2), Tally(), Tally(agree=1)]
    assert (digest.people, digest.votes) == (2, 3)
    assert [line.point.label for line in digest.newest] == ["11"]
