"""Following on the stand-in: the direct message, its button, closed messages, homes that are not seen, threads."""

from pathlib import Path
from typing import Any

import pytest

from bot.core.acts import Actor
from bot.core.follows import Followed
from bot.core.ids import GuildId, MemberId
from bot.core.servers import Choices
from bot.services import follows
from bot.services.critiques import everywhere
from rehearsal.member import Member
from rehearsal.referee import Referee
from tests.e2e.conftest import House, housed
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
    assert "you no longer follow 1 thing" in done["content"]
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


async def test_one_that_discord_says_is_opened_too_fast_rests_and_is_told_later(house: House) -> None:
    ada, ben, thread = await begun(house)
    house.discord.faults.refuse(40003, "POST", "/users/@me/channels")
    await ben.say(thread, "They close at nine.")
    await tell(house)
    assert house.discord.faults.dealt == {"refuse 40003": 1}
    async with house.app.desk.db.write() as tx:
        (row,) = await tx.exec_driver_sql("SELECT closed_at, telling IS NOT NULL FROM followers")
        await tx.exec_driver_sql("UPDATE deliveries SET due_at = 0 WHERE ended_at IS NULL")
    assert tuple(row) == (None, 1)
    await house.idle()
    assert "1 new reply" in (await direct(house, ada))["content"]


async def test_a_message_that_may_have_been_sent_is_sent_once(house: House) -> None:
    ada, ben, thread = await begun(house)
    house.discord.faults.reset("POST", "/channels/{channel_id}/messages", after_effect=True)
    await ben.say(thread, "They close at nine.")
    await tell(house)
    await house.idle()
    assert house.discord.faults.dealt == {"reset after": 1}
    assert len(await _messages(house, ada)) == 1


@pytest.mark.long
async def test_a_crowd_of_followers_is_told_once_each_within_every_limit(
    tmp_path: Path, referee: Referee | None
) -> None:
    async with housed(tmp_path, referee, "text", rate_limits=True) as house:
        ada, ben, thread = await begun(house)
        which = (await house.critique()).id
        crowd = [ada, *[await house.member(number, watching=False) for number in range(3, 20)]]
        for each in crowd[1:]:
            await follows.follow(
                house.app.desk, _actor(house, each), Choices(), which, Followed.CRITIQUE, everywhere, (0, 0)
            )
        for words in ("They close at nine.", "Or at ten."):
            await ben.say(thread, words)
        for _look in range(3):
            await tell(house)
        await house.idle()
        for each in crowd:
            (message,) = await _messages(house, each)
            assert "2 new replies" in message["content"]
        statuses = {entry["status"] for entry in house.discord.record.entries if entry.get("by") == "bot"}
        assert 429 not in statuses and 403 not in statuses


async def _messages(house: House, member: Member) -> list[Json]:
    """What stands in the member's direct message with the bot."""
    where = await member.direct(str(house.discord.bot_id))
    return await member.api.request("GET", f"/channels/{where}/messages")


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


async def test_a_thread_that_sleeps_is_woken_for_a_member_who_follows_its_point(house: House) -> None:
    ada, _ben, _thread = await begun(house)
    two, moderator = await house.thread_of("2"), await house.moderator()
    await moderator.api.request("PATCH", f"/channels/{two}", {"archived": True})
    await house.idle()
    said = await ada.command("follow", house.home, house.guild, what="2")
    assert f"<#{two}>" in said["content"]
    found = await ada.api.request("GET", f"/channels/{two}/thread-members")
    assert ada.id in [each["user_id"] for each in found]


async def test_help_shows_each_rank_what_it_may_do(house: House) -> None:
    await house.start()
    member, moderator = await house.member(1), await house.moderator()
    of_member = await member.command("help", house.home, house.guild)
    of_moderator = await moderator.command("help", house.home, house.guild)
    assert "/ballot" in of_member["content"] and "/mod queue" not in of_member["content"]
    assert "/mod queue" in of_moderator["content"]
