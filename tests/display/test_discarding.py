"""What stands of a discarded critique is taken away: cut off anywhere, nothing is left and nothing else is lost."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.ids import CritiqueId
from bot.services import discards
from tests.display.test_carrier import CUT, LONG, Discord, http, room_in, work
from tests.services.conftest import CHOICES, HOME, MODERATOR, Room

REQUESTS = 17  # in which LONG is posted
CUTS = (0, 1, 3, 8, 9, 12, 15, 16)  # a point's message, thread, reaction and further page; the digest and its pin


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with room_in(tmp_path) as made:
        yield made


@pytest.fixture(params=["before", "after"])
def moment(request: pytest.FixtureRequest) -> str:
    """Whether a request is cut off before it happens or after."""
    return request.param


async def discard(room: Room, which: int = 1) -> None:
    await discards.discard(room.desk, MODERATOR, CHOICES, CritiqueId(which))


async def nothing_is_left(room: Room, on: Discord) -> None:
    assert on.messages == {}
    assert on.threads == {}
    assert await room.rows("SELECT * FROM deliveries WHERE ended_at IS NULL OR fault IS NOT NULL") == []
    assert await room.rows("SELECT * FROM pages") == []


async def test_everything_goes_with_the_fewest_requests(room: Room) -> None:
    on = Discord()
    await room.open(LONG)
    await work(room, on)
    on.asked.clear()
    await discard(room)
    await work(room, on)
    await nothing_is_left(room, on)
    assert Counter(on.asked) == {"delete_thread": 3, "delete": 4}


async def test_what_was_never_tried_costs_no_request(room: Room) -> None:
    on = Discord()
    await room.open(LONG)
    await discard(room)
    await work(room, on)
    assert on.asked == []
    await nothing_is_left(room, on)


async def test_discarded_while_it_is_posted_nothing_is_left_wherever_the_posting_was_cut_off(
    tmp_path: Path, moment: str
) -> None:
    for number in CUTS:
        async with room_in(tmp_path / str(number)) as room:
            on = Discord()
            getattr(on, moment)[number] = CUT
            await room.open(LONG)
            await work(room, on, until=on.hangs.is_set)
            await discard(room)
            await work(room, on)
            await nothing_is_left(room, on)


async def test_cut_off_at_any_request_and_run_again_nothing_is_left(tmp_path: Path, moment: str) -> None:
    for number in range(7):
        async with room_in(tmp_path / str(number)) as room:
            on = Discord()
            await room.open(LONG)
            await work(room, on)
            getattr(on, moment)[len(on.asked) + number] = CUT
            await discard(room)
            await work(room, on, until=on.hangs.is_set)
            await work(room, on)
            await nothing_is_left(room, on)


async def test_the_same_list_opened_twice_loses_only_the_one_that_is_discarded(tmp_path: Path) -> None:
    for number in (0, 8, 15):  # a point and a digest that are not recorded, and look like the others
        async with room_in(tmp_path / str(number)) as room:
            on = Discord()
            await room.open(LONG)
            await work(room, on)
            first = set(on.messages)
            on.after[REQUESTS + number] = CUT
            await room.open(LONG)
            await work(room, on, until=on.hangs.is_set)
            await discard(room, 2)
            await work(room, on)
            assert set(on.messages) == first
            assert len(on.threads) == 3


async def test_it_is_discarded_in_the_midst_of_a_request(room: Room) -> None:
    on = Discord()
    on.before[3] = http(500)  # a pause in the posting, with the first point standing
    await room.open(LONG)
    await work(room, on, until=lambda: len(on.asked) == 4)
    assert len(on.shown(HOME)) >= 1
    await discard(room)
    await work(room, on)
    await nothing_is_left(room, on)


async def test_without_the_permission_it_is_tried_until_it_comes_back(room: Room) -> None:
    on = Discord()
    await room.open(LONG)
    await work(room, on)
    await discard(room)
    on.always["delete_thread"] = http(403, 50013)
    await work(room, on, until=lambda: on.asked.count("delete_thread") >= 30)
    on.always.clear()
    await work(room, on)
    await nothing_is_left(room, on)
