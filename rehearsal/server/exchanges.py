"""Promises the HTTP side of every request: who asks, what was sent, one answer, its headers, one line in the record.

docs: reference#authentication, topics/rate-limits#header-format
"""

import json
import re
from typing import Any
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from rehearsal.server.errors import Refusal, not_modelled, refusal, unauthorised
from rehearsal.server.faults import Faults, Ordeal
from rehearsal.server.limiting import Limited, Limiting
from rehearsal.server.model import Upload, User
from rehearsal.server.replies import Reply, cut, sent, within
from rehearsal.server.routing import Call, Route, Router
from rehearsal.server.stage import Stage

PREFIX = "/api/v10"
MOST_BYTES = 25 * 1024 * 1024
_FILE_PART = re.compile(r"files\[(\d+)\]")


class Exchanges:
    """Answers everything under the API's prefix; without `limiting` nobody asks too often."""

    def __init__(self, stage: Stage, router: Router, faults: Faults, limiting: Limiting | None) -> None:
        self.stage = stage
        self.router = router
        self.faults = faults
        self.limiting = limiting

    async def answer(self, request: web.Request) -> web.Response:
        path = request.raw_path.split("?", 1)[0].removeprefix(PREFIX)
        found = self.router.find(request.method, path)
        route, params = found or (None, {})
        reason = unquote(request.headers.get("X-Audit-Log-Reason", "")) or None
        call = Call(self.stage, None, params, dict(request.query), reason=reason)
        ordeal: Ordeal | None = None
        try:
            call.who = self._who(request)
            if route is None:
                raise not_modelled(f"{request.method} {path}")
            if call.who is None and not route.open_to_all:
                raise unauthorised()
            call.body, call.files = await self._read(request)
            bucket = self.limiting.admit(route, call) if self.limiting else {}
            ordeal = self.faults.meet(call, route.method, route.template, self._asker(route, call) == "bot")
            reply = await ordeal.before() or await ordeal.after(self._handle(route, call))
            reply = within(bucket, reply)
        except Limited as refused:
            reply = refused.reply
        except Refusal as refused:
            reply = Reply(refused.status, refused.body)
        if request.transport is None:
            reply = Reply(None)
        self._note(request, path, route, call, reply, ordeal)
        return cut(request) if reply.status is None else sent(reply, route.template if route else path)

    @staticmethod
    def _handle(route: Route, call: Call) -> Reply:
        try:
            body = route.handler(call)
        except Refusal as refused:
            return Reply(refused.status, refused.body)
        return Reply(204) if body is None else Reply(call.status or route.status, body)

    def _asker(self, route: Route | None, call: Call) -> str | None:
        """As the record knows them. An interaction's or a webhook's token in the path is the application's own."""
        if call.who is None and route and "_token}" in route.template:
            return "bot"
        return self.stage.gateway.known_as(call.who.id) if call.who else None

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

    def _note(
        self, request: web.Request, path: str, route: Route | None, call: Call, reply: Reply, ordeal: Ordeal | None
    ) -> None:
        """What the client saw, `status` None where it got no answer; and the faults that befell the exchange."""
        sent_json = request.body_exists and request.content_type in ("application/json", "multipart/form-data")
        fault = {"fault": ", ".join(ordeal.met)} if ordeal and ordeal.met else {}
        if self.limiting:
            self.limiting.note(call.who.id if call.who else None, reply)
        self.stage.record.exchange(
            by=self._asker(route, call),
            method=request.method,
            path=path,
            route=route.template if route else None,
            query=call.query,
            request=call.body if sent_json else None,
            content_type=request.content_type if request.body_exists else None,
            files=[each.filename for each in call.files.values()],
            status=reply.status,
            response=reply.body,
            **fault,
        )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise refusal(50109) from None
