"""How moderators are reminded of what waits: one message in their channel."""

from bot.core.deliveries import reminded_day
from bot.display import reminders
from bot.display.deliveries.tries import Try
from bot.display.threads import Post


async def remind(it: Try) -> None:
    """One message with the figures as they are now; nothing by night, and nothing where nothing waits any more."""
    owed = it.delivery.owed
    reminder = await it.ledger.reminder(it.delivery)
    if reminder is None:
        return
    day = reminded_day(owed.key)
    post = Post(f"r{it.delivery.id}.{day}", content=reminders.text(reminder, day), begins=reminders.head(day))
    await it.post(it.channel(owed.guild, owed.lane), post)
