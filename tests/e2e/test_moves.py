"""`/mod move` on the stand-in: a thread of its own there, the way there in the old place, and new votes."""

from bot.core.ids import ChannelId, GuildId
from bot.core.points import Point
from bot.services import critiques, digests
from tests.e2e.conftest import House
from tests.e2e.test_cases import SPOONS, direct, first_message

COFFEE = "Coffee\n\n1. It is hot.\n\n2. It is black.\n"


def general(house: House) -> str:
    return str(house.discord.channels["general"])


async def added(house: House) -> None:
    """A critique with Ada's addition 4, on which Bob has voted; and another, Coffee, in the general channel."""
    await house.start()
    await house.open()
    ada, bob, moderator = await house.member(1), await house.member(2), await house.moderator()
    await ada.say(await house.thread_of("1"), SPOONS)
    await house.idle()
    where, message = await first_message(house, "4")
    await bob.react(where, message, "👍")
    preview = await moderator.command(
        "critique open", general(house), house.guild, document=("c.txt", COFFEE.encode()), channel=general(house)
    )
    await moderator.press(preview, "Confirm", house.guild)
    await house.idle()
    assert (await house.tallies())["4"] == (1, 0)


async def move(house: House) -> str:
    moderator = await house.moderator()
    (offered,) = await moderator.autocomplete("mod move", "point", "", house.home, house.guild)
    return (
        await moderator.command(
            "mod move", house.home, house.guild, point=offered["value"], critique="Coffee", reason="off-topic"
        )
    )["content"]


async def there(house: House) -> Point:
    """What the addition is now."""
    found = await critiques.spoken_of(house.app.desk, GuildId(int(house.guild)), ChannelId(int(general(house))))
    line = (await digests.read(house.app.desk, found[-1].id)).lines[-1]
    assert line.tally.people == 0
    return line.point


async def test_it_stands_in_its_new_place_and_the_old_one_leads_there(either: House) -> None:
    await added(either)
    where, message = await first_message(either, "4")
    assert "**4** is **3** of “Coffee” now" in await move(either)
    await either.idle()
    now = await there(either)
    assert "rattle the spoons" in either.discord.world.message(now.message or 0).content
    assert now.thread in either.discord.world.channels
    old = either.discord.world.message(int(message)).content
    assert old == f"**4)** Moved to **3** of “Coffee” <#{now.thread}>."
    thread = either.discord.world.channels[int(await either.thread_of("4"))]
    assert "4 · moved" in thread.name and thread.thread and thread.thread.locked and thread.thread.archived
    assert (await either.tallies())["4"] == (0, 0)
    told = (await direct(either, await either.member(1)))["content"]
    assert "moved your addition **4**" in told and "“Coffee”, where it is **3**" in told
    shown = await (await either.member(2)).command("point show", either.home, either.guild, point="4")
    assert f"<#{now.thread}>" in shown["content"]
    if where == either.home:
        await (await either.member(2)).react(where, message, "👎")
        await either.idle()
        assert (await either.tallies())["4"] == (0, 0)


async def test_a_stop_right_after_the_move_loses_and_doubles_nothing(house: House) -> None:
    await added(house)
    house.discord.faults.answer(503, "POST", "/channels/{channel_id}/messages")
    await move(house)
    await house.stop()
    await house.start()
    await house.idle()
    now = await there(house)
    said = [each for each in house.shown_in(general(house)) if "rattle the spoons" in each.content]
    assert [each.id for each in said] == [now.message]
    old = house.discord.world.message(int(await house.message_of("4"))).content
    assert f"<#{now.thread}>" in old


async def test_the_critique_that_it_is_in_is_not_offered_and_an_original_is_not_moved(house: House) -> None:
    await added(house)
    moderator = await house.moderator()
    said = await moderator.command("mod move", house.home, house.guild, point="1", critique="Coffee", reason="spam")
    assert "only what members added can be moved" in said["content"]
    (point,) = await moderator.autocomplete("mod move", "point", "", house.home, house.guild)
    offered = await moderator.autocomplete("mod move", "critique", "", house.home, house.guild, point=point["value"])
    assert [each["name"] for each in offered] == ["Coffee"]
    offered = await moderator.autocomplete("mod move", "critique", "", house.home, house.guild)
    assert len(offered) == 2
