"""The stand-in's threads, pins, channels and guilds against Discord's documentation (topics/threads, resources/*)."""

from __future__ import annotations

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
