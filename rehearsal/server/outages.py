"""Promises what Discord does to its clients of its own accord, whenever a driver says so.

docs: events/gateway#disconnecting, #resuming, #guild-availability
"""

from rehearsal.server import greetings
from rehearsal.server.gateway import Gateway, Notice, dump
from rehearsal.server.sessions import Session
from rehearsal.server.shapes import Shape


class Outages:
    """Each method concerns every session that is connected, where it does not say: the bot's."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def ask_to_reconnect(self) -> None:
        """RECONNECT: the client should come back and resume."""
        self._tell({"op": 7, "d": None})

    def ask_for_heartbeats(self) -> None:
        """The client should send a heartbeat at once (docs: #heartbeat-requests)."""
        self._tell({"op": 1, "d": None})

    def invalidate(self, resumable: bool) -> None:
        """INVALID_SESSION; unless resumable the sessions are over."""
        self._tell({"op": 9, "d": resumable})
        for session in [] if resumable else list(self._gateway.sessions.values()):
            self._gateway.end(session)

    async def close(self, code: int) -> None:
        """Closes the sockets with this code; sessions stay for a resume."""
        for session in list(self._gateway.sessions.values()):
            if session.wire:
                await session.wire.close(code, "The stand-in was told to.")

    def cut(self) -> None:
        """Breaks the bot's lines without a close code; its sessions stay for a resume."""
        for session in self._bots():
            if session.wire:
                session.wire.cut()

    def forget(self) -> None:
        """The same, and the bot's sessions are lost: a resume gets INVALID_SESSION (docs: #resuming)."""
        self.cut()
        for session in self._bots():
            self._gateway.end(session)

    def fall_silent(self) -> None:
        """The connections of now carry nothing to their clients any more, heartbeat ACKs neither: zombies."""
        for session in self._gateway.sessions.values():
            if session.wire:
                session.wire.silent = True

    def go_deaf(self) -> None:
        """What the bot's connections of now carry is not read any more: no heartbeat and no farewell is answered."""
        for session in self._bots():
            if session.wire:
                session.wire.go_deaf()

    def take_guild(self, guild_id: int) -> None:
        """The guild becomes unavailable: nothing that happens in it is told."""
        told = {"id": str(guild_id), "unavailable": True}
        self._gateway.publish(Notice("GUILD_DELETE", told, guild_id=guild_id))
        self._gateway.away.add(guild_id)

    def return_guild(self, guild_id: int) -> None:
        """The guild is available again, and sent whole."""
        self._gateway.away.discard(guild_id)
        guild = self._gateway.world.guilds[guild_id]
        for session in self._gateway.sessions.values():
            if session.user_id in guild.members and session.serves(guild_id):
                greetings.offer(self._gateway, session, guild)

    def _bots(self) -> list[Session]:
        world = self._gateway.world
        return [each for each in self._gateway.sessions.values() if world.users[each.user_id].bot]

    def _tell(self, payload: Shape) -> None:
        for session in self._gateway.sessions.values():
            if session.wire:
                session.send(dump(payload))
