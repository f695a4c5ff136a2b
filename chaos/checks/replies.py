"""Promises that each point's replies are the members' messages in its thread, those left out that add points.

Of one that is hidden no count is shown: what was said to it in a gap is read once it is back.
"""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, drift
from chaos.checks.stored import Stored


def check(stored: Stored, books: Books) -> Iterator[Finding]:
    """Point by point."""
    said = Counter(
        message.channel
        for message in books.messages.values()
        if message.author != books.bot and message.id != message.channel and message.id not in stored.sources
    )
    for point in stored.points:
        if point.stands and point.thread is not None and point.replies != said[point.thread]:
            yield drift(f"{point.name} counts {point.replies} replies, and {said[point.thread]} stand in its thread")
