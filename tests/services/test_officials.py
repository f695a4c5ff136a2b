"""Official answers: who may, that they are revised and removed, and what is owed."""

import pytest

from bot.core.acts import Actor
from bot.core.critiques import Critique
from bot.core.ids import MemberId, MessageId, RoleId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.services import officials, points, states
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, Room

TEAM = RoleId(9)
WRITER = Actor(MemberId(70), GUILD, frozenset())
COLLEAGUE = Actor(MemberId(71), GUILD, frozenset({TEAM}))


async def named(room: Room) -> tuple[Critique, Point]:
    critique = await room.open()
    (one, *_) = await room.post(critique)
    return await officials.name(room.desk, MODERATOR, CHOICES, critique.id, WRITER.id, TEAM), one


async def refusal(room: Room, who: Actor, point: Point, text: str = "Well.") -> Code:
    with pytest.raises(Refusal) as refused:
        await officials.answer(room.desk, who, CHOICES, point.id, text)
    return refused.value.code


async def test_who_is_named_and_their_team_answer_and_nobody_else_not_even_moderators(room: Room) -> None:
    _, one = await named(room)
    for who in (WRITER, COLLEAGUE):
        point = await officials.answer(room.desk, who, CHOICES, one.id, f"Says {who.id}.")
        assert point.official is not None and (point.official.text, point.official.by) == (f"Says {who.id}.", who.id)
    for who in (MEMBER, MODERATOR):
        assert await refusal(room, who, one) is Code.NOT_YOURS


async def test_before_anybody_is_named_nobody_answers_and_members_name_nobody(room: Room) -> None:
    critique = await room.open()
    (one, *_) = await room.post(critique)
    assert await refusal(room, WRITER, one) is Code.NOT_YOURS
    with pytest.raises(Refusal) as refused:
        await officials.name(room.desk, WRITER, CHOICES, critique.id, WRITER.id, None)
    assert refused.value.code is Code.NOT_A_MODERATOR


async def test_an_answer_is_shown_with_its_point_is_revised_and_is_removed(room: Room) -> None:
    critique, one = await named(room)
    await officials.answer(room.desk, WRITER, CHOICES, one.id, "First.")
    await room.ledger.save_official_message(one.id, MessageId(900))
    room.clock.move(60)
    await officials.answer(room.desk, COLLEAGUE, CHOICES, one.id, "Second.")
    shown = (await points.line(room.desk, one.id)).point.official
    assert shown is not None and (shown.text, shown.message, shown.at) == ("Second.", 900, room.clock.now)
    assert [row.point_id for row in await room.owed("show-official")] == [one.id]
    await officials.answer(room.desk, WRITER, CHOICES, one.id, " ")
    assert (await points.line(room.desk, one.id)).point.official is None
    assert await room.ledger.official_message(one.id) == 900, "its message is still to be deleted"
    assert await refusal(room, WRITER, one, "") is Code.NO_WORDS
    assert critique.answerer == WRITER.id


async def test_naming_is_a_case_and_a_closed_critique_is_answered_no_more(room: Room) -> None:
    critique, one = await named(room)
    assert [row.act for row in await room.rows("SELECT act FROM cases")] == ["name-author"]
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await refusal(room, WRITER, one) is Code.CRITIQUE_CLOSED
