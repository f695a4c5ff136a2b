"""Members add points by form and by a message's menu, with the Message Content intent and without."""

import asyncio
import contextlib
import signal
import sqlite3
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.core.refusals import Code, Refusal
from bot.display.errors import sentence
from rehearsal.member import Member, Unanswered
from rehearsal.server import Permission
from tests.e2e.conftest import House, until
from tests.e2e.test_process import running

Json = dict[str, Any]
TEXT = "They play the same song all day."
ADD = "Add to the list"
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
MARKED = "PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me"


async def form(house: House, member: Member, channel: str | None = None) -> Json:
    return await member.command("point add", channel or house.home, house.guild)


async def told(member: Member, answer: Json) -> str:
    """The answer once it names the thread."""
    shown = await member.wait_for(
        "MESSAGE_UPDATE", lambda data: data["id"] == answer["id"] and "stands in" in data["content"], 10
    )
    return str(shown["content"])


async def file_of(answer: Json) -> str:
    """What a refusal gives back."""
    (attached,) = answer["attachments"]
    async with aiohttp.ClientSession() as session, session.get(attached["url"]) as response:
        return await response.text()


async def test_a_point_is_added_by_a_form_and_its_author_told_where_it_stands(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    modal = await form(house, member)
    assert modal["title"].startswith("Add to “What's the problem with") and len(modal["title"]) <= 45
    answer = await member.submit(modal, {"Your point": f"12. {TEXT}"})
    assert "Recorded as **4**: 12 was not the next free number." in answer["content"]
    await house.idle()
    assert f"<#{await house.thread_of('4')}>" in await told(member, answer)
    point = (await house.digest()).lines[-1].point
    assert (point.label, point.claimed_label, point.text, point.author) == ("4", "12", TEXT, int(member.id))


async def test_who_dismisses_the_answer_is_told_of_no_fault(house: House) -> None:
    await house.start()
    await house.open()
    member, world = await house.member(1), house.discord.world
    answer = await member.submit(await form(house, member), {"text": TEXT})
    shown = world.message(int(answer["id"]))
    assert shown is not None
    world.remove_message(shown)

    async def tried() -> bool:
        return [entry["status"] for entry in house.requests("PATCH", f"{WEBHOOK}/messages/@original")][-1:] == [404]

    await until(tried, "the answer to be looked for")
    await form(house, member)
    assert house.requests("POST", WEBHOOK) == []


async def test_four_thousand_characters_go_on_in_the_thread(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    text = ("They wobble, @everyone says [so](https://example.com). " * 80)[:4000].strip()
    await member.submit(await form(house, member), {"text": text})
    await house.idle()
    assert (await house.digest()).lines[-1].point.text == text
    assert len(house.shown_in(await house.thread_of("4"))) >= 2


async def test_a_form_that_the_bot_showed_before_it_stopped_is_taken_by_the_next_one(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    modal = await form(house, member)
    await house.stop()
    with pytest.raises(Unanswered):
        await member.submit(modal, {"text": TEXT})
    await house.start()
    answer = await member.submit(modal, {"text": TEXT})
    assert "Recorded as **4**" in answer["content"]


async def test_a_critique_that_was_closed_meanwhile_gives_the_text_back(house: House) -> None:
    await house.start()
    critique = await house.open()
    member, moderator = await house.member(1), await house.moderator()
    modal = await form(house, member)
    await moderator.command("critique close", house.home, house.guild, critique=str(critique.id))
    answer = await member.submit(modal, {"text": TEXT})
    assert answer["content"].startswith(sentence(Refusal(Code.CRITIQUE_CLOSED)))
    assert await file_of(answer) == TEXT


async def test_what_says_nothing_is_given_back(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    answer = await member.submit(await form(house, member), {"text": "12. !!! 🙂"})
    assert "no words" in answer["content"] and await file_of(answer) == "12. !!! 🙂"
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_the_same_text_sent_again_is_answered_as_recorded(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    for _time in range(2):
        answer = await member.submit(await form(house, member), {"text": TEXT})
        assert "Recorded as **4**" in answer["content"]
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_of_several_critiques_the_member_chooses_one(house: House) -> None:
    await house.start()
    first = await house.open()
    second = await house.open("Another list\n\n1. One thing.\n2. Another thing.\n3. A third thing.\n")
    member = await house.member(1)
    asked = await form(house, member)
    modal = await member.choose(asked, "Choose a critique", [str(first.id)], house.guild)
    await member.submit(modal, {"text": TEXT})
    offered = await member.autocomplete("point add", "critique", "another", house.home, house.guild)
    assert [each["name"] for each in offered] == ["Another list"]
    modal = await member.command("point add", house.home, house.guild, critique=offered[0]["value"])
    await member.submit(modal, {"text": "They have no cellar."})
    modal = await form(house, member, str((await house.digest()).lines[0].point.thread))
    assert modal["custom_id"] == f"v1:add:{second.id}"
    await house.idle()
    assert (await house.digest()).lines[-1].point.text == "They have no cellar."


async def test_the_button_in_a_forum_opens_the_form_also_after_a_restart(forum: House) -> None:
    await forum.start()
    critique = await forum.open()
    await forum.stop()
    await forum.start()
    member = await forum.member(1)
    channel = str(critique.lobby)
    (first, *_rest) = await member.api.request("GET", f"/channels/{channel}/messages?after=0&limit=1")
    modal = await member.press(first, "Add a point", forum.guild)
    answer = await member.submit(modal, {"text": TEXT})
    await forum.idle()
    assert f"<#{await forum.thread_of('4')}>" in await told(member, answer)


async def test_a_message_is_added_from_its_menu_once_and_bears_the_mark(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    message = await member.say(house.home, f"My additional point, however: {TEXT}")
    answer = await member.menu(ADD, message, house.guild)
    assert "Recorded as **4**" in answer["content"]
    await house.idle()
    assert house.discord.world.reactions(int(message["id"])) == {"📌": {house.discord.bot_id: None}}
    again = await member.menu(ADD, message, house.guild)
    assert again["content"] == sentence(Refusal(Code.ON_THE_LIST, label="4"))
    typed = await member.say(house.home, "5. They fold the napkins into swans.")
    await house.idle()
    again = await member.menu(ADD, typed, house.guild)
    assert again["content"] == sentence(Refusal(Code.ON_THE_LIST, label="5"))
    assert await house.labels() == ["1", "2", "3", "*", "4", "5"]


async def test_a_moderator_adds_a_members_message_in_the_members_name(house: House) -> None:
    await house.start()
    await house.open()
    member, other, moderator = await house.member(1), await house.member(2), await house.moderator()
    message = await member.say(house.home, "40. They have no cellar.")
    refused = await other.menu(ADD, message, house.guild)
    assert refused["content"] == sentence(Refusal(Code.NOT_YOUR_MESSAGE))
    answer = await moderator.menu(ADD, message, house.guild)
    assert f"<@{member.id}>" in answer["content"]
    await house.idle()
    point = (await house.digest()).lines[-1].point
    assert (point.author, point.claimed_label, point.text) == (int(member.id), "40", "They have no cellar.")


async def test_what_no_member_wrote_or_what_holds_no_words_is_not_added(house: House) -> None:
    await house.start()
    await house.open()
    member, moderator = await house.member(1), await house.moderator()
    (own, *_rest) = await member.api.request("GET", f"/channels/{house.home}/messages?after=0&limit=1")
    answer = await moderator.menu(ADD, own, house.guild)
    assert answer["content"] == sentence(Refusal(Code.NO_MEMBERS_MESSAGE))
    empty = await member.say(house.home, "https://example.com/a.png")
    answer = await member.menu(ADD, empty, house.guild)
    assert answer["content"] == sentence(Refusal(Code.NO_WORDS))


async def test_without_the_intent_form_and_menu_work_and_the_texts_say_how(house: House) -> None:
    house.discord.backstage.switch_intent("message_content", on=False)
    await house.start(message_content_intent=False)
    await house.open()
    member = await house.member(1)
    await member.submit(await form(house, member), {"text": TEXT})
    message = await member.say(house.home, "5. They fold the napkins into swans.")
    await member.menu(ADD, message, house.guild)
    await house.idle()
    assert [line.point.text for line in (await house.digest()).lines[4:]] == [
        TEXT, "They fold the napkins into swans.",
    ]  # fmt: skip
    call = f"<@{house.discord.bot_id}>"
    shown = house.discord.world.message(int(await house.message_of("4"))).content
    assert f"/point add, or by typing its number and text after {call}" in shown
    digests = [each.embeds[0]["description"] for each in house.shown_in(house.home) if each.embeds]
    assert f"or type “{call} 6. your point”" in digests[-1]


async def test_a_mention_of_the_bot_is_no_part_of_what_is_typed(house: House) -> None:
    house.discord.backstage.switch_intent("message_content", on=False)
    await house.start(message_content_intent=False)
    await house.open()
    member = await house.member(1)
    call = f"<@{house.discord.bot_id}>"
    await member.say(house.home, f"{call}, 4. " + "tea " * 480 + "and")
    await member.say(house.home, f"{call} a second helping of reasons.")
    await house.idle()
    text = (await house.digest()).lines[-1].point.text
    assert text.startswith("tea tea") and text.endswith("tea and\na second helping of reasons.")


async def test_a_critique_whose_channel_a_member_may_not_see_is_not_offered_to_them(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    general = str(house.discord.channels["general"])
    modal = await form(house, member, general)
    home, everybody = int(house.home), int(house.guild)
    house.discord.backstage.overwrite(home, house.discord.bot_id, allow=int(Permission.VIEW_CHANNEL))
    house.discord.backstage.overwrite(home, everybody, deny=int(Permission.VIEW_CHANNEL))
    await house.idle()
    refused = await form(house, member, general)
    assert refused["content"] == sentence(Refusal(Code.NO_CRITIQUE))
    assert await member.autocomplete("point add", "critique", "", general, house.guild) == []
    answer = await member.submit(modal, {"text": TEXT})
    assert await file_of(answer) == TEXT
    assert await member.autocomplete("point show", "point", "", general, house.guild) == []
    assert await member.autocomplete("digest show", "critique", "", general, house.guild) == []
    for shown in (
        await member.command("point show", general, house.guild, point="1"),
        await member.command("digest show", general, house.guild),
        await member.menu(ADD, await member.say(general, TEXT), house.guild),
    ):
        assert shown["content"] == sentence(Refusal(Code.NO_CRITIQUE))


async def test_a_bot_killed_as_it_records_a_form_leaves_one_addition_however_often_it_is_sent(
    house: House, tmp_path: Path
) -> None:
    database, member = tmp_path / "bot.sqlite3", await house.member(1)

    async def recorded() -> bool:
        return texts_of(database).count(TEXT) == 1

    async with running(house.discord, database) as bot:
        await bot.ready()
        await house.confirm()
        modal = await form(house, member)
        sent = asyncio.create_task(member.submit(modal, {"text": TEXT}))
        await until(recorded, "the addition to be recorded")
        await bot.end(signal.SIGKILL)
    with contextlib.suppress(Unanswered):
        await sent
    async with running(house.discord, database) as bot:
        await bot.ready()
        modal = await form(house, member) if sent.exception() is None else modal
        answer = await member.submit(modal, {"text": TEXT})
        assert "Recorded as **4**" in answer["content"]
    assert await recorded()


def texts_of(database: Path) -> list[str]:
    """The points' texts, as the bot stored them."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM points")]
