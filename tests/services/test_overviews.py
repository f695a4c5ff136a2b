"""A server's critiques in figures."""

import pytest

from bot.core.acts import Actor
from bot.core.critiques import CritiqueStatus
from bot.core.ids import ChannelId, GuildId, MessageId
from bot.core.overviews import Overview
from bot.core.points import PointStatus
from bot.core.refusals import Refusal
from bot.core.votes import Reacted
from bot.services import overviews, states
from bot.services.votes import record
from bot.storage import critiques as stored
from bot.storage import points as stored_points
from tests.services.conftest import CHOICES, HOME, MEMBER, MODERATOR, Room

SHORT = "Short\n\n1. One thing.\n2. Another thing.\n"


async def overview(room: Room) -> Overview:
    """The server's only critique."""
    (found,) = (await overviews.page(room.desk, MODERATOR, CHOICES, 1)).overviews
    return found


async def test_a_critique_counts_what_stands_and_what_waits_while_it_is_posted(room: Room) -> None:
    critique = await room.open()
    found = await overview(room)
    assert (found.originals, found.additions, found.posted, found.waiting) == (10, 0, 0, 10)
    async with room.desk.db.write() as tx:
        for point in (await stored_points.of_critique(tx, critique.id))[:3]:
            await stored_points.save_message(tx, point.id, MessageId(100 + point.id))
            await stored_points.save_thread(tx, point.id, ChannelId(100 + point.id))
    found = await overview(room)
    assert (found.posted, found.unposted, found.waiting) == (3, 7, 7)


async def test_additions_voters_and_replies_are_counted(room: Room) -> None:
    critique = await room.open()
    posted = await room.post(critique)
    assert (await overview(room)).untouched
    await room.hear(room.said("11. They have no umbrella stand."))
    await room.hear(room.said("I doubt that.", channel=posted[0].thread or 0, parent=HOME))
    for point in posted[:2]:
        await record(room.desk, [Reacted(HOME, point.message or MessageId(0), MEMBER.id, "👍", added=True)])
    found = await overview(room)
    assert (found.originals, found.additions, found.voters, found.replies) == (10, 1, 1, 1)
    assert (found.posted, found.unposted) == (10, 1)
    assert not found.untouched


@pytest.mark.parametrize("status", [PointStatus.HELD, PointStatus.REFUSED])
async def test_an_addition_that_members_do_not_see_is_not_listed_and_yet_somebody_has_written(
    room: Room, status: PointStatus
) -> None:
    critique = await room.open()
    await room.post(critique)
    await room.hear(room.said("11. They have no umbrella stand."))
    async with room.desk.db.write() as tx:
        await stored_points.save_status(tx, (await room.additions(critique.id))[0].id, status)
    found = await overview(room)
    assert (found.additions, found.unlisted, found.unposted) == (0, 1, 0)
    assert not found.untouched


async def test_what_was_taken_back_before_it_was_posted_does_not_count_as_unposted(room: Room) -> None:
    critique = await room.open()
    await room.post(critique)
    await room.hear(room.said("11. They have no umbrella stand."))
    async with room.desk.db.write() as tx:
        await stored_points.save_status(tx, (await room.additions(critique.id))[0].id, PointStatus.WITHDRAWN)
    assert (await overview(room)).unposted == 0


async def test_open_ones_come_first_then_the_newest_and_the_rest_on_further_pages(room: Room) -> None:
    opened = [await room.open(SHORT) for _ in range(overviews.ON_A_PAGE + 2)]
    await states.close(room.desk, MODERATOR, CHOICES, opened[-1].id)
    first = await overviews.page(room.desk, MODERATOR, CHOICES, 1)
    second = await overviews.page(room.desk, MODERATOR, CHOICES, 2)
    shown = [each.critique.id for page in (first, second) for each in page.overviews]
    assert shown == [critique.id for critique in [*opened[-2::-1], opened[-1]]]
    assert (first.number, first.pages, len(second.overviews)) == (1, 2, 2)
    assert (await overviews.page(room.desk, MODERATOR, CHOICES, 99)).number == 2
    assert (await overviews.page(room.desk, MODERATOR, CHOICES, 0)).number == 1


async def test_discarded_ones_and_those_of_other_servers_are_not_listed(room: Room) -> None:
    critique = await room.open()
    stranger = Actor(MODERATOR.id, GuildId(2), MODERATOR.roles)
    assert (await overviews.page(room.desk, stranger, CHOICES, 1)).overviews == ()
    async with room.desk.db.write() as tx:
        await stored.save_status(tx, critique.id, CritiqueStatus.DISCARDED)
    assert (await overviews.page(room.desk, MODERATOR, CHOICES, 1)).overviews == ()


async def test_only_moderators_look_at_the_list(room: Room) -> None:
    with pytest.raises(Refusal):
        await overviews.page(room.desk, MEMBER, CHOICES, 1)
