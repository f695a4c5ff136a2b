"""A member's REST requests: JSON, or multipart where files go along.

A refusal becomes an exception with Discord's own code and words. A rate limit is waited out, as Discord's own
client does (documentation: Rate Limits), but not longer than `PATIENCE`.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
from yarl import URL

PATIENCE = 30.0
File = tuple[str, bytes]


class MemberError(Exception):
    """What a member could not do, in one sentence."""


class Refused(MemberError):
    """Discord refused a request. `code` is Discord's own error code, 0 where it gave none."""

    def __init__(self, what: str, status: int, code: int, message: str) -> None:
        super().__init__(f"Discord refused {what}: {message} (HTTP {status}, code {code}).")
        self.status = status
        self.code = code


class Api:
    """Requests of one member. The session belongs to whoever gave it."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        self._session = session
        self._base = base.rstrip("/")
        self._headers = {"Authorization": token}

    async def request(self, method: str, path: str, body: Any = None, files: Sequence[File] = (), **query: str) -> Any:
        """The answer's JSON, None where it is empty; raises Refused."""
        waited = 0.0
        while True:
            form = _multipart(body, files) if files else None
            async with self._session.request(
                method,
                URL(self._base + path, encoded=True),
                headers=self._headers,
                params=query,
                data=form,
                json=None if files else body,
            ) as answer:
                text = await answer.text()
                if answer.status < 400:
                    return json.loads(text) if text else None
                fault = _fault(text)
                pause = float(fault.get("retry_after", 0)) if answer.status == 429 else 0.0
                if not pause or waited + pause > PATIENCE:
                    words = str(fault.get("message", answer.reason))
                    raise Refused(f"{method} {path}", answer.status, int(fault.get("code", 0)), words)
            waited += pause
            await asyncio.sleep(pause)


def _multipart(body: Any, files: Sequence[File]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(body), content_type="application/json")
    for number, (name, content) in enumerate(files):
        # As a file: aiohttp warns of bytes above 1 MiB, which it would send in one piece.
        file = io.BytesIO(content)
        form.add_field(f"files[{number}]", file, filename=name, content_type="application/octet-stream")
    return form


def _fault(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
