"""Additions that wait: held by policy, decided once, seen by nobody else before."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.core.acts import Actor
from bot.core.cases import Why
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, MemberId, PointId
from bot.core.points import Point, PointStatus
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import critiques, digests, points, queue, submissions, withdrawals
from bot.storage import servers as stored_servers
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, MODERATORS, NOON, Room

OFFICE = ChannelId(77)
SECOND = Actor(MemberId(8), GUILD, frozenset({MODERATORS}))


async def opened(room: Room, policy: Policy, *, office: ChannelId | None = OFFICE) -> Critique:
    """A critique under that policy, on a server with a moderators' channel."""
    chosen = Choices(moderators_channel=office, policy=policy)
    async with room.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GUILD, chosen, NOON)
    draft = await room.draft()
    await critiques.confirm(room.desk, MODERATOR, chosen.over(CHOICES), draft, 0)
    found = await critiques.spoken_of(room.desk, GUILD, HOME)
    return found[-1]


async def added(room: Room, critique: Critique, text: str = "They rattle.", **member: Any) -> Point:
    actor = Actor(MEMBER.id, GUILD, frozenset(), **member)
    return (await submissions.by_form(room.desk, actor, CHOICES, critique.id, text)).points[0]


async def refused(call: Any) -> Code:
    with pytest.raises(Refusal) as caught:
        await call
    return caught.value.code


async def test_a_held_addition_has_its_label_and_stands_in_no_list(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    assert (point.label, point.status) == ("11", PointStatus.HELD)
    assert [line.point.label for line in (await digests.read(room.desk, critique.id)).lines][-1] == "10"
    assert await points.find(room.desk, GUILD, HOME, "11") == []
    assert point.id not in {row.point_id for row in await room.owed("show-point")}
    (shown,) = await room.owed("show-held")
    assert (shown.point_id, shown.lane) == (point.id, OFFICE)


async def test_approved_it_joins_the_list_under_the_label_it_had(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    assert [one.id for one in await queue.waiting(room.desk, MODERATOR, CHOICES)] == [point.id]
    approved, _ = await queue.approve(room.desk, MODERATOR, CHOICES, point.id)
    assert (approved.label, approved.status, approved.decided_by) == ("11", PointStatus.OPEN, MODERATOR.id)
    assert [line.point.label for line in (await digests.read(room.desk, critique.id)).lines][-1] == "11"
    assert point.id in {row.point_id for row in await room.owed("show-point")}
    assert await queue.waiting(room.desk, MODERATOR, CHOICES) == []


async def test_refused_it_stands_nowhere_and_its_label_stays_taken(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    await queue.refuse(room.desk, MODERATOR, CHOICES, point.id, Why())
    assert await points.find(room.desk, GUILD, HOME, "11") == []
    assert (await added(room, critique, "They clatter.")).label == "12"
    assert await refused(withdrawals.withdraw(room.desk, MEMBER, point.id)) is Code.DECIDED


async def test_nothing_joins_a_closed_list_and_what_waits_there_can_be_refused(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    await room.close(critique)
    assert await refused(queue.approve(room.desk, MODERATOR, CHOICES, point.id)) is Code.CRITIQUE_CLOSED
    assert (await queue.refuse(room.desk, MODERATOR, CHOICES, point.id, Why()))[0].status is PointStatus.REFUSED


async def test_two_moderators_at_once_make_one_decision(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    both = await asyncio.gather(
        queue.approve(room.desk, MODERATOR, CHOICES, point.id),
        queue.refuse(room.desk, SECOND, CHOICES, point.id, Why()),
        return_exceptions=True,
    )
    faults = [each for each in both if isinstance(each, Refusal)]
    assert [fault.code for fault in faults] == [Code.DECIDED]


async def test_only_moderators_decide_and_only_on_their_own_server(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    assert await refused(queue.approve(room.desk, MEMBER, CHOICES, point.id)) is Code.NOT_A_MODERATOR
    elsewhere = Actor(MODERATOR.id, type(GUILD)(99), MODERATOR.roles)
    assert await refused(queue.approve(room.desk, elsewhere, CHOICES, point.id)) is Code.STATE_CHANGED
    assert await refused(queue.approve(room.desk, MODERATOR, CHOICES, PointId(999))) is Code.STATE_CHANGED


async def test_new_members_alone_wait_where_the_policy_says_so(room: Room) -> None:
    critique = await opened(room, Policy.HELD_FOR_NEW)
    long_ago, yesterday = room.clock.now - timedelta(days=30), room.clock.now - timedelta(days=1)
    assert (await added(room, critique, "One.", joined_at=long_ago)).status is PointStatus.OPEN
    assert (await added(room, critique, "Two.", joined_at=yesterday)).status is PointStatus.HELD
    assert (await added(room, critique, "Three.")).status is PointStatus.HELD


async def test_nothing_waits_where_no_moderator_would_be_told(room: Room) -> None:
    critique = await opened(room, Policy.HELD, office=None)
    assert (await added(room, critique)).status is PointStatus.OPEN


async def test_a_typed_one_bears_a_sign_until_it_is_decided(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    said = room.said("11. They rattle.")
    await room.hear(said)
    (point,) = await room.additions(critique.id)
    assert point.status is PointStatus.HELD and len(await room.owed("mark")) == 1
    await queue.approve(room.desk, MODERATOR, CHOICES, PointId(point.id))
    (remark,) = await room.owed("remark")
    assert (remark.message_id, remark.point_id) == (said.message, point.id)


async def test_the_sign_stays_while_another_addition_of_the_message_waits(room: Room) -> None:
    await opened(room, Policy.HELD)
    await room.hear(room.said("11. They rattle.\n12. They clatter.", by=MEMBER.id))
    await withdrawals.undo(room.desk, MEMBER)
    assert await room.owed("remark") == []
    await withdrawals.undo(room.desk, MEMBER)
    assert len(await room.owed("remark")) == 1


async def test_one_that_its_author_takes_back_leaves_the_queue(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    await withdrawals.withdraw(room.desk, MEMBER, point.id)
    assert await queue.waiting(room.desk, MODERATOR, CHOICES) == []
    assert await refused(queue.approve(room.desk, MODERATOR, CHOICES, point.id)) is Code.DECIDED
