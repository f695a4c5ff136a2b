"""Authors take additions back: the label stays, the votes stay stored and count no more."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.acts import Actor
from bot.core.ids import GuildId, MemberId
from bot.core.points import Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.votes import Reacted
from bot.services import digests, points, votes, withdrawals
from tests.services.conftest import GUILD, HOME, MEMBER, MODERATOR, Room

OTHER = Actor(MemberId(7), GUILD, frozenset())


async def said(room: Room, *texts: str, by: Actor = MEMBER) -> list[Point]:
    critique = await room.open()
    await room.hear(*(room.said(text, by=by.id) for text in texts))
    return await room.additions(critique.id)


def agrees(point: Point, member: int) -> Reacted:
    assert point.message is not None
    return Reacted(point.channel, point.message, MemberId(member), "👍", added=True)


async def test_undo_takes_back_the_newest_addition_at_once(room: Room) -> None:
    first, second = await said(room, "11. The doors are narrow.", "12. The music never ends.")
    undone = await withdrawals.undo(room.desk, MEMBER)
    assert (undone.id, undone.status, undone.text) == (second.id, PointStatus.WITHDRAWN, second.text)
    assert second.id in [row.point_id for row in await room.owed("show-point")]
    assert (await withdrawals.undo(room.desk, MEMBER)).id == first.id
    with pytest.raises(Refusal) as refused:
        await withdrawals.undo(room.desk, MEMBER)
    assert refused.value.code is Code.NOTHING_TO_UNDO


async def test_undo_reaches_back_ten_minutes_and_only_to_ones_own(room: Room) -> None:
    await said(room, "11. The doors are narrow.")
    for actor in (OTHER, MODERATOR, replace(MEMBER, guild=GuildId(99))):
        with pytest.raises(Refusal):
            await withdrawals.undo(room.desk, actor)
    room.clock.move(601)
    with pytest.raises(Refusal):
        await withdrawals.undo(room.desk, MEMBER)


async def test_undo_pressed_twice_at_once_takes_back_one_addition_each(room: Room) -> None:
    await said(room, "11. The doors are narrow.", "12. The music never ends.")
    outcomes = await asyncio.gather(*(withdrawals.undo(room.desk, MEMBER) for _ in range(3)), return_exceptions=True)
    assert sorted(outcome.label for outcome in outcomes if isinstance(outcome, Point)) == ["11", "12"]


async def test_the_mark_goes_when_nothing_that_was_typed_in_the_message_stands(room: Room) -> None:
    await said(room, "11. The doors are narrow.\n12. The music never ends.")
    await withdrawals.undo(room.desk, MEMBER)
    assert await room.owed("unmark") == []
    await withdrawals.undo(room.desk, MEMBER)
    assert [row.lane for row in await room.owed("unmark")] == [HOME]


async def test_a_label_is_never_used_again(room: Room) -> None:
    (point,) = await said(room, "11. The doors are narrow.")
    await withdrawals.undo(room.desk, MEMBER)
    await room.hear(room.said("11. The music never ends."))
    after = await room.additions(point.critique)
    assert [(each.label, each.claimed_label) for each in after] == [("11", None), ("12", "11")]


async def test_votes_on_a_withdrawn_point_stay_stored_and_count_no_more(room: Room) -> None:
    (point,) = await said(room, "11. The doors are narrow.")
    first, *_others, point = await room.post(await room.only())
    await votes.record(room.desk, [agrees(point, 80), agrees(point, 81), agrees(first, 81)])
    await withdrawals.withdraw(room.desk, MEMBER, point.id)
    await votes.record(room.desk, [agrees(point, 82)])
    digest = await digests.read(room.desk, point.critique)
    assert (digest.votes, digest.people) == (1, 1)
    assert [line.tally.agree for line in digest.lines if line.point.id == point.id] == [0]
    assert set(await votes.stances(room.desk, point.id, 1)) == {80, 81}


async def test_only_its_author_withdraws_a_point_and_only_once(room: Room) -> None:
    (point,) = await said(room, "11. The doors are narrow.")
    for actor, code in (
        (OTHER, Code.NOT_YOUR_POINT),
        (MODERATOR, Code.NOT_YOUR_POINT),
        (replace(MEMBER, guild=GuildId(99)), Code.STATE_CHANGED),
    ):
        with pytest.raises(Refusal) as refused:
            await withdrawals.withdraw(room.desk, actor, point.id)
        assert refused.value.code is code
    room.clock.move(10**6)
    assert (await withdrawals.withdraw(room.desk, MEMBER, point.id)).status is PointStatus.WITHDRAWN
    with pytest.raises(Refusal) as refused:
        await withdrawals.withdraw(room.desk, MEMBER, point.id)
    assert refused.value.code is Code.WITHDRAWN


async def test_nothing_is_withdrawn_from_a_closed_critique(room: Room) -> None:
    (point,) = await said(room, "11. The doors are narrow.")
    await room.close(await room.only())
    with pytest.raises(Refusal) as refused:
        await withdrawals.withdraw(room.desk, MEMBER, point.id)
    assert refused.value.code is Code.CRITIQUE_CLOSED
    with pytest.raises(Refusal):
        await withdrawals.undo(room.desk, MEMBER)


async def test_a_member_is_offered_their_own_points_alone(room: Room) -> None:
    await said(room, "11. The doors are narrow.")
    await room.hear(room.said("12. The music never ends.", by=OTHER.id))
    (own,) = await withdrawals.own(room.desk, MEMBER, "")
    assert own.label == "11"
    assert (await withdrawals.wanted(room.desk, MEMBER, "doors")).id == own.id
    assert (await withdrawals.wanted(room.desk, MEMBER, points.reference(own.id))).id == own.id
    for asked, code in (("12", Code.NOT_YOUR_POINT), ("3", Code.NOT_YOUR_POINT), ("xyzzy", Code.NO_POINT)):
        with pytest.raises(Refusal) as refused:
            await withdrawals.wanted(room.desk, MEMBER, asked)
        assert refused.value.code is code
    await withdrawals.withdraw(room.desk, MEMBER, own.id)
    assert await withdrawals.own(room.desk, MEMBER, "") == []
    with pytest.raises(Refusal) as refused:
        await withdrawals.wanted(room.desk, MEMBER, "11")
    assert refused.value.code is Code.WITHDRAWN


async def test_a_withdrawn_point_is_found_by_its_label_and_not_by_its_words(room: Room) -> None:
    (point,) = await said(room, "11. The doors are narrow.")
    await withdrawals.undo(room.desk, MEMBER)
    assert (await points.show(room.desk, GUILD, HOME, "11")).point.id == point.id
    assert [each.id for each in await points.find(room.desk, GUILD, HOME, "doors narrow")] == []


async def test_a_cut_addition_that_was_undone_does_not_go_on(room: Room) -> None:
    (point,) = await said(room, "11. " + "a word and " * 160 + "no end of")
    await withdrawals.undo(room.desk, MEMBER)
    await room.hear(room.said("reasons to complain.", by=MEMBER.id, after=5))
    assert (await room.additions(point.critique))[0].text == point.text
