"""Moderators are reminded of what waits, by day and not by night, and once over a restart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.ids import GuildId
from bot.services import reminders
from bot.storage import servers as stored_servers
from tests.e2e.conftest import QUICK, House, until
from tests.e2e.test_queue import held

OFTEN = replace(QUICK, remind_every=timedelta(milliseconds=20))


def zone_where_it_is(hour: int) -> str:
    """A zone in which it is about that hour now; the sign in such names is turned round."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"


async def waits_since(house: House, days: int, zone: str) -> str:
    """An addition has waited for so long, on a server in that zone; the moderators' channel."""
    office = await held(house)
    await (await house.member(1)).say(house.home, "4. They rattle the spoons.")
    await house.idle()
    await house.stop()
    await house.start(OFTEN)
    await in_zone(house, zone)
    async with house.app.desk.db.write() as tx:
        await tx.exec_driver_sql(
            f"UPDATE points SET created_at = created_at - {days * 86_400_000_000} WHERE status = 'held'"  # noqa: S608
        )
    return office


async def in_zone(house: House, zone: str) -> None:
    desk, guild = house.app.desk, GuildId(int(house.guild))
    async with desk.db.write() as tx:
        chosen = replace(await stored_servers.choices(tx, guild), time_zone=zone)
        await stored_servers.save_choices(tx, guild, chosen, desk.clock())


def reminded(house: House, office: str) -> list[Any]:
    return [message.content for message in house.shown_in(office) if "waited for you" in message.content]


async def test_by_day_one_message_says_what_waits_and_a_restart_makes_no_second(house: House) -> None:
    office = await waits_since(house, 2, zone_where_it_is(12))

    async def is_said() -> bool:
        return bool(reminded(house, office))

    await until(is_said, "the reminder")
    assert "1 addition has waited for you for 2 days. `/mod queue` shows it." in reminded(house, office)[0]
    await house.stop()
    await house.start(OFTEN)
    await reminders.look(house.app.desk)
    await house.idle()
    assert len(reminded(house, office)) == 1


async def test_by_night_nothing_is_said(house: House) -> None:
    office = await waits_since(house, 2, zone_where_it_is(2))
    for _ in range(3):
        await reminders.look(house.app.desk)
    await house.idle()
    assert reminded(house, office) == []


async def test_what_waits_for_less_than_a_day_is_not_spoken_of(house: House) -> None:
    office = await waits_since(house, 0, zone_where_it_is(12))
    await reminders.look(house.app.desk)
    await house.idle()
    assert reminded(house, office) == []


async def test_a_reminder_whose_answer_was_lost_stands_once(house: House) -> None:
    office = await waits_since(house, 0, zone_where_it_is(12))
    house.discord.faults.answer(502, "POST", "/channels/{channel_id}/messages", after_effect=True)
    async with house.app.desk.db.write() as tx:
        await tx.exec_driver_sql("UPDATE points SET created_at = created_at - 86400000000 WHERE status = 'held'")
    await reminders.look(house.app.desk)
    await house.idle()
    assert house.discord.faults.dealt["answer 502 after"] == 1
    assert len(reminded(house, office)) == 1
