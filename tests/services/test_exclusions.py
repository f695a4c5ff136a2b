"""Votes taken out of the figures and brought back: the same figures, whatever happened meanwhile."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from bot.core.acts import Actor
from bot.core.cases import Case, CaseReason, Why
from bot.core.critiques import Critique
from bot.core.deliveries import Kind
from bot.core.ids import GuildId, MemberId, MessageId, PointId
from bot.core.refusals import Code, Refusal
from bot.core.spans import span
from bot.core.votes import Cleared, Event, Found, Reacted, Stance
from bot.services import appeals, cases, exclusions, states, votes
from bot.storage import critiques as stored_critiques
from tests.services.conftest import CHOICES, HOME, MEMBER, MODERATOR, Room

WHY = Why(CaseReason.SPAM, "Votes by the dozen.")
RAIDER, OTHER = MemberId(9), MemberId(8)
ELSEWHERE = replace(MODERATOR, guild=GuildId(2))
BOTH = frozenset({Stance.AGREE, Stance.DISAGREE})
FIGURES = (
    "SELECT * FROM tallies WHERE agree + disagree + unsure ORDER BY 1",
    "SELECT * FROM voters ORDER BY 1, 2",
    "SELECT point_id, member_id, side, seen, excluded FROM holds ORDER BY 1, 2, 3",
)


def reacted(message: int, member: int = RAIDER, emoji: str = "👍", *, added: bool = True) -> Reacted:
    return Reacted(HOME, MessageId(message), MemberId(member), emoji, added=added)


async def figures(room: Room) -> list[Any]:
    return [await room.rows(query) for query in FIGURES]


async def tally(room: Room, point: int) -> tuple[int, int]:
    found = {row.point_id: (row.agree, row.disagree) for row in await room.rows("SELECT * FROM tallies")}
    return found.get(point, (0, 0))


async def people(room: Room, critique: Critique) -> int:
    async with room.desk.db.read() as tx:
        return await stored_critiques.people(tx, critique.id)


async def voted(room: Room) -> Critique:
    """A critique in which the raider and another have voted on two points."""
    critique = await room.open()
    await room.post(critique)
    await votes.record(room.desk, [reacted(101), reacted(102, emoji="👎"), reacted(101, OTHER)])
    return critique


async def exclude(room: Room, critique: Critique | None = None, who: Actor = MODERATOR) -> Case:
    which = None if critique is None else critique.id
    return await exclusions.exclude_member(room.desk, who, CHOICES, RAIDER, which, WHY)


async def exclude_since(room: Room, typed: str) -> Case:
    return await exclusions.exclude_since(room.desk, MODERATOR, CHOICES, span(typed), None, WHY)


async def include(room: Room) -> Case:
    return await exclusions.include_member(room.desk, MODERATOR, CHOICES, RAIDER, Why())


async def refused(what: Awaitable[object]) -> Code:
    with pytest.raises(Refusal) as caught:
        await what
    return caught.value.code


@pytest.mark.parametrize("everywhere", [True, False])
async def test_a_members_votes_go_and_come_back_with_the_very_same_figures(room: Room, everywhere: bool) -> None:
    critique = await voted(room)
    before = await figures(room)
    case = await exclude(room, None if everywhere else critique)
    assert (case.votes, case.member) == (2, RAIDER)
    assert (await tally(room, 1), await tally(room, 2)) == ((1, 0), (0, 0))
    assert await people(room, critique) == 1
    assert await votes.stances(room.desk, PointId(1), 1) == {OTHER: Stance.AGREE}
    assert await room.owed(Kind.SHOW_DIGEST)
    assert (await include(room)).votes == 2
    assert await figures(room) == before


async def test_what_an_excluded_member_casts_later_counts_only_once_they_are_included(room: Room) -> None:
    await voted(room)
    await exclude(room)
    await votes.record(room.desk, [reacted(101, emoji="👎"), reacted(103)])
    assert (await tally(room, 1), await tally(room, 3)) == ((1, 0), (0, 0))
    await include(room)
    assert (await tally(room, 1), await tally(room, 3)) == ((1, 1), (1, 0))


async def test_a_reading_after_a_gap_brings_nothing_back(room: Room) -> None:
    await voted(room)
    await exclude(room)
    gone = [Found(HOME, MessageId(101), RAIDER, BOTH, frozenset())]
    back = [Found(HOME, MessageId(message), RAIDER, BOTH, frozenset({Stance.AGREE})) for message in (101, 103)]
    await votes.record(room.desk, [*gone, *back])
    assert (await tally(room, 1), await tally(room, 3)) == ((1, 0), (0, 0))
    assert await room.rows("SELECT 1 FROM holds WHERE member_id = 9 AND NOT excluded") == []


async def test_excluded_votes_whose_reactions_were_cleared_meanwhile_come_back_all_the_same(room: Room) -> None:
    await voted(room)
    await exclude(room)
    await votes.record(room.desk, [Cleared(HOME, MessageId(101), None)])
    assert await tally(room, 1) == (1, 0)
    await include(room)
    assert await tally(room, 1) == (2, 0)


async def test_a_raid_is_taken_out_by_its_time_and_what_is_cast_afterwards_counts(room: Room) -> None:
    await voted(room)
    room.clock.move(3_600)
    await votes.record(room.desk, [reacted(103, member) for member in range(100, 105)])
    room.clock.move(60)
    before = await figures(room)
    case = await exclude_since(room, "30m")
    assert (case.votes, case.member) == (5, None)
    assert (await tally(room, 1), await tally(room, 3)) == ((2, 0), (0, 0))
    assert not await room.owed(Kind.TELL_CASE)
    await votes.record(room.desk, [reacted(103, 100, added=False), reacted(103, 100), reacted(103, 200)])
    assert await tally(room, 3) == (2, 0)
    await votes.record(room.desk, [reacted(103, 200, added=False)])
    await exclusions.include_case(room.desk, MODERATOR, CHOICES, case.id, Why())
    assert (await figures(room))[:2] == before[:2]
    assert await refused(exclude_since(room, "30s")) is Code.NO_SPAN
    assert await refused(exclude_since(room, "8d")) is Code.NO_SPAN


async def test_of_two_exclusions_each_holds_when_the_other_is_lifted(room: Room) -> None:
    await voted(room)
    raid = await exclude_since(room, "1h")
    await exclude(room)
    assert await tally(room, 1) == (0, 0)
    await exclusions.include_case(room.desk, MODERATOR, CHOICES, raid.id, Why())
    assert await tally(room, 1) == (1, 0)
    again = await exclude_since(room, "1h")
    await include(room)
    assert (await tally(room, 1), await tally(room, 2)) == ((0, 0), (0, 0))
    await exclusions.include_case(room.desk, MODERATOR, CHOICES, again.id, Why())
    assert (await tally(room, 1), await tally(room, 2)) == ((2, 0), (0, 1))


async def test_a_hidden_points_votes_are_excluded_and_its_people_are_counted_right_when_it_is_back(room: Room) -> None:
    critique = await voted(room)
    (first, *_) = await room.points(critique.id)
    await states.hide(room.desk, MODERATOR, CHOICES, first.id, WHY)
    await exclude(room)
    assert await people(room, critique) == 0
    await states.restore(room.desk, MODERATOR, CHOICES, first.id, Why())
    assert (await people(room, critique), await tally(room, 1)) == (1, (1, 0))
    await include(room)
    assert (await people(room, critique), await tally(room, 1)) == (2, (2, 0))


async def test_a_closed_critique_keeps_its_figures_and_makes_up_for_it_when_it_is_reopened(room: Room) -> None:
    critique = await voted(room)
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await refused(exclude(room, critique)) is Code.CRITIQUE_CLOSED
    await exclude(room)
    assert await tally(room, 1) == (2, 0)
    await states.reopen(room.desk, MODERATOR, CHOICES, critique.id)
    assert await tally(room, 1) == (1, 0)
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    await include(room)
    assert await tally(room, 1) == (1, 0)
    await states.reopen(room.desk, MODERATOR, CHOICES, critique.id)
    assert await tally(room, 1) == (2, 0)


async def test_the_member_is_told_and_a_granted_appeal_brings_the_votes_back(room: Room) -> None:
    await voted(room)
    case = await exclude(room)
    assert [row.member_id for row in await room.owed(Kind.TELL_CASE)] == [RAIDER]
    await cases.appeal(room.desk, RAIDER, case.id, "I am one person.")
    await appeals.answer(room.desk, MODERATOR, CHOICES, case.id, "So you are.", granted=True)
    assert await tally(room, 1) == (2, 0)
    assert await refused(include(room)) is Code.NOTHING_EXCLUDED


async def test_members_exclude_nobody_and_moderators_of_elsewhere_nothing_here(room: Room) -> None:
    critique = await voted(room)
    case = await exclude(room)
    assert await refused(exclude(room)) is Code.EXCLUDED_ALREADY
    assert await refused(exclude(room, critique, MEMBER)) is Code.NOT_A_MODERATOR
    assert await refused(exclude(room, critique, ELSEWHERE)) is Code.NO_CRITIQUE
    elsewhere = exclusions.include_case(room.desk, ELSEWHERE, CHOICES, case.id, Why())
    assert await refused(elsewhere) is Code.NOTHING_EXCLUDED
    assert await refused(exclusions.standing(room.desk, MEMBER, CHOICES)) is Code.NOT_A_MODERATOR


async def test_a_vote_takes_no_more_statements_where_nobody_is_excluded(room: Room) -> None:
    await room.post(await room.open())
    seen: list[str] = []
    event.listen(room.desk.db._writer.sync_engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    await votes.record(room.desk, [reacted(101)])
    assert not any(word in each for each in seen for word in ("FROM facts", "FROM opt_outs WHERE opt_outs.mark IN"))
    assert len(seen) <= 13


async def test_a_raid_of_two_hundred_votes_never_holds_the_event_loop_for_50_ms(room: Room) -> None:
    await room.post(await room.open())
    raid: list[Event] = [reacted(101 + member % 10, member) for member in range(100, 300)]
    await votes.record(room.desk, raid)
    before = await figures(room)
    longest = asyncio.create_task(_longest_pause())
    case = await exclude_since(room, "1h")
    await exclusions.include_case(room.desk, MODERATOR, CHOICES, case.id, Why())
    longest.cancel()
    assert case.votes == 200
    assert await figures(room) == before
    assert await longest < 0.05


async def _longest_pause() -> float:
    """How long the event loop was busy with one thing: of its own time, so that other processes do not count."""
    longest = 0.0
    last = time.thread_time()
    try:
        while True:
            await asyncio.sleep(0)
            now = time.thread_time()
            longest, last = max(longest, now - last), now
    except asyncio.CancelledError:
        return longest


@given(st.text(max_size=12))
def test_a_span_is_read_or_refused(typed: str) -> None:
    found = span(typed)
    assert found is None or found > timedelta()


@pytest.mark.parametrize(
    ("typed", "minutes"), [("30m", 30), ("2h", 120), (" 1 Day ", 1440), ("1h 30m", 90), ("2 weeks", 20160)]
)
def test_spans_as_people_type_them(typed: str, minutes: int) -> None:
    assert span(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "m", "0m", "30", "30s", "-2h", "2h later", "99999m"])
def test_what_is_no_span(typed: str) -> None:
    assert span(typed) is None
