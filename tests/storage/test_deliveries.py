"""What is owed: renewed or owed once, one a lane, in order, ended only as it was when it was taken."""

from datetime import timedelta

from bot.core import deliveries as owed
from bot.core.deliveries import MOST_TRIES, Delivery
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.votes import Stance
from bot.storage import deliveries, points
from bot.storage.database import Database, Tx
from tests.storage.conftest import NOON

GUILD, HOME, OTHER = GuildId(1), ChannelId(10), ChannelId(20)
SECOND = timedelta(seconds=1)


async def _due(tx: Tx, after: int = 0, busy: tuple[ChannelId, ...] = ()) -> list[Delivery]:
    return await deliveries.due(tx, NOON + after * SECOND, busy)


async def test_a_latest_that_waits_is_renewed_and_keeps_its_time(db: Database, critique: CritiqueId) -> None:
    async with db.write() as tx:
        for seconds in (5, 9, 2):
            await deliveries.owe(tx, owed.show_digest(GUILD, critique), NOON + seconds * SECOND)
        assert await deliveries.waiting(tx) == 1
        assert await _due(tx, 4) == []
        [delivery] = await _due(tx, 5)
    assert (delivery.version, delivery.attempts, delivery.begun_at) == (3, 0, None)


async def test_a_latest_that_was_given_up_starts_afresh(db: Database, critique: CritiqueId) -> None:
    async with db.write() as tx:
        await deliveries.owe(tx, owed.show_digest(GUILD, critique), NOON)
        [delivery] = await _due(tx)
        await deliveries.save_failure(tx, delivery.id, NOON, NOON)
        assert await deliveries.end(tx, delivery, NOON, "Forbidden")
        assert await _due(tx, 100) == []
        await deliveries.owe(tx, owed.show_digest(GUILD, critique), NOON + 9 * SECOND)
        assert await _due(tx, 8) == []
        [again] = await _due(tx, 9)
    assert (again.version, again.attempts) == (2, 0)


async def test_a_once_is_owed_once_even_after_it_is_done(db: Database, critique: CritiqueId) -> None:
    mark = owed.mark(GUILD, MessageId(7), HOME, PointId(1))
    async with db.write() as tx:
        await deliveries.owe(tx, mark, NOON)
        await deliveries.owe(tx, mark, NOON)
        [delivery] = await _due(tx)
        assert delivery.owed == mark
        assert await deliveries.end(tx, delivery, NOON)
        await deliveries.owe(tx, mark, NOON)
        assert await deliveries.waiting(tx) == 0
        await deliveries.drop_ended(tx, NOON)
        await deliveries.owe(tx, mark, NOON)
        assert await deliveries.waiting(tx) == 0
        await deliveries.drop_ended(tx, NOON + SECOND)
        await deliveries.owe(tx, mark, NOON)
        assert await deliveries.waiting(tx) == 1


async def test_one_a_lane_is_due_the_oldest_first_and_busy_lanes_are_skipped(
    db: Database, critique: CritiqueId
) -> None:
    first, second, third = (owed.show_point(GUILD, PointId(n), HOME) for n in (1, 2, 3))
    away = owed.take_away(GUILD, PointId(1), OTHER, MemberId(9), Stance.DISAGREE, 4)
    async with db.write() as tx:
        await points.save_message(tx, PointId(1), MessageId(101))
        await deliveries.owe(tx, first, NOON + 9 * SECOND)
        await deliveries.owe(tx, second, NOON)
        await deliveries.owe(tx, away, NOON)
        await deliveries.owe(tx, third, NOON)
        assert [one.owed for one in await _due(tx)] == [second, away]
        assert [one.owed for one in await _due(tx, 9)] == [first, away]
        assert [one.owed for one in await _due(tx, 9, (HOME,))] == [away]
        assert await _due(tx, 9, (HOME, OTHER)) == []
        [taken, _away] = await _due(tx)
        assert await deliveries.end(tx, taken, NOON)
        assert [one.owed for one in await _due(tx)] == [away, third]


async def test_a_point_waits_for_one_before_it_that_was_put_off_and_may_still_be_posted(
    db: Database, critique: CritiqueId
) -> None:
    first, second = (owed.show_point(GUILD, PointId(n), HOME) for n in (1, 2))
    mark = owed.mark(GUILD, MessageId(7), HOME, PointId(2))
    async with db.write() as tx:
        for one in (first, second, mark):
            await deliveries.owe(tx, one, NOON)
        [failing] = await _due(tx)
        for failures in range(1, MOST_TRIES):
            await deliveries.save_failure(tx, failing.id, NOON, NOON + failures * SECOND)
            assert [one.owed for one in await _due(tx)] == [mark]
            assert [one.owed for one in await _due(tx, failures)] == [first]
        [marking] = await _due(tx)
        assert await deliveries.end(tx, marking, NOON)
        assert await _due(tx) == []
        assert await deliveries.next_due(tx, ()) == NOON + (MOST_TRIES - 1) * SECOND
        await deliveries.save_failure(tx, failing.id, NOON, NOON + 9 * SECOND)
        assert [one.owed for one in await _due(tx)] == [second]
        assert await deliveries.next_due(tx, ()) == NOON


async def test_a_point_waits_neither_for_one_that_is_given_up_nor_once_it_stands(
    db: Database, critique: CritiqueId
) -> None:
    first, second, third = (owed.show_point(GUILD, PointId(n), HOME) for n in (1, 2, 3))
    async with db.write() as tx:
        for one in (first, second, third):
            await deliveries.owe(tx, one, NOON)
        [failing] = await _due(tx)
        await deliveries.put_off(tx, failing.id, NOON + SECOND)
        await points.save_message(tx, PointId(3), MessageId(103))
        assert [one.owed for one in await _due(tx)] == [third]
        assert await deliveries.end(tx, failing, NOON, "Unknown Channel")
        assert [one.owed for one in await _due(tx)] == [second]


async def test_the_next_time_leaves_busy_lanes_out(db: Database, critique: CritiqueId) -> None:
    async with db.write() as tx:
        assert await deliveries.next_due(tx, ()) is None
        await deliveries.owe(tx, owed.show_point(GUILD, PointId(1), HOME), NOON)
        await deliveries.owe(tx, owed.show_point(GUILD, PointId(2), OTHER), NOON + SECOND)
        assert await deliveries.next_due(tx, ()) == NOON
        assert await deliveries.next_due(tx, (HOME,)) == NOON + SECOND
        assert await deliveries.next_due(tx, (HOME, OTHER)) is None


async def test_one_that_was_renewed_meanwhile_waits_on(db: Database, critique: CritiqueId) -> None:
    async with db.write() as tx:
        await deliveries.owe(tx, owed.show_point(GUILD, PointId(1), HOME), NOON)
        [old] = await _due(tx)
        await deliveries.owe(tx, owed.show_point(GUILD, PointId(1), HOME), NOON)
        assert not await deliveries.end(tx, old, NOON)
        assert not await deliveries.end(tx, old, NOON, "a fault")
        [new] = await _due(tx)
        assert await deliveries.end(tx, new, NOON)
        assert await deliveries.waiting(tx) == 0


async def test_the_first_try_is_remembered(db: Database, critique: CritiqueId) -> None:
    async with db.write() as tx:
        await deliveries.owe(tx, owed.show_point(GUILD, PointId(1), HOME), NOON)
        [delivery] = await _due(tx)
        await deliveries.begin(tx, delivery.id, NOON)
        await deliveries.begin(tx, delivery.id, NOON + SECOND)
        await deliveries.save_failure(tx, delivery.id, NOON, NOON + SECOND)
        assert await _due(tx) == []
        [again] = await _due(tx, 1)
    assert (again.begun_at, again.attempts) == (NOON, 1)


async def test_points_without_a_thread_are_unposted_while_they_may_still_get_one(
    db: Database, critique: CritiqueId
) -> None:
    async with db.write() as tx:
        for number in (1, 2, 3):
            await deliveries.owe(tx, owed.show_point(GUILD, PointId(number), ChannelId(number)), NOON)
        assert await deliveries.unposted(tx, critique) == 3
        await points.save_thread(tx, PointId(1), ChannelId(101))
        assert await deliveries.unposted(tx, critique) == 2
        given_up = next(one for one in await _due(tx) if one.owed.point == 2)
        await deliveries.end(tx, given_up, NOON, "Forbidden")
        assert await deliveries.unposted(tx, critique) == 1
        assert await deliveries.unposted(tx, CritiqueId(2)) == 0


async def test_reactions_are_awaited_only_where_a_point_is_still_being_posted(
    db: Database, critique: CritiqueId
) -> None:
    async with db.write() as tx:
        assert await points.awaited_in(tx, [HOME]) == set()
        for number in (1, 2, 3):
            await deliveries.owe(tx, owed.show_point(GUILD, PointId(number), HOME), NOON)
        assert await points.awaited_in(tx, [HOME, OTHER]) == {HOME}
        for number in (1, 2):
            await points.save_message(tx, PointId(number), MessageId(number))
        assert await points.awaited_in(tx, [HOME]) == {HOME}
        for fault in (None, None, "Forbidden"):
            [delivery] = await _due(tx)
            await deliveries.end(tx, delivery, NOON, fault)
        assert await points.awaited_in(tx, [HOME]) == set()
