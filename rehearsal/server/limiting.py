"""Promises that who asks too often is told to wait, and that answers say how many requests are left.

docs: topics/rate-limits#header-format, #exceeding-a-rate-limit. Rules:
1. Every request counts for the global limit first, then for its route's, then for those that no header tells of.
2. A refused one has no effect; whatever limit refused it, the headers are those of the route's own bucket.
3. A 401, 403 or 429 is an invalid request, unless its scope is shared; they are counted, and nobody is banned here.
"""

import math
from dataclasses import replace
from zlib import crc32

from rehearsal.server import limited_routes
from rehearsal.server.clock import Clock
from rehearsal.server.rate_limits import Allowed, Book, Bucket, Limit
from rehearsal.server.replies import Reply, limited
from rehearsal.server.routing import Call, Route

_INVALID = (401, 403, 429)
Headers = dict[str, str]


class Limited(Exception):
    """A request that is refused, with what is replied."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("You are being rate limited.")
        self.reply = reply


class Limiting:
    """The rate limits of one Discord."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._book = Book()

    def admit(self, route: Route, call: Call) -> Headers:
        """The headers of the route's bucket, none where it has no limit. Raises Limited."""
        if limited_routes.worldwide(route):
            self._take(limited_routes.GLOBAL, call, {})
        headers: Headers = {}
        if shown := limited_routes.shown(route, call):
            headers = self._take(shown, call, {})
        for each in limited_routes.unseen(route, call):
            self._take(each, call, headers)
        return headers

    def note(self, asker: int | None, reply: Reply) -> None:
        """Counts what went out, where it is an invalid request."""
        if reply.status in _INVALID and reply.headers.get("X-RateLimit-Scope") != "shared":
            self._book.take(self._invalid(asker), self._clock.seconds())

    def invalid(self, asker: int | None) -> int:
        """How many invalid requests came from this user in the current ten minutes."""
        return self._book.used(self._invalid(asker), self._clock.seconds())

    @staticmethod
    def _invalid(asker: int | None) -> Bucket:
        return Bucket(limited_routes.INVALID, asker, "")

    def _take(self, limit: Limit, call: Call, told: Headers) -> Headers:
        """The headers of this bucket; where it refuses, those that are `told` go before them."""
        now = self._clock.seconds()
        found = self._book.take(limited_routes.bucket(limit, call), now)
        if isinstance(found, Allowed):
            return _headers(limit, found.remaining, found.reset_after, now)
        reply = limited(_upwards(found.retry_after), found.scope)
        body = reply.body | {"message": limit.message, "code": limit.code}
        if found.scope != "global":
            told = told or _headers(limit, 0, found.retry_after, now)
        raise Limited(replace(reply, body=body, headers=reply.headers | told))


def _headers(limit: Limit, remaining: int, left: float, now: float) -> Headers:
    return {
        "X-RateLimit-Limit": str(limit.count),
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": f"{now + left:.3f}",
        "X-RateLimit-Reset-After": f"{_upwards(left):.3f}",
        "X-RateLimit-Bucket": f"{crc32((limit.mark or limit.name).encode()):08x}",
    }


def _upwards(seconds: float) -> float:
    """In whole milliseconds, so that nobody comes back too early."""
    return math.ceil(seconds * 1000) / 1000
