"""A forum's tags on a point's post."""

from types import SimpleNamespace
from typing import Any, cast

import discord
from hypothesis import given
from hypothesis import strategies as st

from bot.display import tags


def tag(number: int, name: str = "") -> discord.ForumTag:
    made = discord.ForumTag(name=name or f"Tag {number}")
    made.id = number
    return made


OURS = {name: tag(number, name) for number, name in enumerate(["Original", "Addition", "Vote only", "Closed"], 1)}


@given(
    st.sets(st.integers(1, 30), max_size=5), st.lists(st.sampled_from([*OURS, "Withdrawn"]), unique=True, max_size=2)
)
def test_others_tags_stay_and_ours_take_the_room_they_leave(standing: set[int], wanted: list[str]) -> None:
    chosen = [each.id for each in tags.beside([tag(number) for number in sorted(standing)], OURS, wanted)]
    others = {number for number in standing if number > len(OURS)}
    assert len(chosen) <= 5
    assert others <= set(chosen)
    mine = [OURS[name].id for name in wanted if name in OURS]
    assert [number for number in chosen if number not in others] == mine[: 5 - len(others)]


def test_where_the_forum_asks_for_a_tag_a_post_without_one_of_ours_gets_its_first() -> None:
    forum = cast(Any, SimpleNamespace(flags=SimpleNamespace(require_tag=True), available_tags=[tag(7), tag(8)]))
    assert [each.id for each in tags.required(forum, [])] == [7]
    assert [each.id for each in tags.required(forum, [tag(8)])] == [8]
    forum.flags.require_tag = False
    assert tags.required(forum, []) == []
