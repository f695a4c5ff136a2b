"""The stand-in's gateway against Discord's documentation (events/gateway)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rehearsal.server import StandIn
from tests.rehearsal.conftest import EVERYTHING, NO_CONTENT

GUILDS, MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, REACTIONS = 1 << 9, 1 << 10


async def identify(client: Any, **changes: Any) -> Any:
    line = await client.connect()
    await line.send(2, {"token": client.token, "properties": {}, "intents": 1, **changes})
    return line


async def resume(client: Any, session_id: str, seq: int | None) -> Any:
    line = await client.connect()
    await line.send(6, {"token": client.token, "session_id": session_id, "seq": seq})
    return line


async def test_ready_names_guilds_as_unavailable_and_its_own_address(stand_in: StandIn, bot):
    """docs: events/gateway-events#ready"""
    line = await identify(bot)
    ready = await line.event("READY")
    assert ready["guilds"] == [{"id": str(stand_in.guild_id), "unavailable": True}]
    assert ready["resume_gateway_url"] == stand_in.gateway and "shard" not in ready
    assert ready["application"]["id"] == str(stand_in.application_id) and ready["v"] == 10
    guild = await line.event("GUILD_CREATE")
    assert guild["member_count"] == 6 and guild["unavailable"] is False
    assert [each["user"]["id"] for each in guild["members"]] == [str(bot.id)]


async def test_with_the_presences_intent_a_small_guild_comes_with_everybody(bot):
    """docs: events/gateway-events#guild-create, where the members intent alone brings nobody"""
    for bits, members in ((GUILDS | MEMBERS, 1), (GUILDS | PRESENCES, 6)):
        line = await identify(bot, intents=bits)
        assert len((await line.event("GUILD_CREATE"))["members"]) == members


async def test_a_large_guild_comes_with_those_who_have_a_role_or_a_nickname(stand_in: StandIn, bot):
    """docs: events/gateway-events#identify, large_threshold; #request-guild-members"""
    for number in range(50):
        stand_in.backstage.add_member(f"member{number}")
    seen = []
    for changes in ({}, {"large_threshold": 100}):
        line = await identify(bot, intents=GUILDS | PRESENCES, **changes)
        guild = await line.event("GUILD_CREATE")
        seen.append((guild["large"], guild["member_count"], len(guild["members"])))
    assert seen == [(True, 56, 2), (False, 56, 56)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"token": "wrong"}, 4004),
        ({"intents": 1 << 30}, 4013),
        ({"intents": None}, 4013),
        ({"shard": [1, 1]}, 4010),
        ({"shard": [0]}, 4010),
        ({"shard": [0, "1"]}, 4010),
        ({"shard": [-1, 1]}, 4010),
        ({"properties": None}, 4002),
        ({"large_threshold": 251}, 4002),
        ({"large_threshold": 49}, 4002),
        ({"presence": {"status": "asleep"}}, 4002),
    ],
)
async def test_a_wrong_identify_is_closed_with_its_code(bot, changes, code):
    """docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
    assert await (await identify(bot, **changes)).closed() == code


@pytest.mark.parametrize("intent", ["members", "presences", "message_content"])
async def test_a_privileged_intent_that_is_off_in_the_portal_closes_with_4014(stand_in: StandIn, bot, intent):
    """docs: events/gateway#privileged-intents"""
    stand_in.backstage.switch_intent(intent, on=False)
    assert await (await identify(bot, intents=EVERYTHING)).closed() == 4014
    assert (await (await identify(bot)).event("READY"))["v"] == 10


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ('{"op": 99, "d": null}', 4001),
        ("nonsense", 4002),
        ("[]", 4002),
        ('{"op": 1, "d": "' + "x" * 4096 + '"}', 4002),
        ('{"op": [1], "d": null}', 4001),
        ('{"op": 2, "d": []}', 4002),
        ('{"op": 6, "d": []}', 4002),
        ('{"op": 3, "d": {}}', 4003),
        ('{"op": 31, "d": {}}', 4003),
        ('{"op": 8, "d": {}}', 4003),
    ],
)
async def test_a_wrong_frame_is_closed_with_its_code(bot, frame, code):
    """docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
    line = await bot.connect()
    await line.socket.send_str(frame)
    assert await line.closed() == code


@pytest.mark.parametrize("query", ["", "?v=9&encoding=json", "?encoding=json"])
async def test_another_version_is_4012(stand_in: StandIn, session, query):
    """docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
    socket = await session.ws_connect(stand_in.gateway + query)
    await socket.receive(timeout=10)
    assert socket.close_code == 4012


async def test_identifying_twice_is_4005(bot):
    """docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
    line = await bot.listen()
    await line.send(2, {"token": bot.token, "properties": {}, "intents": 1})
    assert await line.closed() == 4005


async def test_more_than_120_frames_a_minute_are_4008(bot):
    """docs: events/gateway#rate-limiting"""
    line = await bot.connect()
    for _ in range(121):
        await line.send(1, None)
    assert await line.closed() == 4008


async def test_a_heartbeat_is_answered_and_recorded(stand_in: StandIn, bot, ada):
    """docs: events/gateway#sending-heartbeats"""
    line = await bot.listen()
    await ada.say("x")
    await line.news()
    await line.news()
    beats = [each["seq"] for each in stand_in.record.entries if each["kind"] == "heartbeat"]
    assert beats == [2, 3]


async def test_a_client_that_falls_silent_is_cut_off_and_resumes(stand_in: StandIn, bot, ada):
    """docs: events/gateway#heartbeat-interval"""
    stand_in.stage.gateway.heartbeat_seconds = 0.2
    line = await bot.listen()
    assert await line.closed() == 4009
    await ada.say("missed")
    stand_in.stage.gateway.heartbeat_seconds = 40.0
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "missed"


async def test_only_events_of_asked_intents_are_sent(bot, ada):
    """docs: events/gateway#list-of-intents"""
    lines = {bits: await bot.listen(bits) for bits in (GUILDS, GUILD_MESSAGES, REACTIONS, 0)}
    message = await ada.say("x")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    await ada.do("PUT", f"{path}/reactions/%F0%9F%91%8D/@me")
    await ada.do("POST", f"{path}/threads", {"name": "x"})
    await ada.do("POST", f"/channels/{message['channel_id']}/typing")
    seen = {bits: {name for name, _ in await line.news()} for bits, line in lines.items()}
    assert seen == {
        GUILDS: {"THREAD_CREATE"},
        GUILD_MESSAGES: {"MESSAGE_CREATE", "MESSAGE_UPDATE"},
        REACTIONS: {"MESSAGE_REACTION_ADD"},
        0: set(),
    }


async def test_without_the_content_intent_messages_are_blank_with_four_exceptions(bot, ada, bea):
    """docs: events/gateway#message-content-intent"""
    line = await bot.listen(NO_CONTENT)
    own = await bot.say("mine", embeds=[{"title": "t"}])
    await ada.say("secret")
    await ada.say(f"<@{bot.id}> 11. One more")
    await ada.say("a reply", message_reference={"message_id": own["id"]})
    direct = await ada.do("POST", "/users/@me/channels", {"recipient_id": str(bot.id)})
    await ada.say("private", direct["id"])
    created = await line.of("MESSAGE_CREATE")
    assert [each["content"] for each in created] == [
        "mine",
        "",
        f"<@{bot.id}> 11. One more",
        "a reply",
        "private",
    ]
    assert created[0]["embeds"] and created[1]["member"]["roles"] == []


async def test_with_the_content_intent_nothing_is_blank(bot, ada):
    """docs: events/gateway#message-content-intent"""
    line = await bot.listen(GUILDS | GUILD_MESSAGES | 1 << 15)
    await ada.say("secret")
    assert [each["content"] for each in await line.of("MESSAGE_CREATE")] == ["secret"]


async def test_a_member_sees_what_its_permissions_show(ada, moderator, bot):
    """docs: topics/permissions, VIEW_CHANNEL"""
    hers, theirs = await ada.listen(), await moderator.listen()
    await bot.say("hidden", "moderators")
    await bot.say("open", "general")
    assert [each["content"] for each in await hers.of("MESSAGE_CREATE")] == ["open"]
    assert [each["content"] for each in await theirs.of("MESSAGE_CREATE")] == ["hidden", "open"]


async def test_a_resumed_session_gets_what_it_missed_in_order(bot, ada):
    """docs: events/gateway#resuming"""
    line = await bot.listen()
    await line.socket.close(code=4000)
    sent = [(await ada.say(str(n)))["id"] for n in range(3)]
    again = await resume(bot, line.session_id, line.seq)
    replayed = [await again.receive() for _ in range(4)]
    assert [each["d"].get("id") for each in replayed[:3]] == sent
    assert replayed[3]["t"] == "RESUMED" and again.seq == (line.seq or 0) + 4
    await ada.say("new")
    assert [each["content"] for each in await again.of("MESSAGE_CREATE")] == ["new"]


async def test_what_was_read_but_not_acknowledged_is_sent_again(bot, ada):
    """docs: events/gateway#preparing-to-resume"""
    line = await bot.listen()
    seq = line.seq
    await ada.say("x")
    await line.event("MESSAGE_CREATE")
    await line.socket.close(code=4000)
    again = await resume(bot, line.session_id, seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "x"


async def test_what_was_acknowledged_is_no_longer_kept(bot, ada):
    """docs: events/gateway-events#invalid-session"""
    line = await bot.listen()
    seq = line.seq
    await ada.say("x")
    await line.event("MESSAGE_CREATE")
    await line.news()
    await line.socket.close(code=4000)
    again = await resume(bot, line.session_id, seq)
    assert await again.receive() == {"op": 9, "d": False}


@pytest.mark.parametrize("code", [1000, 1001])
async def test_a_session_the_client_closed_cannot_be_resumed(bot, code):
    """docs: events/gateway#initiating-a-disconnect"""
    line = await bot.listen()
    await line.socket.close(code=code)
    again = await resume(bot, line.session_id, line.seq)
    assert await again.receive() == {"op": 9, "d": False}


async def test_a_session_is_kept_for_some_minutes_only(stand_in: StandIn, bot):
    """docs: events/gateway#initiating-a-disconnect"""
    line = await bot.listen()
    await line.socket.close(code=4000)
    stand_in.world.clock.ahead = 600
    again = await resume(bot, line.session_id, line.seq)
    assert await again.receive() == {"op": 9, "d": False}


async def test_an_unknown_session_is_invalid_and_a_new_one_can_begin(bot):
    """docs: events/gateway-events#invalid-session"""
    line = await resume(bot, "nothing", 1)
    assert await line.receive() == {"op": 9, "d": False}
    await line.send(2, {"token": bot.token, "properties": {}, "intents": 1})
    assert await line.event("READY")


async def test_another_ones_session_cannot_be_resumed(bot, ada):
    """docs: events/gateway-events#resume"""
    line = await bot.listen()
    await line.socket.close(code=4000)
    again = await resume(ada, line.session_id, line.seq)
    assert await again.receive() == {"op": 9, "d": False}


async def test_a_sequence_from_the_future_is_4007(bot):
    """docs: topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
    line = await bot.listen()
    await line.socket.close(code=4000)
    assert await (await resume(bot, line.session_id, 99)).closed() == 4007


async def test_a_broken_line_leaves_the_session_for_a_resume(stand_in: StandIn, bot, ada):
    """docs: events/gateway#resuming"""
    line = await bot.listen()
    await stand_in.drop_connections()
    assert await line.closed() == 1006
    await ada.say("missed")
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event("MESSAGE_CREATE"))["content"] == "missed"


async def test_changes_of_the_guild_are_told(stand_in: StandIn, bot):
    """docs: events/gateway-events#guild-member-add and following"""
    line = await bot.listen()
    stage = stand_in.backstage
    role = stage.add_role("Readers")
    stage.permit_role(role, 0)
    member = stage.add_member("newcomer", roles=["Readers"])
    stage.give_roles(member.id, [])
    stage.remove_member(member.id)
    stage.add_channel("new")
    assert member.roles == ["Readers"]
    assert [name for name, _ in await line.news()] == [
        "GUILD_ROLE_CREATE",
        "GUILD_ROLE_UPDATE",
        "GUILD_MEMBER_ADD",
        "GUILD_MEMBER_UPDATE",
        "GUILD_MEMBER_REMOVE",
        "CHANNEL_CREATE",
    ]


async def test_a_bot_hears_of_itself_without_the_members_intent(stand_in: StandIn, bot, ada):
    """docs: events/gateway#caveats"""
    line = await bot.listen(GUILDS)
    stand_in.backstage.give_roles(ada.id, [])
    stand_in.backstage.give_roles(bot.id, [])
    [update] = await line.of("GUILD_MEMBER_UPDATE")
    assert update["user"]["id"] == str(bot.id)


async def test_settled_waits_for_all_that_is_queued(stand_in: StandIn, bot, ada):
    """In-process API: after `settled` every event was handed to its socket."""
    line = await bot.listen()
    for n in range(50):
        await ada.say(str(n))
    await asyncio.wait_for(stand_in.settled(), 10)
    assert len(await line.of("MESSAGE_CREATE")) == 50
