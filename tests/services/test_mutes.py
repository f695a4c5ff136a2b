"""Muting: what a muted member cannot do, what they can, and how it ends."""

from dataclasses import replace
from datetime import timedelta

from bot.core.acts import Actor
from bot.core.cases import Case, CaseReason, Why
from bot.core.deliveries import Kind
from bot.core.ids import GuildId, MemberId, MessageId
from bot.core.refusals import Code
from bot.core.votes import Reacted
from bot.services import appeals, cases, mutes, retention, submissions, votes
from tests.services.conftest import CHOICES, HOME, MEMBER, MODERATOR, Room
from tests.services.test_exclusions import refused, tally

WHY = Why(CaseReason.UNKIND, "Be kind.")
HOUR = timedelta(hours=1)
ELSEWHERE = replace(MODERATOR, guild=GuildId(2))


async def mute(room: Room, member: MemberId = MEMBER.id, span: timedelta | None = HOUR, who: Actor = MODERATOR) -> Case:
    return await mutes.mute(room.desk, who, CHOICES, member, span, WHY)


async def test_a_muted_member_adds_nothing_by_typing_or_form_and_is_told_once(room: Room) -> None:
    critique = await room.open()
    await room.post(critique)
    case = await mute(room)
    assert case.until == room.clock.now + HOUR
    await room.hear(room.said("11. They rattle the spoons.", by=MEMBER.id))
    await room.hear(room.said("12. They hum.", by=50))
    assert [point.text for point in await room.additions(critique.id)] == ["They hum."]
    form = submissions.by_form(room.desk, MEMBER, CHOICES, critique.id, "They rattle the spoons.")
    assert await refused(form) is Code.MUTED
    assert await refused(submissions.to_add_to(room.desk, MEMBER, critique.id)) is Code.MUTED
    pointed = submissions.by_message(room.desk, MEMBER, CHOICES, room.said("11. They hum.", by=MEMBER.id))
    assert await refused(pointed) is Code.MUTED
    assert [row.member_id for row in await room.owed(Kind.TELL_CASE)] == [MEMBER.id]


async def test_a_muted_members_votes_and_replies_count(room: Room) -> None:
    (first, *_) = await room.post(await room.open())
    await mute(room)
    await votes.record(room.desk, [Reacted(HOME, MessageId(101), MEMBER.id, "👍", added=True)])
    await room.hear(room.said("So it is.", by=MEMBER.id, channel=200 + first.id, parent=HOME))
    assert await tally(room, 1) == (1, 0)
    assert (await room.ledger.point(first.id))[0].replies == 1


async def test_a_mute_ends_by_itself_and_is_forgotten(room: Room) -> None:
    critique = await room.open()
    await mute(room)
    room.clock.move(3_600)
    await room.hear(room.said("11. They rattle the spoons.", by=MEMBER.id))
    assert len(await room.additions(critique.id)) == 1
    assert len(await room.rows("SELECT * FROM mutes")) == 1
    await retention.look(room.desk)
    assert await room.rows("SELECT * FROM mutes") == []


async def test_a_mute_is_ended_by_a_moderator_or_a_granted_appeal_once(room: Room) -> None:
    await mute(room)
    await mutes.unmute(room.desk, MODERATOR, CHOICES, MEMBER.id, Why())
    assert await refused(mutes.unmute(room.desk, MODERATOR, CHOICES, MEMBER.id, Why())) is Code.NOT_MUTED
    first, second = await mute(room), await mute(room)
    for case in (first, second):
        await cases.appeal(room.desk, MEMBER.id, case.id, "Why?")
    late = appeals.answer(room.desk, MODERATOR, CHOICES, first.id, "So be it.", granted=True)
    assert await refused(late) is Code.CANNOT_GRANT
    await appeals.answer(room.desk, MODERATOR, CHOICES, second.id, "So be it.", granted=True)
    assert await room.rows("SELECT * FROM mutes") == []


async def test_a_mute_holds_on_its_own_server_alone(room: Room) -> None:
    critique = await room.open()
    await mutes.mute(room.desk, ELSEWHERE, CHOICES, MEMBER.id, HOUR, WHY)
    assert (await submissions.to_add_to(room.desk, MEMBER, critique.id)).id == critique.id


async def test_members_mute_nobody_and_nobody_is_muted_for_ever(room: Room) -> None:
    assert await refused(mute(room, who=MEMBER)) is Code.NOT_A_MODERATOR
    assert await refused(mute(room, span=None)) is Code.NO_SPAN
    assert await refused(mute(room, span=timedelta(days=91))) is Code.NO_SPAN
