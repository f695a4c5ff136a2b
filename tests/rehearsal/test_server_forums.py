"""The stand-in's forums against Discord's documentation (topics/threads#forums, resources/channel)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn

PINNED, REQUIRE_TAG = 1 << 1, 1 << 4


@pytest.fixture
def forum(stand_in: StandIn) -> str:
    return str(stand_in.backstage.add_channel("debate", forum=True))


async def post(who: Any, forum: str, name: str = "A post", content: str = "First words", **more: Any) -> Any:
    return await who.do("POST", f"/channels/{forum}/threads", {"name": name, "message": {"content": content}, **more})


async def tagged(owner: Any, forum: str, *names: str, **more: Any) -> list[str]:
    """The ids of the tags that the forum has from now on."""
    body = {"available_tags": [{"name": name, **more} for name in names]}
    return [tag["id"] for tag in (await owner.do("PATCH", f"/channels/{forum}", body))["available_tags"]]


@pytest.fixture
def keeper(stand_in: StandIn, moderator: Any) -> Any:
    """The moderator, who may manage channels as well."""
    role = next(each for each in stand_in.backstage.guild.roles.values() if each.name == "Moderators")
    stand_in.backstage.permit_role(role.id, role.permissions | Permission.MANAGE_CHANNELS)
    return moderator


async def test_a_posts_first_message_has_the_posts_own_id(bot, forum):
    """docs: topics/threads#forums; resources/channel#start-thread-in-forum-or-media-channel"""
    line = await bot.listen()
    answer = await post(bot, forum, "1 · Tea", "They close early.")
    assert answer["id"] == answer["message"]["id"] == answer["message"]["channel_id"]
    assert (answer["parent_id"], answer["type"], answer["message_count"]) == (forum, 11, 0)
    news = await line.news()
    order = [name for name, _ in news]
    assert order.index("THREAD_CREATE") < order.index("MESSAGE_CREATE")
    assert dict(news)["THREAD_CREATE"]["newly_created"] is True
    read = await bot.do("GET", f"/channels/{answer['id']}/messages/{answer['id']}")
    assert read["content"] == "They close early."


async def test_a_nonce_means_nothing_for_a_post(bot, forum):
    """docs: resources/channel#start-thread-in-forum-or-media-channel has no nonce"""
    body = {"content": "x", "nonce": "7", "enforce_nonce": True}
    ids = {(await bot.do("POST", f"/channels/{forum}/threads", {"name": "x", "message": body}))["id"] for _ in "12"}
    assert len(ids) == 2


async def test_sending_messages_is_enough_for_a_post(stand_in, ada, forum):
    """docs: topics/threads#permissions: CREATE_PUBLIC_THREADS is ignored in forums"""
    stand_in.backstage.overwrite(int(forum), ada.id, deny=Permission.CREATE_PUBLIC_THREADS)
    assert await post(ada, forum)
    stand_in.backstage.overwrite(int(forum), ada.id, deny=Permission.SEND_MESSAGES)
    body = {"name": "x", "message": {"content": "x"}}
    assert await ada.refused("POST", f"/channels/{forum}/threads", body) == (403, 50013)


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "message": {"content": "x"}},
        {"name": "x" * 101, "message": {"content": "x"}},
        {"name": "x"},
        {"name": "x", "message": {"content": "x" * 2001}},
        {"name": "x", "message": {"content": "x"}, "applied_tags": ["1"] * 6},
    ],
)
async def test_a_post_has_a_name_and_a_message_within_the_limits(bot, forum, body):
    """docs: resources/channel#start-thread-in-forum-or-media-channel"""
    assert await bot.refused("POST", f"/channels/{forum}/threads", body) == (400, 50035)


async def test_a_post_without_anything_in_it_is_refused(bot, forum):
    """docs: JSON error 50006"""
    body = {"name": "x", "message": {"content": "  "}}
    assert await bot.refused("POST", f"/channels/{forum}/threads", body) == (400, 50006)


async def test_nothing_is_said_in_the_forum_itself(bot, forum):
    """docs: topics/threads#forums; JSON error 50008"""
    assert await bot.refused("POST", f"/channels/{forum}/messages", {"content": "x"}) == (400, 50008)
    assert await bot.refused("GET", f"/channels/{forum}/messages") == (400, 50008)


async def test_files_come_with_a_posts_message(bot, forum):
    """docs: reference#uploading-files"""
    body = {"name": "x", "message": {"content": "see file", "attachments": [{"id": "0", "filename": "a.txt"}]}}
    answer = await bot.do("POST", f"/channels/{forum}/threads", body, files={"a.txt": b"words"})
    assert [each["filename"] for each in answer["message"]["attachments"]] == ["a.txt"]


async def test_a_forum_has_twenty_tags_with_names_of_their_own(keeper, forum):
    """docs: resources/channel#channel-object, available_tags; JSON errors 30048 and 40061"""
    assert len(await tagged(keeper, forum, *(f"tag {n}" for n in range(20)))) == 20
    many = {"available_tags": [{"name": f"tag {n}"} for n in range(21)]}
    assert await keeper.refused("PATCH", f"/channels/{forum}", many) == (400, 30048)
    twice = {"available_tags": [{"name": "same"}, {"name": "same"}]}
    assert await keeper.refused("PATCH", f"/channels/{forum}", twice) == (400, 40061)
    long = {"available_tags": [{"name": "x" * 21}]}
    assert await keeper.refused("PATCH", f"/channels/{forum}", long) == (400, 50035)


async def test_a_forums_tags_need_manage_channels(bot, forum):
    """docs: resources/channel#modify-channel"""
    assert await bot.refused("PATCH", f"/channels/{forum}", {"available_tags": []}) == (403, 50013)


async def test_a_post_bears_tags_of_its_forum_and_no_others(bot, keeper, forum):
    """docs: resources/channel#channel-object, applied_tags; JSON error 10087"""
    one, two = await tagged(keeper, forum, "one", "two")
    answer = await post(bot, forum, applied_tags=[one])
    assert answer["applied_tags"] == [one]
    edited = await bot.do("PATCH", f"/channels/{answer['id']}", {"applied_tags": [two, one]})
    assert edited["applied_tags"] == [two, one]
    assert await bot.refused("PATCH", f"/channels/{answer['id']}", {"applied_tags": ["7"]}) == (404, 10087)


async def test_a_tag_that_goes_leaves_the_posts(bot, keeper, forum):
    """docs: resources/channel#modify-channel: tags that are not named are gone"""
    one, two = await tagged(keeper, forum, "one", "two")
    answer = await post(bot, forum, applied_tags=[one, two])
    kept = {"available_tags": [{"id": two, "name": "second"}]}
    assert [tag["id"] for tag in (await keeper.do("PATCH", f"/channels/{forum}", kept))["available_tags"]] == [two]
    assert (await bot.do("GET", f"/channels/{answer['id']}"))["applied_tags"] == [two]


async def test_a_moderated_tag_is_for_those_who_manage_threads(bot, ada, keeper, forum):
    """docs: resources/channel#forum-tag-object, moderated"""
    (tag,) = await tagged(keeper, forum, "official", moderated=True)
    body = {"name": "x", "message": {"content": "x"}, "applied_tags": [tag]}
    assert await ada.refused("POST", f"/channels/{forum}/threads", body) == (403, 50013)
    assert (await post(bot, forum, applied_tags=[tag]))["applied_tags"] == [tag]


async def test_a_moderated_tag_is_taken_off_by_those_who_manage_threads_alone(bot, ada, keeper, forum):
    """docs: resources/channel#forum-tag-object, moderated: "added to or removed from"; what stands may stay"""
    body = {"available_tags": [{"name": "official", "moderated": True}, {"name": "free"}]}
    official, free = [tag["id"] for tag in (await keeper.do("PATCH", f"/channels/{forum}", body))["available_tags"]]
    own = (await post(ada, forum))["id"]
    await bot.do("PATCH", f"/channels/{own}", {"applied_tags": [official]})
    assert await ada.refused("PATCH", f"/channels/{own}", {"applied_tags": []}) == (403, 50013)
    edited = await ada.do("PATCH", f"/channels/{own}", {"applied_tags": [official, free]})
    assert edited["applied_tags"] == [official, free]
    assert (await bot.do("PATCH", f"/channels/{own}", {"applied_tags": [free]}))["applied_tags"] == [free]


async def test_a_forum_may_ask_for_a_tag(ada, keeper, forum):
    """docs: resources/channel#channel-object-channel-flags, REQUIRE_TAG; JSON errors 40067 and 40066"""
    await keeper.do("PATCH", f"/channels/{forum}", {"flags": REQUIRE_TAG})
    body = {"name": "x", "message": {"content": "x"}}
    assert await ada.refused("POST", f"/channels/{forum}/threads", body) == (400, 40066)
    (tag,) = await tagged(keeper, forum, "any")
    assert await ada.refused("POST", f"/channels/{forum}/threads", body) == (400, 40067)
    assert await post(ada, forum, applied_tags=[tag])


async def test_one_post_is_pinned_by_those_who_manage_threads_and_archiving_unpins_it(bot, ada, forum):
    """docs: resources/channel#channel-object-channel-flags, PINNED; topics/threads#forums; JSON error 30047"""
    first, second = await post(ada, forum), await post(ada, forum)
    assert await ada.refused("PATCH", f"/channels/{first['id']}", {"flags": PINNED}) == (403, 50013)
    assert (await bot.do("PATCH", f"/channels/{first['id']}", {"flags": PINNED}))["flags"] == PINNED
    assert await bot.refused("PATCH", f"/channels/{second['id']}", {"flags": PINNED}) == (400, 30047)
    assert (await bot.do("PATCH", f"/channels/{first['id']}", {"archived": True}))["flags"] == 0
    assert (await bot.do("PATCH", f"/channels/{second['id']}", {"flags": PINNED}))["flags"] == PINNED


async def test_only_posts_are_pinned_or_tagged(bot):
    """docs: resources/channel#modify-channel, threads: both fields are of forum posts"""
    thread = await bot.start_thread()
    assert await bot.refused("PATCH", f"/channels/{thread['id']}", {"flags": PINNED}) == (403, 50024)
    assert await bot.refused("PATCH", f"/channels/{thread['id']}", {"applied_tags": []}) == (403, 50024)


async def test_a_forums_settings_are_told_as_they_were_made(keeper, forum):
    """docs: resources/channel#channel-object"""
    body = {
        "topic": "x" * 4096,
        "default_reaction_emoji": {"emoji_id": None, "emoji_name": "👍"},
        "default_sort_order": 1,
        "default_forum_layout": 2,
        "default_thread_rate_limit_per_user": 5,
    }
    told = await keeper.do("PATCH", f"/channels/{forum}", body)
    assert {name: told[name] for name in body} == body
    assert (await post(keeper, forum))["rate_limit_per_user"] == 5
    cleared = await keeper.do("PATCH", f"/channels/{forum}", {"default_sort_order": None})
    assert cleared["default_sort_order"] is None


async def test_forums_outlive_a_restart_of_the_server(tmp_path, keeper):
    """Not Discord's documentation: the state file keeps what there is."""
    state = tmp_path / "state.sqlite3"
    async with StandIn(state=state, members=1, home="forum") as first:
        forum = first.world.channels[first.channels["critique"]]
        assert forum.forum is not None
        first.world.save(forum)
    async with StandIn(state=state) as second:
        again = second.world.channels[second.channels["critique"]]
        assert again.forum == forum.forum and again.kind == 15


async def test_a_thread_without_a_message_is_announced_in_its_channel(stand_in, bot):
    """docs: resources/channel#start-thread-without-message: private unless its type says otherwise"""
    general = stand_in.channels["general"]
    thread = await bot.do("POST", f"/channels/{general}/threads", {"name": "Talk", "type": 11})
    assert thread["type"] == 11 and thread["id"] != str(general)
    (said,) = await bot.do("GET", f"/channels/{general}/messages")
    assert said["type"] == 18 and said["content"] == "Talk"
    assert (await bot.ask("POST", f"/channels/{general}/threads", {"name": "Talk"}))[0] == 501


@pytest.mark.parametrize(
    "reaction",
    [{"emoji_name": "👍👎"}, {"emoji_name": "yes"}, {"emoji_id": "7"}, {"emoji_id": None, "emoji_name": None}],
)
async def test_a_forums_default_reaction_is_one_emoji_that_there_is(keeper, forum, reaction):
    """docs: resources/channel#default-reaction-object; JSON error 10014"""
    body = {"default_reaction_emoji": reaction}
    assert await keeper.refused("PATCH", f"/channels/{forum}", body) == (400, 10014)


async def test_a_forums_default_reaction_may_be_the_guilds_own(stand_in: StandIn, keeper, forum):
    """docs: resources/channel#default-reaction-object"""
    emoji = str(stand_in.backstage.add_emoji("teacup"))
    body = {"default_reaction_emoji": {"emoji_id": emoji, "emoji_name": None}}
    assert (await keeper.do("PATCH", f"/channels/{forum}", body))["default_reaction_emoji"]["emoji_id"] == emoji
