"""The carrier: carries out the deliveries that the database holds.

1. Deliveries of one lane (a channel) are carried out one after the other, lanes side by side.
2. Each step is recorded as soon as Discord has answered, so that a kill between two steps repeats neither.
3. A fault that may pass is tried again later; one that will not is given up, logged and told to moderators. What is
   about something that is gone from Discord ends without that. None of them holds up its lane; one that cannot be
   recorded does, for a while.
4. No request is made for a server that the bot is not on: what is owed there waits until it is back.
5. While nothing can be stored nothing is begun, since what came of it could not be recorded.
"""

import asyncio
import logging
from datetime import timedelta

import discord

from bot.core.deliveries import Delivery, Outcome
from bot.core.ids import ChannelId
from bot.core.refusals import Unavailable
from bot.display.deliveries import HOW, Ledger, NotYet, Try, faults

log = logging.getLogger(__name__)

_UNTIL_BACK = timedelta(minutes=10)
_SAID = {
    Outcome.AGAIN: "is tried again",
    Outcome.STUCK: "has failed for over an hour, and is tried again",
    Outcome.FORBIDDEN: "is forbidden, and is tried again",
    Outcome.GIVEN_UP: "is given up",
}


class Carrier:
    """Carries out deliveries until it is stopped. `run` it once the client is ready to make requests."""

    def __init__(self, client: discord.Client, ledger: Ledger, *, unrecorded_pause: float = 5.0) -> None:
        self._client = client
        self._ledger = ledger
        self._unrecorded_pause = unrecorded_pause
        self._lanes: dict[ChannelId, asyncio.Task[None]] = {}
        self._freed = asyncio.Event()
        self._finishing = False

    async def idle(self) -> bool:
        """Whether nothing waits and nothing is under way."""
        return not self._lanes and not await self._ledger.waiting()

    async def quiet(self) -> bool:
        """Whether nothing is under way and nothing that waits is due."""
        return not self._lanes and not await self._ledger.due(())

    async def finish(self) -> None:
        """From now on nothing more is taken up; returns when what is under way is over. Cancelled, it cuts that off."""
        self._finishing = True
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)

    async def run(self) -> None:
        """Works until cancelled; what is under way then is cut off, and found again at the next start."""
        try:
            while True:
                self._ledger.listen()
                self._freed.clear()
                due = await self._ledger.due(list(self._lanes))
                for delivery in [] if self._finishing else due:
                    task = asyncio.create_task(self._carry(delivery), name=f"delivery {delivery.owed.key}")
                    self._lanes[delivery.owed.lane] = task
                await self._something()
        finally:
            for task in self._lanes.values():
                task.cancel()
            await asyncio.gather(*self._lanes.values(), return_exceptions=True)
            self._lanes.clear()  # a task that never began has not freed its lane

    async def _something(self) -> None:
        """Waits for a lane to come free, a commit, or the next delivery's time."""
        pause = await self._ledger.pause(list(self._lanes))
        waits = [asyncio.create_task(self._freed.wait()), asyncio.create_task(self._ledger.changed())]
        timeout = None if pause is None or self._finishing else pause.total_seconds()
        try:
            await asyncio.wait(waits, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _carry(self, delivery: Delivery) -> None:
        try:
            await self._try(delivery)
        except Unavailable:
            log.info("delivery %s waits for the database", delivery.owed.key)
        except Exception:
            log.exception("what became of delivery %s could not be recorded", delivery.owed.key)
            await asyncio.sleep(self._unrecorded_pause)
        finally:
            del self._lanes[delivery.owed.lane]
            self._freed.set()

    async def _try(self, delivery: Delivery) -> None:
        if self._client.get_guild(delivery.owed.guild) is None:
            await self._ledger.put_off(delivery, _UNTIL_BACK)
            return
        try:
            await self._ledger.begin(delivery)
            await HOW[delivery.owed.kind](Try(self._client, self._ledger, delivery))
            await self._ledger.done(delivery)
        except Unavailable:
            raise
        except NotYet as early:
            await self._ledger.put_off(delivery, early.after)
        except discord.RateLimited as error:
            await self._ledger.wait(delivery, timedelta(seconds=error.retry_after))
        except Exception as error:
            await self._not_done(delivery, error)

    async def _not_done(self, delivery: Delivery, error: Exception) -> None:
        if faults.is_moot(error):
            log.info("delivery %s ends: %s", delivery.owed.key, error)
            await self._ledger.lost(delivery, faults.loss(error))
            return
        if not faults.is_known(error):
            log.error("delivery %s broke", delivery.owed.key, exc_info=error)
        final = faults.is_final(error, latest=delivery.owed.kind.latest)
        forbidden = isinstance(error, discord.Forbidden)
        fault = f"{type(error).__name__}: {error}"
        outcome = await self._ledger.failed(delivery, fault, final=final, forbidden=forbidden)
        level = logging.WARNING if outcome is Outcome.AGAIN else logging.ERROR
        log.log(level, "delivery %s %s: %s", delivery.owed.key, _SAID[outcome], fault)
