"""Additions wait for moderators where the server says so."""

from typing import Any

from bot.core.ids import ChannelId, GuildId
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.storage import servers as stored_servers
from tests.e2e.conftest import House


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
    queue = await moderator.command("mod queue", office, house.guild)
    assert "1 addition waits" in queue["content"]
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
