"""The loop that asks whether moderators are to be reminded of what waits."""

import asyncio

from bot.services import reminders
from bot.services.desk import Desk


async def run(desk: Desk) -> None:
    """Looks again and again; what breaks it is logged by whoever keeps it."""
    while True:
        await reminders.look(desk)
        await asyncio.sleep(desk.pace.remind_every.total_seconds())
