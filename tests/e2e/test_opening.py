"""A moderator opens a critique: preview, confirmation, posts."""

import asyncio

import pytest

from rehearsal.member import MemberError
from tests.e2e.conftest import LIST, House


async def test_each_point_becomes_a_message_with_a_thread_in_list_order(house: House) -> None:
    await house.start()
    await house.open()
    posts = [message for message in house.shown_in(house.home) if message.author_id == house.discord.bot_id]
    heads = [message.content.partition(" ")[0] for message in posts[:4]]
    assert heads == ["**1)**", "**2)**", "**3)**", r"**\*)**"]
    assert await house.labels() == ["1", "2", "3", "*"]
    threads = [thread.name for thread in house.discord.world.threads()]
    assert threads[0] == "1 · They close before anybody is thirsty"
    assert [str(thread.id) for thread in house.discord.world.threads()] == [str(post.id) for post in posts[:4]]


async def test_both_emoji_are_seeded_and_the_how_to_says_they_do_not_count(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("2")
    reactions = house.discord.world.reactions(int(message))
    assert {emoji: list(users) for emoji, users in reactions.items()} == {
        "👍": [house.discord.bot_id],
        "👎": [house.discord.bot_id],
    }
    content = house.discord.world.message(int(message)).content
    how = content.splitlines()[-1]
    assert how.startswith("-# ") and "not counted" in how and "thread" in how


async def test_nothing_is_posted_before_it_is_confirmed(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    preview = await moderator.command("critique open", house.home, house.guild, document=("list.txt", LIST.encode()))
    await house.idle()
    assert house.shown_in(house.home) == []
    assert preview["flags"] & 64
    embed = preview["embeds"][0]
    assert embed["title"].startswith("What's the problem")
    assert "**3** · They have never met" in embed["description"]
    await moderator.press(preview, "Cancel", house.guild)
    await house.idle()
    assert house.shown_in(house.home) == []


async def test_the_preview_shows_the_warnings(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    text = "A list\n\n1. One thing.\n2. Another thing.\n2. A third thing.\n"
    preview = await moderator.command("critique open", house.home, house.guild, document=("list.txt", text.encode()))
    fields = {field["name"]: field["value"] for field in preview["embeds"][0]["fields"]}
    assert "Warning" in fields["Uncertain"] and "2" in fields["Uncertain"]


async def test_confirming_twice_posts_once(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    preview = await moderator.command("critique open", house.home, house.guild, document=("list.txt", LIST.encode()))
    presses = [moderator.press(preview, "Confirm", house.guild) for _ in range(2)]
    answers = [answer["content"] for answer in await asyncio.gather(*presses)]
    await house.idle()
    assert sum(answer.startswith("Opened") for answer in answers) >= 1
    assert len(house.discord.world.threads()) == 4


async def test_confirm_works_after_a_restart(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    preview = await moderator.command("critique open", house.home, house.guild, document=("list.txt", LIST.encode()))
    await house.stop()
    await house.start()
    await moderator.press(preview, "Confirm", house.guild)
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_a_member_without_the_role_is_refused(house: House) -> None:
    await house.start()
    member = await house.member(1)
    with pytest.raises(MemberError, match="There is no command"):  # by the command's default permissions
        await member.command("critique open", house.home, house.guild, document=("list.txt", LIST.encode()))


async def test_who_may_manage_messages_but_bears_no_moderators_role_is_told_so(house: House) -> None:
    await house.start(moderator_role="Somebody Else")
    moderator = await house.moderator()
    answer = await moderator.command("critique open", house.home, house.guild, document=("list.txt", LIST.encode()))
    assert answer["content"].startswith("No moderators' role is known")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"Prose and nothing else. It goes on.", "list"),
        (b"1. word\n" * 200_000, "1048576"),
    ],
)
async def test_an_unusable_document_gets_one_clear_sentence(house: House, content: bytes, words: str) -> None:
    await house.start()
    moderator = await house.moderator()
    answer = await moderator.command("critique open", house.home, house.guild, document=("x.txt", content))
    assert words in answer["content"], answer["content"]
    assert answer["flags"] & 64
    assert not answer["components"]


async def test_a_missing_permission_is_named_before_anything_is_posted(house: House) -> None:
    from rehearsal.server import Permission

    house.discord.backstage.overwrite(
        int(house.home), house.discord.bot_id, deny=int(Permission.CREATE_PUBLIC_THREADS | Permission.ADD_REACTIONS)
    )
    await house.start()
    moderator = await house.moderator()
    answer = await moderator.command("critique open", house.home, house.guild, document=("list.txt", LIST.encode()))
    assert "#critique" in answer["content"]
    assert "Create Public Threads" in answer["content"] and "Add Reactions" in answer["content"]


async def test_a_long_point_goes_on_in_its_thread_and_loses_nothing(house: House) -> None:
    words = [f"word{number}" for number in range(900)]
    await house.start()
    await house.open("A list\n\n1. Short.\n2. " + " ".join(words) + "\n3. Short too.\n")
    first = house.discord.world.message(int(await house.message_of("2"))).content
    rest = [message.content for message in house.shown_in(await house.thread_of("2")) if message.content]
    assert len(rest) >= 3 and all(len(page) <= 2000 for page in [first, *rest])
    assert [word for word in " ".join([first, *rest]).split() if word.startswith("word")] == words


async def test_member_text_is_inert(house: House) -> None:
    await house.start()
    await house.open(
        "A list\n\n1. Look @everyone, **bold** and [a link](https://example.com).\n2. Two <@1>.\n3. Three.\n"
    )
    message = house.discord.world.message(int(await house.message_of("1")))
    assert "@everyone" not in message.content and r"\*\*bold" in message.content and "[a link](" not in message.content
    for entry in house.requests("POST", "/channels/{channel_id}/messages"):
        assert entry["request"]["allowed_mentions"]["parse"] == []
    assert all(not each.mention_everyone for each in house.shown_in(house.home))
