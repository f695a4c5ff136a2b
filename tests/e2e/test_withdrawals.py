"""Authors take their additions back: what stood in Discord goes, the label stays."""

from typing import Any

from bot.core.refusals import Code, Refusal
from bot.display.errors import sentence
from rehearsal.member import Member
from tests.e2e.conftest import House

TOMBSTONE = "**4)** Withdrawn."


async def withdraw(house: House, member: Member, asked: str) -> Any:
    question = await member.command("point withdraw", house.home, house.guild, point=asked)
    assert "cannot be undone" in question["content"], question["content"]
    return await member.press(question, "Withdraw", house.guild)


async def test_undo_takes_text_thread_name_pages_and_mark_away_and_keeps_the_label(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    first = await member.say(house.home, "4. " + "They wobble and they wobble. " * 65 + "and")
    await member.say(house.home, "They wobble once more. " * 20 + "That is all.")
    await house.idle()
    thread = await house.thread_of("4")
    assert any("wobble" in each.content for each in house.shown_in(thread))
    answer = await member.command("point undo", house.home, house.guild)
    assert answer["content"] == "Withdrawn: **4**. Its label is not used again."
    await house.idle()
    assert house.discord.world.message(int(await house.message_of("4"))).content == TOMBSTONE
    assert not any("wobble" in each.content for each in house.shown_in(thread))
    shown = house.discord.world.channels[int(thread)]
    assert (shown.name, shown.thread.locked, shown.thread.archived) == ("4 · withdrawn", True, True)
    assert not house.discord.world.reactions(int(first["id"]))
    digest = next(each for each in house.shown_in(house.home) if each.embeds).embeds[0]["description"]
    assert "withdrawn" in digest and "wobble" not in digest and "addition" not in digest
    panel = await member.command("point show", house.home, house.guild, point="4")
    assert panel["content"] == TOMBSTONE
    refused = await member.command("point undo", house.home, house.guild)
    assert refused["content"] == sentence(Refusal(Code.NOTHING_TO_UNDO))
    await member.say(house.home, "4. They have no cellar.")
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4", "5"]


async def test_an_addition_that_is_undone_at_once_never_shows_its_text_again(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    modal = await member.command("point add", house.home, house.guild)
    await member.submit(modal, {"text": "I should not have said this."})
    await member.command("point undo", house.home, house.guild)
    await house.idle()
    channels = [house.home, *(str(thread.id) for thread in house.discord.world.threads())]
    shown = [message.content for channel in channels for message in house.shown_in(channel)]
    assert not any("should not have said" in text for text in shown)
    assert not any("should not" in thread.name for thread in house.discord.world.threads())
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_a_member_withdraws_their_own_point_by_choosing_and_confirming(house: House) -> None:
    await house.start()
    await house.open()
    member, other = await house.member(1), await house.member(2)
    await member.say(house.home, "4. They have no cellar.")
    await house.idle()
    message = await house.message_of("4")
    await other.react(house.home, message, "👍")
    await house.idle()
    assert await other.autocomplete("point withdraw", "point", "", house.home, house.guild) == []
    (offered,) = await member.autocomplete("point withdraw", "point", "", house.home, house.guild)
    assert offered["name"] == "4 · They have no cellar"
    for who, asked in ((other, "4"), (member, "2"), (await house.moderator(), offered["value"])):
        refused = await who.command("point withdraw", house.home, house.guild, point=asked)
        assert refused["content"] == sentence(Refusal(Code.NOT_YOUR_POINT, label="2" if asked == "2" else "4"))
    answer = await withdraw(house, member, offered["value"])
    assert answer["content"].startswith("Withdrawn: **4**") and not answer["components"]
    await house.idle()
    assert house.discord.world.message(int(message)).content == TOMBSTONE
    digest = await house.digest()
    assert (digest.votes, digest.people) == (0, 0)
    refused = await member.command("point withdraw", house.home, house.guild, point="4")
    assert refused["content"] == sentence(Refusal(Code.WITHDRAWN, label="4"))


async def test_the_question_is_answered_by_the_next_bot_and_only_while_the_critique_is_open(house: House) -> None:
    await house.start()
    critique = await house.open()
    member, moderator = await house.member(1), await house.moderator()
    await member.say(house.home, "4. They have no cellar.")
    await house.idle()
    question = await member.command("point withdraw", house.home, house.guild, point="cellar")
    await house.stop()
    await house.start()
    await moderator.command("critique close", house.home, house.guild, critique=str(critique.id))
    refused = await member.press(question, "Withdraw", house.guild)
    assert refused["content"] == sentence(Refusal(Code.CRITIQUE_CLOSED))
    await moderator.command("critique reopen", house.home, house.guild, critique=str(critique.id))
    answer = await member.press(question, "Withdraw", house.guild)
    assert answer["content"].startswith("Withdrawn: **4**")


async def test_in_a_forum_the_post_becomes_a_tombstone_with_its_tag(forum: House) -> None:
    await forum.start()
    await forum.open()
    member = await forum.member(1)
    await member.submit(await member.command("point add", forum.home, forum.guild), {"text": "They have no cellar."})
    await forum.idle()
    post = await forum.thread_of("4")
    await withdraw(forum, member, "4")
    await forum.idle()
    assert forum.discord.world.message(int(post)).content == TOMBSTONE
    shown = forum.discord.world.channels[int(post)]
    assert (shown.name, shown.thread.locked, shown.thread.archived) == ("4 · withdrawn", True, True)


async def test_a_members_own_post_keeps_its_words_and_the_bots_answer_becomes_the_tombstone(forum: House) -> None:
    await forum.start()
    await forum.open()
    member = await forum.member(1)
    post = await member.post(forum.home, "4. They have no cellar", "None at all.")
    await forum.idle()
    await member.command("point undo", post["id"], forum.guild)
    await forum.idle()
    own, *answers = [each.content for each in forum.shown_in(post["id"]) if each.kind == 0]
    assert (own, answers) == ("None at all.", [TOMBSTONE])
    shown = forum.discord.world.channels[int(post["id"])]
    assert (shown.name, shown.thread.locked) == ("4 · withdrawn", True)
