"""Words changed: what is kept, who may, whether votes begin anew, and what is owed."""

from dataclasses import replace

import pytest

from bot.core.critiques import Critique
from bot.core.ids import MemberId
from bot.core.points import Point
from bot.core.refusals import Code, Refusal
from bot.core.revisions import Asking, Clearing
from bot.core.votes import Tally
from bot.services import exclusions, privacy, revisions
from tests.services.conftest import CHOICES, MEMBER, MODERATOR, Room
from tests.services.test_merges import WHY, figures, merge, opened, vote

OTHER = "Quite other words stand here, about spoons."


async def change(
    room: Room, point: Point, text: str, asking: Asking = Asking.BY_ITSELF, edition: int = 0
) -> tuple[Point, bool]:
    return await revisions.edit(room.desk, MODERATOR, CHOICES, point.id, "", text, edition=edition, asking=asking)


async def voted(room: Room) -> tuple[Critique, Point, Point]:
    critique, (one, two, *_) = await opened(room)
    await vote(room, one, 7)
    return critique, one, two


async def test_a_small_change_is_kept_marked_and_lets_votes_stand(room: Room) -> None:
    critique, one, _ = await voted(room)
    changed, asks = await change(room, one, one.text.replace("reason of its own", "reason of its owns"))
    assert (asks, changed.revision, changed.reworded) == (False, 1, True)
    assert await figures(room, critique) == {"1": (1, 0), "people": (1, 1)}
    point, (kept,) = await revisions.history(room.desk, one.id)
    assert (kept.text, kept.by_moderator, kept.asked_again) == (one.text, True, False)
    assert point.text != one.text
    assert not await room.owed("tell-reworded")


async def test_other_words_begin_votes_anew_and_keep_the_old_tally(room: Room) -> None:
    critique, one, _ = await voted(room)
    changed, asks = await change(room, one, OTHER)
    assert (asks, changed.revision, changed.seeded) == (True, 2, False)
    assert await figures(room, critique) == {"people": (0, 0)}
    _, (kept,) = await revisions.history(room.desk, one.id)
    assert (kept.revision, kept.tally) == (1, Tally(agree=1))
    assert [row.point_id for row in await room.owed("tell-reworded")] == [one.id]
    assert [tuple(row) for row in await room.rows("SELECT act, point_id FROM cases")] == [("reword", one.id)]


async def test_a_moderator_may_decide_otherwise(room: Room) -> None:
    critique, one, two = await voted(room)
    assert (await change(room, one, OTHER, Asking.NOBODY))[1] is False
    assert await figures(room, critique) == {"1": (1, 0), "people": (1, 1)}
    assert (await change(room, two, two.text + "!", Asking.AGAIN))[1] is True


async def test_what_is_heard_before_the_clearing_is_done_is_no_vote_on_the_new_words(room: Room) -> None:
    critique, one, _ = await voted(room)
    await change(room, one, OTHER)
    await vote(room, one, 8)
    assert await figures(room, critique) == {"people": (0, 0)}
    await room.ledger.save_cleared(one.id, asked=False)
    assert room.to_read == [one.id]
    assert await room.ledger.clearing(one.id) is Clearing.NONE
    await vote(room, one, 8)
    assert await figures(room, critique) == {"1": (1, 0), "people": (1, 1)}


async def test_a_merged_point_whose_words_change_counts_anew_in_its_group(room: Room) -> None:
    critique, one, two = await voted(room)
    await merge(room, one, two)
    assert await figures(room, critique) == {"2": (1, 0), "people": (1, 1)}
    await change(room, one, OTHER)
    assert await figures(room, critique) == {"people": (0, 0)}


async def test_who_read_older_words_overwrites_nothing(room: Room) -> None:
    _, one, _ = await voted(room)
    await change(room, one, OTHER)
    with pytest.raises(Refusal) as refusal:
        await change(room, one, "Something else entirely.")
    assert refusal.value.code is Code.EDITED_MEANWHILE
    assert len((await revisions.history(room.desk, one.id))[1]) == 1


async def test_members_change_their_own_additions_alone_and_decide_nothing_of_the_votes(room: Room) -> None:
    critique, one, _ = await voted(room)
    with pytest.raises(Refusal) as refusal:
        await revisions.to_edit(room.desk, MEMBER, CHOICES, one.id)
    assert refusal.value.code is Code.NOT_A_MODERATOR
    await room.hear(room.said("11. They keep their spoons on chains.", by=int(MEMBER.id)))
    own = (await room.additions(critique.id))[0]
    await room.post(critique)
    changed, asks = await revisions.edit(room.desk, MEMBER, CHOICES, own.id, "", OTHER, edition=0, asking=Asking.NOBODY)
    assert asks and not changed.reworded
    assert await room.rows("SELECT act FROM cases") == []


async def test_words_that_say_nothing_are_refused_and_the_same_ones_change_nothing(room: Room) -> None:
    _, one, _ = await voted(room)
    with pytest.raises(Refusal) as refusal:
        await change(room, one, " \n ")
    assert refusal.value.code is Code.NO_WORDS
    await revisions.edit(room.desk, MODERATOR, CHOICES, one.id, one.title, one.text, edition=0)
    assert (await revisions.history(room.desk, one.id))[1] == []


async def test_an_authors_new_words_are_held_against_what_all_words_are(room: Room) -> None:
    critique = await room.open()
    await room.hear(room.said("11. They rattle the spoons.", by=MEMBER.id))
    (point,) = await room.additions(critique.id)
    for text, code in (("Come to discord.gg/abc, all.", Code.EDIT_HELD), ("a" * 6_001, Code.NOT_TAKEN)):
        with pytest.raises(Refusal) as refused:
            await revisions.edit(room.desk, MEMBER, CHOICES, point.id, "", text, edition=0)
        assert refused.value.code is code
    changed, _ = await revisions.edit(room.desk, MEMBER, CHOICES, point.id, "", "They rattle all spoons.", edition=0)
    assert changed.text == "They rattle all spoons."


async def test_the_votes_of_merged_points_follow_exclusions_and_erasure(room: Room) -> None:
    critique, (one, two, *_) = await opened(room)
    await vote(room, one, 7)
    for member in (7, 8):
        await vote(room, two, member)
    await merge(room, one, two)
    before = await figures(room, critique)
    case = await exclusions.exclude_member(room.desk, MODERATOR, CHOICES, MemberId(7), None, WHY)
    assert await figures(room, critique) == {"2": (1, 0), "people": (1, 1)}
    await exclusions.include_case(room.desk, MODERATOR, CHOICES, case.id, WHY)
    assert await figures(room, critique) == before
    await privacy.erase(room.desk, replace(MEMBER, id=MemberId(7)), CHOICES)
    assert await figures(room, critique) == {"2": (1, 0), "people": (1, 1)}
