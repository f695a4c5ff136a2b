"""The gateway's compressed streams against Discord's documentation, and stock discord.py reading them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import zstandard

from rehearsal.server import StandIn
from tests.rehearsal.conftest import EVERYTHING, ROOT, Client

SYNC_FLUSH = b"\x00\x00\xff\xff"
CLIENT = Path(__file__).with_name("compressed_client.py")


class Stream:
    """A raw connection whose frames are compressed. `inflate` is the one context of its whole life."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, inflate: Any) -> None:
        self.socket, self.inflate = socket, inflate
        self.frames: list[bytes] = []

    async def receive(self) -> dict[str, Any]:
        frame = await self.socket.receive(timeout=10)
        assert frame.type is aiohttp.WSMsgType.BINARY
        self.frames.append(frame.data)
        return json.loads(self.inflate(frame.data))

    async def event(self, name: str) -> dict[str, Any]:
        while (payload := await self.receive()).get("t") != name:
            pass
        return payload["d"]


async def connect(bot: Client, compress: str, inflate: Any) -> Stream:
    address = f"{bot.stand_in.gateway}?v=10&encoding=json&compress={compress}"
    stream = Stream(await bot.session.ws_connect(address), inflate)
    assert (await stream.receive())["op"] == 10
    await stream.socket.send_json({"op": 2, "d": {"token": bot.token, "properties": {}, "intents": EVERYTHING}})
    assert (await stream.event("READY"))["v"] == 10
    return stream


async def test_a_zlib_stream_has_one_context_and_flushes_every_frame(bot, ada):
    """docs: events/gateway#zlib-stream"""
    stream = await connect(bot, "zlib-stream", zlib.decompressobj().decompress)
    said = [await ada.say(f"the very same words, {n}") for n in range(3)]
    heard = [await stream.event("MESSAGE_CREATE") for _ in said]
    assert [each["content"] for each in heard] == [each["content"] for each in said]
    assert all(frame.endswith(SYNC_FLUSH) for frame in stream.frames)
    with pytest.raises(zlib.error):
        zlib.decompressobj().decompress(stream.frames[-1])


async def test_a_zstd_stream_has_a_message_in_every_frame_and_no_end(bot, ada):
    """docs: events/gateway#zstd-stream"""
    context = zstandard.ZstdDecompressor().decompressobj()
    stream = await connect(bot, "zstd-stream", context.decompress)
    said = [await ada.say(f"the very same words, {n}") for n in range(3)]
    heard = [await stream.event("MESSAGE_CREATE") for _ in said]
    assert [each["content"] for each in heard] == [each["content"] for each in said]
    assert not context.eof
    with pytest.raises(zstandard.ZstdError):
        zstandard.ZstdDecompressor().decompressobj().decompress(stream.frames[-1])


async def test_each_connection_has_a_context_of_its_own(bot, ada):
    """docs: events/gateway#zlib-stream"""
    streams = [await connect(bot, "zlib-stream", zlib.decompressobj().decompress) for _ in range(2)]
    await ada.say("for both")
    assert [(await each.event("MESSAGE_CREATE"))["content"] for each in streams] == ["for both"] * 2


@pytest.mark.parametrize("query", ["", "&compress=lz4-stream"])
async def test_without_a_known_compression_frames_are_text(bot, query):
    """docs: events/gateway#transport-compression, which is optional; of other names it says nothing"""
    socket = await bot.session.ws_connect(f"{bot.stand_in.gateway}?v=10&encoding=json{query}")
    frame = await socket.receive(timeout=10)
    assert frame.type is aiohttp.WSMsgType.TEXT and json.loads(frame.data)["op"] == 10


def test_where_zstandard_is_not_installed_frames_are_text():
    """Every client takes text frames, stock discord.py too."""
    program = (
        "import sys; sys.modules['zstandard'] = None\n"
        "from rehearsal.server.compression import packer\n"
        "print(repr(packer('zstd-stream')('as it is')))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stdout == "'as it is'\n"


@pytest.mark.parametrize("kind", ["zlib-stream", "zstd-stream"])
async def test_stock_discord_py_reads_the_stream(stand_in: StandIn, ada, kind):
    """It asks for zstd where that library is installed, else for zlib; text frames would not count as binary."""
    command = [sys.executable, "-W", "ignore", str(CLIENT), kind, stand_in.api, stand_in.gateway, stand_in.bot_token]
    client = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert client.stdout is not None
    assert await client.stdout.readline() == b"ready\n"
    await ada.say("Grüße, in one piece " * 50)
    told, _ = await client.communicate()
    assert json.loads(told) == {"asked": kind, "heard": "Grüße, in one piece " * 49 + "Grüße, in one piece", "text": 0}
    assert client.returncode == 0


async def test_binary_terms_are_not_spoken(bot):
    """docs: topics/opcodes-and-status-codes#gateway; Discord speaks ETF, the stand-in says that it does not."""
    socket = await bot.session.ws_connect(bot.stand_in.gateway + "?v=10&encoding=etf")
    await socket.receive(timeout=10)
    assert socket.close_code == 4002
