"""Promises that all that members did is on record once: additions typed and sent, posts, critiques confirmed, votes.

What was hidden or refused since is answered by nothing but that. Who got no answer to a form or to a confirmation may
find it recorded or not, but never twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, lost, once
from chaos.checks.stored import Point, Stored
from chaos.deeds import Deeds, Typed

_MARK, _WAITS = "📌", "⏳"


def check(stored: Stored, books: Books, deeds: Deeds) -> Iterator[Finding]:
    """Deed by deed."""
    texts = Counter(point.text for point in stored.points)
    points = {point.id: point for point in stored.points}
    unanswered = {case.point for case in stored.cases if case.act in ("hide", "refuse")}
    for typed in deeds.typed:
        what = f"the addition {typed.text!r}, typed in message {typed.message}"
        yield from once(texts[typed.text], what)
        sources = stored.sources.get(typed.message, ())
        if texts[typed.text] == 1 and [points[source].text for source in sources] != [typed.text]:
            yield lost(f"where {what[4:]} comes from")
        if not typed.post and not unanswered.intersection(sources):
            yield from _answered(typed, [points[source] for source in sources], books)
    for sent in deeds.sent:
        if texts[sent.text] > 1 or (sent.answered and not texts[sent.text]):
            yield from once(texts[sent.text], f"the addition {sent.text!r}, sent in a form")
    yield from _confirmed(stored, deeds)
    known = {typed.text for typed in deeds.typed} | {sent.text for sent in deeds.sent}
    known |= {claimed.text for claimed in deeds.claimed if claimed.pressed}
    for point in stored.points:
        if point.addition and point.text not in known:
            yield doubled(f"{point.name}, which nobody added: {point.text[:60]!r}")


def _answered(typed: Typed, its: Sequence[Point], books: Books) -> Iterator[Finding]:
    """The mark under what was typed, and the word that the label is another one."""
    what = f"the addition {typed.text!r}, typed in message {typed.message}"
    waits = any(point.status == "held" for point in its)
    if not books.bears(typed.message, _WAITS if waits else _MARK):
        yield lost(f"the mark under {what}")
    told = any(message.answers == typed.message for message in books.own())
    if not told and any(point.claimed is not None for point in its):
        yield lost(f"the word that {what} took another label")


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
