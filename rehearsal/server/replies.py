"""Promises what goes back over HTTP: a status, a body and headers; or nothing at all, where the line is cut.

docs: topics/rate-limits#header-format, #exceeding-a-rate-limit
"""

import math
import struct
from dataclasses import dataclass, field, replace
from socket import SO_LINGER, SOL_SOCKET
from typing import Any
from zlib import crc32

from aiohttp import web

from rehearsal.server.gateway import dump

JSON = "application/json"
_AT_ONCE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` None cuts the line. `body` is JSON unless `kind` says that it is text; None is an empty body."""

    status: int | None
    body: Any = None
    kind: str = JSON
    headers: dict[str, str] = field(default_factory=dict[str, str])


def limited(seconds: float, scope: str) -> Reply:
    """A 429 of the scope "user", "shared" or "global". The last one bears no headers of a bucket; `Retry-After` is
    in whole seconds.
    """
    everywhere = scope == "global"
    headers = {"Retry-After": str(math.ceil(seconds)), "X-RateLimit-Scope": scope}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    else:
        headers["X-RateLimit-Remaining"] = "0"
        headers["X-RateLimit-Reset-After"] = f"{seconds:.3f}"
    body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everywhere, "code": 0}
    return Reply(429, body, headers=headers)


def within(bucket: dict[str, str], reply: Reply) -> Reply:
    """The reply with a bucket's headers, unless it says something of them itself; only the API knows of buckets."""
    return replace(reply, headers=bucket | reply.headers) if reply.kind == JSON else reply


def sent(reply: Reply, template: str) -> web.Response:
    """The answer to a request on this route. The content type must be exact, and the bucket is one nobody empties."""
    headers = {"Via": "1.1 stand-in", **reply.headers}
    if reply.kind == JSON and "X-RateLimit-Global" not in headers:
        headers = _bucket(template) | headers
    if reply.body is None:
        return web.Response(status=reply.status or 0, headers=headers)
    headers["Content-Type"] = reply.kind
    text = dump(reply.body) if reply.kind == JSON else str(reply.body)
    return web.Response(status=reply.status or 0, body=text.encode(), headers=headers)


def _bucket(template: str) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": "10000",
        "X-RateLimit-Remaining": "9999",
        "X-RateLimit-Reset": "0.000",
        "X-RateLimit-Reset-After": "0.000",
        "X-RateLimit-Bucket": f"{crc32(template.encode()):08x}",
    }


def cut(request: web.Request) -> web.Response:
    """Resets the connection (RST, no orderly end); the value is for the server's own machinery and goes nowhere."""
    if request.transport is not None:
        line = request.transport.get_extra_info("socket")
        line.setsockopt(SOL_SOCKET, SO_LINGER, _AT_ONCE)
        request.transport.abort()
    return web.Response()
