"""Promises a client's socket as the gateway writes to it: messages in order, packed as the client asked."""

import asyncio

from aiohttp import web

from rehearsal.server.compression import packer


class Wire:
    """One socket and the state of its compression. Once `silent` it is a zombie: what is sent is lost."""

    def __init__(
        self, socket: web.WebSocketResponse, compression: str | None, transport: asyncio.BaseTransport | None
    ) -> None:
        self._socket, self._transport = socket, transport
        self._pack = packer(compression)
        self._ended: int | None = None
        self.silent = False

    async def send(self, text: str) -> None:
        """Raises ConnectionError when the line is cut. The frame is packed and written before anything is awaited,
        so that frames leave in the order in which they were packed.
        """
        if self.silent:
            return
        frame = self._pack(text)
        if isinstance(frame, str):
            await self._socket.send_str(frame)
        else:
            await self._socket.send_bytes(frame)

    async def close(self, code: int, reason: str) -> None:
        """The client's answer, whatever its code, does not change why the line was closed."""
        self._ended = self._ended or code
        await self._socket.close(code=code, message=reason.encode())

    def cut(self) -> None:
        """Ends the line without a close code, as a broken one does."""
        if isinstance(self._transport, asyncio.Transport):
            self._transport.abort()

    def go_deaf(self) -> None:
        """Reads nothing more of what the client sends."""
        if isinstance(self._transport, asyncio.Transport):
            self._transport.pause_reading()

    @property
    def close_code(self) -> int | None:
        """The code the line was closed with, None while it is open."""
        return self._ended or self._socket.close_code
