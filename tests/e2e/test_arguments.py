"""Arguments on the stand-in: each way in, the panel in the point's thread, backing, edits, removal, faults."""

from typing import Any

import pytest

from rehearsal.member import Member
from tests.e2e.conftest import House
from tests.e2e.test_cases import direct, held, newest

HOSTILE = "**no** [free](example.com) <@&1> `x`"


async def begun(house: House) -> tuple[Member, Member, str]:
    """A critique is open; Ada, Ben, and the thread of point 1."""
    await house.start()
    await house.open()
    return await house.member(1), await house.member(2), await house.thread_of("1")


async def seen(house: House, channel: str) -> list[Any]:
    """The bot's messages in a channel, oldest first, as Discord shows them."""
    shown = await (await house.member(3)).api.request("GET", f"/channels/{channel}/messages?limit=50")
    return [each for each in reversed(shown) if each["author"]["id"] == str(house.discord.bot_id)]


async def panel(house: House, label: str = "1") -> Any:
    """The one panel in a point's thread."""
    (found,) = [
        each for each in await seen(house, await house.thread_of(label)) if "💬 **Arguments**" in each["content"]
    ]
    return found


async def replies(house: House, channel: str, to: Any) -> list[Any]:
    return [
        each
        for each in await seen(house, channel)
        if (each.get("message_reference") or {}).get("message_id") == to["id"]
    ]


async def test_what_is_typed_in_a_points_thread_is_marked_and_stands_on_panel_digest_and_point(either: House) -> None:
    ada, ben, thread = await begun(either)
    said = await ada.say(thread, f"Disagree: they close at nine. {HOSTILE}")
    await either.idle()
    assert "📌" in either.discord.world.reactions(int(said["id"]))
    shown = await panel(either)
    assert "Best rebuttal" in shown["content"] and "they close at nine" in shown["content"]
    assert f"/{thread}/{said['id']})" in shown["content"] and r"\*\*no\*\*" in shown["content"]
    digest = await ben.command("digest show", either.home, either.guild)
    assert "➖ Rebuttal: they close at nine" in str(digest["embeds"])
    point = await ben.command("point show", either.home, either.guild, point="1")
    assert "Best rebuttal" in point["content"]
    assert "for it" in (await ben.press(point, "➖ ▲ Back it", either.guild))["content"]


async def test_where_the_side_is_open_its_author_is_asked_in_one_reply_that_goes_when_answered(house: House) -> None:
    ada, ben, thread = await begun(house)
    said = await ada.say(thread, "Response: well, they try.")
    await house.quiet()
    (asked,) = await replies(house, thread, said)
    assert "support the point or rebut it" in asked["content"]
    refused = await ben.press(asked, "➕ Support", house.guild)
    assert refused["flags"] & 64 and "Only moderators" in refused["content"]
    assert "1 of an open side" in (await panel(house))["content"]
    await house.stop()
    await house.start()
    assert "Support" in (await ada.press(asked, "➕ Support", house.guild))["content"]
    await house.idle()
    assert await replies(house, thread, said) == []
    assert "Best support" in (await panel(house))["content"]


async def test_neither_takes_the_mark_and_the_panel_away_again(house: House) -> None:
    ada, _ben, thread = await begun(house)
    said = await ada.say(thread, "Response: well.")
    await house.quiet()
    (asked,) = await replies(house, thread, said)
    assert "ordinary reply" in (await ada.press(asked, "Neither", house.guild))["content"]
    await house.idle()
    assert [each for each in await seen(house, thread) if "Arguments" in each["content"]] == []
    assert "📌" not in house.discord.world.reactions(int(said["id"]))


async def test_the_command_posts_it_inert_in_the_thread_once_however_often_it_is_sent(house: House) -> None:
    ada, _ben, thread = await begun(house)
    for _ in range(2):
        form = await ada.command("argue", house.home, house.guild, point="1", side="support")
        answer = await ada.submit(form, {"text": f"So it is.\n# {HOSTILE}"})
        assert "Filed under **1**: ➕ Support" in answer["content"] and answer["flags"] & 64
    await house.idle()
    (posted,) = [
        each for each in await seen(house, thread) if "So it is." in each["content"] and "Best" not in each["content"]
    ]
    assert f"<@{ada.id}>" in posted["content"] and r"\*\*no\*\*" in posted["content"]
    assert r"\[free\]" in posted["content"] and posted["mentions"] == [] and posted["mention_roles"] == []
    assert f"/{thread}/{posted['id']})" in (await panel(house))["content"]


async def test_a_message_is_argued_with_from_its_menu_in_the_thread_and_elsewhere(house: House) -> None:
    ada, ben, thread = await begun(house)
    here = await ada.say(thread, "They close at nine.")
    there = await ada.say(house.home, "A biscuit is a dessert where I live.")
    await house.idle()
    assert "Somebody else wrote" in (await ben.menu("Argue", here, house.guild))["content"]
    asked = await ada.menu("Argue", here, house.guild)
    assert "**1**" in asked["content"]
    await ada.press(asked, "➖ Rebuttal", house.guild)
    which = await ada.menu("Argue", there, house.guild)
    options = which["components"][0]["components"][0]["options"]
    assert options[0]["label"].startswith("2 ·"), "the likeliest first"
    asked = await ada.choose(which, "Choose the point", [options[0]["value"]], house.guild)
    assert "Filed under **2**" in (await ada.press(asked, "➖ Rebuttal", house.guild))["content"]
    await house.idle()
    assert "They close at nine" in (await panel(house))["content"]
    listed = [each for each in await seen(house, await house.thread_of("2")) if "the whole" in each["content"]]
    assert len(listed) == 1 and f"/{house.home}/{there['id']})" in listed[0]["content"]


async def test_a_quote_keeps_the_passage_with_a_link_and_takes_none_that_is_not_there(house: House) -> None:
    ada, ben, thread = await begun(house)
    said = await ada.say(thread, "They close at nine, mostly. And then they open again.")
    await house.idle()
    form = await ben.menu("Quote", said, house.guild)
    fields = {"passage": "close at nine", "answer": "At eight, in truth.", "side": ["support"]}
    refused = await ben.submit(form, fields | {"passage": "close at ten"})
    assert "does not stand in that message" in refused["content"] and refused["attachments"]
    form = await ben.menu("Quote", said, house.guild)
    assert "Filed under **1**" in (await ben.submit(form, fields))["content"]
    await house.idle()
    (posted,) = [each for each in await seen(house, thread) if "> close at nine" in each["content"]]
    assert f"/{thread}/{said['id']})" in posted["content"] and "At eight" in posted["content"]
    first = {"id": await house.message_of("2"), "channel_id": house.home}
    form = await ben.menu("Quote", first, house.guild)
    done = await ben.submit(form, fields | {"passage": "a biscuit a dessert"})
    assert "Filed under **2**" in done["content"]


async def test_up_and_down_count_once_each_also_after_a_restart_and_the_panel_is_edited_in_place(house: House) -> None:
    ada, ben, thread = await begun(house)
    await ada.say(thread, "Agree: yes.")
    await ben.say(thread, "Agree: indeed.")
    await house.idle()
    before = await panel(house)
    await house.stop()
    await house.start()
    own = await ada.press(before, "➕ ▲ Back it", house.guild)
    assert "your own" in own["content"] and own["flags"] & 64
    carol = await house.member(4)
    assert "▲ 0 for it, ▼ 1 against" in (await carol.press(before, "➕ ▼ Vote it down", house.guild))["content"]
    await house.idle()
    after = await panel(house)
    assert after["id"] == before["id"] and "indeed." in after["content"] and "> yes." not in after["content"]
    everything = await carol.press(after, "All arguments", house.guild)
    assert everything["flags"] & 64 and "yes." in everything["content"] and "indeed." in everything["content"]
    assert "Taken back" in (await carol.press(everything, "2. ▼ Vote it down", house.guild))["content"]
    await house.idle()
    assert "> yes." in (await panel(house))["content"]


AWAY = pytest.mark.parametrize("away", [False, True], ids=["while it listens", "while it is away"])


@AWAY
async def test_an_edit_of_the_message_is_followed(house: House, *, away: bool) -> None:
    ada, _ben, thread = await begun(house)
    said = await ada.say(thread, "Agree: yes.")
    await house.idle()
    if away:
        await house.stop()
    await ada.api.request("PATCH", f"/channels/{thread}/messages/{said['id']}", {"content": "Disagree: no, after all."})
    if away:
        await house.start()
    await house.idle()
    shown = (await panel(house))["content"]
    assert "Best rebuttal" in shown and "no, after all." in shown and "Best support" not in shown


@AWAY
async def test_a_deleted_message_takes_its_argument_along(house: House, *, away: bool) -> None:
    ada, ben, thread = await begun(house)
    said = await ada.say(thread, "Agree: yes.")
    await ben.say(thread, "Disagree: no.")
    await house.idle()
    if away:
        await house.stop()
    await ada.api.request("DELETE", f"/channels/{thread}/messages/{said['id']}")
    if away:
        await house.start()
    await house.idle()
    assert "0 support · 1 rebuts" in (await panel(house))["content"]


async def test_whoever_deletes_the_bots_message_of_a_form_takes_its_argument_away(house: House) -> None:
    ada, _ben, thread = await begun(house)
    form = await ada.command("argue", house.home, house.guild, point="1", side="rebuttal")
    await ada.submit(form, {"text": "Not so."})
    await house.idle()
    (posted,) = [each for each in await seen(house, thread) if each["content"].startswith("**➖ Rebuttal**")]
    moderator = await house.moderator()
    await moderator.api.request("DELETE", f"/channels/{thread}/messages/{posted['id']}")
    await house.idle()
    assert [each for each in await seen(house, thread) if "Not so." in each["content"]] == []


async def test_words_that_would_have_to_wait_are_not_recorded_and_said_once(house: House) -> None:
    ada, _ben, thread = await begun(house)
    for text in ("Agree: @everyone look", "Agree: @everyone look again"):
        said = await ada.say(thread, text)
        assert "📌" not in house.discord.world.reactions(int(said["id"]))
    await house.idle()
    assert len([each for each in await seen(house, thread) if "not recorded as an argument" in each["content"]]) == 1
    form = await ada.command("argue", house.home, house.guild, point="1", side="support")
    refused = await ada.submit(form, {"text": "@everyone look"})
    assert "would have to wait" in refused["content"] and refused["attachments"]


async def test_a_moderator_takes_one_away_with_a_reason_that_its_author_is_told(house: House) -> None:
    await held(house)
    ada, moderator, thread = await house.member(1), await house.moderator(), await house.thread_of("1")
    form = await ada.command("argue", house.home, house.guild, point="1", side="support")
    await ada.submit(form, {"text": "So says my *rude* neighbour."})
    await house.idle()
    everything = await moderator.press(await panel(house), "All arguments", house.guild)
    form = await moderator.press(everything, "1. Take it away", house.guild)
    assert "Taken away" in (await moderator.submit(form, {"reason": ["unkind"], "words": ""}))["content"]
    await house.idle()
    assert [each for each in await seen(house, thread) if "neighbour" in each["content"]] == []
    told = await direct(house, ada)
    assert "an argument of yours about point **1**" in told["content"] and r"\*rude\*" in told["content"]
    appeal = await ada.press(told, "Appeal")
    await ada.submit(appeal, {"text": "Why?"})
    await house.idle()
    waiting = await newest(moderator, str(house.discord.channels["moderators"]))
    form = await moderator.press(waiting, "Grant and undo…", house.guild)
    await moderator.submit(form, {"text": "Sorry."})
    await house.idle()
    assert len([each for each in await seen(house, thread) if each["content"].startswith("**➕ Support**")]) == 1
    assert "neighbour" in (await panel(house))["content"]


async def test_a_closed_critique_takes_no_argument_and_no_press(house: House) -> None:
    ada, ben, thread = await begun(house)
    await ada.say(thread, "Agree: yes.")
    await house.idle()
    shown, moderator = await ben.command("point show", house.home, house.guild, point="1"), await house.moderator()
    form = await ben.command("argue", house.home, house.guild, point="1", side="support")
    await moderator.command("critique close", house.home, house.guild, critique=str((await house.critique()).id))
    await house.idle()
    for answer in (
        await ben.submit(form, {"text": "So it is."}),
        await ben.press(shown, "➕ ▲ Back it", house.guild),
    ):
        assert "critique is closed" in answer["content"]


@pytest.mark.parametrize("fault", ["answer", "reset"])
async def test_panel_and_message_stand_once_where_the_answer_of_discord_is_lost(house: House, fault: str) -> None:
    ada, _ben, thread = await begun(house)
    route = ("POST", "/channels/{channel_id}/messages")
    if fault == "answer":
        house.discord.faults.answer(503, *route, after_effect=True, times=2)
    else:
        house.discord.faults.reset(*route, after_effect=True, times=2)
    form = await ada.command("argue", house.home, house.guild, point="1", side="support")
    await ada.submit(form, {"text": "So it is."})
    await house.idle()
    assert sum(house.discord.faults.dealt.values()) == 2
    posted = [each["content"] for each in await seen(house, thread)]
    assert [text.partition("\n")[0][:9] for text in posted if "So it is." in text].count("**➕ Suppo") == 1
    assert "So it is." in (await panel(house))["content"]
