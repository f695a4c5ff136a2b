"""Promises that each unclear addition was asked about, once, and is on record once where its author was told so."""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, lost, once
from chaos.checks.stored import Stored
from chaos.deeds import Deeds


def check(stored: Stored, books: Books, deeds: Deeds) -> Iterator[Finding]:
    """Claim by claim."""
    texts = Counter(point.text for point in stored.points)
    replies = Counter(message.answers for message in books.own() if message.answers is not None)
    for claimed in deeds.claimed:
        what = f"the unclear addition {claimed.text!r}, typed in message {claimed.message}"
        if stored.claims.count(claimed.message) != 1:
            yield from once(stored.claims.count(claimed.message), f"the claim of {what}")
        if replies[claimed.message] > 1:
            yield doubled(f"the question about {what}")
        count = texts[claimed.text]
        if count > 1 or (count and not claimed.pressed):
            yield doubled(what)
        if claimed.answered and not count:
            yield lost(what)
