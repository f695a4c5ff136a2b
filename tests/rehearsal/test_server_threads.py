"""The stand-in's threads, pins, channels and guilds against Discord's documentation (topics/threads, resources/*)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn


async def test_a_thread_bears_its_messages_id(bot):
    """docs: topics/threads#public-private-threads"""
    message = await bot.say("point")
    line = await bot.listen()
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    status, thread = await bot.ask("POST", f"{path}/threads", {"name": "A point", "auto_archive_duration": 10080})
    assert status == 201 and thread["id"] == message["id"] and thread["parent_id"] == message["channel_id"]
    assert thread["type"] == 11 and thread["thread_metadata"]["auto_archive_duration"] == 10080
    read = await bot.do("GET", path)
    assert read["flags"] & 1 << 5 and read["thread"]["id"] == thread["id"]
    news = dict(await line.news())
    assert news["THREAD_CREATE"]["newly_created"] is True
    assert news["THREAD_MEMBERS_UPDATE"]["added_members"][0]["user_id"] == str(bot.id)
    assert news["MESSAGE_UPDATE"]["thread"]["id"] == thread["id"]


async def test_a_thread_begins_with_its_starter_message(bot):
    """docs: topics/threads#new-message-types"""
    thread = await bot.start_thread()
    [starter] = await bot.do("GET", f"/channels/{thread['id']}/messages")
    assert starter["type"] == 21 and starter["content"] == ""
    assert starter["message_reference"]["message_id"] == thread["id"]
    assert starter["referenced_message"]["content"] == "Something to talk about"


async def test_a_message_has_one_thread_at_most(bot):
    """docs: topics/opcodes-and-status-codes#json, 160004"""
    thread = await bot.start_thread()
    path = f"/channels/{thread['parent_id']}/messages/{thread['id']}/threads"
    assert await bot.refused("POST", path, {"name": "again"}) == (400, 160004)


@pytest.mark.parametrize("body", [{"name": ""}, {"name": "x" * 101}, {}, {"name": "x", "auto_archive_duration": 5}])
async def test_a_threads_name_has_1_to_100_characters(bot, body):
    """docs: resources/channel#start-thread-from-message"""
    message = await bot.say("point")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/threads"
    assert await bot.refused("POST", path, body) == (400, 50035)


async def test_starting_a_thread_needs_its_permission(stand_in: StandIn, ada):
    """docs: topics/threads#permissions"""
    message = await ada.say("point")
    stand_in.backstage.overwrite(int(message["channel_id"]), ada.id, deny=Permission.CREATE_PUBLIC_THREADS)
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/threads"
    assert await ada.refused("POST", path, {"name": "x"}) == (403, 50013)


async def test_a_guild_has_a_limit_of_active_threads(stand_in: StandIn, bot, ada):
    """docs: topics/threads#active-archived-threads; 160006"""
    stand_in.stage.most_active_threads = 1
    thread = await bot.start_thread()
    message = await bot.say("point")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/threads"
    assert await bot.refused("POST", path, {"name": "x"}) == (400, 160006)
    await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True})
    assert await bot.do("POST", path, {"name": "x"})
    assert await ada.refused("POST", f"/channels/{thread['id']}/messages", {"content": "x"}) == (400, 160006)
    assert await bot.refused("PATCH", f"/channels/{thread['id']}", {"archived": False}) == (400, 160006)


async def test_writing_in_threads_has_its_own_permission(stand_in: StandIn, bot, ada):
    """docs: topics/threads#permissions"""
    thread = await bot.start_thread()
    where = int(thread["parent_id"])
    stand_in.backstage.overwrite(where, ada.id, deny=Permission.SEND_MESSAGES)
    assert await ada.say("x", thread["id"])
    stand_in.backstage.overwrite(where, ada.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
    assert await ada.refused("POST", f"/channels/{thread['id']}/messages", {"content": "x"}) == (403, 50013)


async def test_the_count_of_messages_leaves_out_the_starter_and_the_deleted(bot, ada):
    """docs: resources/channel#channel-object, message_count and total_message_sent"""
    thread = await bot.start_thread()
    first = await ada.say("1", thread["id"])
    await ada.say("2", thread["id"])
    await ada.do("DELETE", f"/channels/{thread['id']}/messages/{first['id']}")
    read = await ada.do("GET", f"/channels/{thread['id']}")
    assert (read["message_count"], read["total_message_sent"]) == (1, 2)


async def test_who_writes_in_a_thread_joins_it(bot, ada):
    """docs: topics/threads#thread-membership"""
    thread = await bot.start_thread()
    line = await ada.listen()
    await ada.say("x", thread["id"])
    news = await line.news()
    assert [name for name, _ in news] == ["THREAD_CREATE", "THREAD_MEMBERS_UPDATE", "MESSAGE_CREATE"]
    assert news[1][1]["added_members"][0]["user_id"] == str(ada.id)
    assert await bot.do("GET", f"/channels/{thread['id']}/thread-members/{ada.id}")


async def test_without_the_members_intent_a_bot_hears_of_its_own_membership_only(bot, ada):
    """docs: events/gateway#caveats"""
    thread = await bot.start_thread()
    line = await bot.listen(1)
    await ada.do("PUT", f"/channels/{thread['id']}/thread-members/@me")
    assert await line.of("THREAD_MEMBERS_UPDATE") == []
    await bot.do("DELETE", f"/channels/{thread['id']}/thread-members/@me")
    [left] = await line.of("THREAD_MEMBERS_UPDATE")
    assert left["removed_member_ids"] == [str(bot.id)]


async def test_adding_somebody_is_announced_in_the_thread(bot, ada):
    """docs: topics/threads#new-message-types"""
    thread = await bot.start_thread()
    await bot.do("PUT", f"/channels/{thread['id']}/thread-members/{ada.id}")
    assert (await bot.do("GET", f"/channels/{thread['id']}/messages"))[0]["type"] == 1


async def test_a_message_opens_an_archived_thread_again(bot, ada):
    """docs: topics/threads#active-archived-threads"""
    thread = await bot.start_thread()
    path = f"/channels/{thread['id']}"
    assert (await bot.do("PATCH", path, {"archived": True}))["thread_metadata"]["archived"]
    line = await bot.listen()
    await ada.say("hello", thread["id"])
    assert [each["thread_metadata"]["archived"] for each in await line.of("THREAD_UPDATE")] == [False]
    assert not (await bot.do("GET", path))["thread_metadata"]["archived"]


async def test_only_moderators_open_a_locked_thread(bot, ada, moderator):
    """docs: topics/threads#locked-threads"""
    thread = await ada.start_thread()
    path = f"/channels/{thread['id']}"
    await moderator.do("PATCH", path, {"archived": True, "locked": True})
    assert await ada.refused("POST", f"{path}/messages", {"content": "x"}) == (400, 50083)
    assert await ada.refused("PATCH", path, {"archived": False}) == (403, 50013)
    assert await moderator.do("PATCH", path, {"archived": False})


async def test_nothing_in_an_archived_thread_changes_but_by_opening_it(bot):
    """docs: topics/threads#active-archived-threads; 50083"""
    thread = await bot.start_thread()
    path = f"/channels/{thread['id']}"
    message = await bot.say("x", thread["id"])
    await bot.do("PATCH", path, {"archived": True})
    assert await bot.refused("PATCH", path, {"locked": True}) == (400, 50083)
    assert await bot.refused("PATCH", f"{path}/messages/{message['id']}", {"content": "y"}) == (400, 50083)
    assert await bot.do("DELETE", f"{path}/messages/{message['id']}") is None
    assert (await bot.do("PATCH", path, {"archived": False, "locked": True}))["thread_metadata"]["locked"]


async def test_a_thread_is_changed_by_its_owner_or_a_moderator(ada, bea, moderator):
    """docs: topics/threads#editing-deleting-threads"""
    path = f"/channels/{(await ada.start_thread())['id']}"
    assert await bea.refused("PATCH", path, {"name": "mine"}) == (403, 50013)
    assert await ada.refused("PATCH", path, {"locked": True}) == (403, 50013)
    assert (await ada.do("PATCH", path, {"name": "renamed"}))["name"] == "renamed"
    [notice, _] = await ada.do("GET", f"{path}/messages")
    assert notice["type"] == 4 and notice["content"] == "renamed"
    assert await ada.refused("DELETE", path) == (403, 50013)
    assert await moderator.do("DELETE", path)
    assert await ada.refused("GET", path) == (404, 10003)


async def test_active_and_archived_threads_are_listed_apart(bot):
    """docs: topics/threads#enumerating-threads"""
    ids = [(await bot.start_thread(str(n)))["id"] for n in range(4)]
    for each in ids[:3]:
        await bot.do("PATCH", f"/channels/{each}", {"archived": True})
    active = await bot.do("GET", f"/guilds/{bot.stand_in.guild_id}/threads/active")
    assert [each["id"] for each in active["threads"]] == ids[3:] and active["members"][0]["user_id"] == str(bot.id)
    path = f"/channels/{bot.stand_in.channels['general']}/threads/archived/public"
    page = await bot.do("GET", path, limit=2)
    assert [each["id"] for each in page["threads"]] == [ids[2], ids[1]] and page["has_more"]
    before = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
    page = await bot.do("GET", path, limit=2, before=before)
    assert [each["id"] for each in page["threads"]] == [ids[0]] and not page["has_more"]


async def test_deleting_the_source_leaves_an_orphan(bot):
    """docs: topics/threads#public-private-threads"""
    thread = await bot.start_thread()
    await bot.do("DELETE", f"/channels/{thread['parent_id']}/messages/{thread['id']}")
    assert await bot.say("still here", thread["id"])


async def test_guild_create_holds_active_threads_only(bot):
    """docs: events/gateway-events#guild-create"""
    kept, gone = await bot.start_thread(), await bot.start_thread()
    await bot.do("PATCH", f"/channels/{gone['id']}", {"archived": True})
    line = await bot.connect()
    await line.send(2, {"token": bot.token, "intents": 1, "properties": {}})
    guild = await line.event("GUILD_CREATE")
    assert [each["id"] for each in guild["threads"]] == [kept["id"]]
    assert guild["threads"][0]["member"]["user_id"] == str(bot.id)


async def test_pinning_needs_pin_messages_and_is_announced(bot, moderator):
    """docs: resources/message#pin-message; topics/permissions, PIN_MESSAGES"""
    message = await bot.say("list")
    pins = f"/channels/{message['channel_id']}/messages/pins"
    assert await moderator.refused("PUT", f"{pins}/{message['id']}") == (403, 50013)
    line = await moderator.listen()
    await bot.do("PUT", f"{pins}/{message['id']}")
    names = [name for name, _ in await line.news()]
    assert names == ["MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE", "MESSAGE_CREATE"]
    notice = (await bot.do("GET", f"/channels/{message['channel_id']}/messages"))[0]
    assert notice["type"] == 6 and notice["message_reference"]["message_id"] == message["id"]
    [pinned] = (await moderator.do("GET", pins))["items"]
    assert pinned["message"]["id"] == message["id"] and pinned["message"]["pinned"]
    await bot.do("DELETE", f"{pins}/{message['id']}")
    assert (await bot.do("GET", pins))["items"] == []


async def test_pins_are_paged_by_time_and_250_at_most(bot, monkeypatch):
    """docs: resources/message#get-channel-pins; 30003"""
    monkeypatch.setattr("rehearsal.server.pins.MOST_PINS", 3)
    messages = [await bot.say(str(n)) for n in range(4)]
    pins = f"/channels/{messages[0]['channel_id']}/messages/pins"
    for each in messages[:3]:
        await bot.do("PUT", f"{pins}/{each['id']}")
    assert await bot.refused("PUT", f"{pins}/{messages[3]['id']}") == (400, 30003)
    page = await bot.do("GET", pins, limit=2)
    assert [each["message"]["content"] for each in page["items"]] == ["2", "1"] and page["has_more"]
    rest = await bot.do("GET", pins, before=page["items"][-1]["pinned_at"])
    assert [each["message"]["content"] for each in rest["items"]] == ["0"]


async def test_a_channel_is_changed_by_who_manages_channels(stand_in: StandIn, ada, bot):
    """docs: resources/channel#modify-channel"""
    path = f"/channels/{stand_in.channels['general']}"
    assert await bot.refused("PATCH", path, {"topic": "x"}) == (403, 50013)
    stand_in.backstage.overwrite(stand_in.channels["general"], ada.id, allow=Permission.MANAGE_CHANNELS)
    line = await bot.listen()
    assert (await ada.do("PATCH", path, {"topic": "x"}))["topic"] == "x"
    assert (await line.of("CHANNEL_UPDATE"))[0]["topic"] == "x"
    assert (await ada.ask("PATCH", path, {"type": 5}))[0] == 501


async def test_deleting_a_channel_takes_its_threads(stand_in: StandIn, bot, ada):
    """docs: resources/channel#deleteclose-channel"""
    thread = await bot.start_thread()
    stand_in.backstage.overwrite(stand_in.channels["general"], ada.id, allow=Permission.MANAGE_CHANNELS)
    line = await bot.listen()
    await ada.do("DELETE", f"/channels/{thread['parent_id']}")
    assert [each["id"] for each in await line.of("CHANNEL_DELETE")] == [thread["parent_id"]]
    assert await bot.refused("GET", f"/channels/{thread['id']}") == (404, 10003)


async def test_a_guild_its_channels_roles_and_members_can_be_read(stand_in: StandIn, bot, ada):
    """docs: resources/guild#get-guild and following"""
    guild = f"/guilds/{stand_in.guild_id}"
    assert (await bot.do("GET", guild, with_counts="true"))["approximate_member_count"] == 6
    assert {each["name"] for each in await bot.do("GET", f"{guild}/channels")} == {"general", "critique", "moderators"}
    roles: list[dict[str, Any]] = await bot.do("GET", f"{guild}/roles")
    assert {each["name"] for each in roles} == {"@everyone", "Moderators", "point-eleven"}
    assert (await bot.do("GET", f"{guild}/members/{ada.id}"))["user"]["id"] == str(ada.id)
    assert await bot.refused("GET", f"{guild}/members/1") == (404, 10013)
    assert await bot.refused("GET", "/guilds/1") == (404, 10004)
    assert (await ada.do("PATCH", f"{guild}/members/@me", {"nick": "Ada"}))["nick"] == "Ada"


async def test_listing_members_needs_the_members_intent(stand_in: StandIn, bot):
    """docs: resources/guild#list-guild-members"""
    path = f"/guilds/{stand_in.guild_id}/members"
    assert len(await bot.do("GET", path, limit=100)) == 6
    stand_in.backstage.switch_intent("members", on=False)
    assert await bot.refused("GET", path) == (403, 50001)


async def test_a_direct_message_reaches_who_lets_it(stand_in: StandIn, bot, ada, bea):
    """docs: resources/user#create-dm; 50007"""
    line = await ada.listen()
    channel = await bot.do("POST", "/users/@me/channels", {"recipient_id": str(ada.id)})
    assert channel == await bot.do("POST", "/users/@me/channels", {"recipient_id": str(ada.id)})
    await bot.say("hello", channel["id"])
    [message] = await line.of("MESSAGE_CREATE")
    assert message["content"] == "hello" and "guild_id" not in message
    assert await bea.refused("GET", f"/channels/{channel['id']}/messages") == (403, 50001)
    stand_in.backstage.close_direct_messages(ada.id)
    assert await bot.refused("POST", f"/channels/{channel['id']}/messages", {"content": "x"}) == (403, 50007)


async def test_a_threads_members_come_whole_and_paged_where_that_is_asked_for(bot, ada, bea):
    """docs: resources/channel#list-thread-members, with_member, limit, after"""
    thread = await bot.start_thread()
    for who in (ada, bea):
        await who.do("PUT", f"/channels/{thread['id']}/thread-members/@me")
    path = f"/channels/{thread['id']}/thread-members"
    assert not any("member" in each for each in await bot.do("GET", path))
    first, second = await bot.do("GET", path, with_member="true", limit=2)
    (third,) = await bot.do("GET", path, with_member="true", after=second["user_id"])
    found = [each["user_id"] for each in (first, second, third)]
    assert found == sorted((str(bot.id), str(ada.id), str(bea.id)), key=int)
    assert third["member"]["user"]["id"] == third["user_id"]
    assert (await bot.do("GET", f"{path}/{ada.id}", with_member="true"))["member"]["user"]["id"] == str(ada.id)


async def test_a_thread_has_a_thousand_members_at_most(stand_in: StandIn, bot, ada):
    """docs: topics/threads#thread-membership; JSON error 30033"""
    thread = await bot.start_thread()
    state = stand_in.world.channels[int(thread["id"])].thread
    assert state is not None
    state.members |= {number: stand_in.world.stamp() for number in range(1, 1000)}
    assert await ada.refused("PUT", f"/channels/{thread['id']}/thread-members/@me") == (400, 30033)
    assert await ada.say("writing works still", thread["id"])
    assert ada.id not in state.members


async def test_only_channels_have_archived_threads(bot):
    """docs: resources/channel#list-public-archived-threads; JSON error 50024"""
    thread = await bot.start_thread()
    assert await bot.refused("GET", f"/channels/{thread['id']}/threads/archived/public") == (403, 50024)


async def test_archived_threads_are_paged_by_when_they_were_archived(bot):
    """docs: resources/channel#list-public-archived-threads, before and has_more"""
    names = []
    for name in ("first", "second", "third"):
        thread = await bot.start_thread(name)
        await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True})
        names.append(thread["id"])
    path = f"/channels/{thread['parent_id']}/threads/archived/public"
    page = await bot.do("GET", path, limit=2)
    assert [each["id"] for each in page["threads"]] == [names[2], names[1]] and page["has_more"]
    rest = await bot.do("GET", path, before=page["threads"][-1]["thread_metadata"]["archive_timestamp"])
    assert [each["id"] for each in rest["threads"]] == [names[0]] and not rest["has_more"]


async def test_who_may_write_in_a_thread_may_open_it(stand_in: StandIn, bot, bea):
    """docs: resources/channel#modify-channel-json-params-thread"""
    thread = await bot.start_thread()
    path = f"/channels/{thread['id']}"
    await bot.do("PATCH", path, {"archived": True})
    stand_in.backstage.overwrite(int(thread["parent_id"]), bea.id, deny=Permission.SEND_MESSAGES_IN_THREADS)
    assert await bea.refused("PATCH", path, {"archived": False}) == (403, 50013)
    stand_in.backstage.overwrite(int(thread["parent_id"]), bea.id)
    assert not (await bea.do("PATCH", path, {"archived": False}))["thread_metadata"]["archived"]
    assert await bea.refused("PATCH", path, {"name": "x"}) == (403, 50013)
