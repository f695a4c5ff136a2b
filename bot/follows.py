"""The loop that asks whether followers are to be told anything."""

import asyncio

from bot.services import follows
from bot.services.desk import Desk


async def run(desk: Desk) -> None:
    """Looks again and again; what breaks it is logged by whoever keeps it."""
    while True:
        await follows.look(desk)
        await asyncio.sleep(desk.pace.tell_every.total_seconds())
