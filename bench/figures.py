"""What a measurement found: for each key one value a run, its median, and what is wanted of it."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Aim:
    """What a median is to be: at least `least`, at most `most`; None bounds nothing."""

    least: float | None = None
    most: float | None = None

    def met(self, value: float) -> bool:
        """Whether the value is within both bounds."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured once in each run. `says` is what it is, in words; a ratio has no unit."""

    key: str
    values: tuple[float, ...]
    says: str
    unit: str = ""
    aim: Aim | None = None

    @property
    def median(self) -> float:
        """The middle of all runs."""
        return median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """The lowest and the highest of all runs."""
        return min(self.values), max(self.values)

    @property
    def met(self) -> bool | None:
        """Whether the median is as it is wanted; None where nothing is."""
        return None if self.aim is None else self.aim.met(self.median)


@dataclass(frozen=True, slots=True)
class Found:
    """All that a measurement found. `remarks` are sentences on how it was measured."""

    figures: tuple[Figure, ...] = ()
    ratios: tuple[Figure, ...] = ()
    remarks: tuple[str, ...] = ()
