"""A message that additions stand in is edited: what the points say then, and what an edit never does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.additions import Heard, Retyped
from bot.core.cases import CaseReason, Why
from bot.core.points import Point, PointStatus
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.services import lobby, mutes, queue, revisions, states
from tests.services.conftest import CHOICES, MEMBER, MODERATOR, Room
from tests.services.test_lobby import LONG
from tests.services.test_queue import opened

SAID = "11. They have no umbrella stand at all."
OTHER = "11. The lamps hum whenever it rains."


async def typed(room: Room, text: str = SAID) -> tuple[Heard, list[Point]]:
    """A member's message, whose additions stand in Discord."""
    critique = await room.open()
    said = room.said(text, by=MEMBER.id)
    await room.hear(said)
    await room.post(critique)
    return said, await room.additions(critique.id)


async def edit(room: Room, said: Heard, text: str, after: float = 5) -> None:
    """The message says this, so many seconds later."""
    room.clock.now += timedelta(seconds=after)
    await lobby.hear(room.desk, [Retyped(replace(said, text=text), room.clock.now)])


async def now(room: Room, point: Point) -> Point:
    return next(each for each in await room.points(point.critique) if each.id == point.id)


async def test_a_small_edit_changes_the_words_and_asks_nobody_again(room: Room) -> None:
    said, (point,) = await typed(room)
    await edit(room, said, SAID.replace("stand at all", "stands at all"))
    changed = await now(room, point)
    assert (changed.text, changed.revision, changed.reworded) == ("They have no umbrella stands at all.", 1, False)
    _point, (kept,) = await revisions.history(room.desk, point.id)
    assert (kept.text, kept.by, kept.by_moderator) == (point.text, MEMBER.id, False)


async def test_other_words_ask_voters_again_and_the_same_edit_counts_once(room: Room) -> None:
    said, (point,) = await typed(room)
    await edit(room, said, OTHER)
    await edit(room, said, OTHER)
    changed = await now(room, point)
    assert (changed.title, changed.revision) == ("The lamps hum whenever it rains", 2)
    assert len(await room.owed("tell-reworded")) == 1


async def test_each_addition_of_a_message_says_what_stands_under_its_number(room: Room) -> None:
    said, (one, two) = await typed(room, "11. The doors are narrow.\n11. The music never ends.")
    assert (two.label, two.claimed_label) == ("12", "11")
    await edit(room, said, "11. The doors are narrow.\n11. The music never stops.")
    assert [(await now(room, each)).text for each in (one, two)] == ["The doors are narrow.", "The music never stops."]


@pytest.mark.parametrize(
    "text", ["They have no umbrella stand.", "12. They have no stand.", "", f"{SAID}\n12. And no coat rack either."]
)
async def test_an_edit_adds_nothing_and_takes_nothing_back(room: Room, text: str) -> None:
    said, (point,) = await typed(room)
    await edit(room, said, text)
    assert await room.additions(point.critique) == [point]
    assert not await room.owed("tell-kept")


async def test_what_cannot_be_taken_is_said_once_and_the_words_stay(room: Room) -> None:
    said, (point,) = await typed(room)
    for _ in range(2):
        await edit(room, said, f"{SAID} https://discord.gg/abcdef")
    assert await now(room, point) == point
    (told,) = await room.owed("tell-kept")
    assert (told.message_id, told.point_id) == (said.message, point.id)


async def test_words_that_moderators_changed_are_not_undone_by_an_edit(room: Room) -> None:
    said, (point,) = await typed(room)
    await revisions.edit(room.desk, MODERATOR, CHOICES, point.id, "", "Kinder words about stands.", edition=0)
    await edit(room, said, OTHER)
    assert (await now(room, point)).text == "Kinder words about stands."
    assert len(await room.owed("tell-kept")) == 1


async def test_an_addition_that_goes_on_over_messages_keeps_its_words(room: Room) -> None:
    said, (point,) = await typed(room, LONG)
    await room.hear(room.said("the list of them.", by=MEMBER.id, after=3))
    before = (await now(room, point)).text
    assert before.endswith("the list of them.")
    await edit(room, said, OTHER)
    assert (await now(room, point)).text == before and len(await room.owed("tell-kept")) == 1


async def test_what_waits_is_changed_as_it_waits(room: Room) -> None:
    critique = await opened(room, Policy.HELD)
    said = room.said(SAID, by=MEMBER.id)
    await room.hear(said)
    await edit(room, said, OTHER)
    (point,) = await room.additions(critique.id)
    assert (point.text, point.status, point.revision) == (OTHER[4:], PointStatus.HELD, 1)
    assert [row.version for row in await room.owed("show-held")] == [2]


async def test_a_moderators_form_is_older_than_what_its_author_has_changed_since_and_that_stays_unpublished(
    room: Room,
) -> None:
    critique = await opened(room, Policy.HELD)
    said = room.said(SAID, by=MEMBER.id)
    await room.hear(said)
    (point,) = await room.additions(critique.id)
    _point, edition = await queue.to_reword(room.desk, MODERATOR, CHOICES, point.id)
    await edit(room, said, OTHER)
    with pytest.raises(Refusal) as refused:
        await queue.reword(room.desk, MODERATOR, CHOICES, point.id, "", "Kinder.", edition=edition)
    assert refused.value.code is Code.EDITED_MEANWHILE
    await queue.reword(room.desk, MODERATOR, CHOICES, point.id, "", "They hum.", edition=edition + 1)
    room.clock.now += timedelta(minutes=1)
    await queue.approve(room.desk, MODERATOR, CHOICES, point.id)
    assert (await revisions.history(room.desk, point.id))[1] == []


async def test_muted_members_hidden_points_and_closed_lists_change_nothing(room: Room) -> None:
    said, (point,) = await typed(room)
    why = Why(CaseReason.UNKIND)
    await mutes.mute(room.desk, MODERATOR, CHOICES, MEMBER.id, timedelta(hours=1), why)
    await edit(room, said, OTHER)
    assert (await now(room, point)).text == point.text
    await mutes.unmute(room.desk, MODERATOR, CHOICES, MEMBER.id, Why())
    await states.hide(room.desk, MODERATOR, CHOICES, point.id, why)
    await edit(room, said, OTHER)
    assert (await now(room, point)).text == point.text
    await states.restore(room.desk, MODERATOR, CHOICES, point.id, Why())
    await room.close(await room.only())
    await edit(room, said, OTHER)
    assert (await now(room, point)).text == point.text
    assert not await room.owed("tell-kept")


async def test_an_edit_read_after_a_later_change_by_the_author_is_over(room: Room) -> None:
    said, (point,) = await typed(room)
    earlier = Retyped(replace(said, text=OTHER), room.clock.now)
    room.clock.now += timedelta(seconds=5)
    await revisions.edit(room.desk, MEMBER, CHOICES, point.id, "", "The newest words of all.", edition=0)
    await lobby.hear(room.desk, [earlier])
    assert (await now(room, point)).text == "The newest words of all."


async def test_an_edit_that_comes_with_its_message_is_taken_up(room: Room) -> None:
    critique = await room.open()
    said = room.said(SAID, by=MEMBER.id)
    await lobby.hear(room.desk, [said, Retyped(replace(said, text=OTHER), room.clock.now)])
    assert [point.text for point in await room.additions(critique.id)] == [OTHER[4:]]
