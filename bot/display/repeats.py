"""What discord.py must not ask for twice by itself.

discord.py 2.7.1 repeats every request after a 500, 502, 504 or 524 (`discord/http.py`, `HTTPClient.request`), though
Discord may have done what was asked. A message is safe: it bears a nonce, and Discord gives back the earlier one. A
forum post and a new channel know no nonce, so that a second one would stand beside the first. Such a failure ends the
request at once here; whoever asked looks first at what stands.
"""

import re
from types import SimpleNamespace

import aiohttp

_REPEATED = frozenset({500, 502, 504, 524})
_MADE_TWICE = re.compile(r".*/(channels/\d+/threads|guilds/\d+/channels)")


class Uncertain(aiohttp.ClientError):
    """Discord failed at something that it may have done."""


def never_blindly() -> aiohttp.TraceConfig:
    """For a client's `http_trace`: raises Uncertain where discord.py would repeat what cannot be repeated."""
    config = aiohttp.TraceConfig()
    config.on_request_end.append(_look)
    return config


async def _look(_: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
    failed = ended.response.status in _REPEATED
    if failed and ended.method == "POST" and _MADE_TWICE.fullmatch(ended.url.path):
        raise Uncertain(f"{ended.response.status} after POST {ended.url.path}, which may have been done")
