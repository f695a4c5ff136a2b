"""Undoing by the case: once, by whoever is a moderator then, and for as long as it can be."""

from collections.abc import Awaitable, Callable

import pytest

from bot.core.acts import Actor
from bot.core.asides import Undo
from bot.core.cases import CaseAct, CaseReason, Why
from bot.core.critiques import Critique, CritiqueStatus
from bot.core.deliveries import Kind
from bot.core.ids import CaseId, ChannelId, GuildId, MemberId, PointId
from bot.core.points import PointStatus
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import asides, cases, critiques, merges, queue, states, undoing, withdrawals
from bot.storage import critiques as stored_critiques
from bot.storage import points as stored_points
from bot.storage import servers as stored_servers
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, MODERATORS, NOON, Room

WHY = Why(CaseReason.UNKIND, "Be kind.")
COLLEAGUE = Actor(MemberId(55), GUILD, frozenset({MODERATORS}))
ELSEWHERE = Actor(MODERATOR.id, GuildId(2), MODERATOR.roles)
OFFICE = ChannelId(77)


async def added(room: Room, policy: Policy = Policy.OPEN) -> tuple[Critique, PointId]:
    """A member's addition to a new critique; with a policy of holding, it waits."""
    chosen = Choices(moderator_roles=CHOICES.moderator_roles, moderators_channel=OFFICE, policy=policy)
    async with room.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GUILD, chosen, NOON)
    await critiques.confirm(room.desk, MODERATOR, chosen, await room.draft(), 0)
    critique = await room.only()
    await room.post(critique)
    await room.hear(room.said("11. They rattle the spoons.", by=MEMBER.id, message=4_000))
    return critique, (await room.additions(critique.id))[-1].id


async def status(room: Room, which: PointId) -> PointStatus:
    async with room.desk.db.read() as tx:
        return (await stored_points.point(tx, which)).status


async def undo_of(room: Room, done: CaseAct, which: PointId) -> Undo:
    undo = (await asides.of(room.desk, MODERATOR, done, which)).undo
    assert undo is not None
    return undo


async def undo(room: Room, what: Undo, actor: Actor = MODERATOR) -> None:
    await undoing.undo(room.desk, actor, CHOICES, what.act, what.case)


async def refused(what: Awaitable[object]) -> Code:
    with pytest.raises(Refusal) as caught:
        await what
    return caught.value.code


async def hide(room: Room, which: PointId) -> None:
    await states.hide(room.desk, MODERATOR, CHOICES, which, WHY)


async def withdraw(room: Room, which: PointId) -> None:
    await withdrawals.withdraw_for(room.desk, MODERATOR, CHOICES, which, WHY)


async def lock(room: Room, which: PointId) -> None:
    await states.lock(room.desk, MODERATOR, CHOICES, which)


async def merge(room: Room, which: PointId) -> None:
    await merges.merge(room.desk, MODERATOR, CHOICES, which, PointId(1), WHY)


@pytest.mark.parametrize(
    ("do", "done", "back"),
    [
        (hide, CaseAct.HIDE, CaseAct.RESTORE),
        (withdraw, CaseAct.WITHDRAW, CaseAct.RESTORE),
        (lock, CaseAct.LOCK, CaseAct.UNLOCK),
        (merge, CaseAct.MERGE, CaseAct.UNMERGE),
    ],
)
async def test_an_act_is_undone_once_by_any_moderator_with_a_case_of_its_own(
    room: Room, do: Callable[[Room, PointId], Awaitable[None]], done: CaseAct, back: CaseAct
) -> None:
    _critique, which = await added(room)
    await do(room, which)
    what = await undo_of(room, done, which)
    assert await refused(undo(room, what, MEMBER)) is Code.NOT_A_MODERATOR
    assert await refused(undo(room, what, ELSEWHERE)) is Code.UNDONE
    await undo(room, what, COLLEAGUE)
    async with room.desk.db.read() as tx:
        point = await stored_points.point(tx, which)
    assert (point.status, point.into) == (PointStatus.OPEN, None)
    assert [row.act for row in await room.rows("SELECT act FROM cases ORDER BY id")] == [done, back]
    assert await refused(undo(room, what)) is Code.UNDONE
    assert await refused(undo(room, what, MEMBER)) is Code.NOT_A_MODERATOR


async def test_a_button_of_the_first_time_does_not_undo_the_second(room: Room) -> None:
    _critique, which = await added(room)
    await hide(room, which)
    first = await undo_of(room, CaseAct.HIDE, which)
    await undo(room, first)
    await hide(room, which)
    assert await refused(undo(room, first)) is Code.UNDONE
    assert await status(room, which) is PointStatus.HIDDEN
    await undo(room, await undo_of(room, CaseAct.HIDE, which))
    assert await status(room, which) is PointStatus.OPEN


async def test_a_critique_that_was_closed_is_open_again_and_nothing_else_of_it_is_undone(room: Room) -> None:
    critique, which = await added(room)
    await hide(room, which)
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    what = (await asides.of_critique(room.desk, CaseAct.CLOSE, critique.id)).undo
    assert what is not None
    hidden = await undo_of(room, CaseAct.HIDE, which)
    assert await refused(undo(room, hidden)) is Code.UNDONE
    await undo(room, what)
    async with room.desk.db.read() as tx:
        assert (await stored_critiques.critique(tx, critique.id)).status is CritiqueStatus.OPEN
    assert await status(room, which) is PointStatus.HIDDEN
    assert await refused(undo(room, what)) is Code.UNDONE


async def test_a_refusal_taken_back_leaves_the_addition_waiting_with_its_sign_and_its_author_told(room: Room) -> None:
    _critique, which = await added(room, Policy.HELD)
    await queue.refuse(room.desk, MODERATOR, CHOICES, which, WHY)
    what = await undo_of(room, CaseAct.REFUSE, which)
    room.clock.move(60)
    await undo(room, what)
    async with room.desk.db.read() as tx:
        point = await stored_points.point(tx, which)
    assert point.is_held and point.decided_by is None
    assert len(await room.owed(Kind.REMARK)) == 2 and len(await room.owed(Kind.TELL_CASE)) == 2
    assert [case.act for case in await cases.untold(room.desk, GUILD, MEMBER.id)] == ["refuse", "unrefuse"]
    room.clock.move(1)
    await queue.approve(room.desk, MODERATOR, CHOICES, which)
    assert len(await room.owed(Kind.REMARK)) == 3
    assert await refused(undo(room, what)) is Code.UNDONE


async def test_a_refusal_stands_after_ten_minutes_and_once_it_was_appealed(room: Room) -> None:
    _critique, which = await added(room, Policy.HELD)
    await queue.refuse(room.desk, MODERATOR, CHOICES, which, WHY)
    what = await undo_of(room, CaseAct.REFUSE, which)
    room.clock.move(601)
    assert await refused(undo(room, what)) is Code.UNDO_OVER
    await cases.appeal(room.desk, MEMBER.id, what.case, "Why?")
    assert await refused(undo(room, what)) is Code.UNDO_APPEALED
    assert await status(room, which) is PointStatus.REFUSED


async def test_what_was_never_done_cannot_be_undone(room: Room) -> None:
    _critique, which = await added(room)
    await hide(room, which)
    what = await undo_of(room, CaseAct.HIDE, which)
    assert await refused(undo(room, Undo(CaseId(99), CaseAct.HIDE, None))) is Code.UNDONE
    assert await refused(undo(room, Undo(what.case, CaseAct.LOCK, None))) is Code.UNDONE
    assert await status(room, which) is PointStatus.HIDDEN
