"""Promises a gateway session: numbered events in order, kept for a resume until the client said it has them.

docs: events/gateway#resuming. Rules:
1. A session outlives its socket by some minutes; close code 1000 or 1001 from the client ends it. What happens
   after that is in no later session.
2. What the client acknowledged by a heartbeat is let go; a resume from before that point is refused.
"""

import asyncio
from collections import deque

from rehearsal.server.identifying import Identity
from rehearsal.server.shards import Shard
from rehearsal.server.wires import Wire

LIFETIME_SECONDS = 180.0
KEPT_EVENTS = 200_000


class Session:
    """One client's stream of events. `intents` is None for a member's own client."""

    def __init__(self, session_id: str, identity: Identity) -> None:
        self.id = session_id
        self._identity = identity
        self.seq = 0
        self.wire: Wire | None = None
        self.detached_at: float | None = None
        self._sent: deque[tuple[int, str]] = deque(maxlen=KEPT_EVENTS)
        self._outbox: deque[str] = deque()
        self._wake = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()

    @property
    def user_id(self) -> int:
        return self._identity.user_id

    @property
    def intents(self) -> int | None:
        return self._identity.intents

    @property
    def shard(self) -> Shard | None:
        return self._identity.shard

    @property
    def large(self) -> int:
        """Above this many members a guild is large."""
        return self._identity.large

    def serves(self, guild_id: int | None) -> bool:
        """Whether its shard is sent what belongs to this guild, or to none."""
        return self._identity.serves(guild_id)

    def push(self, name: str, body: str) -> int:
        """Numbers and queues an event whose data is already JSON; its number."""
        self.seq += 1
        frame = f'{{"op":0,"s":{self.seq},"t":"{name}","d":{body}}}'
        self._sent.append((self.seq, frame))
        if self.wire is not None:
            self.send(frame)
        return self.seq

    def send(self, frame: str) -> None:
        self._outbox.append(frame)
        self._quiet.clear()
        self._wake.set()

    def attach(self, wire: Wire) -> None:
        self.wire = wire
        self.detached_at = None

    def detach(self, now: float) -> None:
        self.wire = None
        self.detached_at = now
        self._outbox.clear()
        self._quiet.set()
        self._wake.set()

    def acknowledge(self, seq: int) -> None:
        while self._sent and self._sent[0][0] <= seq:
            self._sent.popleft()

    def replay(self, seq: int) -> bool:
        """Queues all after this number; False when some of it is no longer kept."""
        oldest = self._sent[0][0] if self._sent else self.seq + 1
        if seq + 1 < oldest:
            return False
        for number, frame in self._sent:
            if number > seq:
                self.send(frame)
        return True

    async def settled(self) -> None:
        """Returns once all that was queued has been handed to the wire, or there is none."""
        await self._quiet.wait()

    async def write(self, wire: Wire) -> None:
        """Sends what is queued for as long as this wire is the session's."""
        while self.wire is wire:
            while self._outbox and self.wire is wire:
                try:
                    await wire.send(self._outbox.popleft())
                except ConnectionError:
                    return
            if self.wire is wire:
                self._quiet.set()
                self._wake.clear()
                await self._wake.wait()
