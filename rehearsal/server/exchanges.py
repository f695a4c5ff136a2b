"""Promises the HTTP side of every request: who asks, what was sent, one answer, its headers, one line in the record.

docs: reference#authentication, topics/rate-limits#header-format
"""

import json
import re
from typing import Any
from urllib.parse import unquote
from zlib import crc32

from aiohttp import BodyPartReader, web

from rehearsal.server.errors import Refusal, not_modelled, refusal, unauthorised
from rehearsal.server.gateway import dump
from rehearsal.server.model import Upload, User
from rehearsal.server.routing import Call, Route, Router
from rehearsal.server.stage import Stage

PREFIX = "/api/v10"
MOST_BYTES = 25 * 1024 * 1024
_FILE_PART = re.compile(r"files\[(\d+)\]")


class Exchanges:
    """Answers everything under the API's prefix."""

    def __init__(self, stage: Stage, router: Router) -> None:
        self.stage = stage
        self.router = router

    async def answer(self, request: web.Request) -> web.Response:
        path = request.raw_path.split("?", 1)[0].removeprefix(PREFIX)
        found = self.router.find(request.method, path)
        reason = unquote(request.headers.get("X-Audit-Log-Reason", "")) or None
        call = Call(self.stage, None, found[1] if found else {}, dict(request.query), reason=reason)
        try:
            call.who = self._who(request)
            if found is None:
                raise not_modelled(f"{request.method} {path}")
            if call.who is None and not found[0].open_to_all:
                raise unauthorised()
            call.body, call.files = await self._read(request)
            status, body = self._handle(found[0], call)
        except Refusal as refused:
            status, body = refused.status, refused.body
        self._note(request, path, found[0] if found else None, call, status, body)
        return _response(status, body, found[0].template if found else path)

    @staticmethod
    def _handle(route: Route, call: Call) -> tuple[int, Any]:
        body = route.handler(call)
        return (204, None) if body is None else (call.status or route.status, body)

    def _who(self, request: web.Request) -> User | None:
        """`Bot <token>` is the bot, a bare token a member; None when no token came."""
        header = request.headers.get("Authorization")
        if header is None:
            return None
        world = self.stage.world
        user_id = world.by_token.get(header.removeprefix("Bot ").strip())
        user = world.users.get(user_id) if user_id else None
        if user is None or user.bot != header.startswith("Bot "):
            raise unauthorised()
        return user

    async def _read(self, request: web.Request) -> tuple[Any, dict[str, Upload]]:
        if not request.body_exists:
            return {}, {}
        if request.content_type == "multipart/form-data":
            return await self._multipart(request)
        try:
            text = await request.text()
        except UnicodeDecodeError:
            raise refusal(50109) from None
        return _json(text) if text else {}, {}

    async def _multipart(self, request: web.Request) -> tuple[Any, dict[str, Upload]]:
        """The body in `payload_json` and the files by their number (docs: reference#uploading-files)."""
        body: Any = {}
        files: dict[str, Upload] = {}
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise refusal(50109)
            if part.name == "payload_json":
                body = _json(await part.text())
            elif place := _FILE_PART.fullmatch(part.name or ""):
                kind = part.headers.get("Content-Type", "application/octet-stream")
                data = bytes(await part.read())
                files[place[1]] = Upload(0, part.filename or "unknown", kind, data)
            else:
                raise not_modelled(f"a form part named {part.name}")
        return body, files

    def _note(self, request: web.Request, path: str, route: Route | None, call: Call, status: int, body: Any) -> None:
        """An interaction's or a webhook's token in the path is the application's own."""
        by = call.who
        if by is None and route and "_token}" in route.template:
            by = self.stage.world.bot
        sent = request.body_exists and request.content_type in ("application/json", "multipart/form-data")
        self.stage.record.exchange(
            by=self.stage.gateway.known_as(by.id) if by else None,
            method=request.method,
            path=path,
            route=route.template if route else None,
            query=call.query,
            request=call.body if sent else None,
            content_type=request.content_type if request.body_exists else None,
            files=[each.filename for each in call.files.values()],
            status=status,
            response=body,
        )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise refusal(50109) from None


def _response(status: int, body: Any, template: str) -> web.Response:
    """The content type must be exact, and the bucket is one nobody empties."""
    headers = {
        "X-RateLimit-Limit": "10000",
        "X-RateLimit-Remaining": "9999",
        "X-RateLimit-Reset": "0.000",
        "X-RateLimit-Reset-After": "0.000",
        "X-RateLimit-Bucket": f"{crc32(template.encode()):08x}",
        "Via": "1.1 stand-in",
    }
    if body is None:
        return web.Response(status=status, headers=headers)
    headers["Content-Type"] = "application/json"
    return web.Response(status=status, body=dump(body).encode(), headers=headers)
