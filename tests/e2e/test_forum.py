"""A forum as a home: one post a point, tags, the pinned post to add in, members' own posts."""

from typing import Any

from tests.e2e.conftest import House

CREATE = ("POST", "/channels/{channel_id}/threads")


def posts(house: House) -> list[Any]:
    """The forum's posts, newest first, as the forum shows them."""
    return sorted(house.discord.world.threads(), key=lambda thread: -thread.id)


def tags_of(house: House, post: str) -> set[str]:
    """The names of the tags on a post."""
    names = {tag.id: tag.name for tag in house.discord.world.channels[int(house.home)].forum.tags}
    return {names[tag] for tag in house.discord.world.channels[int(post)].thread.tags}


async def test_each_point_is_a_post_and_the_forum_shows_them_in_order_after_the_post_to_add_in(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    names = [post.name for post in posts(forum)]
    assert [name.partition(" ")[0] for name in names[:4]] == ["1", "2", "3", "*"]
    assert names[4].startswith("Add to this list · What's the problem")
    assert critique.lobby == posts(forum)[4].id
    for label in ("1", "2", "3", "*"):
        assert await forum.message_of(label) == await forum.thread_of(label)
        reactions = forum.discord.world.reactions(int(await forum.message_of(label)))
        assert list(reactions) == ["👍", "👎"]


async def test_the_post_to_add_in_is_pinned_has_a_button_and_holds_the_digest(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    assert critique.lobby is not None
    first, digest = [each for each in forum.shown_in(str(critique.lobby)) if each.kind == 0]
    (row,) = first.components
    assert [(each["label"], each["custom_id"]) for each in row["components"]] == [
        ("Add a point", f"v1:add:{critique.id}")
    ]
    assert "/point add" in first.content and "👍" in first.content
    assert "4 points" in digest.embeds[0]["description"]
    assert f"<#{critique.lobby}>" in digest.embeds[0]["description"]
    link = f"https://discord.com/channels/{forum.guild}/{await forum.thread_of('2')}"
    assert link in digest.embeds[0]["description"]


async def test_votes_and_replies_on_posts_count(forum: House) -> None:
    await forum.start()
    await forum.open()
    member = await forum.member(1)
    post = await forum.thread_of("2")
    await member.react(post, post, "👎")
    await member.say(post, "But a biscuit is a dessert.")
    await forum.idle()
    assert await forum.tallies() == {"1": (0, 0), "2": (0, 1), "3": (0, 0), "*": (0, 0)}
    assert (await forum.digest()).lines[1].point.replies == 1


async def test_an_addition_typed_in_a_post_or_in_the_pinned_one_becomes_the_newest_post(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    member = await forum.member(1)
    said = await member.say(str(critique.lobby), "4. They play the same song all day.")
    await member.say(await forum.thread_of("1"), "#9 – They fold the napkins into swans.")
    await forum.idle()
    assert await forum.labels() == ["1", "2", "3", "*", "4", "5"]
    assert [post.name for post in posts(forum)][:2] == [
        "5 · They fold the napkins into swans",
        "4 · They play the same song all day",
    ]
    assert forum.discord.world.reactions(int(said["id"])) == {"📌": {forum.discord.bot_id: None}}
    assert (await forum.digest()).lines[-1].point.claimed_label == "9"
    (told,) = [each for each in forum.shown_in(await forum.thread_of("1")) if each.reference]
    assert "Recorded as **5**" in told.content
    assert await forum.thread_of("5") in told.content


async def test_a_post_that_a_member_opens_with_an_addition_for_a_title_is_adopted(forum: House) -> None:
    await forum.start()
    await forum.open()
    member = await forum.member(1)
    post = await member.post(forum.home, "#9 – It overlooks the view", "Nobody can see the lake.\n\nNot from any seat.")
    await forum.idle()
    point = (await forum.digest()).lines[-1].point
    assert (point.label, point.claimed_label, point.adopted) == ("4", "9", True)
    assert (point.title, point.text) == ("It overlooks the view", "Nobody can see the lake.\n\nNot from any seat.")
    assert str(point.thread) == str(point.message) == post["id"]
    assert forum.discord.world.channels[int(post["id"])].name == "4 · It overlooks the view"
    assert list(forum.discord.world.reactions(int(post["id"]))) == ["👍", "👎"]
    answers = [each for each in forum.shown_in(post["id"]) if each.author_id == forum.discord.bot_id and not each.kind]
    assert ["Recorded as **4**" in each.content and "9" in each.content for each in answers] == [True]
    await member.react(post["id"], post["id"], "👍")
    await member.say(post["id"], "I mean the one to the west.")
    await forum.idle()
    line = (await forum.digest()).lines[-1]
    assert ((line.tally.agree, line.point.replies), len(posts(forum))) == ((1, 1), 6)


async def test_without_the_intent_a_post_is_adopted_by_its_title(forum: House) -> None:
    forum.discord.backstage.switch_intent("message_content", on=False)
    await forum.start(message_content_intent=False)
    await forum.open()
    member = await forum.member(1)
    await member.post(forum.home, "4. It overlooks the view", "Nobody can see the lake.")
    await forum.idle()
    assert (await forum.digest()).lines[-1].point.text == "It overlooks the view"


async def test_other_posts_are_left_alone_and_are_no_lobby(forum: House) -> None:
    await forum.start()
    await forum.open()
    member = await forum.member(1)
    post = await member.post(forum.home, "What is tea?", "4. Is this an addition?")
    await member.post(forum.home, "2. is wrong", "I say.")
    await member.say(post["id"], "4. They have no umbrella stand.")
    await forum.idle()
    assert await forum.labels() == ["1", "2", "3", "*"]
    assert forum.discord.world.reactions(int(post["id"])) == {}


async def test_two_critiques_in_one_forum_make_the_bot_ask_in_the_post(forum: House) -> None:
    await forum.start()
    first = await forum.open()
    second = await forum.open("Another list\n\n1. One thing.\n2. Another thing.\n3. A third thing.\n")
    member = await forum.member(1)
    post = await member.post(forum.home, "4. For which of them?", "I wonder.")
    await forum.idle()
    assert await forum.labels() == ["1", "2", "3"]
    (asked,) = [each for each in forum.shown_in(post["id"]) if each.author_id == forum.discord.bot_id]
    assert "More than one critique is open" in asked.content
    await member.say(str(first.lobby), "4. For the first.")
    await member.say(str(second.lobby), "4. For the second.")
    await forum.idle()
    assert (await forum.digest()).lines[-1].point.text == "For the second."
    assert first.lobby != second.lobby


async def test_typed_ones_and_posts_are_labelled_in_the_order_in_which_they_came(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    typing, posting = await forum.member(1), await forum.member(2)
    for number in range(4, 12, 2):
        await typing.say(str(critique.lobby), f"{number}. Typed: {number} spoons.")
        await posting.post(forum.home, f"{number + 1}. Posted: {number + 1} cups", f"Truly, {number} of them.")
    await forum.idle()
    points = [line.point for line in (await forum.digest()).lines[4:]]
    assert [point.label for point in points] == [str(label) for label in range(4, 12)]
    assert [point.adopted for point in points] == [False, True] * 4
    assert {point.claimed_label for point in points} == {None}


async def test_a_digest_channel_of_its_own_holds_the_digest(forum: House) -> None:
    await forum.start(digest_channel="general")
    critique = await forum.open()
    (digest,) = [each for each in forum.shown_in(str(forum.discord.channels["general"])) if each.embeds]
    assert "4 points" in digest.embeds[0]["description"]
    assert [each for each in forum.shown_in(str(critique.lobby)) if each.embeds] == []
