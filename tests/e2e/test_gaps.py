"""What happens while the bot hears nothing is found as soon as it hears again."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.core.ids import GuildId
from bot.ending import Ending
from bot.services import readings, votes
from bot.services.desk import Pace
from rehearsal.server.model import ChannelKind
from rehearsal.server.permissions import Permission
from tests.e2e.conftest import House, until

PAGE = ("GET", "/channels/{channel_id}/messages")
ONE = ("GET", "/channels/{channel_id}/messages/{message_id}")
HOLDERS = ("GET", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}")


async def vote(house: House, number: int, label: str, emoji: str, *, away: bool = False) -> None:
    """As Discord's own books have it, whether the bot runs or not."""
    member = await house.member(number)
    message = next(one for one in posted(house) if one.content.startswith(f"**{label}"))
    act = member.unreact if away else member.react
    await act(str(message.channel_id), str(message.id), emoji)


def posted(house: House) -> list[Any]:
    """The bot's messages in the home, or the first ones of the posts there."""
    world = house.discord.world
    places = [int(house.home), *(each.id for each in world.channels.values() if each.parent_id == int(house.home))]
    return [one for place in places for one in world.messages(place) if one.author_id == house.discord.bot_id]


async def drift(house: House) -> int:
    return (await readings.drift(house.app.desk, GuildId(int(house.guild))))[0]


async def test_votes_made_changed_and_taken_back_in_a_gap_are_found(either: House) -> None:
    await either.start()
    await either.open()
    for number, emoji in ((1, "👍"), (2, "👍"), (3, "👎")):
        await vote(either, number, "1", emoji)
    await either.idle()
    await either.stop()
    await vote(either, 1, "1", "👍", away=True)
    await vote(either, 1, "1", "👎")
    await vote(either, 2, "1", "👍", away=True)
    await vote(either, 4, "1", "👍")
    await vote(either, 5, "2", "👎")
    await either.start()
    await either.idle()
    assert (await either.tallies())["1"] == (1, 2)
    assert (await either.tallies())["2"] == (0, 1)
    assert await drift(either) == 4


async def test_a_swap_that_leaves_the_counts_alike_is_found_near_the_gap(either: House) -> None:
    await either.start()
    await either.open()
    await vote(either, 1, "1", "👍")
    await either.idle()
    await either.stop()
    await vote(either, 1, "1", "👍", away=True)
    await vote(either, 2, "1", "👍")
    await either.start()
    await either.idle()
    line = (await either.digest()).lines[0].point
    found = await votes.stances(either.app.desk, line.id, line.revision)
    assert set(found) == {int((await either.member(2)).id)}


async def test_where_nothing_changed_a_start_costs_the_fewest_requests(either: House) -> None:
    await either.start()
    await either.open()
    await either.stop()
    await either.start()
    await either.idle()
    await either.stop()
    either.discord.record.clear()
    await either.start()
    await either.idle()
    forum = either.home != str((await either.digest()).lines[0].point.channel)
    assert len(either.requests(*PAGE)) == (0 if forum else 1)
    assert len(either.requests(*ONE)) == (4 if forum else 0)
    assert not either.requests(*HOLDERS)
    assert await drift(either) == 0


async def test_threads_in_which_nobody_wrote_are_not_read(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    spoken_in = await house.thread_of("2")
    await house.stop()
    await ada.say(spoken_in, "They do, and call it a pudding too.")
    house.discord.record.clear()
    await house.start()
    await house.idle()
    read = {entry["path"].split("/channels/")[1].split("/")[0] for entry in house.requests(*PAGE)}
    assert read == {house.home, spoken_in}


async def test_additions_and_replies_written_in_a_gap_are_recorded_once_and_in_order(house: House) -> None:
    await house.start()
    await house.open()
    ada, ben = await house.member(1), await house.member(2)
    await ada.say(house.home, "4. They hide the sugar.")
    await house.idle()
    thread = await house.thread_of("1")
    await house.stop()
    await ben.say(house.home, "Good morning.")
    await ben.say(house.home, "5. They charge for hot water.")
    await ada.say(thread, "So it is.")
    await ada.say(house.home, "5. They shut on rainy days.")
    for _ in range(2):
        await house.start()
        await house.idle()
        assert await house.labels() == ["1", "2", "3", "*", "4", "5", "6"]
        lines = {line.point.label: line.point for line in (await house.digest()).lines}
        assert (lines["5"].text, lines["6"].text) == ("They charge for hot water.", "They shut on rainy days.")
        assert lines["1"].replies == 1
        await house.stop()


async def test_a_post_that_a_member_opened_in_a_gap_is_adopted(forum: House) -> None:
    await forum.start()
    await forum.open()
    await forum.stop()
    ada = await forum.member(1)
    await ada.post(forum.home, "4. The sugar", "They hide the sugar.")
    await forum.start()
    await forum.idle()
    lines = {line.point.label: line.point for line in (await forum.digest()).lines}
    assert lines["4"].adopted and lines["4"].author == int(ada.id)


async def test_both_emoji_taken_up_in_a_gap_count_for_neither_side_until_the_member_acts(house: House) -> None:
    await house.start()
    await house.open()
    await house.stop()
    await vote(house, 1, "1", "👍")
    await vote(house, 1, "1", "👎")
    await house.start()
    await house.idle()
    assert (await house.tallies())["1"] == (0, 0)
    await vote(house, 1, "1", "👍", away=True)
    await house.idle()
    assert (await house.tallies())["1"] == (0, 1)


async def test_the_emoji_taken_up_in_a_gap_beside_an_older_one_is_the_later(house: House) -> None:
    await house.start()
    await house.open()
    await vote(house, 1, "1", "👍")
    await house.idle()
    await house.stop()
    await vote(house, 1, "1", "👎")
    await house.start()
    await house.idle()
    assert (await house.tallies())["1"] == (0, 1)
    shown = house.discord.world.reactions(int(await house.message_of("1")))
    assert int((await house.member(1)).id) not in shown["👍"]


async def test_a_lost_session_and_an_outage_of_the_server_are_gaps(house: House) -> None:
    await house.start()
    await house.open()
    guild = int(house.guild)
    house.discord.outages.take_guild(guild)
    await vote(house, 1, "1", "👍")
    house.discord.outages.return_guild(guild)
    await until(lambda: tallied(house, "1", (1, 0)), "the vote of the outage")
    house.discord.outages.invalidate(resumable=False)
    await vote(house, 2, "1", "👍")
    await until(lambda: tallied(house, "1", (2, 0)), "the vote of the lost session")


async def tallied(house: House, label: str, wanted: tuple[int, int]) -> bool:
    return (await house.tallies())[label] == wanted


async def test_votes_that_a_closed_critique_ignored_count_when_it_is_opened_again(house: House) -> None:
    await house.start()
    critique = await house.open()
    message = await house.message_of("1")
    moderator = await house.moderator()
    general = str(house.discord.channels["general"])
    await moderator.command("critique close", general, house.guild, critique=critique.title)
    await house.idle()
    ada = await house.member(1)
    await ada.react(house.home, message, "👍")
    await ada.say(house.home, "4. Said to a closed list.")
    await house.idle()
    await moderator.command("critique reopen", general, house.guild, critique=critique.title)
    await house.idle()
    assert (await house.tallies())["1"] == (1, 0)
    assert await house.labels() == ["1", "2", "3", "*"]


async def test_votes_stand_where_the_message_is_gone_after_a_gap(either: House) -> None:
    await either.start()
    await either.open()
    await vote(either, 1, "1", "👍")
    await either.idle()
    line = (await either.digest()).lines[0].point
    await either.stop()
    moderator = await either.moderator()
    await moderator.api.request("DELETE", f"/channels/{line.channel}/messages/{line.message}")
    await either.start()
    await either.idle()
    assert (await either.tallies())["1"] == (1, 0)


async def test_a_history_that_may_not_be_read_takes_no_vote_away(house: House) -> None:
    await house.start()
    await house.open()
    await vote(house, 1, "1", "👍")
    await house.idle()
    await house.stop()
    bot = house.discord.bot_id
    house.discord.backstage.overwrite(int(house.home), bot, deny=int(Permission.READ_MESSAGE_HISTORY))
    await house.start()
    await house.idle()
    await vote(house, 2, "1", "👍")
    await house.idle()
    assert (await house.tallies())["1"] == (2, 0)


async def test_what_was_said_where_no_history_may_be_read_is_heard_once_it_may(house: House) -> None:
    await house.start()
    await house.open()
    await house.stop()
    await (await house.member(1)).say(house.home, "4. They hide the sugar.")
    backstage, home, bot = house.discord.backstage, int(house.home), house.discord.bot_id
    backstage.overwrite(home, bot, deny=int(Permission.READ_MESSAGE_HISTORY))
    await house.start()
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*"]
    await house.stop()
    backstage.overwrite(home, bot)
    await house.start()
    await house.idle()
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_a_point_is_read_whole_in_its_turn_and_what_nobody_told_of_is_found(house: House) -> None:
    tenth = timedelta(milliseconds=100)
    await house.start(Pace(digest_every=tenth, audit_every=tenth, audit_again=timedelta()))
    await house.open()
    message = int(await house.message_of("*"))
    ada = await house.member(1)
    house.discord.world.add_reaction(message, "👍", int(ada.id))
    await until(lambda: tallied(house, "*", (1, 0)), "the audit")


async def test_events_that_come_while_a_server_is_read_wait_and_count(house: House) -> None:
    await house.start()
    await house.open()
    for _ in range(3):
        await house.stop()
        starting = asyncio.create_task(house.start())
        for number in range(1, 9):
            await vote(house, number, "1", "👍")
        await starting
        for number in range(1, 9):
            await vote(house, number, "1", "👍", away=True)
        for number in range(1, 7):
            await vote(house, number, "1", "👍")
        await house.idle()
        assert (await house.tallies())["1"] == (6, 0)
        for number in range(1, 7):
            await vote(house, number, "1", "👍", away=True)
        await house.idle()
        assert (await house.tallies())["1"] == (0, 0)


async def test_votes_under_a_point_that_the_bot_did_not_know_it_had_posted_are_found(either: House) -> None:
    """It was stopped before it had the answer; after the gap it finds the message or post, and then the votes."""
    forum = either.discord.world.channels[int(either.home)].kind == ChannelKind.FORUM
    route = "/channels/{channel_id}/" + ("threads" if forum else "messages")
    await either.start(ending=Ending(4))  # what hangs is cut off after a quarter of it
    either.discord.faults.hang("POST", route, skip=int(forum), after_effect=True)  # the first opens the lobby
    await either.confirm()
    label = r"\*" if forum else "1"  # a forum is filled from the last to the first
    await until(lambda: stands(either, label), "the first post to stand")
    await either.stop()
    either.discord.faults.clear()
    await vote(either, 1, label, "👍")
    await vote(either, 2, label, "👎")
    await either.start()
    await either.idle()
    assert (await either.tallies())[label.removeprefix("\\")] == (1, 1)
    assert len([one for one in posted(either) if one.content.startswith(f"**{label}")]) == 1


async def stands(house: House, label: str) -> bool:
    return any(one.content.startswith(f"**{label}") for one in posted(house))


async def test_votes_under_a_members_own_post_opened_in_a_gap_are_found(forum: House) -> None:
    await forum.start()
    await forum.open()
    await forum.stop()
    post = await (await forum.member(1)).post(forum.home, "4. They play the same song.", "All day long.")
    for number in (2, 3):
        await (await forum.member(number)).react(post["id"], post["id"], "👍")
    await forum.start()
    await forum.idle()
    assert (await forum.tallies())["4"] == (2, 0)
