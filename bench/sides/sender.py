"""The stand-in, which beside all else sends votes that were serialised beforehand, as fast as they are taken.

It is told on its standard input, a line each:
- `{"messages", "seed"}`: the votes to come are under these messages, and begin anew;
- `{"send": N, "rate": R}`: makes N votes ready for the bot's connection and says `{"loaded"}`; the rate is a second's,
  null for all at once;
- `{"go"}`: sends them, and one event more that concerns nobody. It says `{"began", "ended", "idle", "marks"}`: moments
  of the monotonic clock, the share of that time in which this process did nothing, and `[how many, when]` as they went.
"""

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from bench.frames import Place, Votes, dispatched, event, framed, last
from bench.lines import heard, say
from rehearsal.server import StandIn, shapes
from rehearsal.server.sessions import Session

_CHUNK = 64  # frames that leave together; a network does the same
_FULL = 2**18  # bytes that wait to be taken before the sender waits, too
_TICK = 0.001


class Sender:
    """Sends votes over the connection that the bot's application has open."""

    def __init__(self, discord: StandIn) -> None:
        self._discord = discord
        world = discord.world
        member = world.guilds[discord.guild_id].members[discord.members[1].id]
        home = discord.channels["critique"]
        self._place = Place(discord.guild_id, home, discord.bot_id, shapes.member(world, member))
        self._votes = Votes([], 0)
        self._loaded: list[bytes] = []
        self._rate: float | None = None

    async def told(self, line: dict[str, Any]) -> None:
        """Does what the line says."""
        if "messages" in line:
            self._votes = Votes(line["messages"], line["seed"])
        elif "send" in line:
            self._load(line["send"], line["rate"])
            say({"loaded": len(self._loaded)})
        else:
            say(await self._send())

    def _load(self, count: int, rate: float | None) -> None:
        session = self._session()
        events = [*(event(self._place, vote) for vote in self._votes.take(count)), last(self._place)]
        payloads = [dispatched(each, session.seq + place) for place, each in enumerate(events, start=1)]
        session.seq += len(events)
        self._loaded, self._rate = list(framed(payloads)), rate

    async def _send(self) -> dict[str, Any]:
        transport = self._transport()
        frames, sent, marks = self._loaded, 0, list[tuple[int, float]]()
        busy, began = time.process_time(), time.monotonic()
        while sent < len(frames):
            due = len(frames) if self._rate is None else min(len(frames), int((time.monotonic() - began) * self._rate))
            while sent < due and transport.get_write_buffer_size() < _FULL:
                chunk = frames[sent : min(sent + _CHUNK, due)]
                transport.write(b"".join(chunk))
                sent += len(chunk)
                marks.append((sent, time.monotonic()))
            await asyncio.sleep(_TICK)
        ended = time.monotonic()
        idle = 1 - (time.process_time() - busy) / (ended - began)
        return {"began": began, "ended": ended, "idle": idle, "marks": marks}

    def _session(self) -> Session:
        bot = self._discord.bot_id
        (session,) = (
            each for each in self._discord.stage.gateway.sessions.values() if each.user_id == bot and each.wire
        )
        return session

    def _transport(self) -> asyncio.WriteTransport:
        """The way to the client past the stand-in's own writer, which serialises and packs frame by frame."""
        wire = self._session().wire
        if wire is None or (transport := self._discord._connections[wire._socket].transport) is None:
            raise ConnectionError("the bot is not connected")
        return transport


async def _edited(request: web.Request) -> web.Response:
    """The least that a client takes for an edited message."""
    channel, message = request.match_info["channel"], request.match_info["message"]
    user = {"id": "1", "username": "bot", "discriminator": "0", "avatar": None, "global_name": None}
    shape = {
        "id": message,
        "channel_id": channel,
        "author": user,
        "type": 0,
        "content": "",
        "flags": 0,
        "pinned": False,
    }
    lists = {name: [] for name in ("attachments", "embeds", "mentions", "mention_roles", "components")}
    times = {
        "timestamp": "2026-03-01T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
    }
    return web.Response(body=json.dumps({**shape, **lists, **times}).encode(), content_type="application/json")


async def _answering() -> tuple[web.AppRunner, str]:
    """A server that answers edits and does nothing, so that whoever edits is not measured by the stand-in's care."""
    app = web.Application()
    app.router.add_patch("/api/v10/channels/{channel}/messages/{message}", _edited)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/api/v10"


async def _main() -> None:
    runner, edits = await _answering()
    async with StandIn() as discord:
        sender = Sender(discord)
        say({**discord.announcement, "edits": edits})
        async for line in heard():
            await sender.told(line)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(_main())
