"""Promises that each act of a moderator is on record once, that points are as the acts left them, and who is told.

What nobody answered may have been done or not, but never twice; the record says which.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, drift, lost
from chaos.checks.stored import Case, Point, Stored
from chaos.deeds import Deeds, Order

_LEAVES = {
    Order.LOCK: "vote-only",
    Order.UNLOCK: "open",
    Order.HIDE: "hidden",
    Order.APPROVE: "open",
    Order.REFUSE: "refused",
}


def check(stored: Stored, books: Books, deeds: Deeds) -> Iterator[Finding]:
    """Act by act, point by point, member by member."""
    yield from _acts(stored, deeds)
    for point in stored.points:
        its = [case for case in stored.cases if case.point == point.id]
        yield from _state(point, its)
    yield from _told(stored, books)


def _acts(stored: Stored, deeds: Deeds) -> Iterator[Finding]:
    known = Counter((Order(case.act), case.point) for case in stored.cases if case.point is not None)
    tried = Counter((kept.order, kept.point) for kept in deeds.kept)
    answered = Counter((kept.order, kept.point) for kept in deeds.kept if kept.answered)
    for order, point in known | tried:
        count, least, most = known[order, point], answered[order, point], tried[order, point]
        said = f"{order} of the point with id {point}: {count} on record"
        if count < least:
            yield lost(f"{said}, and {least} answered")
        if count > most:
            yield doubled(f"{said}, and {most} done")


def _state(point: Point, cases: Iterable[Case]) -> Iterator[Finding]:
    """The cases, one after the other, leave the point as it is."""
    shown, merged = "held" if point.status == "held" else "open", False
    hidden = False
    for case in cases:
        order = Order(case.act)
        hidden = (hidden or order is Order.HIDE) and order is not Order.RESTORE
        merged = (merged or order is Order.MERGE) and order is not Order.UNMERGE
        if order is not Order.HIDE:
            shown = _LEAVES.get(order, shown)
    due = "hidden" if hidden else shown
    if point.status != due:
        yield drift(f"{point.name} is {point.status}, and its cases leave it {due}")
    if merged is not (point.into is not None):
        yield drift(
            f"{point.name} is merged into {point.into}, and its cases leave it {'' if merged else 'not '}merged"
        )


def _told(stored: Stored, books: Books) -> Iterator[Finding]:
    """Members whose points were touched are told, each once for each case."""
    said = Counter(books.directs[message.channel] for message in books.own() if message.channel in books.directs)
    due = Counter(case.member for case in stored.cases)
    for member, count in said.items():
        if count > due[member]:
            yield doubled(f"what member {member} was told, {count} times, of {due[member]} cases")
    for case in stored.cases:
        if case.owed:
            yield lost(f"the word to member {case.member} that their point met {case.act}")
