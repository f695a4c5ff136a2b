"""Promises to find the handler of a request, by templates that are written as Discord's OpenAPI file writes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from rehearsal.server import archiving, audit, snowflakes
from rehearsal.server.audit import Action
from rehearsal.server.errors import Refusal, refusal, unauthorised
from rehearsal.server.model import Channel, Guild, Message, Upload, User
from rehearsal.server.permissions import ALL, TIMED_OUT, Permission, base, timed_out
from rehearsal.server.stage import Stage


@dataclass(slots=True)
class Call:
    """A request under way: who asks what. The methods find what the path names, or refuse as Discord does."""

    stage: Stage
    who: User | None
    params: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: dict[str, Upload] = field(default_factory=dict)
    reason: str | None = None
    status: int | None = None  # where the answer's is not the route's own

    @property
    def actor(self) -> User:
        if self.who is None:
            raise unauthorised()
        return self.who

    def id(self, name: str) -> int:
        value = snowflakes.read(self.params[name])
        if value is None:
            fault = {"code": "NUMBER_TYPE_COERCE", "message": f'Value "{self.params[name]}" is not snowflake.'}
            raise Refusal(400, 50035, "Invalid Form Body", {name: {"_errors": [fault]}})
        return value

    def channel(self, *needed: Permission) -> Channel:
        """The path's channel, which the actor sees and in which it has these permissions."""
        channel = self.stage.world.channels.get(self.id("channel_id"))
        if channel is None:
            raise refusal(10003)
        archiving.check(self.stage, channel)
        self.need(channel, *needed)
        return channel

    def need(self, channel: Channel, *needed: Permission) -> None:
        granted = self.stage.world.granted(self.actor.id, channel)
        if not granted & Permission.VIEW_CHANNEL:
            raise refusal(50001)
        if any(not granted & each for each in needed):
            raise refusal(50013)

    def may(self, channel: Channel, needed: Permission) -> bool:
        return bool(self.stage.world.granted(self.actor.id, channel) & needed)

    def audit(self, action: Action, guild_id: int, target_id: int, *, options: Any = None, changes: Any = None) -> None:
        """Notes in the guild's audit log what the actor did, for the reason that came with the request, and tells
        those who may see it.
        """
        world = self.stage.world
        entry = audit.note(world, action, guild_id, target_id, self.actor.id, self.reason, options, changes)
        self.stage.events.audited(entry)

    def audit_update(self, action: Action, guild_id: int, target_id: int, before: Any, after: Any) -> None:
        """The same for what differs between two shapes of a thing; nothing where nothing does."""
        if found := audit.changes(before, after):
            self.audit(action, guild_id, target_id, changes=found)

    def govern(self, *needed: Permission) -> Guild:
        """The path's guild, on which the actor's roles give these permissions."""
        guild = self.guild()
        granted = base(guild, self.actor.id)
        if granted != ALL and timed_out(guild, self.actor.id, self.stage.world.clock.seconds()):
            granted &= TIMED_OUT
        if any(not granted & each for each in needed):
            raise refusal(50013)
        return guild

    def message(self, channel: Channel) -> Message:
        """The path's message, which is in this channel and not somebody else's ephemeral one."""
        message = self.stage.world.message(self.id("message_id"))
        if message is None or message.channel_id != channel.id or message.seen_only_by is not None:
            raise refusal(10008)
        return message

    def guild(self) -> Guild:
        guild = self.stage.world.guilds.get(self.id("guild_id"))
        if guild is None or self.actor.id not in guild.members:
            raise refusal(10004)
        return guild


Handler = Callable[[Call], Any]


@dataclass(slots=True, frozen=True)
class Route:
    """`open_to_all`: the path's own token stands in for the Authorization header."""

    method: str
    template: str
    handler: Handler
    status: int = 200
    open_to_all: bool = False


class Routes(list[Route]):
    """What one module answers. A handler's value is the answer's JSON; None answers 204."""

    def on(self, method: str, template: str, status: int = 200, open_to_all: bool = False):
        def note(handler: Handler) -> Handler:
            self.append(Route(method, template, handler, status, open_to_all))
            return handler

        return note


class Router:
    """Exact segments win over named ones."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._by_shape: dict[tuple[str, int], list[tuple[list[str], Route]]] = {}
        self._known: set[tuple[str | None, str]] = set()
        for route in sorted(routes, key=lambda each: each.template.count("{")):
            segments = route.template.strip("/").split("/")
            self._by_shape.setdefault((route.method, len(segments)), []).append((segments, route))
            self._known |= {(route.method, route.template), (None, route.template)}

    def answers(self, method: str | None, template: str) -> bool:
        """Whether there is such a route, for any method where none is named."""
        return (method, template) in self._known

    def find(self, method: str, raw_path: str) -> tuple[Route, dict[str, str]] | None:
        given = [unquote(each) for each in raw_path.strip("/").split("/")]
        for segments, route in self._by_shape.get((method, len(given)), ()):
            if all(want[0] == "{" or want == got for want, got in zip(segments, given, strict=True)):
                pairs = zip(segments, given, strict=True)
                return route, {want[1:-1]: got for want, got in pairs if want[0] == "{"}
        return None
