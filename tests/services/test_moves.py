"""Moving an addition: what goes along, what stays, what is owed, and what is refused."""

from collections.abc import Awaitable
from dataclasses import replace

import pytest

from bot.core.acts import Actor
from bot.core.cases import CaseAct, CaseReason, Why
from bot.core.critiques import Critique
from bot.core.deliveries import Kind
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId
from bot.core.points import Origin, Point, PointStatus
from bot.core.refusals import Code, Refusal
from bot.core.votes import Reacted
from bot.services import cases, digests, merges, moves, reports, revisions, states, submissions, votes, withdrawals
from bot.storage import members as stored_members
from bot.storage import points as stored_points
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, Room

WHY = Why(CaseReason.OFF_TOPIC, "It is about coffee.")
COFFEE = "Coffee\n\n1. It is hot.\n\n2. It is black.\n\n3. It is never there."
ELSEWHERE = Actor(MODERATOR.id, GuildId(2), MODERATOR.roles)
SPOONS = "They rattle the spoons."


async def opened(room: Room) -> tuple[Critique, Point, Critique]:
    """A critique with a member's addition, a vote on it, and another critique."""
    critique = await room.open()
    await room.hear(room.said(f"11. {SPOONS}", by=MEMBER.id, message=4_000))
    *_, point = await room.post(critique)
    await votes.record(room.desk, [Reacted(HOME, MessageId(point.message or 0), MODERATOR.id, "👍", added=True)])
    there = await room.open(COFFEE, home=ChannelId(11))
    return critique, point, there


async def move(room: Room, which: PointId, to: CritiqueId, actor: Actor = MODERATOR) -> Point:
    return (await moves.move(room.desk, actor, CHOICES, which, to, WHY))[0]


async def refused(what: Awaitable[object]) -> Code:
    with pytest.raises(Refusal) as caught:
        await what
    return caught.value.code


async def at(room: Room, which: PointId) -> Point:
    async with room.desk.db.read() as tx:
        return await stored_points.point(tx, which)


async def test_it_takes_the_next_label_there_and_its_old_one_leads_there(room: Room) -> None:
    _critique, point, there = await opened(room)
    room.clock.move(3_600)
    now = await move(room, point.id, there.id)
    assert (now.critique, now.label, now.origin, now.status) == (there.id, "4", Origin.ADDITION, PointStatus.OPEN)
    assert (now.text, now.author, now.created_at) == (SPOONS, MEMBER.id, point.created_at)
    old = await at(room, point.id)
    assert old.status is PointStatus.MOVED and old.is_gone and old.label == "11"
    assert old.moved is not None and (old.moved.to.id, old.moved.to.name) == (now.id, "4")
    assert old.moved.title == there.title


async def test_votes_stay_where_they_were_cast_and_count_no_more(room: Room) -> None:
    critique, point, there = await opened(room)
    before = await room.rows("SELECT * FROM holds")
    now = await move(room, point.id, there.id)
    assert await room.rows("SELECT * FROM holds") == before
    for which in (critique, there):
        read = await digests.read(room.desk, which.id)
        assert (read.people, read.votes) == (0, 0)
    await votes.record(room.desk, [Reacted(HOME, MessageId(point.message or 0), MEMBER.id, "👍", added=True)])
    assert (await digests.read(room.desk, critique.id)).votes == 0
    assert now.message is None


async def test_its_message_and_thread_there_are_owed_and_the_way_once_they_stand(room: Room) -> None:
    _critique, point, there = await opened(room)
    now = await move(room, point.id, there.id)
    assert now.id in [row.point_id for row in await room.owed(Kind.SHOW_POINT)]

    async def version() -> int:
        return next(row.version for row in await room.owed(Kind.SHOW_POINT) if row.point_id == point.id)

    before = await version()
    await room.ledger.save_thread(now.id, ChannelId(999))
    assert await version() == before + 1
    moved = (await at(room, point.id)).moved
    assert moved is not None and moved.to.thread == 999


async def test_its_author_is_told_where_it_is_and_the_case_is_of_its_old_place(room: Room) -> None:
    critique, point, there = await opened(room)
    await move(room, point.id, there.id)
    (case,) = await cases.untold(room.desk, GUILD, MEMBER.id)
    assert (case.act, case.point, case.critique, case.why) == (CaseAct.MOVE, point.id, critique.id, WHY)
    assert case.moved is not None and case.moved.to.name == "4" and not case.may_appeal


async def test_what_it_said_before_and_where_it_was_typed_go_along(room: Room) -> None:
    _critique, point, there = await opened(room)
    await revisions.edit(room.desk, MODERATOR, CHOICES, point.id, "", "They hide the spoons.", edition=0)
    now = await move(room, point.id, there.id)
    assert now.reworded and now.text == "They hide the spoons."
    _point, earlier = await revisions.history(room.desk, now.id)
    assert [each.text for each in earlier] == [SPOONS]
    typed = room.said(f"11. {SPOONS}", by=MEMBER.id, message=4_000)
    with pytest.raises(Refusal) as caught:
        await submissions.by_message(room.desk, MEMBER, CHOICES, typed)
    assert caught.value.code is Code.ON_THE_LIST and caught.value.params == {"label": "4"}


async def test_its_author_has_added_one_point_and_takes_back_what_it_is_now(room: Room) -> None:
    _critique, point, there = await opened(room)
    now = await move(room, point.id, there.id)
    async with room.desk.db.read() as tx:
        standing = await stored_members.standing(tx, GUILD, MEMBER.id, None, room.clock.now)
    assert standing.added == 1
    assert await refused(withdrawals.withdraw(room.desk, MEMBER, point.id)) is Code.MOVED
    assert (await withdrawals.undo(room.desk, MEMBER)).id == now.id


async def test_only_additions_that_stand_alone_are_offered_and_moved(room: Room) -> None:
    critique, point, there = await opened(room)
    one = (await room.points(critique.id))[0]
    assert [each.id for each in await moves.find(room.desk, GUILD, HOME, "")] == [point.id]
    assert await refused(move(room, one.id, there.id)) is Code.ORIGINAL
    await merges.merge(room.desk, MODERATOR, CHOICES, one.id, point.id, WHY)
    assert await refused(move(room, point.id, there.id)) is Code.MERGED_INTO
    await merges.unmerge(room.desk, MODERATOR, CHOICES, one.id, Why())
    await merges.merge(room.desk, MODERATOR, CHOICES, point.id, one.id, WHY)
    assert await refused(move(room, point.id, there.id)) is Code.MERGED
    assert await moves.find(room.desk, GUILD, HOME, "") == []


async def test_it_goes_to_another_open_critique_of_the_same_server_alone(room: Room) -> None:
    critique, point, there = await opened(room)
    assert await refused(move(room, point.id, critique.id)) is Code.SAME_CRITIQUE
    assert await refused(move(room, point.id, CritiqueId(99))) is Code.NO_CRITIQUE
    assert await refused(move(room, point.id, there.id, MEMBER)) is Code.NOT_A_MODERATOR
    assert await refused(move(room, point.id, there.id, ELSEWHERE)) is Code.STATE_CHANGED
    await states.close(room.desk, MODERATOR, CHOICES, there.id)
    assert await refused(move(room, point.id, there.id)) is Code.CRITIQUE_CLOSED
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    await states.reopen(room.desk, MODERATOR, CHOICES, there.id)
    assert await refused(move(room, point.id, there.id)) is Code.CRITIQUE_CLOSED
    assert (await at(room, point.id)).status is PointStatus.OPEN


async def test_what_was_moved_is_moved_once_and_can_be_moved_back_under_a_label_of_its_own(room: Room) -> None:
    critique, point, there = await opened(room)
    now = await move(room, point.id, there.id)
    assert await refused(move(room, point.id, there.id)) is Code.STATE_CHANGED
    back = await move(room, now.id, critique.id)
    assert (back.label, back.text) == ("12", SPOONS)
    assert (await at(room, now.id)).moved is not None


async def test_what_members_reported_goes_along(room: Room) -> None:
    _critique, point, there = await opened(room)
    office = replace(CHOICES, moderators_channel=ChannelId(77))
    target = reports.Target(MessageId(point.message or 0), HOME, None, None)
    member = replace(MEMBER, id=MemberId(51))
    found = await reports.report(room.desk, member, office, target, Why(CaseReason.SPAM))
    now = await move(room, point.id, there.id)
    await reports.hide(room.desk, MODERATOR, office, found.id, WHY)
    assert (await at(room, now.id)).status is PointStatus.HIDDEN
