"""Posts in a forum that fall asleep are woken; what somebody closed is left closed."""

from tests.e2e.conftest import House, until

WEEK = 7 * 86_400.0
PATCH = ("PATCH", "/channels/{channel_id}")


def archived(house: House, post: str) -> bool:
    state = house.discord.world.channels[int(post)].thread
    assert state is not None
    return state.archived


async def all_woken(house: House, posts: list[str], changes: int) -> None:
    async def woken() -> bool:
        return len(house.requests(*PATCH)) >= changes and not any(archived(house, post) for post in posts)

    await until(woken, "the posts to be active")
    await house.idle()


async def test_posts_that_fell_asleep_are_woken_each_by_one_change_and_votes_go_on(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    posts = [await forum.thread_of(label) for label in ("1", "2", "3", "*")]
    before = len(forum.requests(*PATCH))
    forum.discord.world.clock.ahead += WEEK + 60
    await all_woken(forum, posts, before + 4)
    assert len(forum.requests(*PATCH)) == before + 4
    assert not archived(forum, str(critique.lobby))
    member = await forum.member(1)
    await member.react(posts[0], posts[0], "👍")
    await forum.idle()
    assert (await forum.tallies())["1"] == (1, 0)


async def test_posts_that_fell_asleep_while_the_bot_was_away_are_woken_at_its_start(forum: House) -> None:
    await forum.start()
    await forum.open()
    posts = [await forum.thread_of(label) for label in ("1", "2", "3", "*")]
    await forum.stop()
    before = len(forum.requests(*PATCH))
    forum.discord.world.clock.ahead += WEEK + 60

    async def asleep() -> bool:
        return all(archived(forum, post) for post in posts)

    await until(asleep, "the posts to fall asleep")
    await forum.start()
    await all_woken(forum, posts, before + 4)
    assert (
        len(forum.requests("GET", "/guilds/{guild_id}/threads/active")) == 1
    )  # to confirm; a server comes with its own


async def test_what_a_moderator_closes_stays_closed_and_the_digest_says_so(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    post = await forum.thread_of("2")
    moderator = await forum.moderator()
    await moderator.api.request("PATCH", f"/channels/{post}", {"archived": True})

    async def told() -> bool:
        shown = [each for each in forum.shown_in(str(critique.lobby)) if each.embeds]
        return "asleep" in shown[0].embeds[0]["description"]

    await until(told, "the digest to say so")
    await forum.idle()
    assert archived(forum, post)
    await (await forum.member(1)).say(post, "Hello?")

    async def told_no_more() -> bool:
        return not await told()

    await until(told_no_more, "the digest to say so no more")
    assert not archived(forum, post)


async def test_in_a_text_home_sleeping_threads_are_left_alone(house: House) -> None:
    await house.start()
    await house.open()
    threads = [await house.thread_of(label) for label in ("1", "2", "3", "*")]
    house.discord.world.clock.ahead += WEEK + 60

    async def asleep() -> bool:
        return all(archived(house, thread) for thread in threads)

    await until(asleep, "the threads to fall asleep")
    await house.idle()
    assert house.requests(*PATCH) == []
