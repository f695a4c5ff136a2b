"""Notes about members, and what is on record: pages, who may see them, and nobody else's."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import Case, CaseReason, Why
from bot.core.ids import GuildId, MemberId
from bot.core.notes import PER_PAGE, Note, page
from bot.core.refusals import Code
from bot.services import notes, states
from tests.services.conftest import CHOICES, MEMBER, MODERATOR, NOON, Room
from tests.services.test_exclusions import refused

WHY = Why(CaseReason.UNKIND, "Be kind.")
ELSEWHERE = replace(MODERATOR, guild=GuildId(2))


async def test_notes_and_cases_of_a_member_stand_together_newest_first(room: Room) -> None:
    critique = await room.open()
    await notes.note(room.desk, MODERATOR, CHOICES, MEMBER.id, " Came with three others. ")
    room.clock.move(1)
    await room.hear(room.said("11. They rattle the spoons.", by=MEMBER.id))
    (added,) = await room.additions(critique.id)
    await states.hide(room.desk, MODERATOR, CHOICES, added.id, WHY)
    record = await notes.of_member(room.desk, MODERATOR, CHOICES, MEMBER.id, 1)
    assert [type(each) for each in record.entries] == [Case, Note]
    assert record.entries[1] == Note("Came with three others.", MODERATOR.id, NOON)
    about = await notes.of_point(room.desk, MODERATOR, CHOICES, added.id, 1)
    assert [each.why for each in about.entries if isinstance(each, Case)] == [WHY]
    assert not (await notes.of_member(room.desk, ELSEWHERE, CHOICES, MEMBER.id, 1)).entries
    assert not (await notes.of_point(room.desk, ELSEWHERE, CHOICES, added.id, 1)).entries


async def test_members_neither_write_notes_nor_see_them(room: Room) -> None:
    assert await refused(notes.note(room.desk, MEMBER, CHOICES, MODERATOR.id, "Hm.")) is Code.NOT_A_MODERATOR
    assert await refused(notes.of_member(room.desk, MEMBER, CHOICES, MEMBER.id, 1)) is Code.NOT_A_MODERATOR
    assert await refused(notes.note(room.desk, MODERATOR, CHOICES, MEMBER.id, " \n")) is Code.NO_WORDS


@given(st.integers(0, 40), st.integers(-3, 20))
def test_every_entry_stands_on_one_page(count: int, asked: int) -> None:
    entries: list[Case | Note] = [Note(str(each), MemberId(1), NOON) for each in range(count)]
    first = page(entries, 1)
    shown = [each for number in range(1, first.pages + 1) for each in page(entries, number).entries]
    assert sorted(each.text for each in shown if isinstance(each, Note)) == sorted(map(str, range(count)))
    assert len(page(entries, asked).entries) <= PER_PAGE
    assert 1 <= page(entries, asked).number <= first.pages
