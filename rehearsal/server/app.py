"""Promises a whole Discord on 127.0.0.1 for as long as an `async with` lasts; everything is put together here."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import WSCloseCode, web

from rehearsal.server import (
    answers,
    applications,
    archiving,
    automod,
    bans,
    channels,
    commands,
    control,
    follow_ups,
    founding,
    guilds,
    interactions,
    membership,
    messages,
    overwrites,
    pins,
    reactions,
    roles,
    thread_members,
    threads,
    uploads,
    users,
)
from rehearsal.server.backstage import Backstage
from rehearsal.server.clock import Clock
from rehearsal.server.connections import Connection
from rehearsal.server.conversations import Conversations
from rehearsal.server.events import Events
from rehearsal.server.exchanges import MOST_BYTES, PREFIX, Exchanges
from rehearsal.server.fault_requests import FaultRequests
from rehearsal.server.faults import Faults
from rehearsal.server.founding import Member
from rehearsal.server.gateway import Gateway
from rehearsal.server.limiting import Limiting
from rehearsal.server.model import ChannelKind
from rehearsal.server.outages import Outages
from rehearsal.server.record import Record
from rehearsal.server.routing import Router
from rehearsal.server.stage import Stage
from rehearsal.server.starts import Starts
from rehearsal.server.store import Store
from rehearsal.server.world import World

HOST = "127.0.0.1"
_MODULES = (
    answers,
    applications,
    automod,
    bans,
    channels,
    commands,
    follow_ups,
    guilds,
    interactions,
    membership,
    messages,
    overwrites,
    pins,
    reactions,
    roles,
    thread_members,
    threads,
    users,
)


class StandIn:
    """A small Discord. With `state` it goes on where that file was left; else it is new, with an owner, the bot,
    one moderator and `members` others, and `home` ("text" or "forum") is what its channel "critique" is.
    `backstage` makes special cases, `outages` what befalls its clients, `faults` what befalls their requests. With
    `rate_limits` who asks too often is refused. A bot is recommended `shards` shards; see `starts` for the other limits
    of its identifying.
    """

    def __init__(
        self,
        state: Path | None = None,
        members: int = 20,
        port: int = 0,
        seed: int = 0,
        record: Path | None = None,
        home: str = "text",
        shards: int = 1,
        max_concurrency: int = 1,
        identify_seconds: float = 0.0,
        rate_limits: bool = False,
    ) -> None:
        self._members, self._port, self._seed, self._home = members, port, seed, home
        self._record_path = record
        clock = Clock()
        self._store = Store(state)
        self.world = World(self._store, clock)
        self.record = Record(clock)
        gateway = Gateway(self.world, self.record, Starts(clock, shards, max_concurrency, identify_seconds))
        self.outages = Outages(gateway)
        events = Events(gateway)
        conversations = Conversations(self.world, events)
        self.stage = Stage(self.world, gateway, events, conversations, self.record)
        self._router = Router(route for each in _MODULES for route in each.ROUTES)
        self.faults = Faults(self._router, gateway.faults)
        self.limiting = Limiting(clock) if rate_limits else None
        self._connections: dict[web.WebSocketResponse, web.Request] = {}
        self._runner: web.AppRunner | None = None
        self._archivist: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Raises OSError when the port is taken, BadState when the state file is not one."""
        loaded = await asyncio.to_thread(self.world.load)
        try:
            self.record.keep(self._record_path)
            await self._listen()
        except BaseException:
            await self._close()
            raise
        if not loaded:
            founding.found(self.world, self._members, self._seed, self._home)
        self.backstage = Backstage(self.stage)
        self._store.start()
        self.stage.conversations.resume(self.stage.first_answer_seconds)
        self._archivist = asyncio.create_task(archiving.run(self.stage), name="archiving")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    async def _listen(self) -> None:
        web_app = web.Application(client_max_size=MOST_BYTES)
        exchanges = Exchanges(self.stage, self._router, self.faults, self.limiting)
        web_app.router.add_get("/gateway", self._connect)
        web_app.router.add_get("/gateway/", self._connect)
        web_app.router.add_get(uploads.PREFIX + "/{channel_id}/{upload_id}/{filename}", self._serve)
        web_app.router.add_routes(control.routes(self.stage))
        fault_requests = FaultRequests(self.stage, self.faults, self.outages)
        web_app.router.add_routes(fault_requests.routes(control.PREFIX + "/faults"))
        web_app.router.add_route("*", PREFIX + "/{path:.*}", exchanges.answer)
        self._runner = web.AppRunner(web_app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        address = self._runner.addresses[0]
        self.world.origin = f"http://{HOST}:{address[1]}"
        self.stage.gateway.url = f"ws://{HOST}:{address[1]}/gateway"

    async def _close(self) -> None:
        self.faults.close()
        self.stage.conversations.close()
        if self._archivist:
            self._archivist.cancel()
        for socket in list(self._connections):
            await socket.close(code=WSCloseCode.SERVICE_RESTART, message=b"The stand-in stops.")
        if self._runner:
            await self._runner.cleanup()
        if self.world.facts:
            self.world.save_facts()
        await self._store.close()
        self.record.close()

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False, max_msg_size=2**20)
        await socket.prepare(request)
        self._connections[socket] = request
        try:
            await Connection(self.stage.gateway, socket, request).run()
        finally:
            del self._connections[socket]
        return socket

    async def _serve(self, request: web.Request) -> web.Response:
        upload_id = request.match_info["upload_id"]
        return uploads.serve(self.stage, int(upload_id) if upload_id.isdigit() else 0)

    # --- what a driver asks -------------------------------------------------------------------------------
    @property
    def api(self) -> str:
        return self.world.origin + PREFIX

    @property
    def gateway(self) -> str:
        return self.stage.gateway.url

    @property
    def bot_token(self) -> str:
        return self.world.bot.token

    @property
    def bot_id(self) -> int:
        return self.world.bot.id

    @property
    def application_id(self) -> int:
        return self.world.application_id

    @property
    def guild_id(self) -> int:
        return self.world.facts["guild_id"]

    @property
    def channels(self) -> dict[str, int]:
        """The guild's text channels and forums by name."""
        found = self.world.channels_of(self.guild_id)
        return {each.name: each.id for each in found if each.kind in (ChannelKind.TEXT, ChannelKind.FORUM)}

    @property
    def members(self) -> list[Member]:
        return founding.cast(self.world)

    @property
    def announcement(self) -> dict[str, Any]:
        """The line `python -m rehearsal serve` prints."""
        return {
            "api": self.api,
            "gateway": self.gateway,
            "bot_token": self.bot_token,
            "application_id": str(self.application_id),
            "guild_id": str(self.guild_id),
            "channels": {name: str(number) for name, number in self.channels.items()},
            "members": [
                {"id": str(each.id), "name": each.name, "token": each.token, "roles": each.roles}
                for each in self.members
            ],
        }

    async def settled(self) -> None:
        """Returns once nothing is queued for any gateway session."""
        await self.stage.gateway.settled()

    async def drop_connections(self) -> None:
        """Cuts every gateway socket without a close code, as a broken line does; sessions stay."""
        for request in list(self._connections.values()):
            if isinstance(request.transport, asyncio.Transport):
                request.transport.abort()
        await asyncio.sleep(0)
