"""Merging points: what counts, what is owed, what is refused, and how it is undone."""

import pytest

from bot.core.cases import CaseReason, Why
from bot.core.critiques import Critique
from bot.core.ids import MemberId, MessageId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.votes import Reacted
from bot.services import digests, merges, states, votes
from tests.services.conftest import CHOICES, HOME, MEMBER, MODERATOR, Room

WHY = Why(CaseReason.DUPLICATE, "")


async def opened(room: Room) -> tuple[Critique, list[Point]]:
    critique = await room.open()
    return critique, await room.post(critique)


async def vote(room: Room, point: Point, member: int, sign: str = "👍") -> None:
    await votes.record(room.desk, [Reacted(HOME, MessageId(point.message or 0), MemberId(member), sign, added=True)])


async def figures(room: Room, critique: Critique) -> dict[str, tuple[int, int]]:
    read = await digests.read(room.desk, critique.id)
    found = {each.point.name: (each.tally.agree, each.tally.disagree) for each in read.lines if each.tally.people}
    return found | {"people": (read.people, read.votes)}


async def merge(room: Room, point: Point, into: Point) -> Point:
    return await merges.merge(room.desk, MODERATOR, CHOICES, point.id, into.id, WHY)


async def unmerge(room: Room, point: Point) -> Point:
    return await merges.unmerge(room.desk, MODERATOR, CHOICES, point.id, Why())


async def refused(room: Room, point: Point, into: Point) -> Code:
    with pytest.raises(Refusal) as refusal:
        await merge(room, point, into)
    return refusal.value.code


async def test_a_member_counts_once_as_on_the_target_and_undoing_gives_back_the_very_same_figures(room: Room) -> None:
    critique, (one, two, *_) = await opened(room)
    await vote(room, one, 7)
    await vote(room, two, 7, "👎")
    await vote(room, two, 8, "👎")
    before = await figures(room, critique)
    merged = await merge(room, two, one)
    assert merged.into is not None and (merged.into.id, merged.into.name) == (one.id, "1")
    assert await figures(room, critique) == {"1": (1, 1), "people": (2, 2)}
    await unmerge(room, two)
    assert await figures(room, critique) == before


async def test_votes_under_the_merged_message_count_to_the_target_and_stay_where_they_were_cast(room: Room) -> None:
    critique, (one, two, *_) = await opened(room)
    await merge(room, two, one)
    await vote(room, two, 8)
    assert await figures(room, critique) == {"1": (1, 0), "people": (1, 1)}
    await vote(room, one, 8, "👎")
    assert await figures(room, critique) == {"1": (0, 1), "people": (1, 1)}
    await unmerge(room, two)
    assert await figures(room, critique) == {"1": (0, 1), "2": (1, 0), "people": (1, 2)}


async def test_what_is_merged_over_a_corner_counts_to_the_top_and_comes_apart_where_it_is_cut(room: Room) -> None:
    critique, (one, two, three, *_) = await opened(room)
    await vote(room, three, 9)
    await merge(room, three, two)
    await merge(room, two, one)
    assert await figures(room, critique) == {"1": (1, 0), "people": (1, 1)}
    await unmerge(room, two)
    assert await figures(room, critique) == {"2": (1, 0), "people": (1, 1)}


async def test_loops_and_second_merges_are_refused(room: Room) -> None:
    _, (one, two, three, *_) = await opened(room)
    await merge(room, two, one)
    assert await refused(room, one, one) is Code.MERGE_LOOP
    assert await refused(room, one, two) is Code.MERGE_LOOP
    assert await refused(room, two, three) is Code.MERGED


async def test_points_of_two_lists_and_members_merges_are_refused(room: Room) -> None:
    _, (one, *_) = await opened(room)
    other = (await room.post(await room.open()))[0]
    assert await refused(room, one, other) is Code.OTHER_CRITIQUE
    with pytest.raises(Refusal) as refusal:
        await merges.merge(room.desk, MEMBER, CHOICES, one.id, other.id, WHY)
    assert refusal.value.code is Code.NOT_A_MODERATOR


async def test_after_seven_days_a_merge_stands(room: Room) -> None:
    _, (one, two, *_) = await opened(room)
    await merge(room, two, one)
    room.clock.move(7 * 86_400 + 1)
    with pytest.raises(Refusal) as refusal:
        await unmerge(room, two)
    assert refusal.value.code is Code.MERGED_LONG_AGO


async def test_a_merge_owes_the_point_its_thread_and_the_digest_and_writes_a_case(room: Room) -> None:
    _, (one, two, *_) = await opened(room)
    await merge(room, two, one)
    assert two.id in {row.point_id for row in await room.owed("show-point")}
    assert [row.point_id for row in await room.owed("show-thread")] == [two.id]
    assert len(await room.owed("show-digest")) == 1
    assert [tuple(row) for row in await room.rows("SELECT act, reason, point_id FROM cases")] == [
        ("merge", "duplicate", two.id)
    ]


async def test_what_is_merged_into_a_hidden_point_counts_again_with_it(room: Room) -> None:
    critique, (one, two, *_) = await opened(room)
    await vote(room, two, 8)
    await merge(room, two, one)
    await states.hide(room.desk, MODERATOR, CHOICES, one.id, WHY)
    assert await figures(room, critique) == {"people": (0, 0)}
    await states.restore(room.desk, MODERATOR, CHOICES, one.id, WHY)
    assert await figures(room, critique) == {"1": (1, 0), "people": (1, 1)}


async def test_a_vote_where_nothing_is_merged_asks_the_database_no_more_than_before(room: Room) -> None:
    _, (one, two, three, *_) = await opened(room)
    asked: list[str] = []
    listen(room, asked)
    await vote(room, three, 7)
    alone = len(asked)
    await merge(room, two, one)
    asked.clear()
    await vote(room, three, 8)
    assert len(asked) == alone
    asked.clear()
    await vote(room, two, 8)
    assert len(asked) > alone


def listen(room: Room, asked: list[str]) -> None:
    from sqlalchemy import event

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(room.desk.db._writer.sync_engine, "before_cursor_execute", note)  # type: ignore[reportPrivateUsage]
