"""Promises what a check found, as values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may be wrong: something is not there, is there twice, or says another thing than it should."""

    LOST = "lost"
    DOUBLED = "doubled"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, in a sentence."""

    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was found, and how many members' stances could not be decided by anybody.

    `undecided` are members who hold both emoji of a point in an order that nobody saw, `unseen` those of whose emoji
    the bot took one away that it could not know to be the newer, `overtaken` those who put theirs there anew while its
    removal was on its way.
    """

    findings: tuple[Finding, ...]
    undecided: int
    unseen: int
    overtaken: int

    @property
    def undecidable(self) -> int:
        """All of them."""
        return self.undecided + self.unseen + self.overtaken

    def count(self, kind: Kind) -> int:
        """How many findings of that kind."""
        return Counter(finding.kind for finding in self.findings)[kind]


def lost(what: str) -> Finding:
    """Something is not there."""
    return Finding(Kind.LOST, what)


def doubled(what: str) -> Finding:
    """Something is there twice."""
    return Finding(Kind.DOUBLED, what)


def drift(what: str) -> Finding:
    """Something says another thing than it should."""
    return Finding(Kind.DRIFT, what)


def once(count: int, what: str) -> Iterable[Finding]:
    """Nothing where the count is one."""
    if count == 0:
        yield lost(what)
    elif count > 1:
        yield doubled(f"{what}, {count} times")
