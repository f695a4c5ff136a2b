"""`/critique discard`: what was opened by mistake is taken away, and only while nobody has taken part."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.core import deliveries as owed
from bot.storage import deliveries
from rehearsal.referee import Referee
from rehearsal.server.model import MessageKind
from rehearsal.server.permissions import Permission
from tests.e2e.conftest import House, housed, until
from tests.e2e.screens import faults

MANY = "Many\n\n" + "".join(f"{number}. Reason number {number} is a reason.\n\n" for number in range(1, 26))


async def ask(house: House) -> dict[str, Any]:
    """The moderator is asked whether the newest critique is to go."""
    moderator, general = await house.moderator(), str(house.discord.channels["general"])
    offered = await moderator.autocomplete("critique discard", "critique", "", general, house.guild)
    return await moderator.command("critique discard", general, house.guild, critique=offered[0]["value"])


async def discard(house: House) -> str:
    """What is said when it is discarded."""
    answer = await (await house.moderator()).press(await ask(house), "Discard", house.guild)
    assert not answer["components"]
    return answer["content"]


async def test_nothing_is_left_in_a_text_channel_not_even_the_notice_of_the_pin(house: House) -> None:
    await house.start()
    await (await house.moderator()).say(house.home, "A word of my own.")
    await house.open()
    assert MessageKind.CHANNEL_PINNED_MESSAGE in [message.kind for message in house.shown_in(house.home)]
    question = await ask(house)
    assert question["flags"] & 64
    assert "4 points" in question["content"] and "cannot be undone" in question["content"]
    assert faults(question) == []
    assert (await discard(house)).startswith("Discarded “What's the problem with tea rooms")
    await house.idle()
    assert [message.content for message in house.shown_in(house.home)] == ["A word of my own."]
    assert list(house.discord.world.threads()) == []


async def test_nothing_is_left_in_a_forum_but_members_own_posts(forum: House) -> None:
    await forum.start()
    member = await forum.member(1)
    await member.post(forum.home, "Something else", "Altogether.")
    await forum.open()
    assert "Discarded" in await discard(forum)
    await forum.idle()
    assert [post.name for post in forum.discord.world.threads()] == ["Something else"]


async def test_a_digest_in_a_channel_of_its_own_goes_too_and_what_else_stands_there_stays(forum: House) -> None:
    await forum.start(digest_channel="general")
    await forum.idle()
    general = str(forum.discord.channels["general"])
    before = [message.id for message in forum.shown_in(general)]
    await forum.open()
    assert len(forum.shown_in(general)) == len(before) + 2  # the digest, and the notice of its pin
    await discard(forum)
    await forum.idle()
    assert list(forum.discord.world.threads()) == []
    assert [message.id for message in forum.shown_in(general)] == before


async def test_while_it_is_being_posted_what_waits_is_not_posted_and_what_stands_goes(house: House) -> None:
    await house.start()
    await house.confirm(MANY)

    async def begun() -> bool:
        return len(list(house.discord.world.threads())) >= 3

    await until(begun, "three points to stand")
    listed = await (await house.moderator()).command("critique list", house.home, house.guild)
    assert " of 25" in listed["embeds"][0]["description"]
    await discard(house)
    await house.idle()
    assert house.shown_in(house.home) == []
    assert list(house.discord.world.threads()) == []
    assert len(house.requests("POST", "/channels/{channel_id}/messages")) < 25


async def test_it_goes_on_after_a_restart(house: House) -> None:
    await house.start()
    await house.open(MANY)
    question = await ask(house)
    await house.stop()
    await house.start()
    await (await house.moderator()).press(question, "Discard", house.guild)
    await house.stop()
    await house.start()
    await house.idle()
    assert house.shown_in(house.home) == []
    assert list(house.discord.world.threads()) == []


@pytest.mark.parametrize("home", ["text", "forum"])
async def test_what_was_posted_and_not_recorded_when_the_bot_was_killed_is_found_and_goes(
    tmp_path: Path, referee: Referee | None, home: str
) -> None:
    async with housed(tmp_path, referee, home) as house:
        await house.start()
        await house.open()
        question = await ask(house)
        await forget_that_it_was_posted(house)
        await (await house.moderator()).press(question, "Discard", house.guild)
        await change(house, "UPDATE deliveries SET due_at = due_at - 3600000000")
        await house.idle()
        assert list(house.discord.world.threads()) == []
        assert house.shown_in(house.home) == []


async def forget_that_it_was_posted(house: House) -> None:
    """Leaves the books as a kill does between Discord's answers and their records; all is tried again in an hour."""
    desk, critique = house.app.desk, await house.critique()
    what = [owed.show_digest(critique.guild, critique.id)]
    what += [owed.show_point(critique.guild, line.point.id, critique.home) for line in (await house.digest()).lines]
    if critique.lobby is not None:
        what.append(owed.show_lobby(critique.guild, critique.id, critique.home))
    async with desk.db.write() as tx:
        for each in what:
            await deliveries.owe(tx, each, desk.clock() + timedelta(hours=1))
    await change(
        house,
        "UPDATE deliveries SET begun_at = (SELECT opened_at FROM critiques)",
        "UPDATE points SET message_id = NULL, thread_id = NULL",
        "UPDATE critiques SET lobby_id = NULL",
        "DELETE FROM pages",
    )


async def change(house: House, *statements: str) -> None:
    """Changes the books behind the bot's back."""
    async with house.app.desk.db.write() as tx:
        for statement in statements:
            await tx.execute(text(statement))


async def test_once_a_member_has_voted_it_is_refused_even_if_the_question_was_asked_before(house: House) -> None:
    await house.start()
    await house.open()
    question = await ask(house)
    await (await house.member(1)).react(house.home, await house.message_of("1"), "👍")
    await house.idle()
    refused = await (await house.moderator()).press(question, "Discard", house.guild)
    assert "voters: 1, additions: 0, replies: 0, arguments: 0" in refused["content"]
    assert "/critique close" in refused["content"]
    assert (await ask(house))["content"] == refused["content"]
    assert len(list(house.discord.world.threads())) == 4


async def test_it_can_be_kept(house: House) -> None:
    await house.start()
    await house.open()
    kept = await (await house.moderator()).press(await ask(house), "Keep it", house.guild)
    assert kept["content"] == "Kept as it is."
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_who_is_no_moderator_any_more_discards_nothing(house: House) -> None:
    await house.start()
    await house.open()
    question = await ask(house)
    await house.stop()
    await house.start(moderator_role="Somebody Else")
    refused = await (await house.moderator()).press(question, "Discard", house.guild)
    assert refused["content"].startswith("No moderators' role is known")


async def test_where_the_bot_may_not_delete_threads_it_says_so_at_once_and_discards_nothing(house: House) -> None:
    await house.start()
    await house.open()
    question = await ask(house)
    backstage = house.discord.backstage
    backstage.overwrite(int(house.home), house.discord.bot_id, deny=int(Permission.MANAGE_THREADS))
    await house.idle()
    for refused in (await ask(house), await (await house.moderator()).press(question, "Discard", house.guild)):
        assert "Manage Threads" in refused["content"] and "#critique" in refused["content"]
    assert await house.labels() == ["1", "2", "3", "*"]
    backstage.overwrite(int(house.home), house.discord.bot_id)
    await house.idle()
    assert "Discarded" in await discard(house)
    await house.idle()
    assert list(house.discord.world.threads()) == []
