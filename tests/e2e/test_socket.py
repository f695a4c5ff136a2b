"""The gateway's socket, over a real one: read in turns, and not while the room is full."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import aiohttp
import discord
import pytest
from aiohttp import web
from discord.gateway import DiscordClientWebSocketResponse

from bot.socket import TURN, Socket, read_in_turns
from tests.e2e.conftest import House

MANY = 20 * TURN


class Place:
    """A room that is full as told."""

    def __init__(self) -> None:
        self.full = False
        self.asked, self.free = asyncio.Event(), asyncio.Event()

    async def wait(self) -> None:
        self.asked.set()
        await self.free.wait()
        self.full = False


@asynccontextmanager
async def line(room: Place, said: int) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A socket to a server that says so many words, waits for one, and says goodbye."""

    async def talk(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for number in range(said):
            await socket.send_str(str(number))
        await socket.receive()
        await socket.close(code=4009)
        return socket

    app = web.Application()
    app.router.add_get("/", talk)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made = partial(Socket, room)
    async with aiohttp.ClientSession(ws_response_class=made) as session:  # type: ignore[arg-type]
        socket = await session.ws_connect(f"http://127.0.0.1:{runner.addresses[0][1]}")
        yield socket
        await socket.close()
    await runner.cleanup()


async def test_others_have_their_turns_while_much_is_read() -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with line(Place(), MANY) as socket:
        other = asyncio.create_task(count())
        heard = [(await socket.receive(60)).data for _ in range(MANY)]
        other.cancel()
    assert heard == [str(number) for number in range(MANY)]
    assert turns >= MANY // TURN - 1


async def test_nothing_is_read_while_the_room_is_full_and_nothing_is_lost() -> None:
    room = Place()
    async with line(room, MANY) as socket:
        room.full = True
        heard: list[str] = []

        async def listen() -> None:
            while len(heard) < MANY:
                heard.append((await socket.receive(60)).data)

        listening = asyncio.create_task(listen())
        await room.asked.wait()
        assert len(heard) < MANY
        before = list(heard)
        for _ in range(TURN):
            await asyncio.sleep(0)
        assert heard == before
        room.free.set()
        await listening
    assert heard == [str(number) for number in range(MANY)]


async def test_who_hears_nothing_is_told_when_the_time_is_over() -> None:
    async with line(Place(), 1) as socket:
        assert (await socket.receive(60)).data == "0"
        with pytest.raises(asyncio.TimeoutError):
            await socket.receive(0.01)


async def test_a_farewell_is_heard_as_ever() -> None:
    async with line(Place(), 1) as socket:
        await socket.receive(60)
        await socket.send_str("that is all")
        assert (await socket.receive(60)).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4009


async def test_the_bots_own_connection_is_read_so(house: House) -> None:
    await house.start()
    sockets = [shard._parent.ws.socket for shard in house.app.client.shards.values()]
    assert sockets and all(type(socket) is Socket for socket in sockets)


async def test_libraries_that_are_otherwise_are_left_as_they_are() -> None:
    client = discord.Client(intents=discord.Intents.none())
    assert read_in_turns(client, Place()) is False  # it has not logged in, so that there is no session
    async with aiohttp.ClientSession() as session:
        client.http._HTTPClient__session = session  # type: ignore[attr-defined]
        assert read_in_turns(client, Place()) is False
        session._ws_response_class = DiscordClientWebSocketResponse  # type: ignore[attr-defined]
        assert read_in_turns(client, Place()) is True
