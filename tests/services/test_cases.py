"""Cases: who may act, appeal and answer; once each; and what comes of a granted appeal."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.core.acts import Actor
from bot.core.cases import Case, CaseAct, CaseReason, Why
from bot.core.deliveries import Kind
from bot.core.ids import GuildId, MemberId, PointId
from bot.core.points import PointStatus
from bot.core.refusals import Code, Refusal
from bot.services import appeals, cases, merges, queue, states, withdrawals
from bot.storage import points as stored_points
from tests.services.conftest import CHOICES, MEMBER, MODERATOR, Room

WHY = Why(CaseReason.UNKIND, "Be kind.")
STRANGER = replace(MEMBER, id=MemberId(77))
ELSEWHERE = replace(MODERATOR, guild=GuildId(2))


async def added(room: Room, author: Actor) -> PointId:
    """An addition of the author's to a new critique."""
    critique = await room.open()
    await room.hear(room.said("11. They rattle the spoons.", by=author.id))
    return (await room.additions(critique.id))[-1].id


async def hidden(room: Room) -> tuple[PointId, Case]:
    """A member's addition that a moderator has hidden, and the case."""
    which = await added(room, MEMBER)
    await states.hide(room.desk, MODERATOR, CHOICES, which, WHY)
    (case,) = await cases.untold(room.desk, MEMBER.guild, MEMBER.id)
    return which, case


async def status(room: Room, which: PointId) -> PointStatus:
    async with room.desk.db.read() as tx:
        return (await stored_points.point(tx, which)).status


async def refused(what: Awaitable[object]) -> Code:
    with pytest.raises(Refusal) as caught:
        await what
    return caught.value.code


async def test_a_case_says_what_was_done_to_what_and_why(room: Room) -> None:
    which, case = await hidden(room)
    assert (case.act, case.why, case.member, case.by) == (CaseAct.HIDE, WHY, MEMBER.id, MODERATOR.id)
    assert (case.point, case.label, case.text) == (which, "11", "They rattle the spoons.")
    assert [row.case_id for row in await room.owed(Kind.TELL_CASE)] == [case.id]


async def test_nobody_is_told_of_what_they_did_themselves(room: Room) -> None:
    which = await added(room, MODERATOR)
    await states.hide(room.desk, MODERATOR, CHOICES, which, WHY)
    assert not await cases.untold(room.desk, MODERATOR.guild, MODERATOR.id)


async def test_an_appeal_is_made_once_by_whom_it_concerns(room: Room) -> None:
    _which, case = await hidden(room)
    desk = room.desk
    assert await refused(cases.appeal(desk, STRANGER.id, case.id, "Why?")) is Code.NO_CASE
    assert await refused(cases.appeal(desk, MEMBER.id, case.id, " \n")) is Code.NO_WORDS
    await cases.appeal(desk, MEMBER.id, case.id, "Why?")
    assert await refused(cases.appeal(desk, MEMBER.id, case.id, "Why?")) is Code.APPEALED


async def test_an_answer_is_given_once_by_a_moderator_of_the_server(room: Room) -> None:
    which, case = await hidden(room)
    desk = room.desk
    assert await refused(answer(room, MODERATOR, case)) is Code.NO_CASE
    await cases.appeal(desk, MEMBER.id, case.id, "Why?")
    assert await refused(answer(room, MEMBER, case)) is Code.NOT_A_MODERATOR
    assert await refused(answer(room, ELSEWHERE, case)) is Code.NO_CASE
    assert await refused(answer(room, MODERATOR, case, text="")) is Code.NO_WORDS
    assert await status(room, which) is PointStatus.HIDDEN
    answered = await answer(room, MODERATOR, case)
    assert answered.appeal is not None and answered.appeal.granted
    assert await status(room, which) is PointStatus.OPEN
    assert await refused(answer(room, MODERATOR, case)) is Code.ANSWERED


async def test_a_grant_that_cannot_be_carried_out_changes_nothing(room: Room) -> None:
    which, case = await hidden(room)
    await cases.appeal(room.desk, MEMBER.id, case.id, "Why?")
    await states.restore(room.desk, MODERATOR, CHOICES, which, Why())
    assert await refused(answer(room, MODERATOR, case)) is Code.CANNOT_GRANT
    (waiting,) = await cases.unanswered(room.desk, MODERATOR, CHOICES)
    assert waiting.id == case.id


async def test_a_hidden_point_comes_back_as_it_was_before(room: Room) -> None:
    first = (await room.points((await room.open()).id))[0]
    await states.lock(room.desk, MODERATOR, CHOICES, first.id)
    await states.hide(room.desk, MODERATOR, CHOICES, first.id, WHY)
    assert await refused(states.hide(room.desk, MODERATOR, CHOICES, first.id, WHY)) is Code.HIDDEN_ALREADY
    assert (await states.restore(room.desk, MODERATOR, CHOICES, first.id, Why())).status is PointStatus.VOTE_ONLY
    assert await refused(states.restore(room.desk, MODERATOR, CHOICES, first.id, Why())) is Code.STATE_CHANGED


Act = Callable[[Room, Actor, PointId], Awaitable[object]]
ACTS: dict[str, Act] = {
    "hide": lambda room, who, which: states.hide(room.desk, who, CHOICES, which, WHY),
    "restore": lambda room, who, which: states.restore(room.desk, who, CHOICES, which, WHY),
    "approve": lambda room, who, which: queue.approve(room.desk, who, CHOICES, which),
    "refuse": lambda room, who, which: queue.refuse(room.desk, who, CHOICES, which, WHY),
    "see appeals": lambda room, who, _which: cases.unanswered(room.desk, who, CHOICES),
}


@pytest.mark.parametrize("act", ACTS)
async def test_members_do_none_of_it_and_moderators_of_elsewhere_nothing_here(room: Room, act: str) -> None:
    which, _case = await hidden(room)
    assert await refused(ACTS[act](room, MEMBER, which)) is Code.NOT_A_MODERATOR
    if act != "see appeals":
        assert await refused(ACTS[act](room, ELSEWHERE, which)) in (Code.STATE_CHANGED, Code.DECIDED)
    assert await status(room, which) is PointStatus.HIDDEN


async def answer(room: Room, who: Actor, case: Case, *, text: str = "So be it.") -> Case:
    return await appeals.answer(room.desk, who, CHOICES, case.id, text, granted=True)


async def test_a_moderator_withdraws_an_addition_and_a_granted_appeal_brings_it_back(room: Room) -> None:
    which, desk = await added(room, MEMBER), room.desk
    assert await refused(withdrawals.withdraw_for(desk, STRANGER, CHOICES, which, WHY)) is Code.NOT_A_MODERATOR
    assert await refused(withdrawals.withdraw_for(desk, ELSEWHERE, CHOICES, which, WHY)) is Code.STATE_CHANGED
    await withdrawals.withdraw_for(desk, MODERATOR, CHOICES, which, WHY)
    assert await status(room, which) is PointStatus.WITHDRAWN
    assert await refused(withdrawals.withdraw_for(desk, MODERATOR, CHOICES, which, WHY)) is Code.WITHDRAWN
    (case,) = await cases.untold(desk, MEMBER.guild, MEMBER.id)
    assert (case.act, case.may_appeal) == (CaseAct.WITHDRAW, True)
    await cases.appeal(desk, MEMBER.id, case.id, "It is mine.")
    await appeals.answer(desk, MODERATOR, CHOICES, case.id, "Have it back.", granted=True)
    assert await status(room, which) is PointStatus.OPEN


async def test_a_point_of_the_document_is_withdrawn_by_nobody(room: Room) -> None:
    critique = await room.open()
    first = (await room.points(critique.id))[0]
    assert await refused(withdrawals.withdraw_for(room.desk, MODERATOR, CHOICES, first.id, WHY)) is Code.STATE_CHANGED


async def test_an_appeal_against_what_was_undone_does_not_undo_what_was_done_since(room: Room) -> None:
    which, first = await hidden(room)
    await states.restore(room.desk, MODERATOR, CHOICES, which, Why())
    await states.hide(room.desk, MODERATOR, CHOICES, which, Why(CaseReason.PERSONAL))
    await cases.appeal(room.desk, MEMBER.id, first.id, "I was kind.")
    assert await refused(answer(room, MODERATOR, first)) is Code.CANNOT_GRANT
    assert await status(room, which) is PointStatus.HIDDEN


async def test_an_appeal_does_not_bring_back_what_its_author_has_withdrawn_since(room: Room) -> None:
    which = await added(room, MEMBER)
    await withdrawals.withdraw_for(room.desk, MODERATOR, CHOICES, which, WHY)
    (case,) = await cases.untold(room.desk, MEMBER.guild, MEMBER.id)
    await withdrawals.put_back(room.desk, MODERATOR, CHOICES, which)
    await withdrawals.withdraw(room.desk, MEMBER, which)
    await cases.appeal(room.desk, MEMBER.id, case.id, "Why?")
    assert await refused(answer(room, MODERATOR, case)) is Code.CANNOT_GRANT
    assert await status(room, which) is PointStatus.WITHDRAWN


async def test_an_appeal_against_a_merge_that_was_undone_does_not_undo_the_next(room: Room) -> None:
    which = await added(room, MEMBER)
    async with room.desk.db.read() as tx:
        critique = (await stored_points.point(tx, which)).critique
    one, two = (point.id for point in (await room.points(critique))[:2])
    await merges.merge(room.desk, MODERATOR, CHOICES, which, one, WHY)
    (case,) = await cases.untold(room.desk, MEMBER.guild, MEMBER.id)
    await merges.unmerge(room.desk, MODERATOR, CHOICES, which, Why())
    await merges.merge(room.desk, MODERATOR, CHOICES, which, two, WHY)
    await cases.appeal(room.desk, MEMBER.id, case.id, "They differ.")
    assert await refused(answer(room, MODERATOR, case)) is Code.CANNOT_GRANT
    async with room.desk.db.read() as tx:
        into = (await stored_points.point(tx, which)).into
    assert into is not None
    assert into.id == two
