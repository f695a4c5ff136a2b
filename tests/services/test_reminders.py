"""Moderators are reminded of what waits: once a day, by day, of what waits then."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.core.cases import Why
from bot.core.deliveries import Delivery, remind
from bot.core.ids import DeliveryId
from bot.core.points import Point
from bot.core.policies import Policy
from bot.core.reminders import Reminder
from bot.display.reminders import text
from bot.services import cases, queue, reminders
from bot.storage import servers as stored_servers
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, Room
from tests.services.test_queue import OFFICE, added, opened

DAY, HOUR = 24 * 3600.0, 3600.0


async def waits(room: Room) -> Point:
    """An addition has waited for a day, and it is noon in the server's zone."""
    point = await added(room, await opened(room, Policy.HELD))
    room.clock.move(DAY)
    return point


async def owed(room: Room) -> list[Any]:
    return [row for row in await room.rows("SELECT * FROM deliveries ORDER BY id") if row.kind == "remind"]


async def told(room: Room, day: str = "2026-03-02") -> Reminder | None:
    return await room.ledger.reminder(Delivery(DeliveryId(1), 1, remind(GUILD, OFFICE, day), 0, None))


async def in_zone(room: Room, zone: str) -> None:
    async with room.desk.db.write() as tx:
        chosen = replace(await stored_servers.choices(tx, GUILD), time_zone=zone)
        await stored_servers.save_choices(tx, GUILD, chosen, room.clock.now)


async def test_what_has_waited_for_a_day_is_owed_once_however_often_it_is_looked_for(room: Room) -> None:
    await added(room, await opened(room, Policy.HELD))
    room.clock.move(DAY - 1)
    await reminders.look(room.desk)
    assert await owed(room) == []
    room.clock.move(1)
    for _ in range(3):
        await reminders.look(room.desk)
        room.clock.move(HOUR)
    (row,) = await owed(room)
    assert (row.lane, row.key) == (OFFICE, "remind:1:2026-03-02")


async def test_each_day_has_its_own_and_none_where_nothing_waits_any_more(room: Room) -> None:
    point = await waits(room)
    await reminders.look(room.desk)
    room.clock.move(DAY)
    await reminders.look(room.desk)
    assert len(await owed(room)) == 2
    await queue.approve(room.desk, MODERATOR, CHOICES, point.id)
    assert await told(room, "2026-03-03") is None
    room.clock.move(DAY)
    await reminders.look(room.desk)
    assert len(await owed(room)) == 2


async def test_a_clock_that_jumps_back_makes_no_second_one(room: Room) -> None:
    await waits(room)
    room.clock.move(DAY)
    await reminders.look(room.desk)
    room.clock.move(-DAY)
    await reminders.look(room.desk)
    assert [row.key for row in await owed(room)] == ["remind:1:2026-03-03"]


async def test_at_night_in_the_servers_zone_nothing_is_owed_and_in_the_morning_it_is(room: Room) -> None:
    await waits(room)
    await in_zone(room, "Asia/Tokyo")  # 21 o'clock there
    room.clock.move(HOUR)
    await reminders.look(room.desk)
    assert await owed(room) == []
    room.clock.move(10 * HOUR)
    await reminders.look(room.desk)
    assert [row.key for row in await owed(room)] == ["remind:1:2026-03-03"]


async def test_a_zone_that_is_known_no_more_counts_as_utc(room: Room) -> None:
    await waits(room)
    await in_zone(room, "Europe/Atlantis")
    await reminders.look(room.desk)
    assert len(await owed(room)) == 1


async def test_what_could_not_be_told_before_the_night_is_not_told(room: Room) -> None:
    await waits(room)
    await reminders.look(room.desk)
    assert await told(room) is not None
    room.clock.move(10 * HOUR)
    assert await told(room) is None
    room.clock.move(12 * HOUR)  # the next morning, which has its own
    assert await told(room) is None


async def test_additions_and_appeals_are_counted_as_they_are_when_it_is_told(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    first = await added(room, critique)
    await added(room, critique, "They clatter.")
    room.clock.move(2 * DAY)
    await reminders.look(room.desk)
    await queue.refuse(room.desk, MODERATOR, CHOICES, first.id, Why())
    (case,) = await cases.mine(room.desk, MEMBER)
    await cases.appeal(room.desk, MEMBER.id, case.id, "It is a point.")
    found = await told(room, "2026-03-03")
    assert found == Reminder(1, 1, 0, timedelta(days=2))
    said = "1 addition and 1 appeal wait for you, the oldest for 2 days. `/mod queue` shows them."
    assert text(found, "2026-03-03").endswith(said)


async def test_nothing_is_owed_where_there_is_no_channel_or_the_bot_has_left(room: Room) -> None:
    await waits(room)
    async with room.desk.db.write() as tx:
        await stored_servers.save_left(tx, GUILD, room.clock.now)
    await reminders.look(room.desk)
    async with room.desk.db.write() as tx:
        await stored_servers.save_left(tx, GUILD, None)
        chosen = replace(await stored_servers.choices(tx, GUILD), moderators_channel=None)
        await stored_servers.save_choices(tx, GUILD, chosen, room.clock.now)
    await reminders.look(room.desk)
    assert await owed(room) == []
