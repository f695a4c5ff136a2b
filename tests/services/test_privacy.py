"""What is stored about a member, handed out, erased to the last byte, and not taken in again."""

import struct
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.acts import Actor
from bot.core.arguments import Side
from bot.core.cases import CaseReason, Why
from bot.core.critiques import Critique
from bot.core.deliveries import Kind
from bot.core.ids import MemberId, MessageId
from bot.core.points import PointStatus
from bot.core.refusals import Code
from bot.core.votes import Found, Reacted, Stance
from bot.services import (
    arguments,
    backings,
    cases,
    exclusions,
    mutes,
    notes,
    officials,
    privacy,
    retention,
    revisions,
    states,
    submissions,
    votes,
)
from tests.services.conftest import CHOICES, HOME, MEMBER, MODERATOR, Room
from tests.services.test_exclusions import figures, refused, tally

ADA = replace(MEMBER, id=MemberId(0x0D1CEB00C0FFEE17))
BOB = MemberId(8)
WHY = Why(CaseReason.UNKIND, "Be kind.")
BOTH = frozenset({Stance.AGREE, Stance.DISAGREE})


def reacted(message: int, member: int, emoji: str = "👍", *, added: bool = True) -> Reacted:
    return Reacted(HOME, MessageId(message), MemberId(member), emoji, added=added)


async def known(room: Room, who: Actor = ADA) -> Critique:
    """A critique in which somebody has done all there is to do, beside another member."""
    critique = await room.open()
    await room.post(critique)
    await votes.record(room.desk, [reacted(101, BOB), reacted(102, BOB, "👎")])
    await votes.record(room.desk, [reacted(101, who.id), reacted(102, who.id), reacted(102, who.id, "👎")])
    await room.hear(room.said("11. They rattle the spoons.", by=who.id), room.said(f"12. So says <@{who.id}>.", by=BOB))
    await room.hear(room.said("Indeed.", by=who.id, channel=201, parent=HOME))
    first = (await room.points(critique.id))[0].id
    await arguments.argue(room.desk, who, CHOICES, first, Side.SUPPORT, "So it is.")
    theirs = replace(MEMBER, id=BOB)
    other = await arguments.argue(room.desk, theirs, CHOICES, first, Side.REBUTTAL, f"Not as <@{who.id}> says.")
    await backings.back(room.desk, who, CHOICES, other.argument.id, +1)
    spoons, _ = await room.additions(critique.id)
    await states.hide(room.desk, MODERATOR, CHOICES, spoons.id, WHY)
    (case,) = await cases.untold(room.desk, who.guild, who.id)
    await cases.appeal(room.desk, who.id, case.id, "Why?")
    await notes.note(room.desk, MODERATOR, CHOICES, who.id, f"{who.id} again.")
    return critique


def found_in(room: Room, member: MemberId) -> list[str]:
    """In which of the database's files the member's number stands, in text or as SQLite stores an integer."""
    forms = (str(member).encode(), struct.pack(">q", member))
    path = room.desk.db.path
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-journal"))]
    return [file.name for file in files if file.exists() and any(form in file.read_bytes() for form in forms)]


async def carry_out(room: Room) -> None:
    """As if Discord had been told all that it was owed."""
    for _ in range(200):
        due = await room.ledger.due(())
        for delivery in due:
            await room.ledger.done(delivery)
        room.clock.move(1)
        if not due:
            return


async def test_all_that_is_stored_is_counted_and_handed_out(room: Room) -> None:
    await known(room)
    held = await privacy.show(room.desk, ADA, CHOICES)
    assert (held.points, held.votes, held.replies, held.cases, held.notes, held.servers) == (1, 2, 1, 1, 1, 1)
    assert held.anything and not held.opted_out
    given = await privacy.export(room.desk, ADA, CHOICES)
    assert [point["text"] for point in given["points"]] == ["They rattle the spoons."]
    assert {(vote["point"], vote["stance"]) for vote in given["votes"]} == {("1", 1), ("2", 1), ("2", -1)}
    assert [(case["act"], case["words"], case["appeal"]) for case in given["cases"]] == [("hide", "Be kind.", "Why?")]
    assert [set(note) for note in given["notes"]] == [{"server", "at"}]
    assert not (await privacy.show(room.desk, replace(ADA, id=MemberId(77)), CHOICES)).anything


async def test_after_an_erasure_nothing_of_the_member_is_in_the_files_bytes(room: Room) -> None:
    await known(room)
    assert found_in(room, ADA.id)
    await privacy.erase(room.desk, ADA, CHOICES)
    assert not await retention.scrub(room.desk)
    await carry_out(room)
    assert await retention.scrub(room.desk)
    assert found_in(room, ADA.id) == []
    assert not (await privacy.show(room.desk, ADA, CHOICES)).anything


async def test_the_search_of_the_bytes_finds_what_is_only_deleted(room: Room) -> None:
    await known(room)
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM holds")
    assert found_in(room, ADA.id)


async def test_the_figures_of_others_stay_as_if_the_member_had_never_voted(room: Room) -> None:
    critique = await known(room)
    await privacy.erase(room.desk, ADA, CHOICES)
    assert (await tally(room, 1), await tally(room, 2)) == ((1, 0), (0, 1))
    assert [tuple(row) for row in await room.rows("SELECT member_id, stances FROM voters")] == [(BOB, 2)]
    assert {row.member_id for row in await room.rows("SELECT member_id FROM history")} == {BOB}
    (first, *_) = await room.points(critique.id)
    assert first.replies == 1
    assert await votes.stances(room.desk, first.id, 1) == {BOB: Stance.AGREE}


async def test_points_and_cases_stay_without_the_name_and_discord_is_owed_that(room: Room) -> None:
    critique = await known(room)
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM deliveries")
    await privacy.erase(room.desk, ADA, CHOICES)
    spoons, quoting = await room.additions(critique.id)
    assert (spoons.author, spoons.text, spoons.status) == (None, "They rattle the spoons.", PointStatus.HIDDEN)
    assert quoting.text == "So says […]."
    assert spoons.id in [row.point_id for row in await room.owed(Kind.SHOW_POINT)]
    (case,) = await room.rows("SELECT * FROM cases")
    assert (case.member_id, case.words) == (None, "Be kind.")
    assert len(await room.owed(Kind.TAKE_VOTE)) == 3


@pytest.mark.parametrize("how", [privacy.erase, privacy.opt_out])
async def test_neither_a_reading_nor_an_event_takes_votes_in_again_until_they_opt_in(room: Room, how: Any) -> None:
    await room.post(await room.open())
    await votes.record(room.desk, [reacted(101, ADA.id), reacted(101, BOB)])
    await how(room.desk, ADA, CHOICES)
    before = await figures(room)
    found = Found(HOME, MessageId(101), ADA.id, BOTH, frozenset({Stance.AGREE}))
    late = [reacted(102, ADA.id), reacted(101, ADA.id, added=False)]
    await votes.record(room.desk, [found, *late])
    assert await figures(room) == before
    assert (await room.rows("SELECT coalesce(sum(drift), 0) AS drift FROM servers"))[0].drift == 0
    await votes.record(room.desk, [reacted(102, BOB), reacted(102, ADA.id)])
    assert await tally(room, 2) == (1, 0)
    await privacy.opt_in(room.desk, ADA, CHOICES)
    await votes.record(room.desk, [found])
    assert await tally(room, 1) == (2, 0)


async def test_nothing_plain_is_stored_of_who_opted_out(room: Room) -> None:
    await privacy.opt_out(room.desk, ADA, CHOICES)
    assert await retention.scrub(room.desk)
    assert found_in(room, ADA.id) == []
    assert await refused(privacy.opt_out(room.desk, ADA, CHOICES)) is Code.OPTED_OUT_ALREADY
    await privacy.opt_in(room.desk, ADA, CHOICES)
    assert await refused(privacy.opt_in(room.desk, ADA, CHOICES)) is Code.NOT_OPTED_OUT


async def test_erasing_frees_nobody_of_a_mute_or_an_exclusion(room: Room) -> None:
    critique = await room.open()
    await room.post(critique)
    await mutes.mute(room.desk, MODERATOR, CHOICES, ADA.id, timedelta(days=1), WHY)
    await exclusions.exclude_member(room.desk, MODERATOR, CHOICES, ADA.id, None, WHY)
    await privacy.erase(room.desk, ADA, CHOICES)
    await privacy.opt_in(room.desk, ADA, CHOICES)
    await votes.record(room.desk, [reacted(101, ADA.id)])
    assert await tally(room, 1) == (0, 0)
    assert await refused(submissions.to_add_to(room.desk, ADA, critique.id)) is Code.MUTED
    await exclusions.include_member(room.desk, MODERATOR, CHOICES, ADA.id, Why())
    assert await tally(room, 1) == (1, 0)


async def test_a_moderators_acts_stay_without_their_name(room: Room) -> None:
    moderator = replace(MODERATOR, id=ADA.id)
    critique = await room.open()
    (first, *_) = await room.points(critique.id)
    await states.hide(room.desk, moderator, CHOICES, first.id, WHY)
    assert (await privacy.show(room.desk, ADA, CHOICES)).acts == 1
    await privacy.erase(room.desk, ADA, CHOICES)
    (case,) = await room.rows("SELECT * FROM cases")
    assert (case.by_id, case.act) == (0, "hide")


async def test_the_file_is_written_anew_at_most_so_often(room: Room) -> None:
    assert not await retention.scrub(room.desk)
    await privacy.erase(room.desk, ADA, CHOICES)
    assert await retention.scrub(room.desk)
    await privacy.erase(room.desk, ADA, CHOICES)
    assert not await retention.scrub(room.desk)
    room.clock.move(room.desk.pace.scrub_every.total_seconds())
    assert await retention.scrub(room.desk)


async def test_what_ones_points_said_before_and_ones_official_answers_are_handed_out_too(room: Room) -> None:
    critique = await room.open()
    await room.post(critique)
    await room.hear(room.said("11. They rattle the spoons.", by=ADA.id))
    (spoons,) = await room.additions(critique.id)
    await revisions.edit(room.desk, MODERATOR, CHOICES, spoons.id, "", "They rattle spoons.", edition=0)
    await officials.name(room.desk, MODERATOR, CHOICES, critique.id, ADA.id, None)
    first = (await room.points(critique.id))[0]
    await officials.answer(room.desk, ADA, CHOICES, first.id, "So we do.")
    assert (await privacy.show(room.desk, ADA, CHOICES)).answers == 1
    given = await privacy.export(room.desk, ADA, CHOICES)
    assert [(each["point"], each["text"]) for each in given["earlier_words"]] == [("11", "They rattle the spoons.")]
    assert [(each["point"], each["text"]) for each in given["official_answers"]] == [("1", "So we do.")]
    other = await privacy.export(room.desk, replace(ADA, id=BOB), CHOICES)
    assert other["earlier_words"] == other["official_answers"] == []
