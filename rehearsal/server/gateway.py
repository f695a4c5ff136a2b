"""Promises events to every session that asked for them and may see them, each serialised once per audience.

docs: events/gateway
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rehearsal.server import intents, shards
from rehearsal.server.event_faults import EventFaults
from rehearsal.server.identifying import Identity
from rehearsal.server.message_shapes import blanked
from rehearsal.server.model import Channel, User
from rehearsal.server.record import Record
from rehearsal.server.sessions import LIFETIME_SECONDS, Session
from rehearsal.server.shapes import Shape
from rehearsal.server.starts import Starts
from rehearsal.server.wires import Wire
from rehearsal.server.world import World


@dataclass(slots=True)
class Notice:
    """An event and its audience: exactly `to`, or who sees `channel`, or the members of `guild_id`;
    narrowed by `only`, and to the shards that serve `home`, the guild its data names. With `content_for` set the
    data is a message, whose content an application without the Message Content intent gets only if its bot is
    among these.
    """

    name: str
    data: Shape
    channel: Channel | None = None
    guild_id: int | None = None
    to: frozenset[int] | None = None
    only: Callable[[Session], bool] | None = None
    content_for: frozenset[int] | None = None
    home: int | None = field(init=False)
    _bodies: dict[bool, tuple[Shape, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = shards.home(self.name, self.data)

    def body(self, blank: bool) -> tuple[Shape, str]:
        if blank not in self._bodies:
            data = blanked(self.data) if blank else self.data
            self._bodies[blank] = data, dump(data)
        return self._bodies[blank]


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Gateway:
    """All sessions of all clients. `faults` befall bots' events, `away` are the guilds that are unavailable,
    `lists_given` says when a user was last given a guild's whole member list.
    """

    def __init__(self, world: World, record: Record, starts: Starts) -> None:
        self.world = world
        self.record = record
        self.starts = starts
        self.url = ""
        self.heartbeat_seconds = 41.25
        self.sessions: dict[str, Session] = {}
        self.away: set[int] = set()
        self.lists_given: dict[tuple[int, int], float] = {}
        self.faults = EventFaults()

    def open(self, identity: Identity) -> Session:
        self._forget_old()
        session = Session(secrets.token_hex(16), identity)
        self.sessions[session.id] = session
        return session

    def end(self, session: Session) -> None:
        self.sessions.pop(session.id, None)

    def revoke(self, user: User) -> list[Wire]:
        """The user's token is replaced and the sessions are over; the wires they had, to be closed."""
        theirs = [each for each in self.sessions.values() if each.user_id == user.id]
        for session in theirs:
            self.end(session)
        self.world.replace_token(user, secrets.token_urlsafe(52))
        return [each.wire for each in theirs if each.wire]

    def publish(self, notice: Notice) -> None:
        for session in list(self.sessions.values()):
            if self._concerns(session, notice):
                self.push(session, notice)

    def push(self, session: Session, notice: Notice) -> None:
        """Sends the notice to this session, whatever its audience."""
        push = partial(self._push, session, notice)
        if self.world.users[session.user_id].bot:
            self.faults.meet(notice.name, push)
        else:
            push()

    def _push(self, session: Session, notice: Notice, fault: str | None = None) -> None:
        """`fault` is what befell the event; one that is dropped is recorded as lost."""
        data, body = notice.body(self._blank(session, notice))
        to = self.known_as(session.user_id)
        if fault == "drop":
            self.record.loss(to, notice.name, data)
        else:
            self.record.event(to, notice.name, session.push(notice.name, body), data, fault)

    async def settled(self) -> None:
        """Nothing is queued for any session that has a socket."""
        await asyncio.gather(*(each.settled() for each in self.sessions.values()))

    def known_as(self, user_id: int) -> str:
        return "bot" if user_id == self.world.bot.id else str(user_id)

    def _concerns(self, session: Session, notice: Notice) -> bool:
        direct = notice.channel is not None and notice.channel.guild_id is None
        if not intents.asked(session.intents, notice.name, direct):
            return False
        if notice.home in self.away or not session.serves(notice.home):
            return False
        if notice.only and not notice.only(session):
            return False
        if notice.to is not None:
            return session.user_id in notice.to
        if notice.channel is not None:
            return self.world.sees(session.user_id, notice.channel)
        return self.world.membership(notice.guild_id, session.user_id) is not None

    def _blank(self, session: Session, notice: Notice) -> bool:
        if notice.content_for is None or session.intents is None:
            return False
        if notice.channel is not None and notice.channel.guild_id is None:
            return False
        return not session.intents & intents.MESSAGE_CONTENT and session.user_id not in notice.content_for

    def _forget_old(self) -> None:
        now = self.world.clock.seconds()
        for session in list(self.sessions.values()):
            if session.detached_at is not None and now - session.detached_at > LIFETIME_SECONDS:
                self.end(session)
