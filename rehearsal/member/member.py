"""One member: says, reacts, uses commands and menus, presses, chooses and fills in, and sees what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import aiohttp

from rehearsal.member.api import Api, MemberError
from rehearsal.member.commands import fill
from rehearsal.member.components import BUTTON, buttons, selects
from rehearsal.member.gateway import Gateway
from rehearsal.member.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    SUBMISSION,
    complete,
    interact,
)
from rehearsal.member.modals import filled

Json = dict[str, Any]
USER_MENU, MESSAGE_MENU = 2, 3


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a modal was shown: by which application, in which guild, over which message."""

    application: str
    guild: str | None
    message: str | None


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
        self._modals: dict[str, _Where] = {}

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

    async def direct(self, user_id: str) -> str:
        """The id of the direct message with a user, such as the bot; the same one each time."""
        channel = await self.api.request("POST", "/users/@me/channels", {"recipient_id": user_id})
        return channel["id"]

    async def command(self, words: str, channel_id: str, guild_id: str | None, /, **options: Any) -> Json:
        """Use a slash command and give back the bot's answer: a message, ephemeral or not, or a modal.

        In a direct message with the bot there is no guild. An attachment option is given as (filename, bytes). A
        deferred answer is waited for.
        """
        used = fill(await self._commands(guild_id, channel_id), words, options)
        if guild_id is not None:
            self._guild_of[channel_id] = guild_id
        body = self._interaction(COMMAND, used.application_id, channel_id, guild_id, used.data)
        answer = await interact(self.api, self.gateway, body, f"/{words}", used.files)
        return self._remembered(answer, used.application_id, guild_id)

    async def press(self, message: Json, button: str, guild_id: str | None = None) -> Json:
        """Press a button, named by its custom id or its label; gives the updated or the new message, or a modal.

        An ephemeral message names no guild: it is then the one in which this member used a command there.
        """
        found = next((b for b in buttons(message) if button in (b.get("custom_id"), b.get("label"))), None)
        if found is None or "custom_id" not in found:
            labels = ", ".join(repr(each.get("label")) for each in buttons(message)) or "none"
            raise MemberError(f"The message bears no button {button!r} to press; it bears {labels}.")
        data = {"component_type": BUTTON, "custom_id": found["custom_id"]}
        return await self._use(message, data, guild_id, f"the button {button!r}")

    async def choose(self, message: Json, select: str, values: list[str], guild_id: str | None = None) -> Json:
        """Choose in a select, named by its custom id or its placeholder: values of its options, or ids of channels,
        roles or users; gives the updated or the new message, or a modal.
        """
        found = next((s for s in selects(message) if select in (s["custom_id"], s.get("placeholder"))), None)
        if found is None:
            named = ", ".join(repr(each.get("placeholder")) for each in selects(message)) or "none"
            raise MemberError(f"The message bears no select {select!r}; it bears {named}.")
        data = {"component_type": found["type"], "custom_id": found["custom_id"], "values": values}
        return await self._use(message, data, guild_id, f"the select {select!r}")

    async def _use(self, message: Json, data: Json, guild_id: str | None, what: str) -> Json:
        channel_id = message["channel_id"]
        guild = guild_id or message.get("guild_id") or self._guild_of.get(channel_id)
        application = message.get("application_id") or message["author"]["id"]
        body = self._interaction(COMPONENT, application, channel_id, guild, data)
        body |= {"message_id": message["id"], "message_flags": message["flags"]}
        answer = await interact(self.api, self.gateway, body, what, pressed=message["id"])
        return self._remembered(answer, application, guild, message["id"])

    async def menu(self, words: str, message: Json, guild_id: str) -> Json:
        """Use a command of a message's context menu; gives the bot's answer as `command` does."""
        return await self._menu(words, MESSAGE_MENU, message["id"], message["channel_id"], guild_id)

    async def user_menu(self, words: str, user_id: str, channel_id: str, guild_id: str) -> Json:
        """Use a command of a user's context menu, in a channel."""
        return await self._menu(words, USER_MENU, user_id, channel_id, guild_id)

    async def _menu(self, words: str, kind: int, target_id: str, channel_id: str, guild_id: str) -> Json:
        known = await self._commands(guild_id, channel_id)
        found = next((each for each in known if each["name"] == words and each.get("type") == kind), None)
        if found is None:
            raise MemberError(f"There is no {words!r} in that menu.")
        data = {key: found[key] for key in ("id", "name", "type", "version")} | {"target_id": target_id}
        self._guild_of[channel_id] = guild_id
        application = found["application_id"]
        body = self._interaction(COMMAND, application, channel_id, guild_id, data)
        answer = await interact(self.api, self.gateway, body, f"the menu {words!r}")
        return self._remembered(answer, application, guild_id)

    async def submit(self, modal: Json, fields: dict[str, Any]) -> Json:
        """Submit a modal with what its inputs are to hold, each named by its custom id or its label.

        Text as a string, a choice as a list of values, a checkbox as a bool, a file as [(filename, bytes)]. Gives
        the answer as `command` does. A modal stays open until a submission is answered: after Unanswered it may be
        submitted again.
        """
        where = self._modals[modal["id"]]
        components, files = filled(modal, fields)
        data = {"id": modal["id"], "custom_id": modal["custom_id"], "components": components}
        body = self._interaction(SUBMISSION, where.application, modal["channel_id"], where.guild, data)
        answer = await interact(self.api, self.gateway, body, f"the modal {modal['title']!r}", files, where.message)
        return self._remembered(answer, where.application, where.guild)

    def _remembered(self, answer: Json, application: str, guild: str | None, message: str | None = None) -> Json:
        """A modal is submitted to the application that showed it, where it was shown."""
        if "title" in answer:
            self._modals[answer["id"]] = _Where(application, guild, message)
        return answer

    async def post(self, forum_id: str, title: str, text: str, tags: list[str] | None = None) -> Json:
        """Open a post in a forum; gives the post, with its first message in it."""
        body: Json = {"name": title, "message": {"content": text}, "applied_tags": tags or []}
        return await self.api.request("POST", f"/channels/{forum_id}/threads", body)

    async def autocomplete(
        self, words: str, option: str, typed: str, channel_id: str, guild_id: str | None, /, **given: Any
    ) -> list[Json]:
        """The choices the bot offers while this is typed into an option: each a name and a value.

        `given` are the options that were filled in before.
        """
        filled = given | {option: typed}
        used = fill(await self._commands(guild_id, channel_id), words, filled, focused=option)
        body = self._interaction(AUTOCOMPLETE, used.application_id, channel_id, guild_id, used.data)
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

    async def _commands(self, guild_id: str | None, channel_id: str) -> list[Json]:
        """The commands that Discord's client shows there."""
        place = f"/channels/{channel_id}" if guild_id is None else f"/guilds/{guild_id}"
        index = await self.api.request("GET", f"{place}/application-command-index")
        return index["application_commands"]


def _reaction(channel_id: str, message_id: str, emoji: str) -> str:
    return f"/channels/{channel_id}/messages/{message_id}/reactions/{quote(emoji, safe='')}/@me"
