"""Members vote by reaction."""

import asyncio

from sqlalchemy import select, update

from bot.core.deliveries import Kind
from bot.services import votes
from bot.storage.tables import deliveries
from tests.e2e.conftest import House, until

TAKE_AWAY = ("DELETE", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}")


async def test_a_vote_counts_a_change_moves_it_and_a_withdrawal_takes_it_away(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada, ben = await house.member(1), await house.member(2)
    await ada.react(house.home, message, "👍")
    await ben.react(house.home, message, "👍")
    await house.idle()
    assert (await house.tallies())["1"] == (2, 0)
    await ben.unreact(house.home, message, "👍")
    await ada.react(house.home, message, "👎")
    await house.idle()
    assert (await house.tallies())["1"] == (0, 1)


async def test_the_older_of_two_emoji_is_taken_away(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada = await house.member(1)
    await ada.react(house.home, message, "👍")
    await ada.react(house.home, message, "👎")
    await house.idle()
    reactions = house.discord.world.reactions(int(message))
    assert int(ada.id) not in reactions["👍"] and int(ada.id) in reactions["👎"]
    assert (await house.tallies())["1"] == (0, 1)


async def test_an_emoji_that_is_put_there_anew_while_its_removal_waits_to_be_repeated_stays(house: House) -> None:
    """discord.py repeats a failed removal after a second; meanwhile the member has changed back."""
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada = await house.member(1)
    house.discord.faults.answer(500, *TAKE_AWAY)
    await ada.react(house.home, message, "👍")
    await ada.react(house.home, message, "👎")

    async def failed() -> bool:
        return house.discord.faults.dealt["answer 500"] == 1

    await until(failed, "the removal fails")
    await ada.unreact(house.home, message, "👍")
    await ada.react(house.home, message, "👍")
    await house.idle()
    reactions = house.discord.world.reactions(int(message))
    assert int(ada.id) in reactions["👍"] and int(ada.id) not in reactions["👎"]
    assert (await house.tallies())["1"] == (1, 0)


async def test_bots_and_other_emoji_never_count(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada = await house.member(1)
    await ada.react(house.home, message, "🎉")
    await house.idle()
    digest = await house.digest()
    assert (digest.votes, digest.people) == (0, 0)


async def test_the_bots_own_reactions_come_back_when_a_moderator_clears_them_and_votes_stand(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada, ben = await house.member(1), await house.member(2)
    await ada.react(house.home, message, "👍")
    await ben.react(house.home, message, "👎")
    await house.idle()
    moderator = await house.moderator()
    await moderator.api.request("DELETE", f"/channels/{house.home}/messages/{message}/reactions")
    await house.idle()
    assert (await house.tallies())["1"] == (1, 1)
    seeded = {emoji: set(users) for emoji, users in house.discord.world.reactions(int(message)).items()}
    assert seeded == {"👍": {house.discord.bot_id}, "👎": {house.discord.bot_id}}
    await ada.react(house.home, message, "👎")
    await house.idle()
    assert (await house.tallies())["1"] == (0, 2)


async def test_votes_on_a_deleted_message_stand(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada = await house.member(1)
    await ada.react(house.home, message, "👍")
    await house.idle()
    moderator = await house.moderator()
    await moderator.api.request("DELETE", f"/channels/{house.home}/messages/{message}")
    await house.idle()
    assert (await house.tallies())["1"] == (1, 0)


async def test_twenty_members_voting_at_once_are_all_counted_as_discord_shows_them(house: House) -> None:
    await house.start()
    await house.open()
    messages = [await house.message_of(label) for label in ("1", "2", "3", "*")]
    members = [await house.member(number, watching=False) for number in range(1, 21)]

    async def vote(number: int) -> None:
        for place, message in enumerate(messages):
            first, second = ("👍", "👎") if (number + place) % 2 else ("👎", "👍")
            await members[number].react(house.home, message, first)
            if (number * place) % 3 == 1:
                await members[number].unreact(house.home, message, first)
                await members[number].react(house.home, message, second)

    await asyncio.gather(*(vote(number) for number in range(20)))
    await house.idle()
    digest = await house.digest()
    for line in digest.lines:
        shown = house.discord.world.reactions(line.point.message or 0)
        recorded = await votes.stances(house.app.desk, line.point.id, line.point.revision)
        assert {member for member, side in recorded.items() if side > 0} == set(shown["👍"]) - {house.discord.bot_id}
        assert {member for member, side in recorded.items() if side < 0} == set(shown["👎"]) - {house.discord.bot_id}
    assert (digest.votes, digest.people) == (80, 20)


async def test_the_older_emoji_waits_while_its_post_is_archived_and_goes_once_it_is_back(forum: House) -> None:
    """The point is hidden while discord.py repeats a failed removal; it is nothing that was given up."""
    await forum.start()
    await forum.open()
    post, ada, moderator = await forum.thread_of("1"), await forum.member(1), await forum.moderator()
    forum.discord.faults.answer(500, *TAKE_AWAY)
    await ada.react(post, post, "👍")
    await ada.react(post, post, "👎")

    async def failed() -> bool:
        return forum.discord.faults.dealt["answer 500"] == 1

    await until(failed, "the removal fails")
    await moderator.command("mod hide", forum.home, forum.guild, point="1", reason="spam")
    await forum.quiet()
    assert await _away(forum) == [(False, None)]
    await moderator.command("mod restore", forum.home, forum.guild, point="1")
    await forum.quiet()
    async with forum.app.desk.db.write() as tx:
        await tx.execute(update(deliveries).values(due_at=forum.app.desk.clock()))
    await forum.idle()
    assert await _away(forum) == [(True, None)]
    reactions = forum.discord.world.reactions(int(post))
    assert int(ada.id) not in reactions["👍"] and int(ada.id) in reactions["👎"]


async def _away(house: House) -> list[tuple[bool, str | None]]:
    """Whether each removal has ended, and its fault."""
    async with house.app.desk.db.read() as tx:
        rows = (await tx.execute(select(deliveries).where(deliveries.c.kind == Kind.TAKE_AWAY))).all()
    return [(row.ended_at is not None, row.fault) for row in rows]
