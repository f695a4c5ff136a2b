"""How far a critique is, as whoever confirmed it sees it."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.e2e.conftest import QUICK, House, until

MANY = "Many\n\n" + "".join(f"{number}. Reason number {number} is a reason.\n\n" for number in range(1, 26))
OFTEN = replace(QUICK, progress_every=timedelta(milliseconds=100))
EDIT = ("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original")


def told(house: House) -> list[str]:
    """What the answer was made to say, edit by edit."""
    said: list[dict[str, Any]] = [entry["request"] for entry in house.requests(*EDIT)]
    return [edit["content"] for edit in said if edit.get("content")]


async def test_the_answer_says_how_many_points_stand_until_all_do_and_then_is_left_alone(house: House) -> None:
    await house.start(OFTEN)
    answer = await house.confirm(MANY)
    assert "25 points are being posted" in answer["content"]

    async def done() -> bool:
        return any("all 25 points stand" in text for text in told(house))

    await until(done, "the answer to say that all points stand")
    said = told(house)
    counts = [int(found[1]) for text in said if (found := re.search(r": (\d+) of 25 points stand", text))]
    assert counts == sorted(set(counts))
    assert len(said) == len(counts) + 1
    await house.idle()
    assert told(house) == said


async def test_a_short_list_costs_one_edit_at_most(house: House) -> None:
    await house.start()
    await house.open()
    assert len(told(house)) <= 1


async def test_a_critique_that_is_discarded_is_followed_no_further(house: House) -> None:
    await house.start(OFTEN)
    await house.confirm(MANY)
    moderator = await house.moderator()
    (offered,) = await moderator.autocomplete("critique discard", "critique", "Many", house.home, house.guild)
    question = await moderator.command("critique discard", house.home, house.guild, critique=offered["value"])
    await moderator.press(question, "Discard", house.guild)
    await house.idle()
    assert not any("all 25" in text for text in told(house))


async def test_a_stop_does_not_wait_for_it_and_the_list_shows_it_afterwards(house: House) -> None:
    await house.start()
    await house.confirm(MANY)
    await house.stop()
    await house.start()
    moderator = await house.moderator()
    await house.idle()
    listed = await moderator.command("critique list", house.home, house.guild)
    assert " of 25" not in listed["embeds"][0]["description"]
    assert told(house) == []
