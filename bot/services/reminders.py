"""Reminding moderators of what waits: owed by day, and told as it is when it is told.

1. A reminder is owed once for each day: its key is the day. What was owed by day and could not be told before the
   night, or the next day, is not told.
2. The figures are those of the moment in which it is told; where nothing waits any more, nothing is said.
"""

from datetime import datetime

from bot.core import deliveries as owed
from bot.core import reminders
from bot.core.deliveries import Delivery
from bot.core.ids import ChannelId, GuildId
from bot.core.reminders import Reminder
from bot.services.desk import Desk
from bot.services.zones import zone_of
from bot.storage import deliveries as stored_deliveries
from bot.storage import reminders as stored
from bot.storage.database import Tx


async def look(desk: Desk) -> None:
    """Owes a reminder wherever one is due now."""
    async with desk.db.read() as tx:
        found = await stored.servers_where_anything_waits(tx)
        due = [(guild, channel) for guild, channel in found if await _day_due(desk, tx, guild) is not None]
    for guild, channel in due:
        await _owe(desk, guild, channel)


async def _owe(desk: Desk, guild: GuildId, channel: ChannelId) -> None:
    async with desk.db.write() as tx:
        day = await _day_due(desk, tx, guild)
        if day is not None:
            await stored_deliveries.owe(tx, owed.remind(guild, channel, day), desk.clock())


async def _day_due(desk: Desk, tx: Tx, guild: GuildId) -> str | None:
    """The day for which a reminder is due now."""
    local, reminder = await _local(desk, tx, guild), await _reminder(desk, tx, guild)
    if reminder is None or not reminders.is_due(reminder, local, await stored.last_day(tx, guild)):
        return None
    return reminders.day(local)


async def to_tell(desk: Desk, delivery: Delivery) -> Reminder | None:
    """What the moderators are told now; None where its day is over, it is night, or nothing waits any more."""
    guild = delivery.owed.guild
    async with desk.db.read() as tx:
        local = await _local(desk, tx, guild)
        if reminders.is_night(local) or reminders.day(local) != owed.reminded_day(delivery.owed.key):
            return None
        return await _reminder(desk, tx, guild)


async def _reminder(desk: Desk, tx: Tx, guild: GuildId) -> Reminder | None:
    found = await stored.waiting(tx, guild)
    return (
        None if found is None else Reminder(found.additions, found.appeals, found.reports, desk.clock() - found.since)
    )


async def _local(desk: Desk, tx: Tx, guild: GuildId) -> datetime:
    """The time on the server's clock."""
    return desk.clock().astimezone(await zone_of(tx, guild))
