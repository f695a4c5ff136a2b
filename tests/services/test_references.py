"""Which messages refer to points: told in batches, once, in the point's thread, and followed when they change."""

from dataclasses import replace
from datetime import timedelta

from bot.core.additions import Gone, Heard, Retyped
from bot.core.references import EVERY
from bot.services import lobby
from tests.services.conftest import Room


async def batches(room: Room, label: str) -> list[list[int]]:
    """The messages that each batch of a point's tells of."""
    points = await room.points((await room.only()).id)
    which = next(point.id for point in points if point.label == label)
    return [
        [each.message for each in await room.ledger.references(which, int(row.key.rpartition(":")[2]))]
        for row in await room.owed("show-references")
        if row.point_id == which
    ]


async def hear(room: Room, text: str) -> Heard:
    said = room.said(text)
    await room.hear(said)
    return said


async def test_references_gather_for_a_while_and_the_next_batch_comes_ten_minutes_later(room: Room) -> None:
    await room.open()
    one = await hear(room, "#2 in particular worries me.")
    two = await hear(room, "So does point 2 above, and point 3.")
    assert await batches(room, "2") == [[one.message, two.message]]
    assert await batches(room, "3") == [[two.message]]
    room.clock.now += room.desk.pace.digest_gathers + timedelta(seconds=1)
    three = await hear(room, "See also #2.")
    assert await batches(room, "2") == [[one.message, two.message], [three.message]]
    first, _of_three, second = await room.owed("show-references")
    assert second.due_at - first.due_at == EVERY // timedelta(microseconds=1)


async def test_a_message_heard_twice_refers_once_and_one_in_the_points_own_thread_not_at_all(room: Room) -> None:
    critique = await room.open()
    said = await hear(room, "#2 in particular worries me.")
    await room.hear(said)
    assert await batches(room, "2") == [[said.message]]
    (_, point, *_) = await room.post(critique)
    assert point.thread is not None
    await room.hear(replace(room.said("As #2 says."), channel=point.thread, parent=critique.home))
    assert await batches(room, "2") == [[said.message]]


async def test_plain_talk_points_that_are_not_there_and_quoted_words_refer_to_nothing(room: Room) -> None:
    await room.open()
    for text in ("PR #2 is merged.", "#77 says it all", "> #2\nwell", "top 10, 2 of us"):
        await hear(room, text)
    assert await room.owed("show-references") == []


async def test_edits_and_deletions_are_followed(room: Room) -> None:
    await room.open()
    said = await hear(room, "#2 in particular worries me.")
    await lobby.hear(room.desk, [Retyped(replace(said, text="#3 in particular worries me."), room.clock.now)])
    assert await batches(room, "2") == [[]]
    assert await batches(room, "3") == [[said.message]]
    await lobby.hear(room.desk, [Gone((said.message,))])
    assert await batches(room, "3") == [[]]


async def test_an_edit_may_refer_for_the_first_time(room: Room) -> None:
    await room.open()
    said = await hear(room, "That worries me.")
    await lobby.hear(room.desk, [Retyped(replace(said, text="#3 in particular worries me."), room.clock.now)])
    assert await batches(room, "3") == [[said.message]]
