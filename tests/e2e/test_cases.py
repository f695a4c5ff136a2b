"""Acts of moderators are on record; members are told why, appeal once, and are answered."""

import asyncio
from typing import Any

from bot.core.ids import ChannelId, GuildId
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.storage import servers as stored_servers
from rehearsal.member import Member
from tests.e2e.conftest import House

SPOONS = "4. They rattle the spoons."
BECAUSE = {"reason": ["off-topic"], "words": "This list is about **rooms**. @everyone"}


async def held(house: House, policy: Policy = Policy.HELD) -> str:
    """Starts the bot on a server with a moderators' channel; that channel."""
    app = await house.start()
    office = house.discord.channels["moderators"]
    chosen = Choices(moderators_channel=ChannelId(office), policy=policy)
    async with app.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GuildId(int(house.guild)), chosen, app.desk.clock())
    await house.open()
    return str(office)


async def newest(member: Member, channel: str) -> Any:
    """The newest message that the member sees in a channel."""
    return (await member.api.request("GET", f"/channels/{channel}/messages?limit=1"))[0]


async def direct(house: House, member: Member) -> Any:
    """The newest direct message of the bot to the member."""
    return await newest(member, await member.direct(str(house.discord.bot_id)))


async def refuse(house: House, office: str) -> Any:
    """A moderator refuses what waits, with a reason; the message afterwards."""
    moderator = await house.moderator()
    form = await moderator.press(await newest(moderator, office), "Refuse", house.guild)
    done = await moderator.submit(form, BECAUSE)
    await house.idle()
    return done


async def refused(house: House) -> tuple[Member, str]:
    """Ada's addition was refused; she, and the moderators' channel."""
    office = await held(house)
    ada = await house.member(1)
    await ada.say(house.home, SPOONS)
    await house.idle()
    assert "Refused by" in (await refuse(house, office))["content"]
    return ada, office


async def test_an_author_is_told_why_and_an_appeal_that_is_granted_puts_the_point_on_the_list(house: House) -> None:
    ada, office = await refused(house)
    told = await direct(house, ada)
    assert "did not take your addition **4**" in told["content"]
    assert "not about what the list criticises" in told["content"] and "rattle the spoons" in told["content"]
    assert "@everyone" not in told["content"] and "**rooms**" not in told["content"]
    form = await ada.press(told, "Appeal")
    assert "with the moderators" in (await ada.submit(form, {"text": "Spoons are rooms' business."}))["content"]
    await house.idle()
    moderator = await house.moderator()
    appeal = await newest(moderator, office)
    assert "Appeal against case" in appeal["content"] and "Spoons are rooms' business" in appeal["content"]
    assert "1 appeal waits" in (await moderator.command("mod queue", office, house.guild))["content"]
    answer = await moderator.press(appeal, "Grant and undo…", house.guild)
    done = await moderator.submit(answer, {"text": "True, they are."})
    assert "Granted and undone" in done["content"] and done["components"] == []
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]
    assert "appeal was granted" in (await direct(house, ada))["content"]
    assert "True, they are" in (await direct(house, ada))["content"]


async def test_each_case_takes_one_appeal_and_one_answer(house: House) -> None:
    ada, office = await refused(house)
    told = await direct(house, ada)
    first, second = await ada.press(told, "Appeal"), await ada.press(told, "Appeal")
    await ada.submit(first, {"text": "Why?"})
    again = await ada.submit(second, {"text": "And why?"})
    assert "each case takes one" in again["content"] and again["attachments"]
    await house.idle()
    moderator = await house.moderator()
    appeal = await newest(moderator, office)
    one = await moderator.press(appeal, "It stands…", house.guild)
    other = await moderator.press(appeal, "Grant and undo…", house.guild)
    await moderator.submit(one, {"text": "It is about spoons."})
    await house.idle()  # else the message brought up to date may be taken for the second answer
    late = await moderator.submit(other, {"text": "Oh, let it be."})
    assert "Another moderator has answered" in late["content"]
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]
    assert "this stands" in (await direct(house, ada))["content"]


async def test_who_takes_no_direct_messages_is_told_when_they_next_use_the_bot(house: House) -> None:
    office = await held(house)
    ada = await house.member(1)
    house.discord.backstage.close_direct_messages(int(ada.id))
    await ada.say(house.home, SPOONS)
    await house.idle()
    await refuse(house, office)
    since = len(ada.gateway.seen)
    await ada.command("point show", house.home, house.guild, point="1")
    told = await ada.wait_for("MESSAGE_CREATE", lambda data: "did not take" in data["content"], 5, since)
    assert told["flags"] & 64
    await house.idle()
    form = await ada.press(told, "Appeal", house.guild)
    await ada.submit(form, {"text": "Why?"})
    await house.idle()
    assert "Appeal against case" in (await newest(await house.moderator(), office))["content"]
    assert "did not take" in (await ada.command("case mine", house.home, house.guild))["content"]


async def test_who_could_not_be_told_is_told_once_however_many_commands_they_use_at_once(house: House) -> None:
    office = await held(house)
    ada = await house.member(1)
    house.discord.backstage.close_direct_messages(int(ada.id))
    await ada.say(house.home, SPOONS)
    await house.idle()
    await refuse(house, office)
    at_once = [ada.command("point show", house.home, house.guild, point=label) for label in ("1", "2", "3")]
    await asyncio.gather(*at_once)
    await ada.command("digest show", house.home, house.guild)
    await house.stop()
    await house.start()
    await ada.command("digest show", house.home, house.guild)
    told = [data for name, data in ada.gateway.seen if name == "MESSAGE_CREATE" and "did not take" in data["content"]]
    assert len(told) == 1
    shown = await ada.command("case mine", house.home, house.guild)
    await ada.submit(await ada.press(shown, "Appeal", house.guild), {"text": "Why?"})
    await house.idle()
    assert "Appeal against case" in (await newest(await house.moderator(), office))["content"]


async def test_the_buttons_work_after_a_restart_and_nobody_is_told_twice(house: House) -> None:
    ada, office = await refused(house)
    told = await direct(house, ada)
    await house.stop()
    await house.start()
    await house.idle()
    assert (await direct(house, ada))["id"] == told["id"]
    await ada.submit(await ada.press(told, "Appeal"), {"text": "Why?"})
    await house.idle()
    assert "Why?" in (await newest(await house.moderator(), office))["content"]


async def test_a_hidden_point_is_out_of_sight_and_comes_back_with_its_votes(either: House) -> None:
    office = await held(either, Policy.OPEN)
    ada, moderator = await either.member(1), await either.moderator()
    where, message = await first_message(either, "2")
    await ada.react(where, message, "👍")
    await either.idle()
    said = await moderator.command("mod hide", office, either.guild, point="2", reason="unkind")
    assert "Hidden: **2**" in said["content"]
    await either.idle()
    assert "biscuit" not in (await ada.api.request("GET", f"/channels/{where}/messages/{message}"))["content"]
    assert (await either.tallies())["2"] == (0, 0) and (await either.digest()).people == 0
    bob = await either.member(2)
    if where == either.home:
        await bob.react(where, message, "👎")
    await moderator.command("mod restore", office, either.guild, point="2")
    await either.idle()
    assert "biscuit" in (await ada.api.request("GET", f"/channels/{where}/messages/{message}"))["content"]
    assert (await either.tallies())["2"] == ((1, 1) if where == either.home else (1, 0))
    thread = either.discord.world.channels[int(await either.thread_of("2"))]
    assert "biscuit" in thread.name and thread.thread and not thread.thread.locked


async def first_message(house: House, label: str) -> tuple[str, str]:
    """A point's first message: its channel and its id."""
    point = next(line.point for line in (await house.digest()).lines if line.point.label == label)
    return str(point.channel), str(point.message)


async def test_the_ledger_counts_and_names_nobody(house: House) -> None:
    ada, _office = await refused(house)
    await (await house.moderator()).command("critique lock", house.home, house.guild, point="1")
    said = (await ada.command("case ledger", house.home, house.guild))["content"]
    assert "2 acts of moderation" in said and "addition refused · not about what the list criticises" in said
    assert "<@" not in said
