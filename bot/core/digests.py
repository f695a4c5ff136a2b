"""The running digest: where the debate stands, as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.arguments import Panel
from bot.core.critiques import Critique
from bot.core.points import Origin, Point
from bot.core.votes import Tally

_NEWEST = 3


class Veil(StrEnum):
    """Why a point of a blind critique has no figures: it is not closed yet, or had too few ballots."""

    UNTIL_CLOSE = "until-close"
    TOO_FEW = "too-few"


@dataclass(frozen=True, slots=True)
class Line:
    """One point of the list with its tally, and what is argued about it, where anything is.

    The tally is empty where a `veil` is over it.
    """

    point: Point
    tally: Tally
    argued: Panel | None = None
    veil: Veil | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A critique's points in the article's order, then the additions by label, each with its tally."""

    critique: Critique
    lines: tuple[Line, ...]
    people: int

    @property
    def votes(self) -> int:
        """Stances in all."""
        return sum(line.tally.people for line in self.lines)

    @property
    def replies(self) -> int:
        """Members' messages in the points' threads."""
        return sum(line.point.replies for line in self.lines)

    @property
    def newest(self) -> tuple[Line, ...]:
        """The latest additions that stand, newest first."""
        additions = [line for line in self.lines if line.point.origin is Origin.ADDITION and not line.point.is_gone]
        return tuple(
            sorted(additions, key=lambda line: (line.point.created_at, line.point.position), reverse=True)[:_NEWEST]
        )


def in_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The list as the article has it, and the additions after it by label."""
    return tuple(sorted(lines, key=lambda line: line.point.position))


BAR = 10


def bar(tally: Tally) -> tuple[int, int]:
    """How many of `BAR` cells agree and disagree fill: together all of them, or none without such votes.

    A side that has votes has at least one cell.
    """
    sides = tally.agree + tally.disagree
    if not sides:
        return 0, 0
    agree = (tally.agree * BAR * 2 + sides) // (2 * sides)
    agree = min(max(agree, 1 if tally.agree else 0), BAR - 1 if tally.disagree else BAR)
    return agree, BAR - agree
