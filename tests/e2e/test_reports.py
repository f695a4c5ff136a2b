"""Members report what should not stand; moderators see it in one quiet message, and decide once."""

from typing import Any

import pytest

from bot.core.critiques import HomeKind
from bot.core.ids import ChannelId, GuildId
from bot.core.servers import Choices
from bot.storage import servers as stored_servers
from rehearsal.member import Member
from tests.e2e.conftest import House

ADDED = "4. They rattle the spoons."
UNKIND = {"reason": ["unkind"], "words": "It is about my @everyone aunt."}


async def office(house: House) -> str:
    """Starts the bot on a server with a moderators' channel, with an addition by member 1; the channel."""
    app = await house.start()
    channel = house.discord.channels["moderators"]
    async with app.desk.db.write() as tx:
        chosen = Choices(moderators_channel=ChannelId(channel))
        await stored_servers.save_choices(tx, GuildId(int(house.guild)), chosen, app.desk.clock())
    await house.open()
    await (await house.member(1)).say(await lobby(house), ADDED)
    await house.idle()
    return str(channel)


async def lobby(house: House) -> str:
    return str((await house.critique()).lobby or house.home)


async def report(house: House, who: Member, message: Any) -> Any:
    """The answer to a report; the form is filled in where there is one."""
    form = await who.menu("Report", message, house.guild)
    if "title" not in form:
        return form
    return await who.submit(form, UNKIND)


async def seen(house: House, message: Any) -> Any:
    moderator = await house.moderator()
    return await moderator.api.request("GET", f"/channels/{message.channel_id}/messages/{message.id}")


async def point(house: House, label: str) -> Any:
    message = await house.message_of(label)
    where = message if (await house.critique()).home_kind is HomeKind.FORUM else house.home
    return await (await house.moderator()).api.request("GET", f"/channels/{where}/messages/{message}")


async def reported(house: House, channel: str, label: str = "4") -> Any:
    """Three members report a point; the one message that the moderators see."""
    for number in (2, 3, 4):
        said = await report(house, await house.member(number), await point(house, label))
        assert "Thank you" in said["content"] and said["flags"] & 64
        await house.idle()
    (message,) = house.shown_in(channel)
    return await seen(house, message)


async def test_three_reports_hold_an_addition_and_a_dismissal_brings_it_back(either: House) -> None:
    house = either
    channel = await office(house)
    shown = await reported(house, channel)
    assert "3 members: unkind to somebody (3)" in shown["content"] and "out of sight" in shown["content"]
    assert shown["mentions"] == [] and not shown["mention_everyone"]
    assert not any(str(house.discord.members[number].id) in shown["content"] for number in (2, 3, 4))
    assert "Held: members reported it" in (await point(house, "4"))["content"]
    assert house.discord.world.channels[int(await house.thread_of("4"))].name == "4 · held"
    moderator = await house.moderator()
    form = await moderator.press(shown, "Hide…", house.guild)
    done = await moderator.press(shown, "Dismiss", house.guild)
    assert f"Dismissed by <@{moderator.id}>" in done["content"] and done["components"] == []
    await house.idle()
    assert "rattle the spoons" in (await point(house, "4"))["content"]
    again = await moderator.submit(form, {"reason": ["unkind"]})
    assert "decided on this report already" in again["content"]


async def test_what_is_hidden_on_a_report_after_a_restart_is_told_to_its_author(house: House) -> None:
    channel = await office(house)
    shown = await reported(house, channel)
    await house.stop()
    await house.start()
    moderator = await house.moderator()
    form = await moderator.press(shown, "Hide…", house.guild)
    done = await moderator.submit(form, {"reason": ["unkind"], "words": "Leave aunts out of it."})
    assert f"Hidden by <@{moderator.id}>" in done["content"]
    await house.idle()
    assert "Hidden by the moderators" in (await point(house, "4"))["content"]
    ada = await house.member(1)
    direct = await ada.direct(str(house.discord.bot_id))
    (told,) = house.shown_in(direct)
    assert "Leave aunts out of it" in told.content and "aunt." not in told.content


async def test_a_held_addition_can_be_brought_back_by_command_where_its_message_is_gone(house: House) -> None:
    channel = await office(house)
    await reported(house, channel)
    moderator = await house.moderator()
    queue = await moderator.command("mod queue", channel, house.guild)
    assert "1 report waits" in queue["content"]
    offered = await moderator.autocomplete("mod restore", "point", "4", channel, house.guild)
    assert [choice["name"].split()[0] for choice in offered] == ["4"]
    restored = await moderator.command("mod restore", channel, house.guild, point=offered[0]["value"])
    assert "Restored" in restored["content"]
    await house.idle()
    (shown,) = house.shown_in(channel)
    assert "Dismissed by" in shown.content
    assert "Nothing waits" in (await moderator.command("mod queue", channel, house.guild))["content"]


async def test_a_reply_is_shown_to_the_moderators_with_the_way_there(house: House) -> None:
    channel = await office(house)
    ada, bert = await house.member(1), await house.member(2)
    thread = await house.thread_of("1")
    reply = await ada.say(thread, "You have no idea.")
    await house.idle()
    await report(house, bert, reply)
    await house.idle()
    (message,) = house.shown_in(channel)
    assert f"/channels/{house.guild}/{thread}/{reply['id']}" in message.content
    assert "You have no idea" not in message.content
    shown = await seen(house, message)
    assert [button["label"] for row in shown["components"] for button in row["components"]] == ["Dismiss"]


async def test_ones_own_point_and_a_thing_twice_are_refused_in_a_sentence(house: House) -> None:
    await office(house)
    ada, bert = await house.member(1), await house.member(2)
    message = await point(house, "4")
    assert "your own" in (await report(house, ada, message))["content"]
    await report(house, bert, message)
    assert "already" in (await report(house, bert, message))["content"]
    general = str(house.discord.channels["general"])
    elsewhere = await ada.say(general, "Nothing to do with it.")
    assert "/tip" in (await report(house, bert, elsewhere))["content"]


async def test_a_tip_reaches_the_moderators_without_a_name_and_goes_when_its_author_is_erased(house: House) -> None:
    channel = await office(house)
    ada = await house.member(1)
    form = await ada.command("tip", house.home, house.guild)
    thanks = await ada.submit(form, {"text": "Bert sells <@1> biscuits,\n# loudly."})
    assert "without your name" in thanks["content"]
    await house.idle()
    (message,) = house.shown_in(channel)
    assert "Bert sells" in message.content and ada.id not in message.content
    assert "minutes" in (await ada.command("tip", house.home, house.guild))["content"]
    question = await ada.command("privacy erase", house.home, house.guild)
    await ada.press(question, question["components"][0]["components"][0]["custom_id"], house.guild)
    await house.quiet()
    assert house.shown_in(channel) == []


@pytest.mark.parametrize("way", ["menu", "command"])
async def test_without_a_moderators_channel_whoever_reports_is_told_what_to_do(house: House, way: str) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    if way == "menu":
        said = await report(house, ada, await point(house, "1"))
    else:
        said = await ada.command("tip", house.home, house.guild)
    assert "tell one of them directly" in said["content"]


@pytest.mark.parametrize("act", ["Dismiss", "Hide…"])
async def test_a_moderator_who_voted_on_what_was_reported_is_reminded_of_it(house: House, act: str) -> None:
    channel = await office(house)
    moderator = await house.moderator()
    await moderator.react(house.home, await house.message_of("4"), "👍")
    await house.idle()
    shown = await reported(house, channel)
    since = len(moderator.gateway.seen)
    answer = await moderator.press(shown, act, house.guild)
    if act != "Dismiss":
        await moderator.submit(answer, {"reason": ["unkind"]})
    told = await moderator.wait_for(
        "MESSAGE_CREATE", lambda data: "You voted on this point yourself." in data["content"], 5, since
    )
    assert told["flags"] & 64
    await house.idle()
