"""One member: says, reacts, uses commands and presses buttons, and sees what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import aiohttp

from rehearsal.member.api import Api, MemberError
from rehearsal.member.commands import fill
from rehearsal.member.gateway import Gateway
from rehearsal.member.interactions import AUTOCOMPLETE, BUTTON, COMMAND, COMPONENT, complete, interact

Json = dict[str, Any]


class Member:
    """A member's client, to be used as an async context manager.

    With `gateway` None the member has no gateway session: it can talk and react, but not use commands.
    """

    def __init__(self, api: str, gateway: str | None, token: str, member_id: str, name: str) -> None:
        self.id = member_id
        self.name = name
        self._base, self._gateway_url, self._token = api, gateway, token
        self._stack = AsyncExitStack()
        self._api: Api | None = None
        self._gateway: Gateway | None = None
        self._nonces = count(1)
        self._guild_of: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        session = await self._stack.enter_async_context(aiohttp.ClientSession())
        self._api = Api(session, self._base, self._token)
        if self._gateway_url is not None:
            self._gateway = Gateway(session, self._gateway_url, self._token)
            self._stack.push_async_callback(self._gateway.close)
            await self._gateway.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def api(self) -> Api:
        """The member's REST requests, for what has no method of its own here."""
        if self._api is None:
            raise MemberError(f"{self.name} is used outside of its `async with`.")
        return self._api

    @property
    def gateway(self) -> Gateway:
        """The member's gateway session."""
        if self._gateway is None:
            raise MemberError(f"{self.name} has no gateway session.")
        return self._gateway

    async def say(self, channel_id: str, content: str, reply_to: str | None = None) -> Json:
        """Send a message; gives it back as Discord stored it."""
        body: Json = {"content": content}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to}
        return await self.api.request("POST", f"/channels/{channel_id}/messages", body)

    async def react(self, channel_id: str, message_id: str, emoji: str) -> None:
        """Add a reaction."""
        await self.api.request("PUT", _reaction(channel_id, message_id, emoji))

    async def unreact(self, channel_id: str, message_id: str, emoji: str) -> None:
        """Take the member's own reaction away."""
        await self.api.request("DELETE", _reaction(channel_id, message_id, emoji))

    async def wait_for(self, name: str, wanted: Callable[[Json], bool], within: float, since: int = 0) -> Json:
        """The data of the first such event, also one already seen from the place `since` on. Raises Unseen."""
        found = await self.gateway.wait(
            lambda event, data: event == name and wanted(data), within, f"{name} by {self.name}", since
        )
        return found[1]

    async def command(self, words: str, channel_id: str, guild_id: str, **options: Any) -> Json:
        """Use a slash command and give back the bot's answer, a message, ephemeral or not.

        An attachment option is given as (filename, bytes). A deferred answer is waited for.
        """
        filled = fill(await self._commands(guild_id), words, options)
        self._guild_of[channel_id] = guild_id
        body = self._interaction(COMMAND, filled.application_id, channel_id, guild_id, filled.data)
        return await interact(self.api, self.gateway, body, f"/{words}", filled.files)

    async def press(self, message: Json, button: str, guild_id: str | None = None) -> Json:
        """Press a button, named by its custom id or its label; gives the updated or the new message.

        An ephemeral message names no guild: it is then the one in which this member used a command there.
        """
        found = next((b for b in buttons(message) if button in (b.get("custom_id"), b.get("label"))), None)
        if found is None or "custom_id" not in found:
            labels = ", ".join(repr(each.get("label")) for each in buttons(message)) or "none"
            raise MemberError(f"The message bears no button {button!r} to press; it bears {labels}.")
        channel_id = message["channel_id"]
        guild = guild_id or message.get("guild_id") or self._guild_of.get(channel_id)
        data = {"component_type": BUTTON, "custom_id": found["custom_id"]}
        application = message.get("application_id") or message["author"]["id"]
        body = self._interaction(COMPONENT, application, channel_id, guild, data)
        body |= {"message_id": message["id"], "message_flags": message["flags"]}
        return await interact(self.api, self.gateway, body, f"the button {button!r}")

    async def autocomplete(self, words: str, option: str, typed: str, channel_id: str, guild_id: str) -> list[Json]:
        """The choices the bot offers while this is typed into an option: each a name and a value."""
        filled = fill(await self._commands(guild_id), words, {option: typed}, focused=option)
        body = self._interaction(AUTOCOMPLETE, filled.application_id, channel_id, guild_id, filled.data)
        return await complete(self.api, self.gateway, body, f"/{words}")

    def _interaction(self, kind: int, application_id: str, channel_id: str, guild_id: str | None, data: Json) -> Json:
        body: Json = {
            "type": kind,
            "application_id": application_id,
            "channel_id": channel_id,
            "session_id": self.gateway.session_id,
            "nonce": f"{self.id[-12:]}-{next(self._nonces)}",
            "data": data,
        }
        return body if guild_id is None else body | {"guild_id": guild_id}

    async def _commands(self, guild_id: str) -> list[Json]:
        index = await self.api.request("GET", f"/guilds/{guild_id}/application-command-index")
        return index["application_commands"]


def buttons(message: Json) -> Iterator[Json]:
    """Every button of a message, however deep it sits among the components."""
    waiting = list(message.get("components", ()))
    while waiting:
        component = waiting.pop(0)
        if component["type"] == BUTTON:
            yield component
        accessory = component.get("accessory")
        waiting = [*component.get("components", ()), *([accessory] if accessory else []), *waiting]


def _reaction(channel_id: str, message_id: str, emoji: str) -> str:
    return f"/channels/{channel_id}/messages/{message_id}/reactions/{quote(emoji, safe='')}/@me"
