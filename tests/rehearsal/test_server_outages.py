"""What Discord does to its clients of its own accord, against its documentation (events/gateway)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from rehearsal.server import StandIn
from tests.rehearsal.conftest import Line
from tests.rehearsal.test_server_gateway import identify, resume


async def op(line: Line, code: int) -> dict[str, Any]:
    """The next payload, which has this opcode."""
    payload = await line.receive()
    assert payload["op"] == code
    return payload


async def test_a_client_that_is_asked_to_reconnect_resumes(stand_in: StandIn, bot, ada):
    """docs: events/gateway-events#reconnect"""
    line = await bot.listen()
    stand_in.outages.ask_to_reconnect()
    await op(line, 7)
    await line.socket.close(code=4000)
    await ada.say("missed")
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "missed"


@pytest.mark.parametrize("resumable", [True, False])
async def test_a_session_made_invalid_can_be_resumed_or_not_as_it_says(stand_in: StandIn, bot, ada, resumable):
    """docs: events/gateway-events#invalid-session"""
    line = await bot.listen()
    stand_in.outages.invalidate(resumable)
    assert (await op(line, 9))["d"] is resumable
    await line.socket.close(code=4000)
    await ada.say("between")
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.receive())["op"] == (0 if resumable else 9)


async def test_after_the_end_of_a_session_nothing_more_is_sent_to_it(stand_in: StandIn, bot, ada):
    """docs: events/gateway-events#invalid-session"""
    line = await bot.listen()
    stand_in.outages.invalidate(resumable=False)
    await op(line, 9)
    await ada.say("unheard")
    assert await line.news() == []


@pytest.mark.parametrize("code", [4000, 4009])
async def test_a_session_outlives_a_close_by_the_server(stand_in: StandIn, bot, ada, code):
    """docs: events/gateway#handling-a-disconnect"""
    line = await bot.listen()
    closing = asyncio.create_task(stand_in.outages.close(code))
    assert await line.closed() == code
    await closing
    await ada.say("missed")
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "missed"


@pytest.mark.parametrize(("frame", "code"), [('{"op": 99}', 4001), ("nonsense", 4002), ('{"op": 2, "d": {}}', 4005)])
async def test_a_session_outlives_a_clients_mistake_after_which_it_may_reconnect(bot, ada, frame, code):
    """docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes, column Reconnect"""
    line = await bot.listen()
    await line.socket.send_str(frame)
    assert await line.closed() == code
    await ada.say("missed")
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "missed"


async def test_a_heartbeat_that_is_asked_for_is_acknowledged(stand_in: StandIn, bot):
    """docs: events/gateway#heartbeat-requests"""
    line = await bot.listen()
    stand_in.outages.ask_for_heartbeats()
    await op(line, 1)
    assert await line.news() == []


async def test_a_zombied_connection_carries_nothing_and_its_session_is_resumed_on_another(stand_in, bot, ada):
    """docs: events/gateway#heartbeat-interval, on zombied connections"""
    line = await bot.listen()
    stand_in.outages.fall_silent()
    await ada.say("unheard here")
    await line.send(1, line.seq)
    await stand_in.settled()
    await line.socket.close(code=4000)
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "unheard here"


async def test_a_session_resumed_elsewhere_leaves_its_old_socket(bot, ada):
    """docs: events/gateway#resuming"""
    line = await bot.listen()
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.receive())["t"] == "RESUMED"
    assert await line.closed() == 4000
    await ada.say("once")
    assert [each["content"] for each in await again.of("MESSAGE_CREATE")] == ["once"]


@pytest.mark.parametrize("code", [1000, 4000])
async def test_what_happens_between_two_sessions_is_in_neither(bot, ada, code):
    """docs: events/gateway#resuming: only a resume replays"""
    line = await bot.listen()
    await line.socket.close(code=code)
    await ada.say("gone")
    again = await bot.listen()
    await ada.say("heard")
    assert [each["content"] for each in await again.of("MESSAGE_CREATE")] == ["heard"]


async def test_a_guild_that_becomes_unavailable_is_silent_until_it_comes_whole_again(stand_in: StandIn, bot, ada):
    """docs: events/gateway-events#guild-delete, #guild-create; events/gateway#guild-availability"""
    line = await bot.listen()
    stand_in.outages.take_guild(stand_in.guild_id)
    await ada.say("unheard")
    assert await line.news() == [("GUILD_DELETE", {"id": str(stand_in.guild_id), "unavailable": True})]
    later = await identify(bot)
    assert (await later.event("READY"))["guilds"] == [{"id": str(stand_in.guild_id), "unavailable": True}]
    assert await later.news() == []
    stand_in.outages.return_guild(stand_in.guild_id)
    assert [[name for name, _ in await each.news()] for each in (line, later)] == [["GUILD_CREATE"]] * 2
    await ada.say("heard")
    assert [each["content"] for each in await line.of("MESSAGE_CREATE")] == ["heard"]


async def test_a_presence_is_taken_and_a_wrong_one_is_4002(bot):
    """docs: events/gateway-events#update-presence"""
    right = {"since": None, "activities": [{"name": "Reading", "type": 0}], "status": "idle", "afk": False}
    line = await bot.listen()
    await line.send(3, right)
    assert await line.news() == []
    for wrong in ({"status": "away"}, {"activities": None}, {"afk": 0}, {"since": "now"}, {"activities": [{}]}):
        line = await bot.listen()
        await line.send(3, {**right, **wrong})
        assert await line.closed() == 4002


async def test_leaving_a_voice_channel_one_is_not_in_changes_nothing_and_joining_is_not_modelled(stand_in, bot):
    """docs: events/gateway-events#update-voice-state"""
    line = await bot.listen()
    state = {"guild_id": str(stand_in.guild_id), "self_mute": False, "self_deaf": False}
    await line.send(4, {**state, "channel_id": None})
    assert await line.news() == []
    await line.send(4, {**state, "channel_id": "1"})
    assert await line.closed() == 4000


async def test_sounds_are_told_for_guilds_one_is_in(stand_in: StandIn, bot):
    """docs: events/gateway-events#request-soundboard-sounds, #soundboard-sounds"""
    line = await bot.listen()
    await line.send(31, {"guild_ids": [str(stand_in.guild_id), "1"]})
    assert await line.news() == [("SOUNDBOARD_SOUNDS", {"guild_id": str(stand_in.guild_id), "soundboard_sounds": []})]


class Listener(discord.Client):
    """Stock discord.py; `seen` tells its lifecycle and what it heard."""

    def __init__(self, patience: float = 60.0) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.message_content = True
        super().__init__(intents=intents, guild_ready_timeout=0.05, heartbeat_timeout=patience)
        self.seen: asyncio.Queue[str] = asyncio.Queue()

    async def on_ready(self) -> None:
        await self.seen.put("ready")

    async def on_resumed(self) -> None:
        await self.seen.put("resumed")

    async def on_message(self, message: discord.Message) -> None:
        await self.seen.put(message.content)

    async def next(self) -> str:
        return await asyncio.wait_for(self.seen.get(), 20)


@asynccontextmanager
async def listening(stand_in: StandIn, listener: Listener) -> AsyncIterator[Listener]:
    """The listener, once it is ready."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Route, "BASE", stand_in.api)
        patch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(stand_in.gateway))
        async with listener:
            running = asyncio.create_task(listener.start(stand_in.bot_token))
            assert await listener.next() == "ready"
            yield listener
            await listener.close()
            await asyncio.gather(running, return_exceptions=True)


async def test_stock_discord_py_resumes_when_it_is_asked_to_reconnect(stand_in: StandIn, ada):
    """docs: events/gateway-events#reconnect"""
    async with listening(stand_in, Listener()) as listener:
        stand_in.outages.ask_to_reconnect()
        assert await listener.next() == "resumed"
        await ada.say("on the same session")
        assert await listener.next() == "on the same session"


async def test_stock_discord_py_begins_anew_when_its_session_is_made_invalid(stand_in: StandIn, ada):
    """docs: events/gateway-events#invalid-session"""

    class Impatient(Listener):
        async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
            """Without its five seconds."""

    async with listening(stand_in, Impatient()) as listener:
        stand_in.outages.invalidate(resumable=False)
        assert await listener.next() == "ready"
        await ada.say("in a new session")
        assert await listener.next() == "in a new session"


async def test_stock_discord_py_leaves_a_zombied_connection_and_resumes(stand_in: StandIn, ada):
    """docs: events/gateway#heartbeat-interval"""
    stand_in.stage.gateway.heartbeat_seconds = 1.0
    async with listening(stand_in, Listener(patience=1.5)) as listener:
        stand_in.outages.fall_silent()
        await ada.say("unheard at first")
        assert await listener.next() == "unheard at first"
        assert await listener.next() == "resumed"
