"""Answers of an application against Discord's documentation (interactions/receiving-and-responding)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import aiohttp
import pytest

from rehearsal.server import StandIn
from tests.rehearsal.conftest import PATIENCE, Client
from tests.rehearsal.test_server_commands import EPHEMERAL, GO, LOADING, Play, text


@pytest.fixture
async def play(stand_in: StandIn, bot: Client, ada: Client) -> Play:
    return await Play(stand_in, bot, ada).start()


async def test_a_hidden_deferral_stays_hidden_whatever_fills_it(play: Play) -> None:
    """docs: #create-followup-message; the flags of the deferral decide"""
    got = await play.use()
    await play.answer(got, 5, {"flags": EPHEMERAL})
    waiting = await play.at_member.event("MESSAGE_CREATE")
    assert waiting["flags"] & EPHEMERAL and waiting["flags"] & LOADING
    filled = await play.bot.do("PATCH", play.webhook(got, "@original"), {"content": "Done", "flags": 0})
    assert filled["flags"] & EPHEMERAL and not filled["flags"] & LOADING
    assert await play.bot.refused("GET", f"/channels/{play.channel}/messages/{filled['id']}") == (404, 10008)


async def test_an_ephemeral_message_is_changed_by_its_buttons(play: Play) -> None:
    """docs: #interaction-response-object-interaction-callback-type, UPDATE_MESSAGE and DEFERRED_UPDATE_MESSAGE"""
    got = await play.use()
    await play.answer(got, 4, {"content": "One", "flags": EPHEMERAL, "components": GO})
    shown = await play.at_member.event("MESSAGE_CREATE")
    await play.answer(await play.press(shown), 7, {"content": "Two", "components": GO})
    changed = await play.at_member.event("MESSAGE_UPDATE")
    assert (changed["id"], changed["content"]) == (shown["id"], "Two") and changed["flags"] & EPHEMERAL
    later = await play.press(changed)
    await play.answer(later, 6)
    await play.bot.do("PATCH", play.webhook(later, "@original"), {"content": "Three", "components": []})
    assert (await play.at_member.event("MESSAGE_UPDATE"))["content"] == "Three"


async def test_the_first_answer_can_be_deleted_and_is_then_gone(play: Play) -> None:
    """docs: #delete-original-interaction-response"""
    got = await play.use()
    await play.answer(got, 4, {"content": "One", "flags": EPHEMERAL})
    original = play.webhook(got, "@original")
    await play.bot.do("DELETE", original)
    assert (await play.at_member.event("MESSAGE_DELETE"))["channel_id"] == str(play.channel)
    assert await play.bot.refused("PATCH", original, {"content": "Two"}) == (404, 10008)


async def test_files_come_with_answers_and_later(play: Play, session: aiohttp.ClientSession) -> None:
    """docs: reference#uploading-files; #create-interaction-response, #edit-original-interaction-response"""
    got = await play.use()
    path = f"/interactions/{got['id']}/{got['token']}/callback"
    await play.bot.do("POST", path, {"type": 4, "data": {"flags": EPHEMERAL}}, files={"a.txt": b"One"})
    first = await play.at_member.event("MESSAGE_CREATE")
    assert [each["filename"] for each in first["attachments"]] == ["a.txt"]
    kept = {"attachments": [{"id": first["attachments"][0]["id"]}, {"id": "0", "filename": "b.txt"}]}
    edited = await play.bot.do("PATCH", play.webhook(got, "@original"), kept, files={"b.txt": b"Two"})
    assert [each["filename"] for each in edited["attachments"]] == ["a.txt", "b.txt"]
    more = await play.bot.do("POST", play.webhook(got), {"content": "x"}, files={"c.txt": b"Three"})
    async with session.get(more["attachments"][0]["url"]) as answer:
        assert await answer.read() == b"Three"


async def test_components_of_the_second_version_answer_too(play: Play) -> None:
    """docs: resources/message#message-object-message-flags, IS_COMPONENTS_V2"""
    got = await play.use()
    await play.answer(got, 4, {"flags": 1 << 15 | EPHEMERAL, "components": [{"type": 10, "content": "x"}, *GO]})
    shown = await play.at_member.event("MESSAGE_CREATE")
    assert shown["components"][0]["content"] == "x" and shown["content"] == ""
    assert (await play.press(shown))["data"]["id"] == shown["components"][1]["components"][0]["id"]


async def test_a_deferral_is_filled_with_components_of_the_second_version(play: Play) -> None:
    """docs: #edit-original-interaction-response; the flag can be set when a message is edited"""
    got = await play.use()
    await play.answer(got, 5)
    body = {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}
    assert (await play.bot.do("PATCH", play.webhook(got, "@original"), body))["flags"] == 1 << 15


async def test_an_answer_in_a_thread_archived_meanwhile_is_refused(play: Play) -> None:
    """docs: topics/threads#active-archived-threads; 50083, also for follow-ups"""
    thread = await play.bot.start_thread()
    play.channel = int(thread["id"])
    first, second = await play.use(), await play.use()
    await play.answer(first, 5)
    await play.bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True})
    path = f"/interactions/{second['id']}/{second['token']}/callback"
    assert await play.bot.refused("POST", path, {"type": 4, "data": {"content": "x"}}) == (400, 50083)
    original = play.webhook(first, "@original")
    assert await play.bot.refused("PATCH", original, {"content": "x"}) == (400, 50083)


async def test_a_button_in_a_direct_message_is_pressed_and_answered(play: Play) -> None:
    """docs: #interaction-object, user and context in direct messages"""
    channel = await play.bot.do("POST", "/users/@me/channels", {"recipient_id": str(play.member.id)})
    play.channel = int(channel["id"])
    said = await play.bot.say("Sure?", channel["id"], components=GO)
    data = {"component_type": 2, "custom_id": "go"}
    body = {name: value for name, value in play.body(3, data, message_id=said["id"]).items() if name != "guild_id"}
    await play.member.do("POST", "/interactions", body)
    got = await play.at_bot.event("INTERACTION_CREATE")
    assert got["user"]["id"] == str(play.member.id) and "member" not in got and got["context"] == 1
    await play.answer(got, 7, {"content": "Yes", "components": []})
    assert (await play.bot.do("GET", f"/channels/{channel['id']}/messages/{said['id']}"))["content"] == "Yes"
    # The referee knows channels of guilds only.
    play.stand_in.record.clear()


def shift(server: StandIn, interaction: dict[str, Any], seconds: float) -> None:
    """Has the interaction sent so much later."""
    found = server.world.interactions[int(interaction["id"])]
    found.at += seconds
    server.world.save(found)


async def test_interactions_outlive_a_restart(tmp_path: Path, session: aiohttp.ClientSession) -> None:
    """STAND-IN: state in one SQLite file. What was answered goes on, what was not can be answered in its time."""
    state = tmp_path / "state.sqlite3"

    def people(server: StandIn) -> tuple[Client, Client]:
        person = server.members[1]
        bot = Client(server, session, server.bot_id, server.bot_token)
        return bot, Client(server, session, person.id, person.token)

    async with StandIn(state=state, members=2) as first:
        first.stage.first_answer_seconds = PATIENCE
        play = await Play(first, *people(first)).start()
        done, waiting = await play.use(), await play.use(text("other"))
        await play.answer(done, 4, {"content": "One"})
        shift(first, waiting, PATIENCE)  # a busy machine may be slow to start again
    async with StandIn(state=state) as second:
        play.stand_in, (play.bot, play.member) = second, people(second)
        edited = await play.bot.do("PATCH", play.webhook(done, "@original"), {"content": "Two"})
        assert edited["content"] == "Two"
        path = f"/interactions/{waiting['id']}/{waiting['token']}/callback"
        again: dict[str, Any] = {"type": 4, "data": {"content": "Late"}}
        assert await play.bot.ask("POST", path, again) == (204, None)
        assert await play.bot.refused("POST", path, again) == (400, 40060)
        second.world.clock.ahead = 15 * 60 + 1
        assert await play.bot.refused("PATCH", play.webhook(done, "@original"), {"content": "x"}) == (401, 50027)


async def test_what_was_not_answered_in_time_has_failed_after_a_restart(tmp_path: Path, session: Any) -> None:
    """docs: #responding-to-an-interaction, three seconds, which go on while nobody serves"""
    state = tmp_path / "state.sqlite3"
    async with StandIn(state=state, members=2) as first:
        first.stage.first_answer_seconds = PATIENCE
        person = first.members[1]
        bot = Client(first, session, first.bot_id, first.bot_token)
        play = await Play(first, bot, Client(first, session, person.id, person.token)).start()
        got = await play.use()
        shift(first, got, -10)
    async with StandIn(state=state) as second:
        bot.stand_in = second
        path = f"/interactions/{got['id']}/{got['token']}/callback"
        assert await bot.refused("POST", path, {"type": 4, "data": {"content": "x"}}) == (404, 10062)
