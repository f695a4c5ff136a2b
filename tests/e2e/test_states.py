"""Moderators close and reopen critiques, lock and unlock points."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.services import votes
from bot.storage.tables import deliveries
from rehearsal.member import Refused
from rehearsal.server.permissions import BOT, Permission
from tests.e2e.conftest import House, until


def general(house: House) -> str:
    return str(house.discord.channels["general"])


def state_of(house: House, thread: str) -> tuple[bool, bool]:
    """(locked, archived)"""
    state = house.discord.world.channels[int(thread)].thread
    assert state is not None
    return state.locked, state.archived


def tags_of(house: House, post: str) -> set[str]:
    """The names of the tags on a post."""
    forum = house.discord.world.channels[int(house.home)].forum
    assert forum is not None
    names = {tag.id: tag.name for tag in forum.tags}
    return {names[tag] for tag in house.discord.world.channels[int(post)].applied_tags}


def digest_text(house: House, channel: str) -> str:
    return next(each.embeds[0]["description"] for each in house.shown_in(channel) if each.embeds)


async def closing(house: House, act: str, title: str) -> dict[str, Any]:
    answer = await (await house.moderator()).command(f"critique {act}", general(house), house.guild, critique=title)
    await house.idle()
    return answer


async def test_which_of_two_critiques_is_meant_is_asked_and_not_guessed(house: House) -> None:
    await house.start()
    for title in ("Tea rooms", "Tea rooms again"):
        await house.confirm(f"{title}\n\n1. They close early.\n\n2. They are cold.")
    assert "Several critiques" in (await closing(house, "close", "tea"))["content"]
    assert "Closed “Tea rooms”" in (await closing(house, "close", "tea rooms"))["content"]
    assert "Closed “Tea rooms again”" in (await closing(house, "close", "tea"))["content"]


@pytest.mark.parametrize("status", [500, 503])
async def test_a_thread_that_was_archived_by_a_try_whose_answer_was_lost_is_as_it_should_be(
    house: House, status: int
) -> None:
    await house.start()
    await house.open()
    house.discord.faults.answer(status, "PATCH", "/channels/{channel_id}", after_effect=True)
    moderator = await house.moderator()
    await moderator.command("mod hide", general(house), house.guild, point="2", reason="off-topic")
    await house.idle()
    assert state_of(house, await house.thread_of("2")) == (True, True)
    async with house.app.desk.db.read() as tx:
        assert (await tx.execute(select(deliveries).where(deliveries.c.fault.is_not(None)))).all() == []


async def test_a_closed_critique_takes_no_votes_and_additions_and_reopening_undoes_it(forum: House) -> None:
    forum.discord.backstage.permit_bot(int(BOT | Permission.MANAGE_CHANNELS))
    await forum.start()
    critique = await forum.open()
    threads = [await forum.thread_of(label) for label in ("1", "2", "3", "*")]
    answer = await closing(forum, "close", "tea rooms")
    assert "Closed" in answer["content"]
    assert answer["flags"] & 64
    assert [state_of(forum, thread) for thread in threads] == [(True, True)] * 4
    assert state_of(forum, str(critique.lobby)) == (True, False)
    assert tags_of(forum, threads[0]) == {"Original", "Closed"}
    first = forum.shown_in(str(critique.lobby))[0]
    assert first.components == [] and "closed" in first.content
    assert "Closed: votes and additions count no more" in digest_text(forum, str(critique.lobby))

    assert "open again" in (await closing(forum, "reopen", str(critique.id)))["content"]
    assert [state_of(forum, thread) for thread in threads] == [(False, False)] * 4
    assert state_of(forum, str(critique.lobby)) == (False, False)
    assert tags_of(forum, threads[0]) == {"Original"}
    assert "To add a point" in digest_text(forum, str(critique.lobby))
    member = await forum.member(1)
    await member.react(threads[0], threads[0], "👍")
    await member.say(str(critique.lobby), "4. They play the same song all day.")
    await forum.idle()
    assert (await forum.tallies())["1"] == (1, 0)
    assert (await forum.labels())[-1] == "4"


async def test_closing_in_a_text_home_locks_its_threads_and_ignores_votes_until_it_is_reopened(house: House) -> None:
    await house.start()
    await house.open()
    threads = [await house.thread_of(label) for label in ("1", "2", "3", "*")]
    first = (await house.digest()).lines[0].point
    await closing(house, "close", "tea rooms")
    assert [state_of(house, thread) for thread in threads] == [(True, True)] * 4
    member = await house.member(1)
    await member.react(house.home, threads[0], "👍")
    await member.say(house.home, "4. They play the same song all day.")
    await house.idle()
    assert not await votes.stances(house.app.desk, first.id, first.revision)
    await closing(house, "reopen", "tea rooms")
    assert (await house.tallies())["1"] == (1, 0)
    assert await house.labels() == ["1", "2", "3", "*"]
    assert [state_of(house, thread) for thread in threads] == [(False, False)] * 4


async def test_a_vote_only_point_takes_votes_and_no_messages_and_the_digest_says_so(forum: House) -> None:
    forum.discord.backstage.permit_bot(int(BOT | Permission.MANAGE_CHANNELS))
    await forum.start()
    critique = await forum.open()
    moderator, member = await forum.moderator(), await forum.member(1)
    post = await forum.thread_of("2")
    answer = await moderator.command("critique lock", general(forum), forum.guild, point="2")
    await forum.idle()
    assert "vote-only" in answer["content"]
    assert state_of(forum, post) == (True, False)
    assert tags_of(forum, post) == {"Original", "Vote only"}
    assert "vote only" in digest_text(forum, str(critique.lobby))
    await member.react(post, post, "👎")
    with pytest.raises(Refused):
        await member.say(post, "But a biscuit is a dessert.")
    await forum.idle()
    assert (await forum.tallies())["2"] == (0, 1)
    offered = await moderator.autocomplete("critique unlock", "point", "", general(forum), forum.guild)
    assert [choice["name"].partition(" ")[0] for choice in offered] == ["2"]
    await moderator.command("critique unlock", general(forum), forum.guild, point=offered[0]["value"])
    await forum.idle()
    assert state_of(forum, post) == (False, False)
    assert tags_of(forum, post) == {"Original"}


async def test_members_may_not_and_what_is_so_already_is_said(house: House) -> None:
    await house.start()
    await house.open()
    moderator = await house.moderator()
    again = await moderator.command("critique reopen", general(house), house.guild, critique="tea rooms")
    assert "can be changed so" in again["content"]
    offered = await moderator.autocomplete("critique close", "critique", "tea", general(house), house.guild)
    assert [choice["name"] for choice in offered] == ["What's the problem with tea rooms? A starter"]


async def test_tags_are_left_out_where_the_bot_may_not_make_them_and_moderators_tags_stay(forum: House) -> None:
    await forum.start()
    await forum.open()
    post = await forum.thread_of("1")
    assert tags_of(forum, post) == set()
    moderator = await forum.moderator()
    forum.discord.backstage.permit_bot(int(BOT | Permission.MANAGE_CHANNELS))

    async def permitted() -> bool:
        guild = forum.app.client.get_guild(int(forum.guild))
        return guild is not None and guild.me.guild_permissions.manage_channels

    await until(permitted, "the bot to know its permissions")
    await moderator.command("critique lock", general(forum), forum.guild, point="1")
    await forum.idle()
    assert tags_of(forum, post) == {"Original", "Vote only"}
    known = forum.discord.world.channels[int(forum.home)].forum
    assert known is not None
    assert sorted(tag.name for tag in known.tags) == [
        "Addition",
        "Closed",
        "Hidden",
        "Original",
        "Vote only",
        "Withdrawn",
    ]
    assert all(tag.moderated for tag in known.tags)
