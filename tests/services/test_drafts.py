"""Changing a draft: once per press, never an old edition, never to nothing."""

import asyncio

import pytest

from bot.core.acts import Actor
from bot.core.critiques import Draft, ListName
from bot.core.edits import Edit, EditKind
from bot.core.ids import DraftId, GuildId, MemberId
from bot.core.overviews import Overview
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import critiques, drafts
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, MODERATORS, TEN, Room
from tests.services.test_critiques import refused

OTHER = Actor(MemberId(15), GUILD, frozenset({MODERATORS}))
TWO_LISTS = "Tea\n\n1. One.\n2. Two.\n3. Three.\n\nAnd then there is this.\n\n1. Other one.\n2. Other two.\n"
DROP = Edit(EditKind.DROP, 0)


async def edit(room: Room, which: DraftId, edition: int, kind: EditKind, at: int, title: str = "") -> Draft:
    return await drafts.edit(room.desk, MODERATOR, CHOICES, which, edition, Edit(kind, at, title))


async def show(room: Room, which: DraftId) -> Draft:
    return await drafts.show(room.desk, MODERATOR, CHOICES, which)


def labels(draft: Draft) -> list[str]:
    return [point.label for point in draft.edited.points]


async def test_what_is_confirmed_is_what_was_changed(room: Room) -> None:
    which = await room.draft()
    await edit(room, which, 0, EditKind.DROP, 9)
    await edit(room, which, 1, EditKind.JOIN, 0)
    changed = await edit(room, which, 2, EditKind.RETITLE, 1, "  A new\n title ")
    assert changed == await show(room, which)
    await critiques.confirm(room.desk, MODERATOR, CHOICES, which, 3)
    [critique] = await critiques.spoken_of(room.desk, GUILD, HOME)
    saved = await room.points(critique.id)
    assert [point.label for point in saved] == ["1", "3", "4", "5", "6", "7", "8", "9"]
    assert saved[0].text == "Reason a is a reason of its own.\n\nReason b is a reason of its own."
    assert saved[1].title == "A new title"
    assert critique.next_label == 11


async def test_a_double_press_changes_once_and_an_old_preview_nothing(room: Room) -> None:
    which = await room.draft()
    presses = [drafts.edit(room.desk, actor, CHOICES, which, 0, DROP) for actor in (MODERATOR, OTHER, MODERATOR)]
    results = await asyncio.gather(*presses, return_exceptions=True)
    assert sum(isinstance(result, Refusal) and result.code is Code.DRAFT_EDITED for result in results) == 2
    assert labels(await show(room, which)) == [str(n) for n in range(2, 11)]
    assert await refused(drafts.undo(room.desk, MODERATOR, CHOICES, which, 0)) is Code.DRAFT_EDITED
    assert await refused(drafts.choose(room.desk, MODERATOR, CHOICES, which, 0, 1)) is Code.DRAFT_EDITED
    assert await refused(critiques.confirm(room.desk, MODERATOR, CHOICES, which, 0)) is Code.DRAFT_EDITED
    assert await critiques.count_open(room.desk) == 0
    await critiques.confirm(room.desk, MODERATOR, CHOICES, which, 1)


async def test_two_moderators_who_confirm_at_once_open_one_critique(room: Room) -> None:
    which = await room.draft()
    tries = [critiques.confirm(room.desk, actor, CHOICES, which, 0) for actor in (MODERATOR, OTHER)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, Overview) for result in results) == 1
    assert await critiques.count_open(room.desk) == 1


async def test_undo_takes_one_change_back_after_the_other(room: Room) -> None:
    which = await room.draft()
    await edit(room, which, 0, EditKind.DROP, 0)
    await edit(room, which, 1, EditKind.JOIN, 0)
    once = await drafts.undo(room.desk, MODERATOR, CHOICES, which, 2)
    assert labels(once) == [str(n) for n in range(2, 11)]
    twice = await drafts.undo(room.desk, MODERATOR, CHOICES, which, 3)
    assert twice.edited == twice.outline and twice.edition == 4
    assert (await drafts.undo(room.desk, MODERATOR, CHOICES, which, 4)).edits == ()


async def test_the_last_point_is_not_dropped_and_what_is_not_there_is_not_changed(room: Room) -> None:
    which = await room.draft("Tea\n\n1. One.\n2. Two.\n")
    assert await refused(edit(room, which, 0, EditKind.JOIN, 1)) is Code.DRAFT_EDITED
    assert await refused(edit(room, which, 0, EditKind.DROP, 2)) is Code.DRAFT_EDITED
    await edit(room, which, 0, EditKind.DROP, 0)
    assert await refused(edit(room, which, 1, EditKind.DROP, 0)) is Code.LAST_POINT
    assert labels(await show(room, which)) == ["2"]


async def test_an_empty_title_is_made_from_the_text_again(room: Room) -> None:
    which = await room.draft()
    await edit(room, which, 0, EditKind.RETITLE, 0, "New")
    changed = await edit(room, which, 1, EditKind.RETITLE, 0, " \n ")
    assert changed.edited.points[0] == changed.outline.points[0]


async def test_a_join_that_makes_a_point_too_long_is_refused(room: Room) -> None:
    long = "x" * (critiques.LONGEST_POINT - 10)
    which = await room.draft(f"1. {long}\n2. Another one.\n3. Three.")
    assert await refused(edit(room, which, 0, EditKind.JOIN, 0)) is Code.POINT_TOO_LONG
    assert (await show(room, which)).edits == ()


async def test_another_list_is_taken_afresh_and_back(room: Room) -> None:
    which = await room.draft(TWO_LISTS)
    await edit(room, which, 0, EditKind.DROP, 0)
    other = await drafts.choose(room.desk, MODERATOR, CHOICES, which, 1, 2)
    assert [point.title for point in other.edited.points] == ["Other one", "Other two"]
    assert other.lists == (ListName(3, "One"), ListName(2, "Other one"))
    assert (other.chosen, other.edits, other.edition) == (2, (), 2)
    back = await drafts.choose(room.desk, MODERATOR, CHOICES, which, 2, 1)
    assert labels(back) == ["1", "2", "3"] and back.lists == other.lists
    assert back == await show(room, which)


async def test_a_draft_keeps_its_warnings_and_comments_for_every_preview(room: Room) -> None:
    text = "Tea\n\n1. One.\n2. Two.\n2. Three.\n\n2 comments\n\n1. Ada says:\nYes.\n\n2. Ben says:\nNo.\n"
    read = await drafts.read(room.desk, MODERATOR, CHOICES, home=HOME, document=text)
    assert read.outline.warnings and read.outline.comments
    shown = await show(room, read.id)
    assert (shown.outline.warnings, shown.outline.comments) == (read.outline.warnings, read.outline.comments)
    assert shown.outline.comments_announced == 2


async def test_a_critique_that_is_open_in_the_home_is_counted(room: Room) -> None:
    await room.open()
    assert (await show(room, await room.draft())).beside == 1


async def test_only_moderators_of_the_server_see_and_change_a_draft(room: Room) -> None:
    which = await room.draft()
    stranger = Actor(MemberId(5), GuildId(2), MODERATOR.roles)
    for actor, code in ((MEMBER, Code.NOT_A_MODERATOR), (stranger, Code.DRAFT_GONE)):
        assert await refused(drafts.show(room.desk, actor, CHOICES, which)) is code
        assert await refused(drafts.edit(room.desk, actor, CHOICES, which, 0, DROP)) is code
        assert await refused(drafts.undo(room.desk, actor, CHOICES, which, 0)) is code
        assert await refused(drafts.choose(room.desk, actor, CHOICES, which, 0, 1)) is code
    assert await refused(drafts.show(room.desk, MODERATOR, Choices(), which)) is Code.NO_MODERATOR_ROLE
    room.clock.move(86_401)
    assert await refused(show(room, which)) is Code.DRAFT_GONE


@pytest.mark.parametrize("text", [TEN, "Tea \ud800\n\n1. One \udfff.\n2. Two.\n"])
async def test_what_was_pasted_reads_the_same_again(room: Room, text: str) -> None:
    read = await drafts.read(room.desk, MODERATOR, CHOICES, home=HOME, document=text)
    again = await drafts.choose(room.desk, MODERATOR, CHOICES, read.id, 0, 1)
    assert again.outline == read.outline
