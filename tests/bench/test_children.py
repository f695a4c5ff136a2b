"""A child is spoken with in lines of JSON, and one that breaks says why."""

import pytest

from bench.children import Failed, child


async def test_a_child_is_heard_and_said_to_in_lines_of_json() -> None:
    async with child("json.tool", "--json-lines", "--compact") as one:
        await one.say({"votes": [1, 2]})
        await one.say("over")
        assert [await one.hear(), await one.hear()] == [{"votes": [1, 2]}, "over"]


async def test_a_child_that_breaks_says_why() -> None:
    async with child("bench.no_such_side") as one:
        with pytest.raises(Failed, match="No module named"):
            await one.hear()
