"""The stand-in as a whole: stock discord.py on it, state that outlives it, the record, the command line."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sqlite3
import sys
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands

from rehearsal.server import BadState, StandIn
from tests.rehearsal.conftest import Client

AGREE = "%F0%9F%91%8D"


class Guest(discord.Client):
    """Stock discord.py that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.all())
        self.tree = app_commands.CommandTree(self)
        self.told: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    async def setup_hook(self) -> None:
        @self.tree.command(description="Says hello")
        async def hello(interaction: discord.Interaction, name: str) -> None:
            await interaction.response.send_message(f"Hello {name}", ephemeral=True)

        await self.tree.sync()

    async def on_ready(self) -> None:
        self.told.put_nowait(("ready", None))

    async def on_resumed(self) -> None:
        self.told.put_nowait(("resumed", None))

    async def on_message(self, message: discord.Message) -> None:
        self.told.put_nowait(("message", message))

    async def on_thread_create(self, thread: discord.Thread) -> None:
        self.told.put_nowait(("thread", thread))

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        self.told.put_nowait(("reaction", event))

    async def next(self, wanted: str) -> Any:
        while True:
            name, value = await asyncio.wait_for(self.told.get(), 20)
            if name == wanted:
                return value


@pytest.fixture
async def guest(stand_in: StandIn, monkeypatch):
    monkeypatch.setattr(discord.http.Route, "BASE", stand_in.api)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(stand_in.gateway))
    client = Guest()
    running = asyncio.create_task(client.start(stand_in.bot_token))
    await client.next("ready")
    yield client
    await client.close()
    await running


async def test_stock_discord_py_sends_threads_reacts_and_hears(stand_in: StandIn, guest: Guest, ada: Client):
    """docs: events/gateway#connection-lifecycle, as discord.py 2.7 follows it"""
    channel = guest.get_channel(stand_in.channels["critique"])
    assert isinstance(channel, discord.TextChannel)
    sent = await channel.send("1. A point", embed=discord.Embed(title="t"))
    thread = await sent.create_thread(name="A point")
    assert thread.id == sent.id and (await guest.next("thread")).id == sent.id
    await sent.add_reaction("👍")
    await ada.do("PUT", f"/channels/{channel.id}/messages/{sent.id}/reactions/{AGREE}/@me")
    users = [(await guest.next("reaction")).user_id for _ in range(2)]
    assert users == [stand_in.bot_id, ada.id]
    [reaction] = (await channel.fetch_message(sent.id)).reactions
    assert {user.id async for user in reaction.users()} == {stand_in.bot_id, ada.id}
    await sent.pin()
    assert [each.id async for each in channel.pins()] == [sent.id]


async def test_stock_discord_py_reads_attachments_and_answers_commands(stand_in: StandIn, guest: Guest, ada: Client):
    """docs: interactions/receiving-and-responding, reference#uploading-files"""
    line = await ada.listen()
    await ada.do("POST", f"/channels/{stand_in.channels['general']}/messages", {}, files={"a.txt": b"1. One"})
    message = await guest.next("message")
    assert await message.attachments[0].read() == b"1. One"
    [command] = stand_in.world.commands.values()
    options = [{"type": 3, "name": "name", "value": "Ada"}]
    body = {
        "type": 2,
        "application_id": str(stand_in.application_id),
        "channel_id": str(stand_in.channels["general"]),
        "nonce": "1",
        "data": {"id": str(command.id), "name": "hello", "type": 1, "options": options},
    }
    await ada.do("POST", "/interactions", body)
    await line.event("INTERACTION_CREATE")
    assert (await line.event("MESSAGE_CREATE"))["content"] == "Hello Ada"


async def test_stock_discord_py_resumes_after_a_dropped_socket(stand_in: StandIn, guest: Guest, ada: Client):
    """docs: events/gateway#resuming"""
    await stand_in.drop_connections()
    await ada.say("while away")
    assert (await guest.next("message")).content == "while away"
    await guest.next("resumed")
    names = [each["name"] for each in stand_in.record.entries if each["kind"] == "event"]
    assert names.count("READY") == 1 and names[-1] == "RESUMED"


async def test_everything_outlives_the_server(tmp_path: Path, session: aiohttp.ClientSession):
    """STAND-IN: state in one SQLite file, so that the bot can be stopped while Discord lives on."""
    state = tmp_path / "state.db"
    async with StandIn(state=state, members=2) as first:
        bot = Client(first, session, first.bot_id, first.bot_token)
        ada = Client(first, session, first.members[1].id, first.members[1].token)
        thread = await bot.start_thread()
        path = f"/channels/{thread['id']}/messages"
        message = await ada.do("POST", path, {"content": "x"}, files={"a.txt": b"kept"})
        gone = await ada.say("gone")
        for each in (ada, bot):
            await each.do("PUT", f"{path}/{message['id']}/reactions/{AGREE}/@me")
        await bot.do("DELETE", f"{path}/{message['id']}/reactions/{AGREE}/@me")
        await bot.do("PUT", f"/applications/{first.application_id}/commands", [{"name": "c", "description": "d"}])
        before = {**first.announcement, "api": "", "gateway": ""}
    async with StandIn(state=state) as second:
        assert {**second.announcement, "api": "", "gateway": ""} == before
        ada.stand_in = bot.stand_in = second
        read = await ada.do("GET", f"{path}/{message['id']}")
        assert read["reactions"][0]["count"] == 1 and read["reactions"][0]["me"]
        async with session.get(read["attachments"][0]["url"]) as answer:
            assert await answer.read() == b"kept"
        assert (await bot.do("GET", f"/channels/{thread['id']}"))["member_count"] == 2
        await ada.do("DELETE", f"/channels/{gone['channel_id']}/messages/{gone['id']}")
        assert len(await bot.do("GET", f"/applications/{second.application_id}/commands")) == 1
        assert int((await ada.say("later"))["id"]) > int(message["id"])
    async with StandIn(state=state) as third:
        assert third.world.message(int(gone["id"])) is None
        assert [each.content for each in third.world.messages(third.channels["general"])][-1] == "later"


@pytest.mark.parametrize("content", ["text", "other", "newer"])
async def test_a_file_that_is_no_state_is_refused(tmp_path: Path, content: str):
    state = tmp_path / "state.db"
    if content == "text":
        state.write_text("This is no database at all, but long enough to be looked at." * 20)
    else:
        file = sqlite3.connect(state)
        file.execute("CREATE TABLE birds (name TEXT)")
        file.execute("PRAGMA user_version = 99" if content == "newer" else "PRAGMA user_version = 0")
        file.commit()
        file.close()
    with pytest.raises(BadState):
        async with StandIn(state=state):
            raise AssertionError("it must not start")


async def test_the_same_seed_invents_the_same_people():
    async with StandIn(members=5, seed=7) as one, StandIn(members=5, seed=7) as two, StandIn(members=5) as three:
        names = [[each.name for each in server.members] for server in (one, two, three)]
        assert names[0] == names[1] != names[2]
        assert len(names[0]) == 6 == len(set(names[0]))
        assert [each.roles for each in one.members][:2] == [["Moderators"], []]


async def test_the_record_tells_every_exchange_and_event(tmp_path: Path, session: aiohttp.ClientSession):
    kept = tmp_path / "record.jsonl"
    async with StandIn(members=1, record=kept) as server:
        ada = Client(server, session, server.members[1].id, server.members[1].token)
        await ada.listen()
        message = await ada.do("POST", f"/channels/{server.channels['general']}/messages", {}, files={"a": b"x"})
        async with session.get(message["attachments"][0]["url"]) as answer:
            assert answer.status == 200
        async with session.get(server.api.removesuffix("/api/v10") + "/_stand-in/books") as answer:
            assert (await answer.json())["messages"][str(server.channels["general"])][0]["id"] == message["id"]
        exchange, event = [each for each in server.record.entries if each["kind"] in ("exchange", "event")][-1:1:-1]
        assert exchange == {
            "kind": "exchange",
            "at": exchange["at"],
            "by": str(ada.id),
            "method": "POST",
            "path": f"/channels/{server.channels['general']}/messages",
            "route": "/channels/{channel_id}/messages",
            "query": {},
            "request": {},
            "content_type": "multipart/form-data",
            "files": ["a"],
            "status": 200,
            "response": message,
        }
        assert (event["to"], event["name"], event["seq"]) == (str(ada.id), "MESSAGE_CREATE", 3)
        entries = server.record.entries
        assert [json.loads(line) for line in kept.read_text().splitlines()] == entries
        server.record.clear()
        assert server.record.entries == []


async def start(*arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "rehearsal", "serve", *arguments, stdout=-1, stderr=-1
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_command_announces_itself_and_stops_cleanly(tmp_path: Path, session, number):
    process = await start("--members", "1", "--state", str(tmp_path / "state.db"))
    assert process.stdout
    line = json.loads(await process.stdout.readline())
    assert set(line) == {"api", "gateway", "bot_token", "application_id", "guild_id", "channels", "members"}
    assert set(line["channels"]) == {"general", "critique", "moderators"} and len(line["members"]) == 2
    async with session.get(line["api"] + "/gateway") as answer:
        assert await answer.json() == {"url": line["gateway"]}
    process.send_signal(number)
    out, err = await process.communicate()
    assert (process.returncode, out, err) == (0, b"", b"")


async def test_what_the_command_is_told_of_homes_shards_and_limits_is_so(session):
    process = await start(
        "--members", "1", "--home", "forum", "--shards", "3", "--max-concurrency", "2", "--rate-limits"
    )
    assert process.stdout
    line = json.loads(await process.stdout.readline())
    headers = {"Authorization": f"Bot {line['bot_token']}"}
    async with session.get(line["api"] + "/gateway/bot", headers=headers) as answer:
        told = await answer.json()
    assert (told["shards"], told["session_start_limit"]["max_concurrency"]) == (3, 2)
    async with session.get(f"{line['api']}/channels/{line['channels']['critique']}", headers=headers) as answer:
        assert (await answer.json())["type"] == 15
    async with session.get(f"{line['api']}/channels/{line['channels']['general']}/messages", headers=headers) as answer:
        assert answer.headers["X-RateLimit-Remaining"] == "4"
    process.send_signal(signal.SIGTERM)
    await process.communicate()


async def test_a_taken_port_is_one_sentence(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await start("--port", str(taken.getsockname()[1]))
        _, err = await process.communicate()
    assert process.returncode and len(err.splitlines()) == 1 and b"Traceback" not in err


async def test_only_loopback_is_listened_to(stand_in: StandIn):
    assert stand_in.api.startswith("http://127.0.0.1:") and stand_in.gateway.startswith("ws://127.0.0.1:")
