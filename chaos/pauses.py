"""Promises pauses that end early when all is over."""

import asyncio


async def goes_on(over: asyncio.Event, seconds: float) -> bool:
    """Waits so long; False as soon as it is over."""
    try:
        await asyncio.wait_for(over.wait(), seconds)
    except TimeoutError:
        return True
    return False
