"""Who is in a thread, against Discord's documentation (topics/threads, resources/channel)."""

from __future__ import annotations

from rehearsal.server import StandIn


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


async def test_who_is_in_a_thread_is_told_of_it_when_it_opens_again(bot, ada, bea):
    """docs: topics/threads: THREAD_UPDATE, then THREAD_MEMBER_UPDATE"""
    thread = await bot.start_thread()
    path = f"/channels/{thread['id']}"
    await bea.do("PUT", f"{path}/thread-members/@me")
    await bot.do("PATCH", path, {"archived": True})
    line, theirs = await bot.listen(), await ada.listen()
    await bea.say("awake", thread["id"])
    news = await line.news()
    assert [name for name, _ in news] == ["THREAD_UPDATE", "THREAD_MEMBER_UPDATE", "MESSAGE_CREATE"]
    assert (news[1][1]["id"], news[1][1]["user_id"]) == (thread["id"], str(bot.id))
    assert [name for name, _ in await theirs.news()] == ["THREAD_UPDATE", "MESSAGE_CREATE"]
    await bot.do("PATCH", path, {"archived": True})
    await bot.do("PATCH", path, {"archived": False})
    names = [name for name, _ in await line.news()]
    assert names == ["THREAD_UPDATE", "THREAD_UPDATE", "THREAD_MEMBER_UPDATE"]
