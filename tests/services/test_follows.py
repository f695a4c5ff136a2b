"""Following: what happens is recorded once, whoever follows, and each follower is told once, in time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.core import follows as core
from bot.core.acts import Actor
from bot.core.critiques import Critique
from bot.core.deliveries import Delivery, Kind, Outcome
from bot.core.follows import EVERY, OPENED_AT_MOST, OPENED_WITHIN, Bulletin, Followed, What
from bot.core.ids import ChannelId, MemberId, MessageId
from bot.core.refusals import Code, Refusal
from bot.core.votes import Reacted, Stance
from bot.services import follows, happenings, privacy, votes
from bot.services.critiques import everywhere
from bot.storage import follows as stored
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, TEN, Room


def follower(number: int) -> Actor:
    return Actor(MemberId(5_000 + number), GUILD, frozenset())


async def begun(room: Room) -> Critique:
    critique = await room.open()
    await room.post(critique)
    return critique


async def follow(room: Room, who: Actor, critique: Critique, what: Followed = Followed.CRITIQUE, **more: Any) -> None:
    await follows.follow(room.desk, who, CHOICES, critique.id, what, everywhere, **more)


async def reply(room: Room, which: int, by: int) -> None:
    """A message in the thread of a point, and what the bot makes of it."""
    await room.hear(room.said("It is as it is.", by=by, channel=200 + which, parent=HOME))


async def tell(room: Room) -> list[tuple[int, list[Bulletin]]]:
    """Carries out what is owed to followers: whom, and what they are told."""
    told: list[tuple[int, list[Bulletin]]] = []
    for row in await room.owed(Kind.TELL_FOLLOWER):
        found = await follows.to_tell(room.desk, GUILD, MemberId(row.member_id))
        if found is not None:
            told.append((row.member_id, found[1]))
            await follows.save_told(room.desk, found[0])
        async with room.desk.db.write() as tx:
            await tx.exec_driver_sql("DELETE FROM deliveries WHERE id = ?", (row.id,))
    return told


async def found_for(room: Room, who: Actor) -> tuple[core.Follower, list[Bulletin]]:
    found = await follows.to_tell(room.desk, GUILD, who.id)
    assert found is not None
    return found


async def due(room: Room, kind: Kind = Kind.TELL_FOLLOWER) -> Delivery:
    (found,) = [each for each in await room.ledger.due(()) if each.owed.kind is kind]
    return found


def said(bulletins: list[Bulletin]) -> list[tuple[What, str | None, int]]:
    return [
        (news.what, None if news.point is None else news.point.label, news.count)
        for each in bulletins
        for news in each.news
    ]


async def test_a_follower_is_told_once_of_all_that_is_new_and_of_nothing_they_did_themselves(room: Room) -> None:
    critique = await begun(room)
    await reply(room, 1, by=50)
    await follow(room, MEMBER, critique)
    await reply(room, 1, by=50)
    await reply(room, 1, by=51)
    await reply(room, 2, by=MEMBER.id)
    await room.hear(room.said("11. They wobble."))
    assert await follows.look(room.desk) == 1
    assert await follows.look(room.desk) == 0  # a message is on its way
    ((whom, bulletins),) = await tell(room)
    assert whom == MEMBER.id
    assert said(bulletins) == [(What.REPLY, "1", 2), (What.POINT, "11", 1)]
    await reply(room, 3, by=50)
    assert await follows.look(room.desk) == 0
    room.clock.move(EVERY.total_seconds())
    assert await follows.look(room.desk) == 1
    ((_whom, bulletins),) = await tell(room)
    assert said(bulletins) == [(What.REPLY, "3", 1)]
    room.clock.move(EVERY.total_seconds())
    assert await follows.look(room.desk) == 0


async def test_a_turned_lead_and_a_posted_digest_are_told_to_those_who_follow_them(room: Room) -> None:
    critique = await begun(room)
    await follow(room, follower(1), critique)
    await follow(room, follower(2), critique, Followed.DIGEST)

    async def react(member: int, emoji: str) -> None:
        await votes.record(room.desk, [Reacted(HOME, MessageId(101), MemberId(member), emoji, added=True)])

    await react(60, "👍")
    assert await follows.look(room.desk) == 0  # it leads for the first time: nothing turned
    await react(61, "👎")
    assert await follows.look(room.desk) == 0
    await react(62, "👎")
    async with room.desk.db.write() as tx:
        await happenings.digest_posted(room.desk, tx, critique.id)
    await follows.look(room.desk)
    await follows.look(room.desk)
    told = dict(await tell(room))
    assert said(told[follower(1).id]) == [(What.LEAD, "1", 1)]
    assert told[follower(1).id][0].news[0].side is Stance.DISAGREE
    assert said(told[follower(2).id]) == [(What.DIGEST, None, 1)]


@pytest.mark.parametrize(
    ("hour", "quiet", "expected"),
    [(23, (22, 8), True), (7, (22, 8), True), (8, (22, 8), False), (12, (9, 17), True), (17, (9, 17), False)],
)
def test_quiet_hours_may_go_over_midnight(hour: int, quiet: tuple[int, int], *, expected: bool) -> None:
    assert core.is_quiet(hour, quiet) is expected
    assert not core.is_quiet(hour, (5, 5))


async def test_in_quiet_hours_nobody_is_written_to_and_afterwards_they_are(room: Room) -> None:
    critique = await begun(room)
    await follow(room, MEMBER, critique, quiet=(12, 14))
    await reply(room, 1, by=50)
    assert await follows.look(room.desk) == 0
    room.clock.move(timedelta(hours=2).total_seconds())
    assert await follows.look(room.desk) == 1


async def test_whoever_takes_no_messages_is_left_in_peace_until_they_follow_again_and_loses_nothing(room: Room) -> None:
    critique = await begun(room)
    await follow(room, MEMBER, critique)
    await reply(room, 1, by=50)
    await follows.look(room.desk)
    await follows.save_closed(room.desk, (await found_for(room, MEMBER))[0])
    await room.ledger.done(await due(room))
    room.clock.move(EVERY.total_seconds() * 2)
    assert await follows.look(room.desk) == 0
    await follow(room, MEMBER, critique, Followed.DIGEST)
    assert await follows.look(room.desk) == 1
    ((_whom, bulletins),) = await tell(room)  # it is owed again, though nothing more has happened
    assert said(bulletins) == [(What.REPLY, "1", 1)]


async def test_what_was_given_up_is_not_told_again_and_what_comes_after_it_is(room: Room) -> None:
    critique = await begun(room)
    await follow(room, MEMBER, critique)
    await reply(room, 1, by=50)
    await follows.look(room.desk)
    await follows.save_opened(room.desk, (await found_for(room, MEMBER))[0], ChannelId(900))
    assert await room.ledger.failed(await due(room), "it failed", final=True) is Outcome.GIVEN_UP
    assert await follows.look(room.desk) == 0
    await reply(room, 2, by=50)
    assert await follows.look(room.desk) == 1
    assert (await found_for(room, MEMBER))[0].channel is None
    ((_whom, bulletins),) = await tell(room)
    assert said(bulletins) == [(What.REPLY, "2", 1)]


async def test_nobody_is_told_of_what_happened_before_they_followed_it(room: Room) -> None:
    tea, coffee = await begun(room), await room.open(TEN.replace("Reason", "Cause"), home=ChannelId(11))
    await follow(room, MEMBER, tea)
    await follow(room, follower(1), coffee)
    async with room.desk.db.write() as tx:
        await happenings.happened(room.desk, tx, (await room.points(coffee.id))[0], What.REPLY, MemberId(50))
    room.clock.move(60)
    await follow(room, MEMBER, coffee)
    assert await follows.look(room.desk) == 1
    assert [whom for whom, _bulletins in await tell(room)] == [follower(1).id]


async def test_a_message_on_its_way_waits_for_the_end_of_quiet_hours(room: Room) -> None:
    critique = await begun(room)
    await follow(room, MEMBER, critique, quiet=(13, 8))
    await reply(room, 1, by=50)
    assert await follows.look(room.desk) == 1
    assert await follows.rest(room.desk, (await found_for(room, MEMBER))[0]) is None
    room.clock.move(timedelta(hours=1, minutes=20).total_seconds())
    assert await follows.rest(room.desk, (await found_for(room, MEMBER))[0]) == timedelta(hours=18, minutes=40)
    room.clock.move(timedelta(hours=18, minutes=40).total_seconds())
    assert await follows.rest(room.desk, (await found_for(room, MEMBER))[0]) is None


async def test_those_who_sleep_keep_nobody_waiting(room: Room) -> None:
    critique = await begun(room)
    for number in range(OPENED_AT_MOST):
        await follow(room, follower(number), critique, quiet=(12, 14))
    await follow(room, follower(99), critique)
    await reply(room, 1, by=50)
    assert await follows.look(room.desk) == 1
    assert [whom for whom, _bulletins in await tell(room)] == [follower(99).id]


async def test_the_database_knows_the_same_hours_as_quiet(room: Room) -> None:
    critique = await begun(room)
    pairs = [(22, 8), (9, 17), (5, 5), (0, 0), (0, 23), (23, 0), (12, 13)]
    for number, quiet in enumerate(pairs):
        await follow(room, follower(number), critique, quiet=quiet)
    await reply(room, 1, by=50)
    now = room.clock()
    for hour in range(24):
        async with room.desk.db.read() as tx:
            found = await stored.with_news(tx, (now, now), {hour: [GUILD]}, 100, opened=False)
        awake = {follower(number).id for number, quiet in enumerate(pairs) if not core.is_quiet(hour, quiet)}
        assert {each.member for each in found} == awake


async def test_one_press_ends_it_and_what_is_on_its_way_is_not_sent(room: Room) -> None:
    critique = await begun(room)
    await follow(room, MEMBER, critique)
    await follow(room, MEMBER, critique, Followed.DIGEST)
    await reply(room, 1, by=50)
    await follows.look(room.desk)
    assert await follows.unfollow(room.desk, GUILD, MEMBER.id, None) == 2
    assert await tell(room) == []
    with pytest.raises(Refusal) as caught:
        await follows.unfollow(room.desk, GUILD, MEMBER.id, None)
    assert caught.value.code is Code.NOT_FOLLOWED
    assert await room.rows("SELECT * FROM followers") == []


async def test_twenty_new_messages_are_opened_in_ten_minutes_and_those_that_are_open_need_no_more(room: Room) -> None:
    critique = await begun(room)
    for number in range(OPENED_AT_MOST + 1):
        await follow(room, follower(number), critique)
    await reply(room, 1, by=50)
    assert await follows.look(room.desk) == OPENED_AT_MOST
    assert await follows.look(room.desk) == 0
    for number in range(OPENED_AT_MOST):
        whom, _bulletins = await found_for(room, follower(number))
        assert await follows.rest(room.desk, whom) is None
        await follows.save_opened(room.desk, whom, ChannelId(900 + number))
    assert await follows.rest(room.desk, (await found_for(room, follower(0)))[0]) is None
    assert await follows.rest(room.desk, replace(whom, channel=None)) == timedelta(minutes=10)
    await tell(room)
    assert await follows.look(room.desk) == 0
    room.clock.move(timedelta(minutes=10).total_seconds())
    assert await follows.look(room.desk) == 1
    assert [whom for whom, _bulletins in await tell(room)] == [follower(OPENED_AT_MOST).id]


async def test_a_reply_costs_the_same_whoever_follows_and_erasure_forgets_them(room: Room) -> None:
    critique = await begun(room)
    await follow(room, follower(0), critique)

    async def statements() -> int:
        seen: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            seen.append(statement)

        event.listen(room.desk.db._writer.sync_engine, "before_cursor_execute", note)
        await reply(room, 1, by=50)
        event.remove(room.desk.db._writer.sync_engine, "before_cursor_execute", note)
        return len(seen)

    await reply(room, 1, by=50)
    one = await statements()
    for number in range(1, 40):
        await follow(room, follower(number), critique)
    assert await statements() == one
    assert (await privacy.show(room.desk, follower(0), CHOICES)).anything
    await privacy.erase(room.desk, follower(0), CHOICES)
    assert not (await privacy.show(room.desk, follower(0), CHOICES)).anything
    for query in ("SELECT member_id FROM follows", "SELECT member_id FROM followers", "SELECT member_id FROM visits"):
        assert follower(0).id not in {row.member_id for row in await room.rows(query)}


async def test_catching_up_shows_what_changed_since_the_last_look_and_then_nothing(room: Room) -> None:
    critique = await begun(room)
    first = await follows.catch_up(room.desk, MEMBER, CHOICES, critique.id, everywhere)
    assert (first.since, len(first.unvoted), first.points, first.answers) == (None, 3, [], [])
    room.clock.move(60)
    await room.hear(room.said("11. They wobble.", by=MEMBER.id))
    (mine,) = await room.additions(critique.id)
    await room.post(critique)
    await room.hear(room.said("12. They creak.", by=50))
    await reply(room, mine.id, by=51)
    room.clock.move(60)
    found = await follows.catch_up(room.desk, MEMBER, CHOICES, critique.id, everywhere)
    assert [point.label for point in found.points] == ["12"]
    assert [(news.what, news.point and news.point.label) for news in found.answers] == [(What.REPLY, "11")]
    room.clock.move(60)
    again = await follows.catch_up(room.desk, MEMBER, CHOICES, critique.id, everywhere)
    assert (again.points, again.answers, again.turned) == ([], [], [])
    with pytest.raises(Refusal):
        await follows.catch_up(room.desk, MEMBER, CHOICES, critique.id, lambda _channel: False)


@pytest.mark.long
async def test_a_thousand_followers_and_a_hundred_replies_are_a_message_each_and_nobody_is_told_twice(
    room: Room,
) -> None:
    critique = await begun(room)
    for number in range(1_000):
        await follow(room, follower(number), critique)
    for number in range(100):
        await reply(room, number % 10 + 1, by=50 + number)
    counts: dict[int, int] = {}
    began = room.clock()
    while len(counts) < 1_000:
        assert await follows.look(room.desk) == OPENED_AT_MOST
        for row in await room.owed(Kind.TELL_FOLLOWER):
            found = await follows.to_tell(room.desk, GUILD, MemberId(row.member_id))
            assert found is not None and await follows.rest(room.desk, found[0]) is None
            await follows.save_opened(room.desk, found[0], ChannelId(100_000 + row.member_id))
        for whom, bulletins in await tell(room):
            counts[whom] = counts.get(whom, 0) + sum(count for _what, _label, count in said(bulletins))
        assert await follows.look(room.desk) == 0
        room.clock.move(OPENED_WITHIN.total_seconds())
    assert set(counts.values()) == {100}
    assert room.clock() - began == OPENED_WITHIN * 50
    room.clock.move(EVERY.total_seconds())
    assert await follows.look(room.desk) == 0
    await reply(room, 1, by=50)
    assert await follows.look(room.desk) == 200  # whose direct messages are open: nobody rests for another's
