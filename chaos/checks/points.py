"""Promises that each point stands once: one message or post, one thread, its emoji; and that nothing else stands."""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, lost
from chaos.checks.stored import Critique, Point, Stored


def check(stored: Stored, books: Books) -> Iterator[Finding]:
    """What is stored is shown; what is shown is stored."""
    homes = {critique.id: critique for critique in stored.critiques}
    for point in stored.points:
        yield from _shown(point, homes[point.critique], books)
    yield from _orphans(stored, books)
    yield from _labels(stored)


def _shown(point: Point, critique: Critique, books: Books) -> Iterator[Finding]:
    message = books.messages.get(point.message or 0)
    thread = books.threads.get(point.thread or 0)
    if message is None or thread is None:
        missing = "message" if message is None else "thread"
        yield lost(f"the {missing} of {point.name}")
        return
    if not point.adopted and not message.content.replace("\\", "").startswith(f"**{point.label})**"):
        yield lost(f"the text of {point.name}; its message says {message.content[:40]!r}")
    if thread.parent != critique.home:
        yield lost(f"the thread of {point.name} in its home")
    if not books.seeded(message.id):
        yield lost(f"the two emoji under {point.name}")


def _orphans(stored: Stored, books: Books) -> Iterator[Finding]:
    """The bot's messages and threads in homes that show nothing of what is stored."""
    known = {message for pages in stored.pages.values() for message in pages}
    places = {critique.home for critique in stored.critiques}
    told: Counter[int] = Counter()
    for message in books.own():
        thread = books.threads.get(message.channel)
        if message.channel not in places and (thread is None or thread.parent not in places):
            continue
        if message.answers is not None:
            told[message.answers] += 1
        elif message.id not in known:
            yield doubled(f"message {message.id} of the bot, which shows nothing stored: {message.content[:60]!r}")
    for message, count in told.items():
        if count > len(stored.sources.get(message, ())):
            yield doubled(f"the answer to message {message}, {count} times")
    threads = {point.thread for point in stored.points} | {critique.lobby for critique in stored.critiques}
    for thread in books.threads.values():
        if thread.parent in places and thread.id not in threads:
            yield (doubled if thread.owner == books.bot else lost)(
                f"thread {thread.id}, {thread.name!r}, is of no point"
            )


def _labels(stored: Stored) -> Iterator[Finding]:
    """Additions take the whole numbers after the document's, each once and none left out."""
    for critique in stored.critiques:
        of_it = [point for point in stored.points if point.critique == critique.id]
        added = sorted(int(point.label) for point in of_it if point.addition)
        first = max((int(point.label) for point in of_it if not point.addition and point.label.isdecimal()), default=0)
        for label, count in Counter(added).items():
            if count > 1:
                yield doubled(f"label {label} of critique {critique.id}")
        for label in sorted(set(range(first + 1, critique.next_label)) - set(added)):
            yield lost(f"label {label} of critique {critique.id}: no point bears it")
