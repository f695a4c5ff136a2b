"""Builds the bot, starts it, and takes it down in order.

1. Taken down in this order: the connection, so that nothing more comes in; what is being done for members, who get
   their answer; the reader; the intakes, so that all that was read is stored; deliveries under way; the worker
   process; the database. Each has its share of the time, whatever hangs.
2. A delivery that is cut off is found at the next start, and looked for before it is tried again.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

from bot import ballots, clock, follows, garbage, reminders, retention, signals
from bot.client import Client, point_at
from bot.compute import Worker
from bot.display.carrier import Carrier
from bot.display.servers import unknown
from bot.ending import Ending
from bot.loops import keep
from bot.services import critiques
from bot.services.deliveries import Ledger
from bot.services.desk import Desk, Pace
from bot.services.intake import Intake
from bot.settings import Settings
from bot.storage.database import Database
from bot.watch import Watch

log = logging.getLogger(__name__)

COGS = (
    "cogs.argue",
    "cogs.ballot",
    "cogs.case",
    "cogs.catchup",
    "cogs.critique",
    "cogs.digest",
    "cogs.doctor",
    "cogs.follow",
    "cogs.help",
    "cogs.lobby",
    "cogs.mod",
    "cogs.point",
    "cogs.privacy",
    "cogs.readings",
    "cogs.report",
    "cogs.servers",
    "cogs.setup",
    "cogs.status",
    "cogs.threads",
    "cogs.votes",
)

_TOGETHER = 7.5  # seconds to stop after a signal; what is cut off takes a little longer


class App:
    """A running bot."""

    def __init__(self, client: Client, carrier: Carrier, connection: asyncio.Task[None]) -> None:
        self.client = client
        self.desk = client.desk
        self.connection = connection
        self._carrier = carrier

    async def ready(self) -> None:
        """Returns when the bot serves members; raises what the connection failed with."""
        waiting = asyncio.create_task(self.client.wait_until_ready())
        await asyncio.wait({waiting, self.connection}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            waiting.cancel()
            await self.connection

    async def quiet(self) -> bool:
        """Whether all that was read is stored, and nothing is due to Discord now."""
        return self._heard_all() and await self._carrier.quiet()

    async def idle(self) -> bool:
        """Whether all that was read is stored, and all that was owed to Discord is carried out."""
        return self._heard_all() and await self._carrier.idle()

    def _heard_all(self) -> bool:
        client = self.client
        intakes = all(intake.idle for intake in client.intakes)
        return intakes and client.reader.idle and client.books.idle


@asynccontextmanager
async def opened(
    settings: Settings, pace: Pace | None = None, *, guild_wait: float = 2.0, ending: Ending | None = None
) -> AsyncGenerator[App]:
    """A bot that has logged in and is connecting; it is taken down in order when the block ends.

    Raises DatabaseUnusable, and discord.LoginFailure or what else a first request fails with. What the
    connection fails with later is raised by `App.ready`.
    """
    point_at(settings.discord_api_base, settings.discord_gateway_url)
    ending = ending or Ending()
    async with AsyncExitStack() as stack:
        client, carrier = await stack.enter_async_context(built(settings, pace, guild_wait=guild_wait, ending=ending))
        await client.login(settings.discord_token.get_secret_value())
        await stack.enter_async_context(working(client, carrier, ending))
        connection = asyncio.create_task(client.connect(), name="gateway")
        stack.push_async_callback(ending.step, "answers to members", 0.35, partial(_answer, client))
        stack.push_async_callback(ending.step, "the connection", 0.25, partial(_disconnect, client, connection))
        yield App(client, carrier, connection)


@asynccontextmanager
async def built(
    settings: Settings, pace: Pace | None = None, *, guild_wait: float = 2.0, ending: Ending | None = None
) -> AsyncGenerator[tuple[Client, Carrier]]:
    """A bot that has not logged in yet: its client, which sets itself up as it logs in, and its carrier."""
    ending = ending or Ending()
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_path)
        stack.push_async_callback(ending.step, "the database", 0.2, database.close)
        worker = Worker()
        stack.push_async_callback(ending.step, "the worker process", 0.2, worker.close)
        client = Client(Desk(database, clock.now, worker, pace or Pace()), settings, COGS, guild_wait=guild_wait)
        stack.push_async_callback(ending.step, "requests to Discord", 0.2, client.close)
        books = client.books
        ledger = Ledger(client.desk, books.read_whole, books.read_anew, books.gate.is_open, client.votes.caught_up)
        yield client, Carrier(client, ledger)


@asynccontextmanager
async def working(client: Client, carrier: Carrier, ending: Ending | None = None) -> AsyncGenerator[None]:
    """The loops of a bot that has logged in: what is owed is carried out, what is read is stored."""
    ending = ending or Ending()
    async with AsyncExitStack() as stack:
        await client.books.begin()
        stack.push_async_callback(ending.step, "the last note", 0.2, partial(_write_off, client))
        keep(stack, ending, "carrier", lambda: _when_ready(client, carrier.run))
        stack.push_async_callback(ending.step, "deliveries under way", 0.25, carrier.finish)
        for intake in client.intakes:
            stack.push_async_callback(ending.step, intake.name, 0.5, partial(_drain, intake), needed=True)
            keep(stack, ending, intake.name, intake.run)
        stack.callback(client.books.gate.open_all)
        keep(stack, ending, "reader", lambda: _when_ready(client, client.reader.run))
        keep(stack, ending, "audit", lambda: _when_ready(client, client.reader.audit))
        keep(stack, ending, "watch", Watch(client).run)
        keep(stack, ending, "retention", partial(retention.run, client.desk))
        keep(stack, ending, "reminders", partial(reminders.run, client.desk))
        keep(stack, ending, "ballots", partial(ballots.run, client.desk))
        keep(stack, ending, "follows", partial(follows.run, client.desk))
        yield


async def run(settings: Settings, pace: Pace | None = None, *, guild_wait: float = 2.0) -> None:
    """Runs the bot until SIGINT or SIGTERM. Raises what kept it from running, or from storing what it had read."""
    garbage.share_one_heap()
    stopped = asyncio.create_task(signals.listen().wait())
    async with AsyncExitStack() as stack:
        begun = opened(settings, pace, guild_wait=guild_wait, ending=Ending(_TOGETHER))
        opening = asyncio.create_task(stack.enter_async_context(begun))
        await asyncio.wait({stopped, opening}, return_when=asyncio.FIRST_COMPLETED)
        if not opening.done():
            opening.cancel()
            await asyncio.wait({opening})
            return
        await _serve(await opening, stopped)


async def _serve(app: App, stopped: asyncio.Task[Any]) -> None:
    garbage.spare(app.client)
    ready = asyncio.create_task(_announce(app))
    await asyncio.wait({stopped, ready}, return_when=asyncio.FIRST_COMPLETED)
    if not stopped.done():
        await ready
        await asyncio.wait({stopped, app.connection}, return_when=asyncio.FIRST_COMPLETED)
    if app.connection.done():
        await app.connection
    log.info("stopping: what was read is stored first")


async def _announce(app: App) -> None:
    await app.ready()
    client = app.client
    for guild in client.guilds:
        for setting, name in unknown(guild, client.settings.names):
            log.warning("server %s (%d) has nothing called %s: %s counts as not set", guild, guild.id, name, setting)
    log.info(
        "ready as %s: %d servers, %d open critiques, %d shards; intents: %s",
        client.user,
        len(client.guilds),
        await critiques.count_open(client.desk),
        len(client.shards),
        ", ".join(name for name, asked in client.intents if asked),
    )
    if not client.intents.message_content:
        log.warning("typed additions are read only where a message mentions the bot: it runs without that intent")


async def _when_ready(client: Client, work: Callable[[], Awaitable[None]]) -> None:
    await client.wait_until_ready()
    await work()


async def _drain(intake: Intake[Any]) -> None:
    try:
        await intake.drain()
    finally:
        log.info("%s: %d events read, %d recorded", intake.name, intake.read, intake.recorded)


async def _write_off(client: Client) -> None:
    """Notes the end, unless something that was read is not stored: then the gap began before."""
    if not any(intake.waiting for intake in client.intakes):
        await client.books.end()


async def _disconnect(client: Client, connection: asyncio.Task[None]) -> None:
    await client.let_go()
    connection.cancel()
    await asyncio.wait({connection})


async def _answer(client: Client) -> None:
    """Returns when nobody waits for an answer; cuts off all that is being done when it is cut off itself."""
    await asyncio.gather(*client.answering(), return_exceptions=True)
