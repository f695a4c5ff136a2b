"""Moderators undo what they did with the button under the answer, and are reminded of their own part."""

from typing import Any

from rehearsal.member import Member
from tests.e2e.conftest import House
from tests.e2e.test_cases import BECAUSE, direct, held, newest
from tests.e2e.test_cases import SPOONS as ADDED


async def follow_up(member: Member, words: str, since: int) -> dict[str, Any]:
    """What only the member is told after their press."""
    told = await member.wait_for("MESSAGE_CREATE", lambda data: words in data["content"], 5, since)
    assert told["flags"] & 64
    return told


async def test_what_was_hidden_is_back_by_a_press_after_a_restart(house: House) -> None:
    await house.start()
    await house.open()
    moderator, message = await house.moderator(), await house.message_of("2")
    said = await moderator.command("mod hide", house.home, house.guild, point="2", reason="unkind")
    await house.idle()
    await house.stop()
    await (await house.member(1)).react(house.home, message, "👍")
    await house.start()
    await house.idle()
    done = await moderator.press(said, "Undo", house.guild)
    assert "**2** is as it was" in done["content"] and done["components"] == []
    await house.idle()
    assert "biscuit" in house.discord.world.message(int(message)).content
    assert (await house.tallies())["2"] == (1, 0)


async def test_what_is_undone_already_is_not_undone_by_a_press(house: House) -> None:
    await house.start()
    await house.open()
    moderator = await house.moderator()
    said = await moderator.command("mod hide", house.home, house.guild, point="2", reason="unkind")
    await moderator.command("mod restore", house.home, house.guild, point="2")
    await moderator.command("mod hide", house.home, house.guild, point="2", reason="unkind")
    again = await moderator.press(said, "Undo", house.guild)
    assert "undone already" in again["content"]
    await house.idle()
    assert "biscuit" not in house.discord.world.message(int(await house.message_of("2"))).content


async def test_whoever_is_no_moderator_any_more_undoes_nothing(house: House) -> None:
    await house.start()
    await house.open()
    moderator = await house.moderator()
    said = await moderator.command("critique lock", house.home, house.guild, point="2")
    await house.idle()
    assert "Undo" in str(said["components"])
    house.discord.backstage.give_roles(int(moderator.id), [])
    refused = await moderator.press(said, "Undo", house.guild)
    assert "moderators" in refused["content"]
    await house.idle()
    thread = house.discord.world.channels[int(await house.thread_of("2"))].thread
    assert thread is not None and thread.locked


async def test_a_refusal_is_undone_and_the_addition_waits_with_its_buttons_and_its_sign(house: House) -> None:
    office = await held(house)
    ada, moderator = await house.member(1), await house.moderator()
    typed = await ada.say(house.home, ADDED)
    await house.idle()
    since = len(moderator.gateway.seen)
    form = await moderator.press(await newest(moderator, office), "Refuse", house.guild)
    await moderator.submit(form, BECAUSE)
    told = await follow_up(moderator, "Refused: **4**", since)
    await house.idle()
    assert house.discord.world.reactions(int(typed["id"])) == {}
    assert "waits for a decision again" in (await moderator.press(told, "Undo", house.guild))["content"]
    await house.idle()
    assert "took their refusal" in (await direct(house, ada))["content"]
    assert house.discord.world.reactions(int(typed["id"])) == {"⏳": {house.discord.bot_id: None}}
    await moderator.press(await newest(moderator, office), "Approve", house.guild)
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]
    assert house.discord.world.reactions(int(typed["id"])) == {"📌": {house.discord.bot_id: None}}


async def test_a_moderator_is_reminded_of_their_own_part_in_answers_and_after_a_press(house: House) -> None:
    office = await held(house)
    moderator = await house.moderator()
    await moderator.react(house.home, await house.message_of("2"), "👍")
    await house.idle()
    said = await moderator.command("critique lock", house.home, house.guild, point="2")
    assert "You voted on this point yourself." in said["content"]
    other = await moderator.command("critique lock", house.home, house.guild, point="3")
    assert "yourself" not in other["content"]
    await moderator.say(house.home, ADDED)
    await house.idle()
    since = len(moderator.gateway.seen)
    await moderator.press(await newest(moderator, office), "Approve", house.guild)
    await follow_up(moderator, "You wrote this point yourself.", since)
    await house.idle()


async def test_a_critique_that_was_closed_is_open_by_a_press_and_what_was_voted_meanwhile_counts(house: House) -> None:
    await house.start()
    await house.open()
    moderator, message = await house.moderator(), await house.message_of("1")
    said = await moderator.command("critique close", house.home, house.guild, critique="What's the problem")
    await house.idle()
    await (await house.member(1)).react(house.home, message, "👍")
    await house.idle()
    assert "is open again" in (await moderator.press(said, "Undo", house.guild))["content"]
    await house.idle()
    assert (await house.tallies())["1"] == (1, 0)


async def test_a_withdrawal_and_a_merge_are_undone_by_a_press(house: House) -> None:
    await house.start()
    await house.open()
    ada, moderator = await house.member(1), await house.moderator()
    await ada.say(house.home, ADDED)
    await house.idle()
    merged = await moderator.command("mod merge", house.home, house.guild, point="2", into="1", reason="duplicate")
    gone = await moderator.command("mod withdraw", house.home, house.guild, point="4", reason="spam")
    await house.idle()
    assert "can be undone until" in gone["content"] and "can be undone until" in merged["content"]
    await moderator.press(merged, "Undo", house.guild)
    await moderator.press(gone, "Undo", house.guild)
    await house.idle()
    points = {line.point.label: line.point for line in (await house.digest()).lines}
    assert points["2"].into is None and not points["4"].is_gone
    assert "spoons" in house.discord.world.message(points["4"].message or 0).content


async def test_a_moderator_is_reminded_of_their_own_part_after_merging_what_waits_by_its_form(house: House) -> None:
    office = await held(house)
    moderator = await house.moderator()
    await moderator.react(house.home, await house.message_of("2"), "👍")
    await (await house.member(1)).say(house.home, ADDED)
    await house.idle()
    form = await moderator.press(await newest(moderator, office), "Merge…", house.guild)
    since = len(moderator.gateway.seen)
    await moderator.submit(form, {"asked": "2", "words": ""})
    told = await follow_up(moderator, "You voted on this point yourself.", since)
    assert "Merged: **4** counts to **2**." in told["content"]
    await house.idle()
