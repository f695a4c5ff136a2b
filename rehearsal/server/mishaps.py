"""Promises what can befall one exchange, each as a value that knows how: it answers in the handler's place or not.

docs: topics/opcodes-and-status-codes#http, topics/rate-limits. Rules:
1. Only a 500 speaks JSON; 502, 503 and 504 come from what stands before Discord's API, as text or HTML, and a body
   that is no JSON is what clients meet.
2. A line that is cut answers with nothing. A line that hangs goes on once it is released.
3. A thread is archived, and permissions change, as if somebody did it at that very moment.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from rehearsal.server import archiving
from rehearsal.server.backstage import Backstage
from rehearsal.server.errors import refusal
from rehearsal.server.replies import Reply, limited
from rehearsal.server.routing import Call

_SCOPES = ("user", "shared", "global")
_TEXT, _HTML = "text/plain", "text/html"
_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center></body></html>"
_SERVER_ERRORS = {
    500: Reply(500, {"message": "500: Internal Server Error", "code": 0}),
    502: Reply(502, _PAGE.format("502 Bad Gateway"), _HTML),
    503: Reply(503, "upstream connect error or disconnect/reset before headers", _TEXT),
    504: Reply(504, _PAGE.format("504 Gateway Time-out"), _HTML),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a mishap happens. `reply` is the handler's, None before the effect; `released` ends every hanging."""

    call: Call
    reply: Reply | None
    released: asyncio.Event


class Mishap(Protocol):
    """`name` is what the record and the count call it."""

    @property
    def name(self) -> str: ...

    async def befall(self, scene: Scene) -> Reply | None:
        """The reply the client gets in the handler's place, or None: then things go on."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """A server error. Raises ValueError for another status than 500, 502, 503 and 504."""

    status: int

    def __post_init__(self) -> None:
        if self.status not in _SERVER_ERRORS:
            raise ValueError(f"The statuses of a server error are {', '.join(map(str, _SERVER_ERRORS))}.")

    @property
    def name(self) -> str:
        return f"answer {self.status}"

    async def befall(self, scene: Scene) -> Reply | None:
        return _SERVER_ERRORS[self.status]


@dataclass(frozen=True, slots=True)
class Limit:
    """A 429 with this many seconds to wait, of one user's bucket, a shared one, or the global limit."""

    seconds: float
    scope: str = "user"

    def __post_init__(self) -> None:
        if self.scope not in _SCOPES:
            raise ValueError(f"The scopes of a rate limit are {', '.join(_SCOPES)}.")

    @property
    def name(self) -> str:
        return f"limit {self.scope}"

    async def befall(self, scene: Scene) -> Reply | None:
        return limited(self.seconds, self.scope)


@dataclass(frozen=True, slots=True)
class Refuse:
    """A refusal under one of Discord's codes. Raises KeyError for a code that the stand-in does not know."""

    code: int

    def __post_init__(self) -> None:
        refusal(self.code)

    @property
    def name(self) -> str:
        return f"refuse {self.code}"

    async def befall(self, scene: Scene) -> Reply | None:
        found = refusal(self.code)
        return Reply(found.status, found.body)


@dataclass(frozen=True, slots=True)
class Reset:
    """The connection is cut without an answer."""

    name: str = "reset"

    async def befall(self, scene: Scene) -> Reply | None:
        return Reply(None)


@dataclass(frozen=True, slots=True)
class Slow:
    """It takes this many seconds longer."""

    seconds: float
    name: str = "slow"

    async def befall(self, scene: Scene) -> Reply | None:
        await asyncio.sleep(self.seconds)
        return None


@dataclass(frozen=True, slots=True)
class Hang:
    """Nothing goes on until it is released."""

    name: str = "hang"

    async def befall(self, scene: Scene) -> Reply | None:
        await scene.released.wait()
        return None


@dataclass(frozen=True, slots=True)
class Archive:
    """A thread is archived: the one with this id, else the one the handler made, else the one in the path."""

    thread_id: int | None = None
    name: str = "archive"

    async def befall(self, scene: Scene) -> Reply | None:
        stage = scene.call.stage
        thread = stage.world.channels.get(self.thread_id or _made(scene.reply) or int(scene.call.params["channel_id"]))
        if thread is None or thread.thread is None:
            raise LookupError(f"There is no thread to archive in {scene.call.params}.")
        if not thread.thread.archived:
            archiving.archive(stage, thread)
        return None


@dataclass(frozen=True, slots=True)
class Overwrite:
    """The bot's own overwrite in a channel becomes this; with nothing denied, what was taken is given back."""

    channel_id: int
    allow: int = 0
    deny: int = 0
    name: str = "overwrite"

    async def befall(self, scene: Scene) -> Reply | None:
        stage = scene.call.stage
        guild_id = stage.world.channels[self.channel_id].guild_id
        Backstage(stage, guild_id).overwrite(self.channel_id, stage.world.bot.id, self.allow, self.deny)
        return None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a test does at that moment."""

    do: Callable[[], object]
    name: str = "deed"

    async def befall(self, scene: Scene) -> Reply | None:
        self.do()
        return None


def _made(reply: Reply | None) -> int | None:
    """The id of the thread a handler made."""
    body: Any = reply.body if reply else None
    return int(body["id"]) if isinstance(body, dict) and "thread_metadata" in body else None
