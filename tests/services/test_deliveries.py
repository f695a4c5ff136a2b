"""The books of the carrier: done, failed, put off, and what a delivery is about."""

from datetime import timedelta

from bot.core import deliveries as owed
from bot.core import losses
from bot.core.deliveries import MOST_TRIES, Delivery, Outcome, pause
from bot.core.ids import ChannelId, MemberId, MessageId, PointId
from bot.core.notices import Cause
from bot.core.pages import Page
from bot.core.votes import Cleared, Reacted, Stance
from bot.services import examinations, votes
from bot.storage import deliveries as stored
from tests.services.conftest import GUILD, HOME, NOON, Room

SHOW = owed.show_point(GUILD, PointId(1), ChannelId(30))
MARK = owed.mark(GUILD, MessageId(8), ChannelId(30), PointId(1))


async def _owe(room: Room, what: owed.Owed) -> None:
    async with room.desk.db.write() as tx:
        await stored.owe(tx, what, room.clock())


async def _first(room: Room) -> Delivery | None:
    """What is due in lane 30."""
    return next((one for one in await room.ledger.due((HOME,)) if one.owed.lane == 30), None)


async def _begun(room: Room, what: owed.Owed) -> Delivery:
    await room.open()
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM deliveries")
    await _owe(room, what)
    delivery = await _first(room)
    assert delivery is not None
    await room.ledger.begin(delivery)
    return delivery


async def test_a_delivery_that_is_done_is_gone(room: Room) -> None:
    await room.ledger.done(await _begun(room, SHOW))
    assert await _first(room) is None
    await _owe(room, SHOW)
    again = await _first(room)
    assert again is not None
    assert again.begun_at is None


async def test_a_once_that_is_done_is_not_owed_again_for_a_week(room: Room) -> None:
    await room.ledger.done(await _begun(room, MARK))
    await _owe(room, MARK)
    assert await _first(room) is None
    room.clock.move(8 * 86_400)
    await _owe(room, SHOW)
    show = await _first(room)
    assert show is not None
    await room.ledger.done(show)
    await _owe(room, MARK)
    assert await _first(room) is not None


async def test_one_that_was_renewed_while_under_way_is_due_at_once(room: Room) -> None:
    delivery = await _begun(room, SHOW)
    await _owe(room, SHOW)
    await room.ledger.done(delivery)
    again = await _first(room)
    assert again is not None
    assert (again.version, again.attempts) == (2, 0)


async def test_failures_are_tried_again_after_growing_pauses_and_given_up_in_the_end(room: Room) -> None:
    delivery: Delivery | None = await _begun(room, MARK)
    pauses: list[timedelta] = []
    while delivery is not None and await room.ledger.failed(delivery, "server error", final=False) is Outcome.AGAIN:
        assert await _first(room) is None
        pauses.append(await room.ledger.pause((HOME,)) or timedelta())
        room.clock.now += pauses[-1]
        delivery = await _first(room)
        assert delivery is not None and delivery.begun_at is not None
    assert pauses == [pause(MARK.key, attempts) for attempts in range(MOST_TRIES - 1)]
    assert await _first(room) is None
    [(fault,)] = await room.rows("SELECT fault FROM deliveries WHERE lane = 30")
    assert fault == "server error"


async def test_a_final_failure_is_given_up_at_once(room: Room) -> None:
    assert await room.ledger.failed(await _begun(room, SHOW), "Forbidden", final=True) is Outcome.GIVEN_UP
    room.clock.move(86_400)
    assert await _first(room) is None


async def test_a_final_failure_of_what_was_renewed_meanwhile_is_tried_again_after_a_pause(room: Room) -> None:
    delivery = await _begun(room, SHOW)
    await _owe(room, SHOW)
    assert await room.ledger.failed(delivery, "Forbidden", final=True) is Outcome.AGAIN
    assert await _first(room) is None
    room.clock.move(1)
    again = await _first(room)
    assert again is not None
    assert await room.ledger.failed(again, "Forbidden", final=True) is Outcome.GIVEN_UP


async def _failing(room: Room, delivery: Delivery, *, forbidden: bool = False) -> list[Outcome]:
    """What is said at each failure until two hours have passed."""
    said: list[Outcome] = []
    while room.clock() < NOON + timedelta(hours=2):
        said.append(
            await room.ledger.failed(
                delivery, "Forbidden: 403 no (error code: 50013): whose words", final=False, forbidden=forbidden
            )
        )
        room.clock.now += pause(delivery.owed.key, delivery.attempts)
        delivery = next(one for one in await room.ledger.due(()) if one.owed == delivery.owed)
    return said


async def test_a_latest_that_fails_for_an_hour_is_said_to_be_stuck_once_and_tried_on(room: Room) -> None:
    delivery = await _begun(room, SHOW)
    said = await _failing(room, delivery)
    assert said.count(Outcome.STUCK) == 1 and Outcome.GIVEN_UP not in said
    _channel, [told] = await room.ledger.notices(GUILD)
    assert (told.cause, told.about.channel) == (Cause.STUCK, 30)
    assert told.about.detail == "show-point Forbidden: 403 no (error code: 50013)"
    assert (await examinations.books(room.desk)).stuck == 1
    again = await _first(room)
    assert again is not None
    await room.ledger.done(again)
    assert (await examinations.books(room.desk)).stuck == 0
    assert await room.ledger.notices(GUILD) == (None, [])


async def test_a_latest_that_is_forbidden_is_said_so_once_at_its_third_failure_and_anew_after_it_has_passed(
    room: Room,
) -> None:
    said = await _failing(room, await _begun(room, SHOW), forbidden=True)
    assert said[:4] == [Outcome.AGAIN, Outcome.AGAIN, Outcome.FORBIDDEN, Outcome.AGAIN]
    assert set(said[4:]) == {Outcome.AGAIN}
    _channel, [told] = await room.ledger.notices(GUILD)
    assert (told.cause, told.about.channel) == (Cause.FORBIDDEN, 30)
    again = await _first(room)
    assert again is not None
    await room.ledger.done(again)
    room.clock.now = NOON
    assert Outcome.FORBIDDEN in await _failing(room, await _begun(room, SHOW), forbidden=True)


async def test_deliveries_of_one_kind_that_are_given_up_in_one_channel_are_told_once(room: Room) -> None:
    delivery = await _begun(room, MARK)
    other = owed.mark(GUILD, MessageId(9), ChannelId(30), PointId(2))
    await _owe(room, other)
    await room.ledger.failed(delivery, "Forbidden", final=True)
    second = await _first(room)
    assert second is not None and second.owed == other
    await room.ledger.failed(second, "Forbidden", final=True)
    _channel, told = await room.ledger.notices(GUILD)
    assert [(each.cause, each.about.detail) for each in told] == [(Cause.GIVEN_UP, "mark Forbidden")]
    assert [each.count for each in (await examinations.books(room.desk)).given_up] == [2]


async def test_a_notice_that_cannot_be_told_is_no_cause_for_another(room: Room) -> None:
    await _owe(room, owed.notice(GUILD))
    [notice] = await room.ledger.due(())
    assert await room.ledger.failed(notice, "Forbidden", final=True) is Outcome.GIVEN_UP
    assert await room.ledger.notices(GUILD) == (None, [])


async def test_what_is_about_something_gone_ends_without_a_fault_and_is_told_once(room: Room) -> None:
    delivery = await _begun(room, SHOW)
    await room.post(await room.only())
    loss = losses.message(MessageId(101))
    await room.ledger.lost(delivery, loss)
    await _owe(room, SHOW)
    again = await _first(room)
    assert again is not None
    await room.ledger.lost(again, loss)
    assert await room.ledger.gone(loss) and not await room.ledger.gone(losses.message(MessageId(102)))
    _channel, [told] = await room.ledger.notices(GUILD)
    assert (told.cause, told.about.point) == (Cause.MESSAGE_DELETED, 1)
    assert (await examinations.books(room.desk)).given_up == []


async def test_one_that_is_put_off_has_not_failed(room: Room) -> None:
    await room.ledger.put_off(await _begun(room, SHOW), timedelta(seconds=3))
    room.clock.move(2)
    assert await _first(room) is None
    room.clock.move(1)
    again = await _first(room)
    assert again is not None
    assert again.attempts == 0


async def test_one_that_is_put_off_for_no_time_in_particular_is_looked_at_again_as_the_pace_has_it(room: Room) -> None:
    await room.ledger.put_off(await _begun(room, SHOW), None)
    room.clock.move(room.desk.pace.look_again.total_seconds() / 2)
    assert await _first(room) is None
    room.clock.move(room.desk.pace.look_again.total_seconds() / 2)
    assert await _first(room) is not None


async def test_the_pause_lasts_until_the_next_one_in_a_free_lane(room: Room) -> None:
    assert await room.ledger.pause(()) is None
    delivery = await _begun(room, SHOW)
    assert await room.ledger.pause(()) == timedelta()
    assert await room.ledger.pause((ChannelId(30),)) is None
    await room.ledger.put_off(delivery, timedelta(seconds=9))
    assert await room.ledger.pause((HOME,)) == timedelta(seconds=9)


async def test_who_listens_hears_of_the_next_commit(room: Room) -> None:
    room.ledger.listen()
    assert not room.desk.db.committed.is_set()
    await room.open()
    await room.ledger.changed()


async def test_a_point_is_posted_when_its_thread_stands(room: Room) -> None:
    critique = await room.open()
    point, *_ = await room.points(critique.id)
    assert await room.ledger.unposted(critique.id) == 10
    page = Page(0, HOME, MessageId(901), "shown")
    await room.ledger.save_first_message(point.id, "point:1", page, new=True)
    assert await room.ledger.unposted(critique.id) == 10
    await room.ledger.save_thread(point.id, ChannelId(902))
    delivery, *_ = await room.ledger.due(())
    await room.ledger.save_seeded(point.id, delivery)
    assert await room.ledger.unposted(critique.id) == 9
    shown, its_critique = await room.ledger.point(point.id)
    assert (shown.message, shown.thread, shown.seeded, its_critique) == (901, 902, True, critique)
    assert await room.ledger.pages("point:1") == [page]


async def test_the_older_emoji_is_superseded_only_while_both_are_held(room: Room) -> None:
    critique = await room.open()
    point, *_ = await room.post(critique)

    async def react(emoji: str, *, added: bool) -> None:
        event = Reacted(HOME, MessageId(100 + point.id), MemberId(9), emoji, added=added)
        assert list(await votes.record(room.desk, [event])) == []

    await react("👍", added=True)
    assert await room.owed("take-away") == []
    await react("👎", added=True)
    await react("👎", added=True)
    [row] = await room.owed("take-away")
    assert (row.point_id, row.member_id, row.side, row.lane) == (point.id, 9, Stance.AGREE, HOME)
    away = owed.take_away(GUILD, point.id, HOME, MemberId(9), Stance.AGREE, 2)
    delivery = Delivery(row.id, 1, away, 0, None)
    assert await room.ledger.superseded(delivery)
    await react("👎", added=False)
    assert not await room.ledger.superseded(delivery)


async def test_emoji_that_were_cleared_while_they_were_put_there_are_put_there_again(room: Room) -> None:
    """The bot reacts; before it can note that, a moderator clears the reactions."""
    point, *_ = await room.post(await room.open())
    delivery, *_ = await room.ledger.due(())
    assert point.message is not None
    await votes.record(room.desk, [Cleared(HOME, point.message, None)])
    await room.ledger.save_seeded(point.id, delivery)
    await room.ledger.done(delivery)
    assert not (await room.ledger.point(point.id))[0].seeded
    assert (await room.ledger.due(()))[0].owed == delivery.owed
