"""What may have been posted without an answer is looked for, and found whatever has become of it meanwhile."""

from collections.abc import Callable

import pytest

from tests.e2e.conftest import House
from tests.e2e.standing import all_stands_once
from tests.e2e.test_faults import OPEN


def newest(house: House) -> int:
    return max(thread.id for thread in house.discord.world.threads())


def rename(house: House) -> None:
    """Somebody who manages threads gives it another name."""
    house.discord.world.channels[newest(house)].name = "An unkind word"


def lock(house: House) -> None:
    state = house.discord.world.channels[newest(house)].thread
    assert state is not None
    state.locked = True


@pytest.mark.parametrize("befall", [rename, lock], ids=["renamed", "locked"])
@pytest.mark.parametrize("archived", [False, True], ids=["active", "archived"])
async def test_a_post_is_found_though_it_was_renamed_locked_or_archived(
    forum: House, befall: Callable[[House], None], *, archived: bool
) -> None:
    await forum.start()
    faults = forum.discord.faults
    if archived:
        faults.archive(*OPEN, after_effect=True, skip=1)
    faults.do(lambda: befall(forum), *OPEN, after_effect=True, skip=1)
    faults.answer(502, *OPEN, after_effect=True, skip=1)
    await forum.open()
    assert faults.dealt["answer 502 after"] == 1
    assert len(forum.requests(*OPEN)) == 5
    await all_stands_once(forum)
