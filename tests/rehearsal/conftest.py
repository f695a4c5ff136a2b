"""A stand-in per test, people to drive it, and raw gateway lines; every answer and event is held against the
OpenAPI file where it is at hand.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from rehearsal.referee import Mismatch, Referee, find_openapi, load
from rehearsal.server import StandIn

ROOT = Path(__file__).parents[2]
EVERYTHING = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
NO_CONTENT = EVERYTHING & ~(1 << 15)
# A busy machine may take longer over a test than Discord gives an application for its first answer.
PATIENCE = 60.0
Event = tuple[str, dict[str, Any]]


class Line:
    """A raw gateway connection. `news` gives what came since it was last asked, and nothing can still be on its way."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.seq: int | None = None
        self.session_id = ""

    async def receive(self) -> dict[str, Any]:
        frame = await self.socket.receive(timeout=10)
        if frame.type is not aiohttp.WSMsgType.TEXT:
            raise ConnectionError(self.socket.close_code)
        return self.note(json.loads(frame.data))

    def note(self, payload: dict[str, Any]) -> dict[str, Any]:
        if payload["op"] == 0:
            self.seq = payload["s"]
            if payload["t"] == "READY":
                self.session_id = payload["d"]["session_id"]
        return payload

    async def send(self, op: int, data: Any) -> None:
        await self.socket.send_json({"op": op, "d": data})

    async def closed(self) -> int | None:
        """The close code the server ends with."""
        while not self.socket.closed:
            await self.socket.receive(timeout=10)
        return self.socket.close_code

    async def news(self) -> list[Event]:
        await self.send(1, self.seq)
        found: list[Event] = []
        while (payload := await self.receive())["op"] != 11:
            found.append((payload["t"], payload["d"]))
        return found

    async def of(self, name: str) -> list[dict[str, Any]]:
        """The data of the events of this name among the news."""
        return [data for each, data in await self.news() if each == name]

    async def event(self, name: str) -> dict[str, Any]:
        """The next event of this name, waited for."""
        while True:
            payload = await self.receive()
            if payload["op"] == 0 and payload["t"] == name:
                return payload["d"]


class Client:
    """Somebody with a token."""

    def __init__(self, stand_in: StandIn, session: aiohttp.ClientSession, user_id: int, token: str) -> None:
        self.stand_in, self.session, self.id, self.token = stand_in, session, user_id, token
        self.bot = token == stand_in.bot_token

    async def ask(
        self, method: str, path: str, body: Any = None, files: dict[str, bytes] | None = None, **query: Any
    ) -> tuple[int, Any]:
        """Status and JSON of one request."""
        form: aiohttp.FormData | None = None
        if files:
            form = aiohttp.FormData()
            form.add_field("payload_json", json.dumps(body or {}), content_type="application/json")
            for number, (name, content) in enumerate(files.items()):
                form.add_field(f"files[{number}]", content, filename=name, content_type="text/plain")
        async with self.session.request(
            method,
            self.stand_in.api + path,
            headers={"Authorization": f"Bot {self.token}" if self.bot else self.token},
            params={name: str(value) for name, value in query.items()},
            json=None if files else body,
            data=form,
        ) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text else None

    async def do(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """A request that must succeed."""
        status, answer = await self.ask(method, path, body, **more)
        assert status < 300, (status, answer)
        return answer

    async def refused(self, method: str, path: str, body: Any = None, **more: Any) -> tuple[int, int]:
        """Status and Discord's code of a request that must not succeed."""
        status, answer = await self.ask(method, path, body, **more)
        assert status >= 400, (status, answer)
        return status, answer["code"]

    async def say(self, content: str, channel: str = "general", **more: Any) -> dict[str, Any]:
        where = self.stand_in.channels.get(channel, channel)
        return await self.do("POST", f"/channels/{where}/messages", {"content": content, **more})

    async def start_thread(self, name: str = "A thread", **more: Any) -> dict[str, Any]:
        message = await self.say("Something to talk about")
        path = f"/channels/{message['channel_id']}/messages/{message['id']}/threads"
        return await self.do("POST", path, {"name": name, **more})

    async def connect(self) -> Line:
        """A socket that has got HELLO and sent nothing."""
        line = Line(await self.session.ws_connect(self.stand_in.gateway + "?v=10&encoding=json"))
        assert (await line.receive())["op"] == 10
        return line

    async def listen(self, intents: int = EVERYTHING) -> Line:
        """A line that is identified and has got its guild."""
        line = await self.connect()
        identify: dict[str, Any] = {"token": self.token, "properties": {}}
        await line.send(2, {**identify, "intents": intents} if self.bot else identify)
        assert (await line.receive())["t"] == "READY"
        if not self.bot or intents & 1:
            assert (await line.receive())["t"] == "GUILD_CREATE"
        return line


@pytest.fixture(scope="session")
def openapi() -> Referee | None:
    path = find_openapi(ROOT)
    return load(path) if path else None


@pytest.fixture
async def stand_in(openapi: Referee | None) -> AsyncIterator[StandIn]:
    async with refereed(openapi) as server:
        yield server


@asynccontextmanager
async def refereed(openapi: Referee | None, *, rate_limits: bool = False) -> AsyncIterator[StandIn]:
    """A new server; afterwards none of its answers and events may deviate from the OpenAPI file."""
    async with StandIn(members=3, rate_limits=rate_limits) as server:
        server.stage.first_answer_seconds = PATIENCE
        yield server
    if openapi and server.record.entries:
        verdict = openapi.check(server.record.entries)
        assert not [str(each) for each in verdict.mismatches if _said_by_us(each)]


def _said_by_us(mismatch: Mismatch) -> bool:
    """Requests here are often wrong on purpose. The trees of form errors, whose words the file takes for numbers,
    are held against the documentation by the tests themselves.
    """
    return ("response" in mismatch.where or "event" in mismatch.where) and not mismatch.at.startswith("/errors")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot(stand_in: StandIn, session: aiohttp.ClientSession) -> Client:
    return Client(stand_in, session, stand_in.bot_id, stand_in.bot_token)


def _member(stand_in: StandIn, session: aiohttp.ClientSession, place: int) -> Client:
    member = stand_in.members[place]
    return Client(stand_in, session, member.id, member.token)


@pytest.fixture
def moderator(stand_in: StandIn, session: aiohttp.ClientSession) -> Client:
    return _member(stand_in, session, 0)


@pytest.fixture
def ada(stand_in: StandIn, session: aiohttp.ClientSession) -> Client:
    return _member(stand_in, session, 1)


@pytest.fixture
def bea(stand_in: StandIn, session: aiohttp.ClientSession) -> Client:
    return _member(stand_in, session, 2)
