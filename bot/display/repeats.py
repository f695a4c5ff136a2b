"""What discord.py must not ask for twice by itself.

discord.py 2.7.1 repeats every request after a 500, 502, 504 or 524 (`discord/http.py`, `HTTPClient.request`), though
Discord may have done what was asked. A message is safe: it bears a nonce, and Discord gives back the earlier one. A
forum post and a new channel know no nonce, so that a second one would stand beside the first. Such a failure ends the
request at once here; whoever asked looks first at what stands. The same goes for a connection that is reset, which it
repeats where the system's number for that is 54 or 10054 (macOS, Windows).
"""

import re
from types import SimpleNamespace

import aiohttp
from yarl import URL

_REPEATED = frozenset({500, 502, 504, 524})
_MADE_TWICE = re.compile(r".*/(channels/\d+/threads|guilds/\d+/channels)")


class Uncertain(aiohttp.ClientError):
    """Discord failed at something that it may have done."""


def never_blindly() -> aiohttp.TraceConfig:
    """For a client's `http_trace`: raises Uncertain where discord.py would repeat what cannot be repeated."""
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_broken)
    return config


async def _answered(_: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
    if ended.response.status in _REPEATED and _is_made_twice(ended.method, ended.url):
        raise Uncertain(f"{ended.response.status} after POST {ended.url.path}, which may have been done")


async def _broken(_: aiohttp.ClientSession, __: SimpleNamespace, broken: aiohttp.TraceRequestExceptionParams) -> None:
    if isinstance(broken.exception, OSError) and _is_made_twice(broken.method, broken.url):
        raise Uncertain(f"{broken.exception} at POST {broken.url.path}, which may have been done")


def _is_made_twice(method: str, url: URL) -> bool:
    return method == "POST" and _MADE_TWICE.fullmatch(url.path) is not None
