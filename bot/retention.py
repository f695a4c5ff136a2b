"""The loop that asks whether anything is to be forgotten."""

import asyncio

from bot.services import retention
from bot.services.desk import Desk


async def run(desk: Desk) -> None:
    """Looks again and again; what breaks it is logged by whoever keeps it."""
    while True:
        await retention.look(desk)
        await asyncio.sleep(desk.pace.forget_every.total_seconds())
