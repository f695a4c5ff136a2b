"""Opening a critique: by moderators, after a preview, once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core.acts import Actor
from bot.core.critiques import Draft
from bot.core.ids import ChannelId, DraftId, GuildId, MemberId
from bot.core.outlines import Outline, OutlinePoint, Unreadable
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.services import critiques, drafts
from bot.storage import drafts as stored
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, Room

DAY = 86_400


async def refused(asked: Awaitable[object]) -> Code:
    with pytest.raises(Refusal) as refusal:
        await asked
    return refusal.value.code


async def test_a_confirmed_draft_is_posted_in_list_order_and_then_the_digest(room: Room) -> None:
    begun = await critiques.confirm(room.desk, MODERATOR, CHOICES, await room.draft(), 0)
    assert (begun.critique.home, begun.originals, begun.posted, begun.waiting) == (HOME, 10, 0, 10)
    owed = await room.rows("SELECT kind, point_id, lane FROM deliveries ORDER BY id")
    assert [row.kind for row in owed] == ["show-point"] * 10 + ["show-digest"]
    [critique] = await critiques.spoken_of(room.desk, GUILD, HOME)
    saved = await room.points(critique.id)
    assert [row.point_id for row in owed[:10]] == [point.id for point in saved]
    assert [point.label for point in saved] == [str(n) for n in range(1, 11)]
    assert [row.lane for row in owed] == [HOME] * 10 + [-critique.id]
    assert (critique.title, critique.next_label, critique.digest_channel) == ("Tea rooms", 11, HOME)


async def test_the_servers_choices_go_into_the_critique(room: Room) -> None:
    choices = Choices(
        digest_channel=ChannelId(44), moderator_roles=CHOICES.moderator_roles, agree_emoji="✅", disagree_emoji="❌"
    )
    await critiques.confirm(room.desk, MODERATOR, choices, await room.draft(), 0)
    [critique] = await critiques.spoken_of(room.desk, GUILD, HOME)
    assert (critique.digest_channel, critique.agree_emoji, critique.disagree_emoji) == (44, "✅", "❌")


async def test_only_moderators_preview_confirm_and_cancel(room: Room) -> None:
    draft = await room.draft()
    acts: list[Callable[[Choices], Awaitable[object]]] = [
        lambda choices: drafts.read(room.desk, MEMBER, choices, home=HOME, document="1. One.\n2. Two."),
        lambda choices: critiques.confirm(room.desk, MEMBER, choices, draft, 0),
        lambda choices: drafts.cancel(room.desk, MEMBER, choices, draft),
    ]
    for act in acts:
        assert await refused(act(CHOICES)) is Code.NOT_A_MODERATOR
        assert await refused(act(Choices())) is Code.NO_MODERATOR_ROLE
    manager = Actor(MemberId(8), GUILD, frozenset(), administrator=True)
    await critiques.confirm(room.desk, manager, Choices(), draft, 0)


async def test_a_draft_that_is_confirmed_many_times_at_once_opens_one_critique(room: Room) -> None:
    draft = await room.draft()
    tries = [critiques.confirm(room.desk, MODERATOR, CHOICES, draft, 0) for _ in range(5)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(result, Refusal) and result.code is Code.DRAFT_GONE for result in results) == 4
    assert await critiques.count_open(room.desk) == 1
    assert await refused(critiques.confirm(room.desk, MODERATOR, CHOICES, draft, 0)) is Code.DRAFT_GONE
    assert len(await room.owed("show-point")) == 10


async def test_a_cancelled_draft_is_gone(room: Room) -> None:
    draft = await room.draft()
    await drafts.cancel(room.desk, MODERATOR, CHOICES, draft)
    assert await refused(critiques.confirm(room.desk, MODERATOR, CHOICES, draft, 0)) is Code.DRAFT_GONE
    assert await refused(drafts.cancel(room.desk, MODERATOR, CHOICES, draft)) is Code.DRAFT_GONE
    assert await critiques.count_open(room.desk) == 0


async def test_a_draft_of_another_server_is_not_there(room: Room) -> None:
    draft = await room.draft()
    stranger = Actor(MemberId(5), GuildId(2), MODERATOR.roles)
    assert await refused(critiques.confirm(room.desk, stranger, CHOICES, draft, 0)) is Code.DRAFT_GONE
    await critiques.confirm(room.desk, MODERATOR, CHOICES, draft, 0)


async def test_a_draft_is_dropped_after_a_day(room: Room) -> None:
    old = await room.draft()
    room.clock.move(DAY - 1)
    young = await room.draft()
    room.clock.move(2)
    assert await refused(critiques.confirm(room.desk, MODERATOR, CHOICES, old, 0)) is Code.DRAFT_GONE
    await room.draft()
    assert {row.id for row in await room.rows("SELECT id FROM drafts")} & {old, young} == {young}
    await critiques.confirm(room.desk, MODERATOR, CHOICES, young, 0)


async def test_labels_that_the_document_repeats_are_kept(room: Room) -> None:
    critique = await room.open("1. First.\n2. Second.\n2. Second again.\n3. Third.\n")
    saved = await room.points(critique.id)
    assert [(point.label, point.repeat, point.name) for point in saved] == [
        ("1", 0, "1"),
        ("2", 0, "2"),
        ("2", 1, "2 (2)"),
        ("3", 0, "3"),
    ]
    assert critique.next_label == 4


async def test_a_big_document_is_read_elsewhere_and_a_small_one_here(room: Room) -> None:
    await room.draft()
    assert room.compute.calls == 0
    big = "\n\n".join(f"{n}. Reason {n} " + "is long and " * 200 for n in range(1, 11))
    draft = await drafts.read(room.desk, MODERATOR, CHOICES, home=HOME, document=big)
    assert room.compute.calls == 1
    assert len(draft.outline.points) == 10


async def test_what_cannot_be_read_is_no_draft(room: Room) -> None:
    for document in ("Only prose, and no list at all.", b"\x89PNG\r\n\x1a\n", b"x" * 2_000_000):
        with pytest.raises(Unreadable):
            await drafts.read(room.desk, MODERATOR, CHOICES, home=HOME, document=document)
    assert await room.rows("SELECT * FROM drafts") == []


async def test_a_point_longer_than_a_thread_should_begin_with_is_refused_before_anything_is_saved(room: Room) -> None:
    fits = "x" * critiques.LONGEST_POINT
    await room.draft(f"1. Short.\n2. {fits}\n3. Short.")
    over = drafts.read(room.desk, MODERATOR, CHOICES, home=HOME, document=f"1. Short.\n2. {fits}x\n3. Short.")
    with pytest.raises(Refusal) as refusal:
        await over
    assert refusal.value.code is Code.POINT_TOO_LONG
    assert refusal.value.params == {"label": "2", "size": 30_001, "limit": 30_000}
    assert len(await room.rows("SELECT * FROM drafts")) == 1


async def test_a_draft_whose_point_has_grown_too_long_is_not_confirmed_and_stays(room: Room) -> None:
    draft = await room.draft()
    outline = Outline("Tea", "", (OutlinePoint("1", "Long", "x" * 30_001), OutlinePoint("2", "Two", "Two.")))
    async with room.desk.db.write() as tx:
        grown = await stored.save(tx, Draft(draft, GUILD, HOME, MODERATOR.id, outline), room.desk.clock())
    assert await refused(critiques.confirm(room.desk, MODERATOR, CHOICES, grown, 0)) is Code.POINT_TOO_LONG
    assert {row.id for row in await room.rows("SELECT id FROM drafts")} == {draft, grown}
    assert await critiques.count_open(room.desk) == 0


async def test_a_lobby_means_its_own_critiques_or_else_the_servers(room: Room) -> None:
    here, there = await room.open(), await room.open(home=ChannelId(77))
    assert [one.id for one in await critiques.spoken_of(room.desk, GUILD, HOME)] == [here.id]
    assert [one.id for one in await critiques.spoken_of(room.desk, GUILD, ChannelId(5))] == [here.id, there.id]
    assert await critiques.spoken_of(room.desk, GuildId(2), ChannelId(5)) == []
    assert await refused(drafts.cancel(room.desk, MODERATOR, CHOICES, DraftId(99))) is Code.DRAFT_GONE


async def test_whoever_saw_no_answer_and_opens_the_same_again_is_given_the_one_that_stands(room: Room) -> None:
    async def again() -> int:
        return (await critiques.confirm(room.desk, MODERATOR, CHOICES, await room.draft(), 0)).critique.id

    drafts_of_both = [await room.draft(), await room.draft()]
    first, second = [await critiques.confirm(room.desk, MODERATOR, CHOICES, each, 0) for each in drafts_of_both]
    assert first.critique.id == second.critique.id == await again()
    assert len(await room.points(first.critique.id)) == len(await room.owed("show-point")) == 10
    room.clock.move(601)
    assert await again() != first.critique.id
