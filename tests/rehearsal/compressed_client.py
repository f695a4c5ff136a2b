"""A program: stock discord.py, which says what compression it asked for and what it heard first.

Run with the compression, the addresses of the API and the gateway, and the token.
"""

from __future__ import annotations

import json
import sys

kind, api, gateway, token = sys.argv[1:]
if kind == "zlib-stream":
    sys.modules["zstandard"] = None  # type: ignore[assignment] # as where it is not installed

import discord  # noqa: E402
import yarl  # noqa: E402
from discord import utils  # noqa: E402
from discord.gateway import DiscordWebSocket  # noqa: E402
from discord.http import Route  # noqa: E402

Route.BASE = api
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


class Listener(discord.Client):
    """Ends with the first message. Frames that came as text are counted where discord.py tells them apart."""

    text = 0

    async def on_ready(self) -> None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()

    async def on_message(self, message: discord.Message) -> None:
        asked = utils._ActiveDecompressionContext.COMPRESSION_TYPE
        sys.stdout.write(json.dumps({"asked": asked, "heard": message.content, "text": self.text}))
        await self.close()


class Counting(DiscordWebSocket):
    """discord.py's own connection, with an eye on the type of each frame."""

    async def received_message(self, msg: object, /) -> None:
        Listener.text += isinstance(msg, str)
        await super().received_message(msg)


discord.client.DiscordWebSocket = Counting
intents = discord.Intents.none()
intents.guilds = intents.guild_messages = intents.message_content = True
Listener(intents=intents, max_messages=None, guild_ready_timeout=0.05).run(token, log_handler=None)
