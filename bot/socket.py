"""The gateway's socket: read in turns with all else the bot does, and no faster than what is read is stored.

1. discord.py 2.7 reads everything that has come before anybody else has a turn. Here others have theirs after each
   TURN messages.
2. While the room is full nothing is read, and the network holds back what comes. Waiting in a queue of ours, it would
   be stored no sooner.
3. aiohttp 3 makes a timer for each message; one that is there already needs none.
"""

import asyncio
from functools import partial
from typing import Any, Protocol

import aiohttp
import discord
from discord.gateway import DiscordClientWebSocketResponse

TURN = 32
_WORDS = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)


class Room(Protocol):
    """Where that which is read goes."""

    @property
    def full(self) -> bool: ...

    async def wait(self) -> None:
        """Returns when it is not full any more."""


class Socket(DiscordClientWebSocketResponse):
    """A client's socket that reads as said above."""

    def __init__(self, room: Room, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._room = room
        self._read = 0

    async def receive(self, timeout: float | None = None) -> Any:  # noqa: ASYNC109 - aiohttp's own argument
        """The next message; raises asyncio.TimeoutError where none has come in so many seconds."""
        self._read += 1
        if self._read >= TURN:
            self._read = 0
            await asyncio.sleep(0)
            while self._room.full and not self._closed:
                await self._room.wait()
        return await (self._reader.read() if self._is_there() else super().receive(timeout))

    def _is_there(self) -> bool:
        """Whether a message has come that is no matter of the connection's own."""
        waiting: Any = self._reader._buffer  # pyright: ignore[reportPrivateUsage]
        return bool(waiting) and not (self._closing or self._closed) and waiting[0][0].type in _WORDS


def read_in_turns(client: discord.Client, room: Room) -> bool:
    """From now on the client's connections, once made, are read so. False where its libraries are not as above."""
    session: Any = getattr(client.http, "_HTTPClient__session", None)
    if getattr(session, "_ws_response_class", None) is not DiscordClientWebSocketResponse:
        return False
    session._ws_response_class = partial(Socket, room)
    return True
