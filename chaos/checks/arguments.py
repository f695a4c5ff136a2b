"""Promises that each argument typed is on record once, with its side and the bot's mark, and shown on a panel.

What was typed while its point took none (locked, hidden, merged) is not on record, so that only points on which no
order was ever kept are held to all of theirs.
"""

from collections import defaultdict
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, drift, lost
from chaos.checks.stored import Argument, Stored
from chaos.deeds import Argued, Deeds

_MARK = "📌"
_UNTOUCHED = ("approve", "reword")  # acts after which a point takes arguments all the same


def check(stored: Stored, books: Books, deeds: Deeds) -> Iterator[Finding]:
    """Argument by argument, then panel by panel."""
    found: defaultdict[int, list[Argument]] = defaultdict(list)
    for argument in stored.arguments:
        found[argument.message].append(argument)
    kept = {case.point for case in stored.cases if case.act not in _UNTOUCHED}
    of_thread = {point.thread: point for point in stored.points}
    for argued in deeds.argued:
        point = of_thread.get(argued.thread)
        must = point is not None and point.id not in kept
        yield from _once(argued, found.pop(argued.message, []), books, must=must)
    for message in found:
        yield doubled(f"an argument in message {message}, which nobody argued in")
    yield from _panels(stored, books)


def _once(argued: Argued, its: list[Argument], books: Books, *, must: bool) -> Iterator[Finding]:
    what = f"the argument {argued.text!r}, typed in message {argued.message}"
    if len(its) > 1:
        yield doubled(what)
    if not its and must:
        yield lost(what)
    if its and (its[0].text, its[0].side) != (argued.text, argued.side):
        yield drift(f"{what}, is on record as {its[0].side} with {its[0].text!r}")
    if its and not books.bears(argued.message, _MARK):
        yield lost(f"the mark under {what}")


def _panels(stored: Stored, books: Books) -> Iterator[Finding]:
    """A point that is argued about has one panel."""
    argued = {argument.point for argument in stored.arguments}
    for point in stored.points:
        pages = stored.pages.get(f"arguments:{point.id}", ())
        if point.id in argued and point.stands and not any(page in books.messages for page in pages):
            yield lost(f"the panel of {point.name}")
