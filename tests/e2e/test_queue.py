"""Additions wait for moderators where the server says so."""

from typing import Any

from bot.core.acts import Actor
from bot.core.ids import ChannelId, GuildId, MemberId
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.services import queue
from bot.storage import servers as stored_servers
from tests.e2e.conftest import House, until


async def held(house: House) -> str:
    """Starts the bot on a server whose moderators see additions first; their channel."""
    app = await house.start()
    office = house.discord.channels["moderators"]
    chosen = Choices(moderators_channel=ChannelId(office), policy=Policy.HELD)
    async with app.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GuildId(int(house.guild)), chosen, app.desk.clock())
    await house.open()
    return str(office)


def shown_to(house: House, office: str) -> Any:
    (message,) = house.shown_in(office)
    return message


async def as_member_sees(house: House, message: Any) -> Any:
    moderator = await house.moderator()
    return await moderator.api.request("GET", f"/channels/{message.channel_id}/messages/{message.id}")


async def test_a_moderator_approves_and_the_point_is_posted(house: House) -> None:
    office = await held(house)
    ada = await house.member(1)
    said = await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]
    assert house.discord.world.reactions(int(said["id"])) == {"⏳": {house.discord.bot_id: None}}
    waiting = await as_member_sees(house, shown_to(house, office))
    assert "rattle the spoons" in waiting["content"] and waiting["mentions"] == []
    moderator = await house.moderator()
    listed = await moderator.command("mod queue", office, house.guild)
    assert "1 addition waits" in listed["content"]
    decided = await moderator.press(waiting, "Approve", house.guild)
    assert f"Approved by <@{moderator.id}>" in decided["content"] and decided["components"] == []
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]
    assert house.discord.world.reactions(int(said["id"])) == {"📌": {house.discord.bot_id: None}}
    assert "Nothing waits" in (await moderator.command("mod queue", office, house.guild))["content"]


async def test_a_refused_one_is_posted_nowhere(house: House) -> None:
    office = await held(house)
    ada = await house.member(1)
    said = await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    before = len(house.shown_in(house.home))
    moderator = await house.moderator()
    waiting = await as_member_sees(house, shown_to(house, office))
    form = await moderator.press(waiting, "Refuse", house.guild)
    await moderator.submit(form, {"reason": ["spam"]})
    await house.idle()
    assert len(house.shown_in(house.home)) == before
    assert house.discord.world.reactions(int(said["id"])) == {}
    assert "Refused by" in shown_to(house, office).content


async def test_one_that_its_author_takes_back_says_no_more_that_it_waits(house: House) -> None:
    office = await held(house)
    ada = await house.member(1)
    said = await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    await ada.command("point undo", house.home, house.guild)
    await house.idle()
    assert house.discord.world.reactions(int(said["id"])) == {}
    assert "Taken back by its author" in shown_to(house, office).content


async def test_the_buttons_work_after_a_restart_and_the_second_press_is_told(house: House) -> None:
    office = await held(house)
    ada = await house.member(1)
    await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    waiting = await as_member_sees(house, shown_to(house, office))
    await house.stop()
    await house.start()
    moderator = await house.moderator()
    await moderator.press(waiting, "Approve", house.guild)
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def waits(house: House, text: str = "4. They rattle the spoons.") -> tuple[str, Any]:
    """An addition waits; the moderators' channel, and the message there as a moderator sees it."""
    office = await held(house)
    await (await house.member(1)).say(house.home, text)
    await house.idle()
    return office, await as_member_sees(house, shown_to(house, office))


async def test_a_moderator_merges_what_waits_into_the_point_it_says_again(either: House) -> None:
    office = await held(either)
    ada = await either.member(1)
    form = await ada.command("point add", either.home, either.guild)
    await ada.submit(form, {"text": "They call every biscuit a dessert, I find."})
    await either.idle()
    moderator = await either.moderator()
    waiting = await as_member_sees(either, shown_to(either, office))
    form = await moderator.press(waiting, "Merge…", either.guild)
    first = form["components"][0]["component"]["options"][0]
    assert first["label"].startswith("2)") or "biscuit" in first["label"]
    decided = await moderator.submit(form, {"target": [first["value"]]})
    assert "merged into **2**" in decided["content"] and decided["components"] == []
    await either.idle()
    assert await either.labels() == ["1", "2", "3", "*", "4"]
    thread = either.discord.world.channels[int(await either.thread_of("4"))].thread
    assert thread is not None and thread.locked
    assert "merged into **2**" in shown_to(either, office).content


async def test_a_moderator_changes_the_words_of_what_waits_after_a_restart(house: House) -> None:
    office, waiting = await waits(house, "4. They ratle the spoons.")
    await house.stop()
    await house.start()
    moderator = await house.moderator()
    form = await moderator.press(waiting, "Edit…", house.guild)
    changed = await moderator.submit(form, {"title": "", "text": "They rattle the spoons."})
    assert "rattle" in changed["content"] and "changed by the moderators" in changed["content"]
    assert len(changed["components"][0]["components"]) == 5
    await house.idle()
    assert "rattle" in shown_to(house, office).content
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_a_moderator_mutes_the_author_of_what_waits_and_it_waits_on(house: House) -> None:
    office, waiting = await waits(house)
    moderator = await house.moderator()
    form = await moderator.press(waiting, "Mute author…", house.guild)
    shown = await moderator.submit(form, {"span": "2h", "reason": ["spam"]})
    assert "Muted until" in shown["content"] and shown["components"]
    await house.idle()
    second = await moderator.press(waiting, "Mute author…", house.guild)
    again = await moderator.submit(second, {"span": "2h", "reason": ["spam"]})
    assert "muted already" in again["content"]
    await house.idle()
    assert "Muted until" in shown_to(house, office).content
    ada = await house.member(1)
    assert "You are muted" in (await ada.command("point add", house.home, house.guild))["content"]


async def test_a_second_moderator_who_presses_late_is_told_what_was_decided(house: House) -> None:
    _office, waiting = await waits(house)
    moderator = await house.moderator()
    sent = {
        "Merge…": {"asked": "1"},
        "Edit…": {"title": "", "text": "They hum."},
        "Mute author…": {"span": "2h", "reason": ["spam"]},
        "Refuse": {"reason": ["spam"]},
    }
    forms = {button: await moderator.press(waiting, button, house.guild) for button in sent}
    await moderator.press(waiting, "Approve", house.guild)
    await house.idle()
    for button, form in forms.items():
        late = await moderator.submit(form, sent[button])
        assert "**4** has been approved already" in late["content"]


async def test_the_queue_is_leafed_through_and_leads_to_each_message(house: House) -> None:
    office = await held(house)
    for number in range(1, 13):
        await (await house.member(number)).say(house.home, f"{number + 3}. {'They rattle. ' * number}")
    await house.idle()
    moderator = await house.moderator()
    first = await moderator.command("mod queue", office, house.guild)
    assert "12 additions wait" in first["content"]
    listed = first["embeds"][0]["description"]
    assert listed.count("All additions wait here.") == 10 and listed.count("**4)**") == 1
    stands = house.shown_in(office)[0]
    assert f"https://discord.com/channels/{house.guild}/{office}/{stands.id}" in listed
    await house.stop()
    await house.start()
    second = await moderator.press(first, "Next", house.guild)
    assert second["embeds"][0]["description"].count("All additions wait here.") == 2
    assert second["embeds"][0]["footer"]["text"] == "Page 2 of 2"
    back = await moderator.press(second, "Back", house.guild)
    assert back["embeds"][0]["description"] == listed


async def test_a_message_whose_answer_was_lost_is_found_though_its_words_changed_meanwhile(house: House) -> None:
    office = await held(house)
    house.discord.faults.answer(502, "POST", "/channels/{channel_id}/messages", after_effect=True)
    await (await house.member(1)).say(house.home, "4. They ratle the spoons.")
    await until(lambda: _dealt(house), "the answer to be lost")
    boss = Actor(MemberId(1), GuildId(int(house.guild)), frozenset(), administrator=True)
    (point,) = await queue.waiting(house.app.desk, boss, Choices())
    await queue.reword(house.app.desk, boss, Choices(), point.id, "", "They rattle the spoons.", edition=0)
    await house.idle()
    assert "They rattle the spoons." in shown_to(house, office).content


async def _dealt(house: House) -> bool:
    return house.discord.faults.dealt["answer 502 after"] == 1


async def test_a_post_of_a_members_own_that_waits_is_merged_too(forum: House) -> None:
    office = await held(forum)
    ada = await forum.member(1)
    await ada.post(forum.home, "4. Every biscuit is a dessert", "They call every biscuit a dessert.")
    await forum.idle()
    moderator = await forum.moderator()
    form = await moderator.press(await as_member_sees(forum, shown_to(forum, office)), "Merge…", forum.guild)
    decided = await moderator.submit(form, {"asked": "2"})
    assert "merged into **2**" in decided["content"]
    await forum.idle()
    assert await forum.labels() == ["1", "2", "3", "*", "4"]
    thread = forum.discord.world.channels[int(await forum.thread_of("4"))].thread
    assert thread is not None and thread.locked
