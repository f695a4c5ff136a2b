"""The loop that asks whether ballots are to join the figures."""

import asyncio

from bot.services import ballots
from bot.services.desk import Desk


async def run(desk: Desk) -> None:
    """Looks again and again; what breaks it is logged by whoever keeps it."""
    while True:
        await ballots.release_due(desk)
        await asyncio.sleep(desk.pace.release_every.total_seconds())
