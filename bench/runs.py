"""Runs: the sides of a comparison take turns within each run, so that a slow moment of the machine meets them all.

The side that begins changes from run to run.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a measurement is to be made: in how many runs, and whether all is to be over within 40 s (`quick`).

    `expect` is told how many steps there will be, `step` that one of them begins, and what it is. `file` is what is
    measured, where there is a choice.
    """

    expect: Callable[[int], None]
    step: Callable[[str], None]
    quick: bool = False
    runs: int = 5
    file: Path | None = None


def in_turn(plan: Plan, sides: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """What each side gave in each run; a run measures every side once."""
    plan.expect(plan.runs * len(sides))
    names = list(sides)
    given: dict[str, list[T]] = {name: [] for name in names}
    for run in range(plan.runs):
        first = run % len(names)
        for name in names[first:] + names[:first]:
            plan.step(f"run {run + 1} of {plan.runs}: {name}")
            given[name].append(sides[name]())
    return given


def over(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...]:
    """The ratio of two sides in each run; what was measured together is compared."""
    return tuple(one / other for one, other in zip(above, below, strict=True))
