"""Reactions read from the gateway's own data are what discord.py would have made of it, and a fault costs one event."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import product
from pathlib import Path
from typing import Any

import discord
import pytest
from pydantic import SecretStr

from bot.app import built
from bot.client import Client
from bot.core.ids import GuildId
from bot.core.votes import Event
from bot.settings import Settings

OWN, MEMBER, A_BOT, GUILD = 7, 50, 60, 1
NAMES = ("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE")

EMOJI: list[dict[str, Any]] = [
    {"id": None, "name": "👍"},
    {"id": None, "name": "⬆️"},
    {"id": "123", "name": "tea"},
    {"id": "123", "name": "tea", "animated": False},
    {"id": "123", "name": "tea", "animated": True},
    {"id": "123", "name": None},
]


def data(emoji: dict[str, Any], member: int, guild: int | None, *, tell_member: bool) -> dict[str, Any]:
    """A reaction event's data as Discord sends it, docs: events/gateway-events#message-reaction-add."""
    shape: dict[str, Any] = {"user_id": str(member), "channel_id": "10", "message_id": "101", "emoji": emoji}
    shape |= {"burst": False, "type": 0}
    if guild is not None:
        shape["guild_id"] = str(guild)
    if tell_member and guild is not None:
        user: dict[str, Any] = {"id": str(member), "username": "a", "discriminator": "0", "avatar": None}
        if member == A_BOT:
            user["bot"] = True
        shape["member"] = {"user": user, "roles": [], "joined_at": None, "flags": 0, "deaf": False, "mute": False}
    return shape


@asynccontextmanager
async def client(folder: Path, *, as_it_comes: bool) -> AsyncIterator[Client]:
    """A client that takes votes; `as_it_comes` where discord.py lets nobody at its readers of events."""
    settings = Settings(_env_file=None, discord_token=SecretStr("x"), database_path=folder / "bot.db")
    async with built(settings) as (made, _):
        await made._async_setup_hook()
        state: Any = made._connection
        user = {"id": str(OWN), "username": "bot", "discriminator": "0", "avatar": None}
        state.user = discord.ClientUser(state=state, data=user)  # type: ignore[arg-type]
        state._add_guild_from_data({"id": str(GUILD), "name": "Tea", "owner_id": "1"})
        if as_it_comes:
            state.parsers = {}
        await made.load_extension("cogs.votes")
        made.books.gate.open(GuildId(GUILD), 0, ())
        yield made


def taken(client: Client, name: str, shape: dict[str, Any]) -> list[Event]:
    """What is put into the intake of votes when the gateway sends the event."""
    state: Any = client._connection
    read = state.parsers.get(name) or getattr(state, f"parse_{name.lower()}")
    read(shape)
    events = list(client.votes._queue)
    client.votes._queue.clear()
    return events


async def test_what_is_read_is_what_discord_py_makes_of_it(tmp_path: Path) -> None:
    seen: list[Event] = []
    async with AsyncExitStack() as stack:
        reading = await stack.enter_async_context(client(tmp_path / "a", as_it_comes=False))
        given = await stack.enter_async_context(client(tmp_path / "b", as_it_comes=True))
        for name, emoji, member, guild, tell in product(
            NAMES, EMOJI, (OWN, MEMBER, A_BOT), (GUILD, None), (True, False)
        ):
            shape = data(emoji, member, guild, tell_member=tell and name.endswith("ADD"))
            events = taken(reading, name, shape)
            assert events == taken(given, name, shape), shape
            assert list(map(type, events)) == list(map(type, taken(given, name, shape)))
            seen += events
    assert len({type(event) for event in seen}) == 2
    assert len(seen) > 60


@pytest.mark.parametrize("as_it_comes", [False, True])
async def test_an_event_that_cannot_be_read_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, as_it_comes: bool
) -> None:
    async with client(tmp_path, as_it_comes=as_it_comes) as one:
        good = data(EMOJI[0], MEMBER, GUILD, tell_member=False)
        if not as_it_comes:
            with caplog.at_level(logging.CRITICAL, "bot.client"):
                assert taken(one, NAMES[0], {"guild_id": "1"}) == []
        assert len(taken(one, NAMES[0], good)) == 1
