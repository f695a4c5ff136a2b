"""A member's gateway session: what the member is allowed to see, kept in the order seen.

IDENTIFY goes without intents, as Discord's own client sends it. A session is opened once; when the server
ends it, every wait fails at once with a sentence, rather than by running out of time.
Source: Discord's documentation, Gateway: Connections, Sending Heartbeats, Identifying.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp

from rehearsal.member.api import MemberError

DISPATCH, HEARTBEAT, IDENTIFY, HELLO = 0, 1, 2, 10
Event = tuple[str, dict[str, Any]]


class Unseen(MemberError):
    """Something awaited was not seen in time."""


class Gateway:
    """One session. `seen` holds the dispatched events, name and data, oldest first."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session = session
        self._url = url
        self._token = token
        self._sequence: int | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._news = asyncio.Condition()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._ended: str | None = None
        self.seen: list[Event] = []
        self.session_id = ""

    async def open(self, within: float = 10) -> None:
        """Connect and identify; returns once READY has been seen."""
        url = f"{self._url}{'&' if '?' in self._url else '/?'}v=10&encoding=json"
        self._socket = await self._session.ws_connect(url, max_msg_size=0)
        self._tasks.append(asyncio.create_task(self._read(self._socket)))
        ready = await self.wait(lambda name, _: name == "READY", within, "READY")
        self.session_id = str(ready[1]["session_id"])

    async def close(self) -> None:
        """End the session; safe to call twice."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    async def wait(
        self, wanted: Callable[[str, dict[str, Any]], bool], within: float, awaited: str, since: int = 0
    ) -> Event:
        """The first event, from the place `since` in `seen` onwards, that is wanted. Raises Unseen."""
        place = since
        try:
            async with asyncio.timeout(within), self._news:
                while True:
                    while place < len(self.seen):
                        event = self.seen[place]
                        place += 1
                        if wanted(*event):
                            return event
                    if self._ended is not None:
                        raise Unseen(f"{awaited} was awaited, but the gateway session ended: {self._ended}.")
                    await self._news.wait()
        except TimeoutError:
            raise Unseen(f"{awaited} was awaited for {within:g} s and not seen.") from None

    async def quiet(self, pause: float, within: float) -> None:
        """Return once no event has come for `pause` seconds. Raises Unseen when they never cease."""
        try:
            async with asyncio.timeout(within), self._news:
                while True:
                    try:
                        async with asyncio.timeout(pause):
                            await self._news.wait()
                    except TimeoutError:
                        return
        except TimeoutError:
            raise Unseen(f"A pause of {pause:g} s was awaited for {within:g} s and not seen.") from None

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in socket:
            if frame.type is aiohttp.WSMsgType.TEXT:
                await self._take(socket, json.loads(frame.data))
        async with self._news:
            self._ended = f"close code {socket.close_code}"
            self._news.notify_all()

    async def _take(self, socket: aiohttp.ClientWebSocketResponse, payload: dict[str, Any]) -> None:
        if payload["op"] == HELLO:
            interval = payload["d"]["heartbeat_interval"] / 1000
            self._tasks.append(asyncio.create_task(self._beat(socket, interval)))
            properties = {"os": "rehearsal", "browser": "rehearsal", "device": "rehearsal"}
            await socket.send_json({"op": IDENTIFY, "d": {"token": self._token, "properties": properties}})
        elif payload["op"] == HEARTBEAT:
            await socket.send_json({"op": HEARTBEAT, "d": self._sequence})
        elif payload["op"] == DISPATCH:
            async with self._news:
                self._sequence = payload["s"]
                self.seen.append((payload["t"], payload["d"]))
                self._news.notify_all()

    async def _beat(self, socket: aiohttp.ClientWebSocketResponse, interval: float) -> None:
        while not socket.closed:
            await asyncio.sleep(interval)
            await socket.send_json({"op": HEARTBEAT, "d": self._sequence})
