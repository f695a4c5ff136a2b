"""The next free label, and labels that a document wrote twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.critiques import next_label, numbered
from bot.core.outlines import OutlinePoint


@pytest.mark.parametrize(
    ("labels", "following"),
    [
        ([], 1),
        (["1", "2", "3"], 4),
        (["10", "9", "8"], 11),
        (["1", "*", "2"], 3),
        (["*"], 1),
        (["1", "1", "7"], 8),
        (["a", "3", ""], 4),
    ],
)
def test_the_next_label_follows_the_highest_number(labels: list[str], following: int) -> None:
    assert next_label(labels) == following


def test_a_label_written_twice_is_counted_from_the_second_on() -> None:
    points = [OutlinePoint(label, "", "") for label in ("1", "2", "2", "*", "2", "*")]
    assert [repeat for repeat, _ in numbered(points)] == [0, 0, 1, 0, 2, 1]


@given(st.lists(st.sampled_from(["1", "2", "*"])))
def test_label_and_repeat_name_one_point(labels: list[str]) -> None:
    points = [OutlinePoint(label, "", "") for label in labels]
    named = [(point.label, repeat) for repeat, point in numbered(points)]
    assert len(set(named)) == len(points)
    assert [label for label, _ in named] == labels
