"""Following on the stand-in: the direct message, its button, closed messages, homes that are not seen, threads."""

from typing import Any

from bot.core.acts import Actor
from bot.core.ids import GuildId, MemberId
from bot.services import follows
from rehearsal.member import Member
from tests.e2e.conftest import House
from tests.e2e.test_cases import direct

Json = dict[str, Any]
NEVER_QUIET = {"quiet-from": 0, "quiet-to": 0}


async def begun(house: House) -> tuple[Member, Member, str]:
    """A critique is open and Ada follows it; Ada, Ben, and the thread of point 1."""
    await house.start()
    await house.open()
    ada = await house.member(1)
    (offered, *_more) = await ada.autocomplete("follow", "what", "tea", house.home, house.guild)
    said = await ada.command("follow", house.home, house.guild, what=offered["value"], **NEVER_QUIET)
    assert "at most once an hour" in said["content"]
    return ada, await house.member(2), await house.thread_of("1")


async def tell(house: House) -> None:
    await house.quiet()
    await follows.look(house.app.desk)
    await house.quiet()


async def test_a_follower_gets_one_message_with_all_that_is_new_and_one_press_ends_it(house: House) -> None:
    ada, ben, thread = await begun(house)
    await ben.say(thread, "They close at nine.")
    await ben.say(thread, "Disagree: they close at ten.")
    await ben.say(house.home, "4. They wobble whenever somebody sits down.")
    await tell(house)
    message = await direct(house, ada)
    for words in ("What is new on", "2 new replies, 1 new argument", "They wobble"):
        assert words in message["content"]
    await house.stop()
    await house.start()
    await tell(house)
    assert (await direct(house, ada))["id"] == message["id"]
    done = await ada.press(message, "Stop these messages")
    assert "you follow 1 thing less" in done["content"]
    await ben.say(thread, "Or at eleven.")
    await tell(house)
    assert (await direct(house, ada))["id"] == message["id"]


async def test_closed_direct_messages_lose_nothing_and_are_no_fault(house: House) -> None:
    ada, ben, thread = await begun(house)
    house.discord.backstage.close_direct_messages(int(ada.id))
    await ben.say(thread, "They close at nine.")
    await tell(house)
    assert await follows.followed(house.app.desk, _actor(house, ada))
    shown = await ada.command("catchup", house.home, house.guild)
    assert "Not voted on by you yet" in shown["content"]


def _actor(house: House, member: Member) -> Actor:
    return Actor(MemberId(int(member.id)), GuildId(int(house.guild)), frozenset())


async def test_a_point_is_followed_by_being_in_its_thread(house: House) -> None:
    ada, _ben, thread = await begun(house)
    said = await ada.command("follow", house.home, house.guild, what="2")
    two = await house.thread_of("2")
    assert f"<#{two}>" in said["content"] and two != thread
    found = await ada.api.request("GET", f"/channels/{two}/thread-members")
    assert ada.id in [each["user_id"] for each in found]
    left = await ada.command("unfollow", house.home, house.guild, what="2")
    assert "no longer in the thread" in left["content"]
    refused = await ada.command("unfollow", house.home, house.guild, what="v1:follow:1:digest")
    assert "/follow" in refused["content"]


async def test_help_shows_each_rank_what_it_may_do(house: House) -> None:
    await house.start()
    member, moderator = await house.member(1), await house.moderator()
    of_member = await member.command("help", house.home, house.guild)
    of_moderator = await moderator.command("help", house.home, house.guild)
    assert "/ballot" in of_member["content"] and "/mod queue" not in of_member["content"]
    assert "/mod queue" in of_moderator["content"]
