"""Additions that wait: held by policy, decided once, seen by nobody else before."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.acts import Actor
from bot.core.cases import CaseReason, Why
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, MemberId, MessageId, PointId
from bot.core.moderation import Reason
from bot.core.pages import Page
from bot.core.points import Point, PointStatus
from bot.core.policies import Policy
from bot.core.queue import held_pages
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import critiques, digests, merges, moderation, mutes, points, queue, submissions, withdrawals
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
    assert [fault.code for fault in faults] in ([Code.APPROVED_ALREADY], [Code.REFUSED_ALREADY])
    assert len(await room.rows("SELECT * FROM cases")) == 1


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
    assert await refused(queue.approve(room.desk, MODERATOR, CHOICES, point.id)) is Code.WITHDRAWN


WHY = Why(CaseReason.DUPLICATE, "")
DAY = timedelta(days=1)


async def merged(room: Room, point: Point, asked: str, by: Actor = MODERATOR) -> Point:
    return (await queue.merge(room.desk, by, CHOICES, point.id, asked, WHY))[0]


async def test_merged_it_is_approved_and_counts_to_its_target_in_one(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    done = await merged(room, point, "3")
    assert (done.label, done.status, done.decided_by) == ("11", PointStatus.OPEN, MODERATOR.id)
    assert done.into is not None and done.into.name == "3"
    (case,) = await room.rows("SELECT * FROM cases")
    assert (case.act, case.reason, case.member_id) == ("merge", "duplicate", MEMBER.id)
    owed = {row.kind for row in await room.rows("SELECT * FROM deliveries") if row.point_id == point.id}
    assert {"show-held", "show-point", "show-thread"} <= owed
    assert len(await room.owed("tell-case")) == 1
    assert await queue.waiting(room.desk, MODERATOR, CHOICES) == []


async def test_undoing_such_a_merge_leaves_a_point_of_the_list(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    await merged(room, point, "3")
    said = (await room.owed("show-held"))[0].version
    apart = await merges.unmerge(room.desk, MODERATOR, CHOICES, point.id, Why())
    assert (apart.status, apart.into) == (PointStatus.OPEN, None)
    assert (await room.owed("show-held"))[0].version > said


async def test_a_merge_into_nothing_or_into_what_is_not_there_decides_nothing(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point, other = await added(room, critique), await added(room, critique, "They clatter.")
    assert await refused(merged(room, point, " ")) is Code.NO_TARGET
    assert await refused(merged(room, point, "99")) is Code.NO_POINT
    assert await refused(merged(room, point, points.reference(other.id))) is Code.NO_POINT  # it waits itself
    assert await refused(merged(room, point, "3", by=MEMBER)) is Code.NOT_A_MODERATOR
    assert len(await queue.waiting(room.desk, MODERATOR, CHOICES)) == 2
    assert await room.rows("SELECT * FROM cases") == []


async def test_nothing_is_merged_into_a_closed_list(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    await room.close(critique)
    assert await refused(merged(room, point, "3")) is Code.CRITIQUE_CLOSED
    assert await refused(queue.targets(room.desk, MODERATOR, CHOICES, point.id)) is Code.CRITIQUE_CLOSED


async def test_the_points_it_may_say_again_are_offered_the_most_alike_first(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique, "Reason e, a reason like another of its own, I think.")
    found, likeliest = await queue.targets(room.desk, MODERATOR, CHOICES, point.id)
    assert found.id == point.id and likeliest[0].label == "5"
    assert {one.label for one in likeliest} == {str(n) for n in range(1, 11)}


async def test_of_two_who_merge_and_refuse_at_once_one_decides_and_the_other_is_told_what(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    both = await asyncio.gather(
        merged(room, point, "3"),
        queue.refuse(room.desk, SECOND, CHOICES, point.id, Why()),
        return_exceptions=True,
    )
    (fault,) = [each for each in both if isinstance(each, Refusal)]
    now = (await room.additions(critique.id))[0]
    assert fault.code is (Code.REFUSED_ALREADY if now.into is None else Code.MERGED)
    assert len(await room.rows("SELECT * FROM cases")) == 1


async def reworded(room: Room, point: Point, text: str, *, edition: int = 0, by: Actor = MODERATOR) -> Point:
    return (await queue.reword(room.desk, by, CHOICES, point.id, "", text, edition=edition))[0]


async def test_its_words_are_changed_by_a_moderator_and_it_waits_all_the_same(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique, "They ratle.")
    changed = await reworded(room, point, "They rattle.")
    assert (changed.text, changed.title, changed.status, changed.reworded) == (
        "They rattle.",
        "They rattle",
        PointStatus.HELD,
        True,
    )
    assert [row.text for row in await room.rows("SELECT * FROM revisions")] == ["They ratle."]
    assert [row.act for row in await room.rows("SELECT * FROM cases")] == ["reword"]
    assert len(await room.owed("tell-case")) == 1
    assert await room.owed("show-point") == [row for row in await room.owed("show-point") if row.point_id != point.id]


async def test_a_form_that_is_older_than_the_last_change_changes_nothing(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    assert (await queue.to_reword(room.desk, MODERATOR, CHOICES, point.id))[1] == 0
    await reworded(room, point, "They rattle loudly.")
    assert await refused(reworded(room, point, "They hum.", by=SECOND)) is Code.EDITED_MEANWHILE
    assert (await reworded(room, point, "They hum.", edition=1, by=SECOND)).text == "They hum."


async def test_words_of_what_is_decided_or_of_no_words_are_not_changed_here(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    assert await refused(reworded(room, point, " ")) is Code.NO_WORDS
    assert await refused(reworded(room, point, "They hum.", by=MEMBER)) is Code.NOT_A_MODERATOR
    await queue.approve(room.desk, MODERATOR, CHOICES, point.id)
    assert await refused(reworded(room, point, "They hum.")) is Code.APPROVED_ALREADY


async def muted(room: Room, point: Point, by: Actor = MODERATOR) -> Any:
    return await queue.mute_author(room.desk, by, CHOICES, point.id, DAY, Why(CaseReason.SPAM, ""))


async def test_its_author_is_muted_once_and_it_waits_all_the_same(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    both = await asyncio.gather(muted(room, point), muted(room, point, SECOND), return_exceptions=True)
    assert [each.code for each in both if isinstance(each, Refusal)] == [Code.MUTED_ALREADY]
    assert [row.act for row in await room.rows("SELECT * FROM cases")] == ["mute"]
    assert [one.id for one in await queue.waiting(room.desk, MODERATOR, CHOICES)] == [point.id]
    assert await refused(added(room, critique, "They clatter.")) is Code.MUTED


async def test_what_waits_says_that_its_author_is_muted_and_no_more_once_they_are_not(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    _, _, known = await muted(room, point)
    assert known is not None and known.muted_until == room.clock.now + DAY
    before = (await room.owed("show-held"))[0].version
    await mutes.unmute(room.desk, MODERATOR, CHOICES, MEMBER.id, Why())
    assert (await room.owed("show-held"))[0].version > before
    after = await room.ledger.standing(point, critique)
    assert after is not None and after.muted_until is None


async def test_members_mute_nobody_and_a_decided_one_mutes_nobody(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    point = await added(room, critique)
    assert await refused(muted(room, point, by=MEMBER)) is Code.NOT_A_MODERATOR
    await queue.refuse(room.desk, MODERATOR, CHOICES, point.id, Why())
    assert await refused(muted(room, point)) is Code.REFUSED_ALREADY


async def test_the_queue_shows_ten_a_page_with_where_each_stands(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    first = await added(room, critique, "They rattle 0 spoons.")
    await room.ledger.save_page(held_pages(first.id), Page(0, OFFICE, MessageId(900), ""))
    for n in range(1, 12):
        room.clock.move(4 * 3600)
        await added(room, critique, f"They rattle the spoons of room {'abcdefghijklm'[n]}, and {n} more reasons.")
    one = await queue.page(room.desk, MODERATOR, CHOICES, 1)
    assert (len(one.items), one.pages, one.additions, one.appeals) == (10, 2, 12, 0)
    assert one.items[0].page is not None and one.items[0].page.message == 900
    assert one.items[1].page is None
    two = await queue.page(room.desk, MODERATOR, CHOICES, 7)
    assert (two.number, len(two.items)) == (2, 2)
    assert await refused(queue.page(room.desk, MEMBER, CHOICES, 1)) is Code.NOT_A_MODERATOR


async def test_for_how_long_members_are_new_is_a_rule_of_the_server(room: Room) -> None:
    critique = await opened(room, Policy.HELD_FOR_NEW)
    month, week = room.clock.now - timedelta(days=30), room.clock.now - timedelta(days=8)
    before = await moderation.rules(room.desk, MODERATOR, CHOICES)
    assert before.new_for == timedelta(days=7)
    await moderation.choose(room.desk, MODERATOR, CHOICES, replace(before, new_for=timedelta(days=14)))
    assert (await moderation.rules(room.desk, MODERATOR, CHOICES)).new_for == timedelta(days=14)
    assert (await added(room, critique, "One.", joined_at=week)).status is PointStatus.HELD
    assert (await added(room, critique, "See https://example.org.", joined_at=month)).status is PointStatus.OPEN
    await moderation.choose(room.desk, MODERATOR, CHOICES, replace(before, new_for=timedelta(days=60)))
    assert (await added(room, critique, "See https://example.com.", joined_at=month)).held_for is Reason.LINKS
