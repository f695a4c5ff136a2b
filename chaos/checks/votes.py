"""Promises that each stance is what the reactions in the books show, and each tally what the stances come to.

Points that were merged are counted together.
"""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, drift
from chaos.checks.stored import AGREE, DISAGREE, Point, Stored


def undecided(stored: Stored, books: Books) -> int:
    """How many members hold both emoji of a point in an order that nobody could see."""
    return sum(
        len(sides) == 2 and _is_undecided(point, member)
        for point in stored.points
        if point.stands and point.message is not None
        for member, sides in books.sides(point.message).items()
    )


def check(stored: Stored, books: Books) -> Iterator[Finding]:
    """Point by point, member by member; then the tallies."""
    for point in stored.points:
        if point.stands:  # what is put under others is nobody's vote
            yield from _stances(point, books)
        counted = Counter(stored.counted(point).values())
        recount = counted[AGREE], counted[DISAGREE]
        if recount != point.tally:
            yield drift(f"the tally of {point.name} is {point.tally}, and a recount gives {recount}")


def _stances(point: Point, books: Books) -> Iterator[Finding]:
    shown = {} if point.message is None else books.sides(point.message)
    for member in sorted(shown.keys() | point.stances.keys()):
        sides, stance = shown.get(member, frozenset()), point.stances.get(member)
        if len(sides) == 2:
            if stance is not None:
                yield drift(f"member {member} still holds both emoji of {point.name}, though {stance:+} counts")
            elif not _is_undecided(point, member):
                yield drift(f"member {member} holds both emoji of {point.name}, and neither is known")
        elif sides != ({stance} - {None}):
            yield drift(f"member {member} holds {_said(sides)} of {point.name}, and counts as {stance}")


def _is_undecided(point: Point, member: int) -> bool:
    """Whether the bot knows of both emoji, and not of their order."""
    return point.stances.get(member, 0) is None


def _said(sides: frozenset[int]) -> str:
    return ", ".join(f"{side:+}" for side in sides) or "no emoji"
