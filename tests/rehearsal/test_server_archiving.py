"""Threads that archive by themselves, against Discord's documentation (topics/threads#active-archived-threads)."""

from __future__ import annotations

import pytest

from rehearsal.server import StandIn

HOUR = 3600


async def archived(who, thread) -> bool:
    return (await who.do("GET", f"/channels/{thread['id']}"))["thread_metadata"]["archived"]


async def test_a_thread_is_archived_after_its_time_of_silence(stand_in: StandIn, bot):
    """docs: topics/threads#active-archived-threads, auto_archive_duration in minutes"""
    thread = await bot.start_thread(auto_archive_duration=60)
    line = await bot.listen()
    stand_in.world.clock.ahead += HOUR - 60
    assert not await archived(bot, thread)
    stand_in.world.clock.ahead += 120
    told = await line.event("THREAD_UPDATE")
    assert told["id"] == thread["id"] and told["thread_metadata"]["archived"]
    assert await archived(bot, thread)


async def test_a_message_is_activity_and_a_reaction_is_none(stand_in: StandIn, bot, ada):
    """docs: topics/threads#active-archived-threads, what activity is"""
    spoken, voted = await bot.start_thread(auto_archive_duration=60), await bot.start_thread(auto_archive_duration=60)
    message = await bot.say("vote", voted["id"])
    stand_in.world.clock.ahead += HOUR - 60
    await ada.say("still here", spoken["id"])
    await ada.do("PUT", f"/channels/{voted['id']}/messages/{message['id']}/reactions/👍/@me")
    stand_in.world.clock.ahead += 120
    assert (await archived(bot, spoken), await archived(bot, voted)) == (False, True)


async def test_changing_the_time_and_opening_again_are_activity(stand_in: StandIn, bot):
    """docs: topics/threads#active-archived-threads"""
    thread = await bot.start_thread(auto_archive_duration=60)
    stand_in.world.clock.ahead += HOUR - 60
    await bot.do("PATCH", f"/channels/{thread['id']}", {"auto_archive_duration": 60})
    stand_in.world.clock.ahead += 120
    assert not await archived(bot, thread)
    stand_in.world.clock.ahead += HOUR
    assert await archived(bot, thread)
    await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": False})
    stand_in.world.clock.ahead += HOUR - 60
    assert not await archived(bot, thread)


async def test_a_pinned_post_is_never_archived_for_silence(stand_in: StandIn, bot):
    """docs: topics/threads#forums"""
    forum = stand_in.backstage.add_channel("debate", forum=True)
    body = {"name": "x", "message": {"content": "x"}, "auto_archive_duration": 60}
    post = await bot.do("POST", f"/channels/{forum}/threads", body)
    await bot.do("PATCH", f"/channels/{post['id']}", {"flags": 1 << 1})
    stand_in.world.clock.ahead += 30 * 24 * HOUR
    assert not await archived(bot, post)


async def test_archived_threads_do_not_come_with_the_guild(stand_in: StandIn, bot):
    """docs: events/gateway-events#guild-create: threads are active ones"""
    gone, here = await bot.start_thread(auto_archive_duration=60), await bot.start_thread(auto_archive_duration=1440)
    stand_in.world.clock.ahead += 2 * HOUR
    assert await archived(bot, gone)
    line = await bot.connect()
    await line.send(2, {"token": bot.token, "properties": {}, "intents": 1})
    guild = await line.event("GUILD_CREATE")
    assert [each["id"] for each in guild["threads"]] == [here["id"]]


async def test_writing_opens_an_archived_thread_before_the_message_comes(bot, ada):
    """docs: topics/threads#active-archived-threads"""
    thread = await bot.start_thread()
    await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True})
    line = await bot.listen()
    await ada.say("awake", thread["id"])
    names = [name for name, _ in await line.news()]
    assert names.index("THREAD_UPDATE") < names.index("MESSAGE_CREATE")


@pytest.mark.parametrize(("locked", "code"), [(False, None), (True, 160005)])
async def test_a_locked_active_thread_takes_reactions_and_no_messages(bot, ada, locked, code):
    """docs: topics/threads#locked-threads"""
    thread = await bot.start_thread()
    message = await bot.say("vote", thread["id"])
    await bot.do("PATCH", f"/channels/{thread['id']}", {"locked": locked})
    await ada.do("PUT", f"/channels/{thread['id']}/messages/{message['id']}/reactions/👍/@me")
    status, answer = await ada.ask("POST", f"/channels/{thread['id']}/messages", {"content": "x"})
    assert (status < 300) if code is None else (answer["code"] == code)


async def test_a_locked_archived_thread_takes_nothing_from_members(bot, ada):
    """docs: topics/threads#locked-threads; JSON error 50083"""
    thread = await bot.start_thread()
    message = await bot.say("vote", thread["id"])
    await bot.do("PATCH", f"/channels/{thread['id']}", {"locked": True, "archived": True})
    reaction = f"/channels/{thread['id']}/messages/{message['id']}/reactions/👍/@me"
    assert await ada.refused("PUT", reaction) == (400, 50083)
    assert await ada.refused("POST", f"/channels/{thread['id']}/messages", {"content": "x"}) == (400, 50083)
    assert await ada.refused("PATCH", f"/channels/{thread['id']}", {"archived": False}) == (403, 50013)
    await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": False, "locked": False})
    assert await ada.say("back", thread["id"])


async def test_lists_of_threads_are_true_at_once_when_time_has_passed(stand_in: StandIn, bot):
    """docs: resources/guild#list-active-guild-threads, resources/channel#list-public-archived-threads"""
    thread = await bot.start_thread(auto_archive_duration=60)
    stand_in.world.clock.ahead += 2 * HOUR
    assert (await bot.do("GET", f"/guilds/{stand_in.guild_id}/threads/active"))["threads"] == []
    page = await bot.do("GET", f"/channels/{thread['parent_id']}/threads/archived/public")
    assert [each["id"] for each in page["threads"]] == [thread["id"]]


async def test_a_post_whose_first_message_is_gone_is_still_there(stand_in: StandIn, bot, ada):
    """docs: topics/threads#forums: the first message can be deleted, the post stays"""
    forum = stand_in.backstage.add_channel("debate", forum=True)
    body = {"name": "x", "message": {"content": "x"}}
    post = await bot.do("POST", f"/channels/{forum}/threads", body)
    await bot.do("DELETE", f"/channels/{post['id']}/messages/{post['id']}")
    assert await bot.refused("GET", f"/channels/{post['id']}/messages/{post['id']}") == (404, 10008)
    await ada.say("still open", post["id"])
    assert (await bot.do("GET", f"/channels/{post['id']}"))["message_count"] == 1


async def test_deleting_a_forum_takes_its_posts(stand_in: StandIn, bot, ada):
    """docs: resources/channel#deleteclose-channel: one CHANNEL_DELETE for all of them"""
    forum = stand_in.backstage.add_channel("debate", forum=True)
    post = await bot.do("POST", f"/channels/{forum}/threads", {"name": "x", "message": {"content": "x"}})
    stand_in.backstage.overwrite(forum, ada.id, allow=1 << 4)
    line = await bot.listen()
    await ada.do("DELETE", f"/channels/{forum}")
    assert [name for name, _ in await line.news()] == ["CHANNEL_DELETE"]
    assert await bot.refused("GET", f"/channels/{post['id']}") == (404, 10003)
