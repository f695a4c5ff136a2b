"""Additions typed in a lobby: labels that never clash, cut messages that go on, replies that are counted."""

import asyncio
import random
from functools import partial

import pytest

from bot.core import points
from bot.core.additions import Gone, Heard
from bot.core.ids import ChannelId, MessageId
from bot.services import lobby
from bot.services.critiques import LONGEST_POINT
from bot.services.digests import read
from bot.services.intake import Intake
from tests.services.conftest import HOME, Room

LONG = "11. " + "a word and " * 160 + "no end of"
MARK, TELL, SHOW, WHICH = "mark", "tell-label", "show-point", "ask-which"


async def test_an_addition_takes_the_next_label_and_owes_its_message_and_a_mark(room: Room) -> None:
    critique = await room.open()
    said = room.said("11. They have no umbrella stand.", by=77)
    await room.hear(said)
    [point] = await room.additions(critique.id)
    assert (point.label, point.claimed_label, point.author, point.position) == ("11", None, 77, 10)
    assert (point.title, point.text) == ("They have no umbrella stand", "They have no umbrella stand.")
    assert point.created_at == said.at
    assert [row.point_id for row in await room.owed(SHOW)][-1] == point.id
    assert [(row.message_id, row.lane) for row in await room.owed(MARK)] == [(said.message, HOME)]
    assert await room.owed(TELL) == []


async def test_several_additions_of_one_message_are_marked_once(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("11. The doors are narrow.\n12. The music never ends."))
    assert [point.label for point in await room.additions(critique.id)] == ["11", "12"]
    assert len(await room.owed(MARK)) == 1


def _crowd(room: Room) -> list[Heard]:
    return [room.said(f"11. Chair {by} wobbles.", by=by) for by in range(100, 300)]


async def _checked_crowd(room: Room, critique: int, crowd: list[Heard]) -> None:
    recorded = await room.additions(critique)  # type: ignore[arg-type]
    assert [point.label for point in recorded] == [str(label) for label in range(11, 211)]
    assert {point.author for point in recorded} == {said.author for said in crowd}
    assert [point.claimed_label for point in recorded] == [None] + ["11"] * 199
    assert {row.point_id for row in await room.owed(TELL)} == {point.id for point in recorded[1:]}
    assert len(await room.owed(MARK)) == 200
    assert (await read(room.desk, critique)).critique.next_label == 211  # type: ignore[arg-type]


async def test_two_hundred_members_claim_eleven_in_one_instant(room: Room) -> None:
    critique = await room.open()
    crowd = _crowd(room)
    await room.hear(*crowd)
    await _checked_crowd(room, critique.id, crowd)


async def test_two_hundred_members_claim_eleven_in_many_batches_at_once(room: Room) -> None:
    critique = await room.open()
    crowd = _crowd(room)
    parts = [crowd[start : start + 7] for start in range(0, len(crowd), 7)]
    random.Random(11).shuffle(parts)
    await asyncio.gather(*(room.hear(*part) for part in parts))
    await _checked_crowd(room, critique.id, crowd)


async def test_two_hundred_members_claim_eleven_through_the_intake(room: Room) -> None:
    critique = await room.open()
    crowd = _crowd(room)
    intake = Intake("lobby", partial(lobby.hear, room.desk), sleep=lambda _seconds: asyncio.sleep(0))
    running = asyncio.create_task(intake.run())
    for place, said in enumerate(crowd):
        intake.put(said)
        if place % 60 == 0:
            await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait({running})
    await intake.drain()
    assert (intake.read, intake.recorded, intake.idle) == (200, 200, True)
    await _checked_crowd(room, critique.id, crowd)
    assert [point.author for point in await room.additions(critique.id)] == [said.author for said in crowd]


async def test_a_claimed_label_is_kept_and_finds_its_point_while_no_other_bears_it(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("14. No place for umbrellas."))
    [point] = await room.additions(critique.id)
    assert (point.label, point.claimed_label) == ("11", "14")
    assert points.find(await room.points(critique.id), "#14")[0].id == point.id
    assert [row.point_id for row in await room.owed(TELL)] == [point.id]


async def test_one_number_written_far_apart_while_nobody_labelled_anything_is_a_clash(room: Room) -> None:
    critique = await room.open()
    room.clock.move(1_200)
    said = [
        room.said("11. It overlooks the birds.", after=-900),
        room.said("11. It overlooks the bees.", after=-500),
        room.said("12. It overlooks the boats.", after=-10),
    ]
    await room.hear(*said)
    found = await room.additions(critique.id)
    assert [(point.label, point.claimed_label) for point in found] == [("11", None), ("12", "11"), ("13", "12")]


async def test_a_label_that_was_taken_two_minutes_ago_is_no_clash_any_more(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("11. The doors are narrow."))
    await room.hear(room.said("11. The music never ends.", by=51, after=119))
    assert [point.label for point in await room.additions(critique.id)] == ["11", "12"]
    await room.hear(room.said("11. The saucers wobble.", by=52, after=121))
    await room.hear(room.said("11. The chairs squeak.", by=53, after=600))
    assert [point.label for point in await room.additions(critique.id)] == ["11", "12"]


@pytest.mark.parametrize(
    "text",
    [
        "1. My list begins here.\n2. And goes on.\n11. And has an eleventh.",
        "I agree with all of it.",
        "> 11. quoted",
        "11:30 works for me",
        "11 – 2, what a game!",
    ],
)
async def test_what_is_no_clear_addition_is_not_recorded(room: Room, text: str) -> None:
    critique = await room.open()
    owed = await room.rows("SELECT count(*) FROM deliveries")
    await room.hear(room.said(text))
    assert await room.additions(critique.id) == []
    assert await room.rows("SELECT count(*) FROM deliveries") == owed


@pytest.mark.parametrize("text", ["17. Six ahead is too far ahead.", "140. Far too far ahead."])
async def test_what_may_be_an_addition_is_asked_about_and_not_recorded(room: Room, text: str) -> None:
    critique = await room.open()
    await room.hear(room.said(text))
    assert await room.additions(critique.id) == []
    assert len(await room.owed("tell-claim")) == 1


async def test_a_cut_addition_goes_on_through_the_authors_next_messages(room: Room) -> None:
    critique = await room.open()
    rest = "the sentence, " + "which is long and " * 100 + "goes on"
    await room.hear(room.said(LONG), room.said("Somebody else's words.", by=51), room.said(rest, after=60))
    await room.hear(room.said("to its end.", after=119))
    await room.hear(room.said("This is another thought.", after=120))
    [point] = await room.additions(critique.id)
    assert point.text == f"{LONG.removeprefix('11. ')}\n{rest}\nto its end."
    assert point.text.startswith(point.title.removesuffix("…"))
    assert len(await room.owed(MARK)) == 3
    [shown] = [row for row in await room.owed(SHOW) if row.point_id == point.id]
    assert shown.version == 3


@pytest.mark.parametrize(
    "following",
    [
        {"after": 121},
        {"by": 51},
        {"channel": 20, "parent": HOME},
    ],
    ids=["too late", "by another author", "in another channel"],
)
async def test_a_cut_addition_does_not_go_on_elsewhere(room: Room, following: dict[str, int]) -> None:
    critique = await room.open()
    await room.hear(room.said(LONG))
    await room.hear(room.said("and more of it.", **following))
    [point] = await room.additions(critique.id)
    assert point.text == LONG.removeprefix("11. ")


async def test_a_cut_addition_ends_where_the_authors_next_message_is_an_addition(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said(LONG), room.said("12. The music never ends.", after=5))
    first, second = await room.additions(critique.id)
    assert first.text == LONG.removeprefix("11. ")
    assert (second.label, second.text) == ("12", "The music never ends.")


async def test_a_cut_addition_does_not_go_on_once_its_critique_is_closed(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said(LONG))
    await room.close(critique)
    other = await room.open()
    await room.hear(room.said("to its end.", after=60))
    [point] = await room.additions(critique.id)
    assert point.text == LONG.removeprefix("11. ")
    assert await room.additions(other.id) == []


async def test_a_cut_addition_goes_on_to_the_length_that_a_point_of_a_document_may_have(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said(LONG), *(room.said("tea and " * 249 + "tea", after=n) for n in range(1, 20)))
    [point] = await room.additions(critique.id)
    assert LONGEST_POINT - 2_000 < len(point.text) <= LONGEST_POINT


async def test_a_message_heard_twice_counts_once(room: Room) -> None:
    critique = await room.open()
    [point, *_] = await room.post(critique)
    addition, rest = room.said(LONG), room.said("the end.", after=1)
    reply = room.said("Well said.", channel=200 + point.id, parent=HOME)
    await room.hear(addition, addition, rest, reply, reply)
    await room.hear(addition, rest, reply)
    [added] = await room.additions(critique.id)
    assert added.text.count("the end.") == 1
    assert (await room.points(critique.id))[0].replies == 1


async def test_two_critiques_in_one_channel_are_asked_about_and_never_guessed(room: Room) -> None:
    first, second = await room.open(), await room.open()
    said = room.said("11. They have no umbrella stand.")
    await room.hear(said)
    assert await room.additions(first.id) == await room.additions(second.id) == []
    assert [(row.message_id, row.lane) for row in await room.owed(WHICH)] == [(said.message, HOME)]
    await room.hear(room.said("I like both of them."))
    assert len(await room.owed(WHICH)) == 1


async def test_in_a_thread_of_one_of_two_critiques_an_addition_is_that_ones(room: Room) -> None:
    first, second = await room.open(), await room.open()
    [point, *_] = await room.post(second)
    await room.hear(room.said("11. They have no umbrella stand.", channel=200 + point.id, parent=HOME))
    assert await room.additions(first.id) == []
    assert [point.label for point in await room.additions(second.id)] == ["11"]
    assert await room.owed(WHICH) == []


async def test_replies_are_counted_in_threads_and_deleted_ones_uncounted(room: Room) -> None:
    critique = await room.open()
    point, other, *_ = await room.post(critique)
    thread = 200 + point.id
    replies = [room.said(f"Reply {n}.", channel=thread, parent=HOME) for n in ("one", "two", "three")]
    await room.hear(*replies, room.said("In the lobby itself."))
    assert [point.replies for point in (await room.points(critique.id))[:2]] == [3, 0]
    gone = Gone((replies[0].message, replies[2].message, MessageId(4)))
    assert await lobby.hear(room.desk, [gone, gone]) == ()
    assert [point.replies for point in (await room.points(critique.id))[:2]] == [1, 0]
    late = room.said("Gone at once.", channel=200 + other.id, parent=HOME)
    assert await lobby.hear(room.desk, [late, Gone((late.message,))]) == ()
    assert [point.replies for point in (await room.points(critique.id))[:2]] == [1, 0]


async def test_messages_elsewhere_cost_no_write(room: Room) -> None:
    await room.open()
    before = room.commits
    for channel, parent in ((20, None), (21, 20), (22, None)):
        await room.hear(room.said("11. This is another channel.", channel=channel, parent=parent))
    assert await lobby.hear(room.desk, [Gone((MessageId(1), MessageId(2)))]) == ()
    assert room.commits == before
    await room.hear(room.said("11. This is the lobby."), room.said("12. This is not.", channel=20))
    assert room.commits == before + 1


async def test_an_addition_in_any_thread_of_the_lobby_is_heard(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("11. They have no umbrella stand.", channel=ChannelId(99), parent=HOME))
    [mark] = await room.owed(MARK)
    assert mark.lane == 99
    [point] = await room.additions(critique.id)
    assert point.label == "11"
    assert [row.lane for row in await room.owed(SHOW)][-1] == HOME
