"""Builds the bot, starts it, and takes it down in order.

1. Taken down in this order: the connection, so that nothing more comes in; the reader; the intakes, so that all
   that was read is stored; the carrier; the worker process; the database.
2. A loop that breaks is logged and started again, after a pause that grows.
"""

import asyncio
import logging
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from bot import clock, garbage
from bot.client import Client, point_at
from bot.compute import Worker
from bot.display.carrier import Carrier
from bot.display.servers import unknown
from bot.services import critiques
from bot.services.deliveries import Ledger
from bot.services.desk import Desk, Pace
from bot.services.intake import Intake
from bot.settings import Settings
from bot.storage.database import Database

log = logging.getLogger(__name__)

COGS = (
    "cogs.critique",
    "cogs.digest",
    "cogs.doctor",
    "cogs.lobby",
    "cogs.mod",
    "cogs.point",
    "cogs.readings",
    "cogs.servers",
    "cogs.setup",
    "cogs.status",
    "cogs.threads",
    "cogs.votes",
)

_LONGEST_PAUSE = 60.0


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
        return intakes and client.reader.idle and client.books.gate.idle


@asynccontextmanager
async def opened(settings: Settings, pace: Pace | None = None, *, guild_wait: float = 2.0) -> AsyncGenerator[App]:
    """A bot that has logged in and is connecting; it is taken down in order when the block ends.

    Raises DatabaseUnusable, and discord.LoginFailure or what else a first request fails with. What the
    connection fails with later is raised by `App.ready`.
    """
    point_at(settings.discord_api_base, settings.discord_gateway_url)
    async with AsyncExitStack() as stack:
        client, carrier = await stack.enter_async_context(built(settings, pace, guild_wait=guild_wait))
        await client.login(settings.discord_token.get_secret_value())
        await stack.enter_async_context(working(client, carrier))
        connection = asyncio.create_task(client.connect(), name="gateway")
        stack.push_async_callback(_disconnect, client, connection)
        yield App(client, carrier, connection)


@asynccontextmanager
async def built(
    settings: Settings, pace: Pace | None = None, *, guild_wait: float = 2.0
) -> AsyncGenerator[tuple[Client, Carrier]]:
    """A bot that has not logged in yet: its client, which sets itself up as it logs in, and its carrier."""
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_path)
        stack.push_async_callback(database.close)
        worker = Worker()
        stack.push_async_callback(worker.close)
        client = Client(Desk(database, clock.now, worker, pace or Pace()), settings, COGS, guild_wait=guild_wait)
        stack.push_async_callback(client.close)
        yield client, Carrier(client, Ledger(client.desk))


@asynccontextmanager
async def working(client: Client, carrier: Carrier) -> AsyncGenerator[None]:
    """The loops of a bot that has logged in: what is owed is carried out, what is read is stored."""
    async with AsyncExitStack() as stack:
        await client.books.begin()
        stack.push_async_callback(client.books.end)
        _keep(stack, "carrier", lambda: _when_ready(client, carrier.run))
        for intake in client.intakes:
            stack.push_async_callback(_drain, intake)
            _keep(stack, intake.name, intake.run)
        stack.callback(client.books.gate.open_all)
        _keep(stack, "reader", lambda: _when_ready(client, client.reader.run))
        _keep(stack, "audit", lambda: _when_ready(client, client.reader.audit))
        yield


async def run(settings: Settings, pace: Pace | None = None, *, guild_wait: float = 2.0) -> None:
    """Runs the bot until SIGINT or SIGTERM. Raises what kept it from running."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    stopped = asyncio.create_task(stop.wait())
    async with AsyncExitStack() as stack:
        opening = asyncio.create_task(stack.enter_async_context(opened(settings, pace, guild_wait=guild_wait)))
        await asyncio.wait({stopped, opening}, return_when=asyncio.FIRST_COMPLETED)
        if not opening.done():
            opening.cancel()
            await asyncio.wait({opening})
            return
        app = await opening
        garbage.spare(app.client)
        ready = asyncio.create_task(_announce(app))
        await asyncio.wait({stopped, ready}, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
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


def _keep(stack: AsyncExitStack, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Runs a loop until the stack is taken down."""
    task = asyncio.create_task(_kept(name, work), name=name)

    async def end() -> None:
        task.cancel()
        await asyncio.wait({task})

    stack.push_async_callback(end)


async def _kept(name: str, work: Callable[[], Awaitable[None]]) -> None:
    pause = 1.0
    while True:
        try:
            await work()
        except Exception:
            log.exception("the loop %s broke and is started again in %.0f s", name, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


async def _drain(intake: Intake[Any]) -> None:
    await intake.drain()
    log.info("%s: %d events read, %d recorded", intake.name, intake.read, intake.recorded)


async def _disconnect(client: Client, connection: asyncio.Task[None]) -> None:
    await client.close()
    await asyncio.wait({connection})
