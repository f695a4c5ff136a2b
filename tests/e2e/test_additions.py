"""Members type additions in the lobby."""

import asyncio
from typing import Any

import aiohttp

from rehearsal.member.api import Api
from tests.e2e.conftest import House, until


def replies_to(house: House, message: dict[str, Any]) -> list[Any]:
    """The messages in the home channel that reply to one."""
    shown = house.shown_in(house.home)
    return [each for each in shown if each.reference and str(each.reference["message_id"]) == message["id"]]


async def test_a_typed_addition_gets_the_next_label_a_thread_and_a_mark(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    message = await member.say(house.home, "4. They play the same song all day.")
    await house.idle()
    line = (await house.digest()).lines[-1]
    assert (line.point.label, line.point.claimed_label, line.point.text) == (
        "4",
        None,
        "They play the same song all day.",
    )
    assert line.point.thread is not None
    assert house.discord.world.reactions(int(message["id"])) == {"📌": {house.discord.bot_id: None}}
    assert replies_to(house, message) == []


async def test_two_hundred_members_claiming_one_number_at_once_get_two_hundred_labels(house: House) -> None:
    await house.start()
    await house.open("A list\n\n" + "\n".join(f"{n}. Point number {n}." for n in range(1, 11)) + "\n")
    people = [house.discord.backstage.add_member() for _ in range(200)]
    before = len(house.discord.record.entries)

    async with aiohttp.ClientSession() as session:
        clients = [Api(session, house.discord.api, person.token) for person in people]
        path = f"/channels/{house.home}/messages"
        bodies = [{"content": f"11. Chair {number} wobbles."} for number in range(200)]
        pairs = zip(clients, bodies, strict=True)
        await asyncio.gather(*(client.request("POST", path, body) for client, body in pairs))
    await house.idle(90)  # six hundred requests and more, on a machine that may do much else
    digest = await house.digest()
    additions = [line.point for line in digest.lines[10:]]
    assert [point.label for point in additions] == [str(label) for label in range(11, 211)]
    assert len({point.text for point in additions}) == 200
    assert [point.claimed_label for point in additions] == [None] + ["11"] * 199
    told = [
        entry
        for entry in house.discord.record.entries[before:]
        if entry["kind"] == "exchange"
        and entry["by"] == "bot"
        and entry["method"] == "POST"
        and "message_reference" in (entry["request"] or {})
    ]
    assert len(told) == 199


async def test_the_author_is_told_when_the_label_differs_and_both_numbers_find_it(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    message = await member.say(house.home, "#6 – They fold the napkins into swans.")
    await house.idle()
    point = (await house.digest()).lines[-1].point
    assert (point.label, point.claimed_label) == ("4", "6")
    (reply,) = replies_to(house, message)
    assert "Recorded as **4**" in reply.content and "6" in reply.content
    for asked in ("4", "6", "swans"):
        answer = await member.command("point show", house.home, house.guild, point=asked)
        assert "napkins into swans" in answer["content"], asked


async def test_a_long_addition_goes_on_over_the_next_messages(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    first = "4. " + "tea " * 490 + "and"
    await member.say(house.home, first)
    await member.say(house.home, "a second helping of reasons.")
    other = await house.member(2)
    await other.say(house.home, "I have nothing to add.")
    await house.idle()
    digest = await house.digest()
    assert len(digest.lines) == 5
    assert digest.lines[-1].point.text.endswith("tea and\na second helping of reasons.")
    shown = [house.discord.world.message(int(await house.message_of("4"))).content]
    shown += [message.content for message in house.shown_in(await house.thread_of("4"))]
    assert "second helping" in " ".join(shown)


async def test_what_is_no_addition_is_left_alone(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    for text in ("I like tea.", "1. They close.\n2. They call", "PR #2 is not quite fair", "4:30 then?", "> 4. quoted"):
        await member.say(house.home, text)
    await house.idle()
    assert len((await house.digest()).lines) == 4
    assert house.requests("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me")[8:] == []


async def test_an_addition_may_be_typed_in_a_points_thread_and_other_messages_there_are_replies(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    thread = await house.thread_of("2")
    await member.say(thread, "But a biscuit is a dessert.")
    spoken = await member.say(thread, "It is, it is.")
    await member.say(thread, "4. They do not know what a scone is.")
    await house.idle()
    lines = {line.point.label: line.point for line in (await house.digest()).lines}
    assert lines["2"].replies == 2 and lines["4"].text == "They do not know what a scone is."
    await member.api.request("DELETE", f"/channels/{thread}/messages/{spoken['id']}")
    await house.idle()
    assert (await house.digest()).lines[1].point.replies == 1


async def test_without_the_intent_a_mention_of_the_bot_works_and_bare_typing_does_not(house: House) -> None:
    house.discord.backstage.switch_intent("message_content", on=False)
    await house.start(message_content_intent=False)
    await house.open()
    member = await house.member(1)
    await member.say(house.home, "4. Nobody will read this.")
    await member.say(house.home, f"<@{house.discord.bot_id}> 4. This one is read.")
    await house.idle()
    assert [line.point.text for line in (await house.digest()).lines[4:]] == ["This one is read."]


async def test_two_open_critiques_in_one_channel_make_the_bot_ask(house: House) -> None:
    await house.start()
    await house.open()
    second = await house.open("Another list\n\n1. One thing.\n2. Another thing.\n3. A third thing.\n")
    member = await house.member(1)
    message = await member.say(house.home, "4. For which of them?")
    await house.idle()
    (reply,) = replies_to(house, message)
    assert "More than one critique is open" in reply.content
    assert await house.labels() == ["1", "2", "3"]
    await member.say(await house.thread_of("1"), "4. For the second.")
    await house.idle()
    assert (await house.critique()).id == second.id
    assert await house.labels() == ["1", "2", "3", "4"]


async def test_an_addition_that_came_while_the_bot_was_stopping_is_recorded_or_was_never_read(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    await member.say(house.home, "4. Said just before the end.")

    async def read() -> bool:
        return house.app.client.lobby.read >= 1

    await until(read, "the bot to read the message")
    await house.stop()
    await house.start()
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]
    assert len(house.discord.world.threads()) == 5


async def test_what_was_said_in_a_gap_is_read_once_the_thread_of_a_hidden_point_is_back(house: House) -> None:
    await house.start()
    await house.open()
    ada, moderator, thread = await house.member(1), await house.moderator(), await house.thread_of("2")
    house.discord.faults.events.drop("MESSAGE_CREATE")
    await ada.say(thread, "They do not listen either.")
    await house.idle()
    await moderator.command("mod hide", house.home, house.guild, point="2", reason="spam")
    await house.idle()
    house.app.client.books.read_anew(house.app.client.guilds[0].id)  # a gap, in which the thread sleeps
    await house.idle()
    await moderator.command("mod restore", house.home, house.guild, point="2")
    await house.idle()
    assert (await house.digest()).lines[1].point.replies == 1
