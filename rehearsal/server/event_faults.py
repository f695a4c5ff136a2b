"""Promises what befalls a bot's gateway events on their way: they come twice, in another order, late, or never.

Discord promises none of order, uniqueness or completeness (docs: events/gateway, and its issue 3377 on events that
came two and three times). Rules:
1. A fault meets events of some names, `times` of them (None: all that follow). Members' own clients are spared.
2. Each copy has a number of its own, given when it is sent; what is lost has none, so that no gap can be seen.
3. `swap` keeps an event back until the next one of these names has gone. What is kept back goes when it is released.
4. At random, an event of these names meets one of some faults, the same ones for the same seed and order.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from rehearsal.server import intents

KINDS = ("duplicate", "drop", "swap", "hold", "delay")
Push = Callable[[str | None], None]


@dataclass(slots=True)
class _Line:
    kind: str
    names: frozenset[str]
    left: int | None
    seconds: float = 0.0
    kept: list[Push] = field(default_factory=list[Push])

    @property
    def due(self) -> bool:
        return self.left != 0 or (self.kind == "swap" and bool(self.kept))


@dataclass(frozen=True, slots=True)
class _Chance:
    random: Random
    rate: float
    names: frozenset[str]
    kinds: Sequence[str]


class EventFaults:
    """The script of one gateway. Raises ValueError for an event that does not exist, and for none."""

    def __init__(self) -> None:
        self.dealt: Counter[str] = Counter()
        self._lines: list[_Line] = []
        self._chance: _Chance | None = None
        self._late: set[asyncio.TimerHandle] = set()

    # --- what may befall ----------------------------------------------------------------------------------
    def duplicate(self, *names: str, times: int | None = 1) -> None:
        """Comes twice."""
        self.add("duplicate", names, times)

    def drop(self, *names: str, times: int | None = 1) -> None:
        """Never comes, and nothing tells the client."""
        self.add("drop", names, times)

    def swap(self, *names: str, times: int | None = 1) -> None:
        """The next two change places."""
        self.add("swap", names, times)

    def hold(self, *names: str, times: int | None = 1) -> None:
        """Is kept back until `release`."""
        self.add("hold", names, times)

    def delay(self, seconds: float, *names: str, times: int | None = 1) -> None:
        """Comes this many seconds later."""
        self.add("delay", names, times, seconds)

    def add(self, kind: str, names: Sequence[str], times: int | None = 1, seconds: float = 0.0) -> None:
        if kind not in KINDS:
            raise ValueError(f"What befalls events is one of {', '.join(KINDS)}.")
        self._lines.append(_Line(kind, _checked(names), times, seconds))

    def at_random(self, seed: int, rate: float, *names: str, kinds: Sequence[str] = ("duplicate", "swap")) -> None:
        """From now on an event of these names meets one of these faults with this probability."""
        chance = Random(seed)  # noqa: S311 - repeatable on purpose
        self._chance = _Chance(chance, rate, _checked(names), tuple(kinds))

    # --- and how it ends ----------------------------------------------------------------------------------
    def release(self) -> None:
        """What was kept back goes out, in the order in which it happened."""
        for line in self._lines:
            kept, line.kept = line.kept, []
            for push in kept:
                push(line.kind)

    def clear(self) -> None:
        """Nothing more befalls. What was kept back goes out; what is late comes when it comes."""
        self.release()
        self._lines.clear()
        self._chance = None

    def close(self) -> None:
        """Nothing comes any more."""
        for each in self._late:
            each.cancel()

    def meet(self, name: str, push: Push) -> None:
        """Sends one event by `push`, which is told what befell it: at once and once, unless a fault is due."""
        line = next((each for each in self._lines if each.due and name in each.names), None) or self._drawn(name)
        if line is None:
            push(None)
        elif line.kept and line.kind == "swap":
            push("swap")
            line.kept.pop()("swap")
        else:
            self.dealt[f"{line.kind} {name}"] += 1
            line.left = line.left and line.left - 1
            self._befall(line, push)
        self._lines = [each for each in self._lines if each.due or each.kept]

    def _drawn(self, name: str) -> _Line | None:
        chance = self._chance
        if chance is None or name not in chance.names or chance.random.random() >= chance.rate:
            return None
        line = _Line(chance.random.choice(chance.kinds), chance.names, 1, seconds=0.05)
        self._lines.append(line)
        return line

    def _befall(self, line: _Line, push: Push) -> None:
        if line.kind in ("swap", "hold"):
            line.kept.append(push)
        elif line.kind == "delay":
            self._later(line.seconds, push)
        elif line.kind == "drop":
            push("drop")
        else:
            push(None)
            push("duplicate")

    def _later(self, seconds: float, push: Push) -> None:
        def come() -> None:
            self._late.discard(handle)
            push("delay")

        handle = asyncio.get_running_loop().call_later(seconds, come)
        self._late.add(handle)


def _checked(names: Sequence[str]) -> frozenset[str]:
    wrong = [each for each in names if each not in intents.EVENTS]
    if wrong or not names:
        raise ValueError(f"There is no event {wrong[0]}." if wrong else "Which events?")
    return frozenset(names)
