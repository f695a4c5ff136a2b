"""Promises that all that members did is on record once: additions typed and sent, posts, critiques confirmed, votes.

Who got no answer to a form or to a confirmation may find it recorded or not, but never twice.
"""

from collections import Counter
from collections.abc import Iterator

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, lost, once
from chaos.checks.stored import Stored
from chaos.deeds import Deeds

_MARK = "📌"


def check(stored: Stored, books: Books, deeds: Deeds) -> Iterator[Finding]:
    """Deed by deed."""
    texts = Counter(point.text for point in stored.points)
    points = {point.id: point for point in stored.points}
    for typed in deeds.typed:
        what = f"the addition {typed.text!r}, typed in message {typed.message}"
        yield from once(texts[typed.text], what)
        sources = stored.sources.get(typed.message, ())
        if texts[typed.text] == 1 and [points[source].text for source in sources] != [typed.text]:
            yield lost(f"where {what[4:]} comes from")
        if not typed.post and not books.bears(typed.message, _MARK):
            yield lost(f"the mark under {what}")
        told = sum(message.answers == typed.message for message in books.own())
        claimed = any(points[source].claimed is not None for source in sources)
        if claimed and not typed.post and not told:
            yield lost(f"the word that {what} took another label")
    for sent in deeds.sent:
        if texts[sent.text] > 1 or (sent.answered and not texts[sent.text]):
            yield from once(texts[sent.text], f"the addition {sent.text!r}, sent in a form")
    yield from _confirmed(stored, deeds)
    known = {typed.text for typed in deeds.typed} | {sent.text for sent in deeds.sent}
    for point in stored.points:
        if point.addition and point.text not in known:
            yield doubled(f"{point.name}, which nobody added: {point.text[:60]!r}")


def _confirmed(stored: Stored, deeds: Deeds) -> Iterator[Finding]:
    titles = Counter(critique.title for critique in stored.critiques)
    for confirmed in deeds.confirmed:
        count = titles[confirmed.title]
        if count > 1 or (confirmed.answered and not count):
            yield from once(count, f"the critique {confirmed.title!r}")
    originals = Counter(
        critique.title
        for critique in stored.critiques
        for point in stored.points
        if point.critique == critique.id and not point.addition
    )
    for confirmed in deeds.confirmed:
        if titles[confirmed.title] == 1 and originals[confirmed.title] != confirmed.points:
            yield lost(f"points of {confirmed.title!r}: it has {originals[confirmed.title]} of {confirmed.points}")
