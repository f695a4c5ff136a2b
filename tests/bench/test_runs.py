"""Runs: sides take turns, and ratios are of what was measured together."""

import pytest

from bench.figures import Figure
from bench.runs import Plan, in_turn, over


def test_each_run_measures_every_side_once_and_another_side_begins_each_time() -> None:
    asked: list[str] = []
    steps: list[str] = []
    expected: list[int] = []

    def side(name: str) -> float:
        asked.append(name)
        return float(len(asked))

    plan = Plan(expected.append, steps.append, runs=3)
    found = in_turn(plan, {name: lambda name=name: side(name) for name in "abc"})
    assert "".join(asked) == "abcbcacab"
    assert found == {"a": [1, 6, 8], "b": [2, 4, 9], "c": [3, 5, 7]}
    assert expected == [9] and len(steps) == 9 and steps[3] == "run 2 of 3: b"


def test_five_runs_are_made_quick_or_not() -> None:
    for quick in (True, False):
        plan = Plan(lambda _: None, lambda _: None, quick)
        assert len(in_turn(plan, {"one": lambda: 1})["one"]) >= 5


def test_ratios_are_taken_run_by_run() -> None:
    assert over([2.0, 9.0], [1.0, 3.0]) == (2.0, 3.0)
    with pytest.raises(ValueError, match="argument 2"):
        over([1.0], [1.0, 2.0])


def test_the_spread_is_the_lowest_and_the_highest() -> None:
    figure = Figure("a", (3.0, 1.0, 9.0), "")
    assert (figure.median, figure.spread) == (3.0, (1.0, 9.0))
