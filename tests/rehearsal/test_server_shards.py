"""Shards and session starts against Discord's documentation (events/gateway#sharding)."""

from __future__ import annotations

import asyncio
from typing import Any

import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from rehearsal.server import StandIn
from rehearsal.server.model import Channel, ChannelKind, Guild, GuildMember, Role
from rehearsal.server.permissions import EVERYONE
from tests.rehearsal.conftest import EVERYTHING, Client, Line
from tests.rehearsal.test_server_gateway import resume


def found_guild(stand_in: StandIn, shard: int, count: int = 2, talk: bool = True) -> int:
    """A further guild of the bot and all members, which this shard serves; with a channel of the same id."""
    world = stand_in.world
    number = world.ids.next()
    while (number >> 22) % count != shard or number in world.guilds:
        number += 1 << 22
    guild = Guild(number, f"Guild {number}", stand_in.members[0].id)
    guild.roles[number] = Role(number, "@everyone", int(EVERYONE), 0)
    for user_id in (stand_in.bot_id, *(each.id for each in stand_in.members if talk)):
        guild.members[user_id] = GuildMember(user_id, world.stamp())
    world.guilds[number] = guild
    if talk:
        world.add_channel(Channel(number, ChannelKind.TEXT, "talk", number))
    return number


async def shard(bot: Client, number: int, count: int, **changes: Any) -> Line:
    line = await bot.connect()
    identify = {"token": bot.token, "properties": {}, "intents": EVERYTHING, "shard": [number, count]}
    await line.send(2, identify | changes)
    return line


async def test_a_shard_is_sent_its_own_guilds_only(stand_in: StandIn, bot, ada):
    """docs: #sharding-sharding-formula; events/gateway-events#ready, shard"""
    guilds = [found_guild(stand_in, number) for number in (0, 1)]
    own = {number: {each for each in (stand_in.guild_id, *guilds) if (each >> 22) % 2 == number} for number in (0, 1)}
    lines = [await shard(bot, number, 2) for number in (0, 1)]
    for number, line in enumerate(lines):
        ready = await line.event("READY")
        assert ready["shard"] == [number, 2]
        assert {int(each["id"]) for each in ready["guilds"]} == own[number]
        assert {int(data["id"]) for data in await line.of("GUILD_CREATE")} == own[number]
    for guild in guilds:
        await ada.say("heard once", str(guild))
    heard = [[int(each["guild_id"]) for each in await line.of("MESSAGE_CREATE")] for line in lines]
    assert heard == [[guilds[0]], [guilds[1]]]


async def test_what_belongs_to_no_guild_goes_to_the_first_shard(bot, ada):
    """docs: #sharding, note on events without a guild_id"""
    lines = [await shard(bot, number, 3) for number in range(3)]
    for line in lines:
        await line.event("READY")
        await line.news()
    direct = await ada.do("POST", "/users/@me/channels", {"recipient_id": str(bot.id)})
    await ada.say("for the first", direct["id"])
    assert [len(await line.of("MESSAGE_CREATE")) for line in lines] == [1, 0, 0]


async def test_an_interaction_goes_to_the_shard_of_its_guild(stand_in: StandIn, bot, ada):
    """docs: #sharding"""
    guilds = [found_guild(stand_in, number) for number in (0, 1)]
    made = await bot.do(
        "POST", f"/applications/{bot.stand_in.application_id}/commands", {"name": "a", "description": "b"}
    )
    lines = [await shard(bot, number, 2) for number in (0, 1)]
    for line in lines:
        await line.event("READY")
        await line.news()
    eyes = await ada.listen()
    command = {key: made[key] for key in ("id", "name", "type", "version")}
    asked = {"type": 2, "application_id": made["application_id"], "session_id": eyes.session_id, "nonce": "1"}
    where = {"guild_id": str(guilds[1]), "channel_id": str(guilds[1])}
    await ada.do("POST", "/interactions", {**asked, **where, "data": {**command, "options": []}})
    assert [len(await line.of("INTERACTION_CREATE")) for line in lines] == [0, 1]


async def test_sessions_of_one_bot_live_side_by_side_each_with_its_own_numbers(bot, ada):
    """docs: #sharding, on several sessions with the same or another count of shards"""
    lines = [await bot.listen(), await bot.listen()]
    await ada.say("one")
    lines.append(await bot.listen())
    await ada.say("two")
    assert [[each["content"] for each in await line.of("MESSAGE_CREATE")] for line in lines] == [
        ["one", "two"],
        ["one", "two"],
        ["two"],
    ]
    assert [line.seq for line in lines] == [4, 4, 3]
    assert len({line.session_id for line in lines}) == 3


async def test_more_than_2500_guilds_need_shards(stand_in: StandIn, bot):
    """docs: #sharding; topics/opcodes-and-status-codes, 4011"""
    for number in range(2500):
        found_guild(stand_in, number % 2, talk=False)
    assert await (await shard(bot, 0, 1, intents=0)).closed() == 4011
    assert (await (await shard(bot, 0, 2, intents=0)).event("READY"))["shard"] == [0, 2]


async def test_a_bot_is_told_how_many_shards_to_use_and_how_often_it_may_start(stand_in: StandIn, bot, session):
    """docs: #get-gateway-bot, #session-start-limit-object"""
    stand_in.stage.gateway.starts.shards, stand_in.stage.gateway.starts.max_concurrency = 3, 2
    await bot.listen()
    told = await bot.do("GET", "/gateway/bot")
    assert told["url"] == stand_in.gateway and told["shards"] == 3
    limit = told["session_start_limit"]
    assert (limit["total"], limit["remaining"], limit["max_concurrency"]) == (1000, 999, 2)
    assert 0 < limit["reset_after"] <= 86_400_000
    stand_in.world.clock.ahead = 86_400
    limit = (await bot.do("GET", "/gateway/bot"))["session_start_limit"]
    assert (limit["remaining"], limit["reset_after"]) == (1000, 0)
    async with session.get(stand_in.api + "/gateway") as answer:
        assert await answer.json() == {"url": stand_in.gateway}


async def test_shards_of_one_key_start_five_seconds_apart(stand_in: StandIn, bot):
    """docs: #max-concurrency, #rate-limiting; the session is invalid for whoever is early"""
    starts = stand_in.stage.gateway.starts
    starts.seconds, starts.max_concurrency = 5.0, 2
    for number in (0, 1):
        assert await (await shard(bot, number, 4)).event("READY")
    early = await shard(bot, 2, 4)
    assert await early.receive() == {"op": 9, "d": False}
    stand_in.world.clock.ahead = 5
    assert await (await shard(bot, 2, 4)).event("READY")


async def test_more_than_a_thousand_starts_in_a_day_cost_the_token(stand_in: StandIn, bot):
    """docs: #identifying, on the limit of IDENTIFY calls in 24 hours"""
    line = await bot.listen()
    starts = stand_in.stage.gateway.starts
    for _ in range(999):
        assert starts.begin(0)
    assert await (await shard(bot, 0, 1)).closed() == 4004
    assert await line.closed() == 4004
    assert await bot.refused("GET", "/users/@me") == (401, 0)
    assert await (await resume(bot, line.session_id, line.seq)).closed() == 4004
    stand_in.world.clock.ahead = 86_400
    bot.token = stand_in.bot_token
    assert await (await shard(bot, 0, 1)).event("READY")


class Sharded(discord.AutoShardedClient):
    """Stock discord.py, but for its five seconds between two shards."""

    def __init__(self) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = intents.message_content = True
        super().__init__(intents=intents, guild_ready_timeout=0.05)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.known = asyncio.Event()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        return

    async def on_ready(self) -> None:
        self.known.set()

    async def on_message(self, message: discord.Message) -> None:
        await self.heard.put(message)


async def test_stock_discord_py_with_two_shards_sees_each_of_three_guilds_once(
    stand_in: StandIn, ada, monkeypatch: pytest.MonkeyPatch
):
    """It takes the number of shards from /gateway/bot."""
    stand_in.stage.gateway.starts.shards = 2
    guilds = [found_guild(stand_in, number) for number in (0, 1)]
    monkeypatch.setattr(Route, "BASE", stand_in.api)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(stand_in.gateway))
    async with Sharded() as client:
        running = asyncio.create_task(client.start(stand_in.bot_token))
        await asyncio.wait_for(client.known.wait(), 10)
        for guild in guilds:
            await ada.say("hello", str(guild))
        heard = [await asyncio.wait_for(client.heard.get(), 10) for _ in guilds]
        assert sorted((each.guild.id, each.guild.shard_id) for each in heard if each.guild) == sorted(
            zip(guilds, (0, 1), strict=True)
        )
        assert client.shard_count == 2 and client.heard.empty()
        assert {each.id for each in client.guilds} == {stand_in.guild_id, *guilds}
        await client.close()
        await asyncio.gather(running, return_exceptions=True)
    told = [each["data"]["id"] for each in stand_in.record.entries if each.get("name") == "GUILD_CREATE"]
    assert sorted(map(int, told)) == sorted([stand_in.guild_id, *guilds])
