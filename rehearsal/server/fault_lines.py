"""Promises the lines of a script of faults: what befalls which requests, how often, on which side of the effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypedDict

from rehearsal.server.mishaps import Answer, Limit, Mishap, Reset, Slow


class When(TypedDict, total=False):
    """How often and at which side of the effect; whether members' requests are met too."""

    times: int | None
    skip: int
    after_effect: bool
    bot_only: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the script."""

    mishap: Mishap
    method: str | None = None
    route: str | None = None
    times: int | None = 1
    skip: int = 0
    after_effect: bool = False
    bot_only: bool = True

    def __post_init__(self) -> None:
        if self.after_effect and isinstance(self.mishap, Limit):
            raise ValueError("A request that is limited has no effect.")

    @property
    def name(self) -> str:
        return self.mishap.name + (" after" if self.after_effect else "")

    def meets(self, method: str, route: str, bot: bool) -> bool:
        return self.method in (None, method) and self.route in (None, route) and (bot or not self.bot_only)


# What befalls at random where nothing else is said.
USUAL = (
    Fault(Answer(503)),
    Fault(Answer(503), after_effect=True),
    Fault(Limit(0.05)),
    Fault(Limit(0.05, "shared")),
    Fault(Reset()),
    Fault(Reset(), after_effect=True),
    Fault(Slow(0.05), after_effect=True),
)


@dataclass(slots=True)
class _Line:
    fault: Fault
    skip: int
    left: int | None

    def due(self) -> bool:
        """Whether it is this line's turn, which is then over."""
        if self.left == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.left is not None:
            self.left -= 1
        return True


class Lines:
    """The script: lines in order, each until it is spent."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []

    def add(self, fault: Fault) -> None:
        self._lines.append(_Line(fault, fault.skip, fault.times))

    def clear(self) -> None:
        self._lines.clear()

    def due(self, after_effect: bool, method: str, route: str, bot: bool) -> Iterator[Fault]:
        """The faults whose turn it is. What nobody asks for, since an earlier one answered, is not spent."""
        self._lines = [each for each in self._lines if each.left != 0]
        for line in self._lines:
            fits = line.fault.after_effect is after_effect and line.fault.meets(method, route, bot)
            if fits and line.due():
                yield line.fault


class Chance:
    """A part of the bot's requests meets one of these faults."""

    def __init__(self, seed: int, rate: float, faults: Sequence[Fault]) -> None:
        self._random = Random(seed)  # noqa: S311 - repeatable on purpose
        self._rate, self._faults = rate, faults

    def draw(self, method: str, route: str) -> Fault | None:
        """What befalls this request, mostly nothing."""
        if self._random.random() >= self._rate:
            return None
        fitting = [each for each in self._faults if each.meets(method, route, bot=True)]
        return self._random.choice(fitting) if fitting else None
