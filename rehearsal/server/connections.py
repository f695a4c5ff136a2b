"""Promises one client's socket, from HELLO to its close code.

docs: events/gateway#connection-lifecycle, topics/opcodes-and-status-codes#gateway. What leaves goes over a wire,
compressed as the client asked; what comes in is JSON.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import WSMsgType, web

from rehearsal.server import greetings, identifying, requests
from rehearsal.server.closing import Closing, undecodable
from rehearsal.server.gateway import Gateway, dump
from rehearsal.server.identifying import Identity
from rehearsal.server.sessions import LIFETIME_SECONDS, Session
from rehearsal.server.wires import Wire

MOST_BYTES = 4096
MOST_FRAMES, FRAME_WINDOW = 120, 60.0


class Connection:
    """Reads one socket until it closes. `request` is the one it was opened with."""

    def __init__(self, gateway: Gateway, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.gateway = gateway
        self.world = gateway.world
        self.socket = socket
        self.wire = Wire(socket, request.query.get("compress"), request.transport)
        self.session: Session | None = None
        self._query = request.query
        self._writer: asyncio.Task[None] | None = None
        self._received: deque[float] = deque(maxlen=MOST_FRAMES + 1)
        self._watch: asyncio.TimerHandle | None = None
        self._loose: set[asyncio.Future[Any]] = set()
        self._answers: dict[int, Callable[[Any], object]] = {
            1: self._heartbeat,
            2: self._identify,
            6: self._resume,
        }

    async def run(self) -> None:
        try:
            await self._serve()
        except Closing as closing:
            await self.wire.close(closing.code, closing.reason)
        finally:
            self._leave()
            if self._writer:
                self._writer.cancel()
                await asyncio.gather(self._writer, return_exceptions=True)

    async def _serve(self) -> None:
        if self._query.get("v") != "10":
            raise Closing(4012, "Invalid API version: the stand-in speaks 10.")
        if self._query.get("encoding", "json") != "json":
            raise Closing(4002, "The stand-in speaks JSON only.")
        interval = int(self.gateway.heartbeat_seconds * 1000)
        await self.wire.send(dump({"op": 10, "d": {"heartbeat_interval": interval}}))
        self._await_heartbeat()
        async for frame in self.socket:
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                raise undecodable()
            self._receive(frame.data)
            if not self.session:
                await asyncio.sleep(0)

    def _receive(self, raw: str | bytes) -> None:
        now = asyncio.get_running_loop().time()
        self._received.append(now)
        if len(self._received) > MOST_FRAMES and now - self._received[0] < FRAME_WINDOW:
            raise Closing(4008, "You are being rate limited.")
        payload = _decoded(raw)
        code, data = payload.get("op"), payload.get("d")
        if type(code) is not int:
            raise Closing(4001, "Unknown opcode.")
        if code in self._answers:
            self._answers[code](data)
        elif code in requests.ANSWERS:
            requests.ANSWERS[code](self.gateway, self._known(), data)
        else:
            raise Closing(4001, "Unknown opcode.")

    # --- what a client sends (docs: events/gateway-events#send-events) --------------------------------------
    def _heartbeat(self, seq: Any) -> None:
        self._await_heartbeat()
        if self.session:
            if isinstance(seq, int):
                self.session.acknowledge(seq)
            self.gateway.record.heartbeat(self.gateway.known_as(self.session.user_id), seq)
        self._send({"op": 11})

    def _identify(self, data: Any) -> None:
        if self.session:
            raise Closing(4005, "Already authenticated.")
        identity = identifying.read(self.world, data)
        if not self._may_start(identity):
            self._send({"op": 9, "d": False})
            return
        self._attach(self.gateway.open(identity))
        greetings.greet(self.gateway, self._known())

    def _may_start(self, identity: Identity) -> bool:
        """Counts the start of a bot's session; one too many in a day costs it its token."""
        user, starts = self.world.users[identity.user_id], self.gateway.starts
        if not user.bot:
            return True
        if starts.spent:
            for wire in self.gateway.revoke(user):
                self._soon(wire.close(4004, "The token was reset."))
            raise Closing(4004, "Too many session starts: the token was reset.")
        return starts.begin(identity.shard.number if identity.shard else 0)

    def _resume(self, data: Any) -> None:
        if self.session:
            raise Closing(4005, "Already authenticated.")
        if not isinstance(data, dict):
            raise undecodable()
        user = identifying.user_of(self.world, data)
        session = self.gateway.sessions.get(str(data.get("session_id")))
        seq = data.get("seq")
        if session is None or session.user_id != user.id or self._expired(session) or not isinstance(seq, int):
            self._send({"op": 9, "d": False})
            return
        if seq > session.seq:
            self.gateway.end(session)
            raise Closing(4007, "Invalid seq.")
        self._take_over(session, seq)

    def _take_over(self, session: Session, seq: int) -> None:
        """The session goes on here; a socket it still had is closed."""
        if session.wire:
            self._soon(session.wire.close(4000, "The session was resumed elsewhere."))
        session.detach(self.world.clock.seconds())
        session.attach(self.wire)
        if not session.replay(seq):
            session.detach(self.world.clock.seconds())
            self.gateway.end(session)
            self._send({"op": 9, "d": False})
            return
        self._attach(session)
        greetings.resumed(self.gateway, session)

    # --- the rest -----------------------------------------------------------------------------------------
    def _known(self) -> Session:
        if self.session is None:
            raise Closing(4003, "Not authenticated.")
        return self.session

    def _expired(self, session: Session) -> bool:
        left = session.detached_at
        return left is not None and self.world.clock.seconds() - left > LIFETIME_SECONDS

    def _attach(self, session: Session) -> None:
        self.session = session
        session.attach(self.wire)
        self._writer = asyncio.create_task(session.write(self.wire))

    def _send(self, payload: dict[str, Any]) -> None:
        if self.session:
            self.session.send(dump(payload))
        else:
            self._soon(self.wire.send(dump(payload)))

    def _await_heartbeat(self) -> None:
        if self._watch:
            self._watch.cancel()
        loop = asyncio.get_running_loop()
        self._watch = loop.call_later(self.gateway.heartbeat_seconds * 1.5, self._missed)

    def _missed(self) -> None:
        self._soon(self.wire.close(4009, "Session timed out."))

    def _soon(self, work: Coroutine[Any, Any, Any]) -> None:
        """Does it beside the reading, and lets it end with the connection."""
        task = asyncio.ensure_future(work)
        self._loose.add(task)
        task.add_done_callback(self._loose.discard)

    def _leave(self) -> None:
        if self._watch:
            self._watch.cancel()
        session = self.session
        if session is None or session.wire is not self.wire:
            return
        session.detach(self.world.clock.seconds())
        if self.wire.close_code in (1000, 1001):
            self.gateway.end(session)


def _decoded(raw: str | bytes) -> dict[str, Any]:
    """The payload of a frame; raises Closing."""
    data = raw.encode() if isinstance(raw, str) else raw
    try:
        payload = json.loads(data) if len(data) <= MOST_BYTES else None
    except ValueError:
        payload = None
    if not isinstance(payload, dict):
        raise undecodable()
    return payload
