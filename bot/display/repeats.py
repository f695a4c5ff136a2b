"""What discord.py must not ask for by itself: twice, or when it is wanted no longer.

discord.py 2.7.1 repeats every request after a 500, 502, 504 or 524 (`discord/http.py`, `HTTPClient.request`), though
Discord may have done what was asked. A message is safe: it bears a nonce, and Discord gives back the earlier one. A
forum post and a new channel know no nonce, so that a second one would stand beside the first. Such a failure ends the
request at once here; whoever asked looks first at what stands. The same goes for a connection that is reset, which it
repeats where the system's number for that is 54 or 10054 (macOS, Windows).

It may also wait long before it asks, for a rate limit, or before it asks again. What holds only for a moment is looked
at anew right before each time (`only_while`).
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
from yarl import URL

_REPEATED = frozenset({500, 502, 504, 524})
_MADE_TWICE = re.compile(r".*/(channels/\d+/threads|guilds/\d+/channels)")


class Uncertain(aiohttp.ClientError):
    """Discord failed at something that it may have done."""


class Overtaken(Exception):
    """What was to be asked for is wanted no longer; it was not asked for, or Discord refused it before."""


Holds = Callable[[], Awaitable[bool]]

_holds: ContextVar[Holds | None] = ContextVar("holds", default=None)


@contextmanager
def only_while(holds: Holds) -> Iterator[None]:
    """Each request made within is sent only if this `holds`, asked right before; else it raises Overtaken."""
    token = _holds.set(holds)
    try:
        yield
    finally:
        _holds.reset(token)


def never_blindly() -> aiohttp.TraceConfig:
    """For a client's `http_trace`: raises Uncertain where discord.py would repeat what cannot be repeated.

    It is what `only_while` needs as well.
    """
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_asked)
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_broken)
    return config


async def _asked(_: aiohttp.ClientSession, __: SimpleNamespace, ___: aiohttp.TraceRequestStartParams) -> None:
    holds = _holds.get()
    if holds is not None and not await holds():
        raise Overtaken


async def _answered(_: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
    if ended.response.status in _REPEATED and _is_made_twice(ended.method, ended.url):
        raise Uncertain(f"{ended.response.status} after POST {ended.url.path}, which may have been done")


async def _broken(_: aiohttp.ClientSession, __: SimpleNamespace, broken: aiohttp.TraceRequestExceptionParams) -> None:
    if isinstance(broken.exception, OSError) and _is_made_twice(broken.method, broken.url):
        raise Uncertain(f"{broken.exception} at POST {broken.url.path}, which may have been done")


def _is_made_twice(method: str, url: URL) -> bool:
    return method == "POST" and _MADE_TWICE.fullmatch(url.path) is not None
