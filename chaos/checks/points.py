"""Promises that each point stands once: one message or post, one thread, its emoji; and that nothing else stands.

What waits or was refused stands nowhere but where its author put it; of what was hidden only its label does.
"""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, drift, lost
from chaos.checks.stored import Critique, Point, Stored

_REWORDED = "The words of **"


def check(stored: Stored, books: Books) -> Iterator[Finding]:
    """What is stored is shown; what is shown is stored."""
    homes = {critique.id: critique for critique in stored.critiques}
    for point in stored.points:
        yield from _shown(point, homes[point.critique], books)
    yield from _orphans(stored, books)
    yield from _reworded(stored, books)
    yield from _labels(stored)


def _shown(point: Point, critique: Critique, books: Books) -> Iterator[Finding]:
    if not point.is_listed:
        if point.message is not None and not point.adopted:
            yield doubled(f"{point.name}, which was not approved, is shown")
        return
    message = books.messages.get(point.message or 0)
    thread = books.threads.get(point.thread or 0)
    if not point.stands and point.message is None:  # it went before it was shown
        return
    if message is None or thread is None:
        missing = "message" if message is None else "thread"
        yield lost(f"the {missing} of {point.name}")
        return
    if not point.adopted and not message.content.replace("\\", "").startswith(f"**{point.label})**"):
        yield lost(f"the label of {point.name}; its message says {message.content[:40]!r}")
    if not point.adopted and (point.text in message.content.replace("\\", "")) is not point.stands:
        yield drift(f"{point.name} is {point.status}, and its message says {message.content[:80]!r}")
    if thread.parent != critique.home:
        yield lost(f"the thread of {point.name} in its home")
    if thread.locked is not _is_locked(point):
        yield drift(f"{point.name} is {point.status}, and its thread is {'' if thread.locked else 'not '}locked")
    if point.stands and not books.seeded(message.id):
        yield lost(f"the two emoji under {point.name}")


def _is_locked(point: Point) -> bool:
    return point.status != "open" or point.into is not None


def _orphans(stored: Stored, books: Books) -> Iterator[Finding]:
    """The bot's messages and threads in homes that show nothing of what is stored."""
    known = {message for pages in stored.pages.values() for message in pages}
    places = {critique.home for critique in stored.critiques}
    told: Counter[int] = Counter()
    for message in books.own():
        thread = books.threads.get(message.channel)
        if message.content.startswith(_REWORDED):
            continue
        if message.channel not in places and (thread is None or thread.parent not in places):
            continue
        if message.answers is not None:
            told[message.answers] += 1
        elif message.id not in known:
            yield doubled(f"message {message.id} of the bot, which shows nothing stored: {message.content[:60]!r}")
    for message, count in told.items():
        if count > len(stored.sources.get(message, ())) + stored.claims.count(message):
            yield doubled(f"the answer to message {message}, {count} times")
    threads = {point.thread for point in stored.points} | {critique.lobby for critique in stored.critiques}
    for thread in books.threads.values():
        if thread.parent in places and thread.id not in threads:
            yield (doubled if thread.owner == books.bot else lost)(
                f"thread {thread.id}, {thread.name!r}, is of no point"
            )


def _reworded(stored: Stored, books: Books) -> Iterator[Finding]:
    """In a point's thread stands once for each time that its voters were asked again; not while it was hidden."""
    said = Counter(message.channel for message in books.own() if message.content.startswith(_REWORDED))
    hidden = {case.point for case in stored.cases if case.act == "hide"}
    for point in stored.points:
        count = said.pop(point.thread or 0, 0)
        if count > point.asked_anew:
            yield doubled(f"the word that {point.name} was changed, {count} times of {point.asked_anew}")
        if count < point.asked_anew and point.id not in hidden:
            yield lost(f"the word that {point.name} was changed, {count} times of {point.asked_anew}")
    for thread in said:
        yield doubled(f"the word in thread {thread}, which is of no point, that a point was changed")


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
