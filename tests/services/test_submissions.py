"""Additions by form and by pointing at a message: once each, labelled like all others."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.acts import Actor
from bot.core.additions import Heard
from bot.core.critiques import Critique
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.services import submissions
from bot.services.submissions import Recorded
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, Room

OTHER = Actor(MemberId(7), GUILD, frozenset())
TEXT = "They have no umbrella stand."


async def send(room: Room, critique: Critique, text: str = TEXT, by: Actor = MEMBER) -> Point:
    taken = await submissions.by_form(room.desk, by, CHOICES, critique.id, text)
    assert isinstance(taken, Recorded)
    (point,) = taken.points
    return point


async def add(room: Room, heard: Heard, by: Actor = MEMBER) -> tuple[Point, ...]:
    taken = await submissions.by_message(room.desk, by, CHOICES, heard)
    assert isinstance(taken, Recorded)
    return taken.points


async def test_a_form_takes_the_next_label_and_owes_the_point_and_no_mark(room: Room) -> None:
    critique = await room.open()
    point = await send(room, critique)
    assert (point.label, point.claimed_label, point.author, point.text) == ("11", None, MEMBER.id, TEXT)
    assert [row.point_id for row in await room.owed("show-point")][-1] == point.id
    assert await room.owed("mark") == await room.owed("tell-label") == []


async def test_the_number_in_front_of_a_text_is_kept_as_what_was_claimed(room: Room) -> None:
    critique = await room.open()
    point = await send(room, critique, f"14. {TEXT}")
    assert (point.label, point.claimed_label, point.text) == ("11", "14", TEXT)


async def test_the_same_text_sent_again_is_the_same_addition_for_ten_minutes(room: Room) -> None:
    critique = await room.open()
    first = await send(room, critique)
    room.clock.move(599)
    assert await send(room, critique, f"  {TEXT}\n") == first
    room.clock.move(2)
    with pytest.raises(Refusal) as refused:
        await send(room, critique)
    assert (refused.value.code, refused.value.params["reason"]) == (Code.NOT_TAKEN, "repeat")


async def test_one_text_sent_twice_in_one_instant_is_one_addition(room: Room) -> None:
    critique = await room.open()
    points = await asyncio.gather(*(send(room, critique) for _ in range(8)))
    assert {point.label for point in points} == {"11"}
    assert len(await room.additions(critique.id)) == 1


async def test_forms_messages_and_typing_share_one_row_of_labels(room: Room) -> None:
    critique = await room.open()
    said = room.said("I wonder about the doors, too.", by=MEMBER.id)
    await asyncio.gather(
        send(room, critique),
        room.hear(room.said("11. The doors are narrow.")),
        add(room, said),
        send(room, critique, "a"),
    )
    assert [point.label for point in await room.additions(critique.id)] == ["11", "12", "13", "14"]


@pytest.mark.parametrize("text", ["", " \u200b ", "12", "!!!", "\u3164"])
async def test_what_says_nothing_is_refused_and_takes_no_label(room: Room, text: str) -> None:
    critique = await room.open()
    with pytest.raises(Refusal) as refused:
        await send(room, critique, text)
    assert refused.value.code is Code.NO_WORDS
    with pytest.raises(Refusal):
        await add(room, room.said(text, by=MEMBER.id))
    assert (await send(room, critique)).label == "11"


async def test_a_critique_that_is_closed_or_elsewhere_takes_nothing(room: Room) -> None:
    critique = await room.open()
    elsewhere = replace(MEMBER, guild=GuildId(99))
    for actor, which in ((elsewhere, critique.id), (MEMBER, CritiqueId(99))):
        with pytest.raises(Refusal) as refused:
            await submissions.by_form(room.desk, actor, CHOICES, which, TEXT)
        assert refused.value.code is Code.NO_CRITIQUE
    await room.close(critique)
    with pytest.raises(Refusal) as refused:
        await send(room, critique)
    assert refused.value.code is Code.CRITIQUE_CLOSED


async def test_a_message_is_added_by_its_author_and_marked(room: Room) -> None:
    critique = await room.open()
    said = room.said("14. " + TEXT, by=MEMBER.id)
    (point,) = await add(room, said)
    assert (point.label, point.claimed_label, point.text, point.author) == ("11", "14", TEXT, MEMBER.id)
    assert [row.message_id for row in await room.owed("mark")] == [said.message]
    assert await room.owed("tell-label") == []
    assert (await room.additions(critique.id)) == [point]


async def test_a_moderator_adds_in_the_authors_name_who_is_told_another_label(room: Room) -> None:
    await room.open()
    said = room.said("14. " + TEXT, by=50)
    with pytest.raises(Refusal) as refused:
        await add(room, said)
    assert refused.value.code is Code.NOT_YOUR_MESSAGE
    (point,) = await add(room, said, by=MODERATOR)
    assert point.author == 50
    assert [row.message_id for row in await room.owed("tell-label")] == [said.message]


async def test_a_message_is_never_added_twice_however_it_came_first(room: Room) -> None:
    critique = await room.open()
    typed, pointed = room.said("11. The doors are narrow.", by=6), room.said(TEXT, by=6)
    await room.hear(typed)
    await add(room, pointed)
    await room.hear(typed, pointed)
    for said, label in ((typed, "11"), (pointed, "12")):
        with pytest.raises(Refusal) as refused:
            await add(room, said)
        assert (refused.value.code, refused.value.params) == (Code.ON_THE_LIST, {"label": label})
    assert len(await room.additions(critique.id)) == 2


async def test_one_message_pressed_many_times_at_once_is_one_addition(room: Room) -> None:
    critique = await room.open()
    said = room.said(TEXT, by=6)
    outcomes = await asyncio.gather(*(add(room, said) for _ in range(6)), return_exceptions=True)
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 5
    assert len(await room.additions(critique.id)) == 1


async def test_several_typed_additions_of_one_message_are_all_added(room: Room) -> None:
    await room.open()
    points = await add(room, room.said("11. The doors are narrow.\n12. The music never ends.", by=6))
    assert [point.label for point in points] == ["11", "12"]
    assert len(await room.owed("mark")) == 1


async def test_a_reply_that_is_added_is_a_reply_no_longer(room: Room) -> None:
    critique = await room.open()
    points = await room.post(critique)
    thread = points[0].thread
    assert thread is not None
    said = room.said(TEXT, by=6, channel=thread, parent=HOME)
    await room.hear(said)
    await add(room, said)
    counted = [point.replies for point in await room.points(critique.id)]
    assert sum(counted) == 0


async def test_of_two_critiques_the_one_is_meant_whose_thread_or_home_it_is(room: Room) -> None:
    first, second = (
        await room.open(),
        await room.open("Coffee\n\n1. Bitter it is.\n\n2. Dear it is.", home=ChannelId(20)),
    )
    (point, *_rest) = await room.post(first)
    meant = submissions.meant
    assert await meant(room.desk, GUILD, point.thread or ChannelId(0), HOME) == [first]
    assert await meant(room.desk, GUILD, ChannelId(20), None) == [second]
    assert await meant(room.desk, GUILD, ChannelId(77), ChannelId(20)) == [second]
    assert await meant(room.desk, GUILD, ChannelId(77), None) == [first, second]
    assert await meant(room.desk, GuildId(99), ChannelId(20), None) == []
    with pytest.raises(Refusal) as refused:
        await add(room, room.said(TEXT, by=6, channel=77))
    assert refused.value.code is Code.SEVERAL_FOR_MESSAGE
