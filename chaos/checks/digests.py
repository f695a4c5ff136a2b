"""Promises that each critique has one digest, and that its figures are those of the books."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from chaos.checks.books import Books
from chaos.checks.findings import Finding, doubled, drift, lost
from chaos.checks.stored import AGREE, DISAGREE, Critique, Point, Stored

_HEAD = re.compile(r"(\d+) (?:person|people) · (\d+) votes?")
_ENTRY = re.compile(r"\*\*\[[^\]]*\]\(\S*/(\d+)\)\*\*[^\n]*\n[^\n]*?(\d+) agrees? · (\d+) disagrees? · (\d+) repl")


def check(stored: Stored, books: Books) -> Iterator[Finding]:
    """Critique by critique."""
    for critique in stored.critiques:
        pages = stored.pages.get(f"digest:{critique.id}", ())
        standing = [books.messages[page] for page in pages if page in books.messages]
        if not pages or len(standing) < len(pages):
            yield lost(f"{len(pages) - len(standing) or 'every'} message of the digest of critique {critique.id}")
            continue
        text = "\n".join("\n".join(message.embeds) for message in standing)
        points = [point for point in stored.points if point.critique == critique.id]
        counts = {point.id: stored.counted(point) for point in points}
        yield from _figures(critique, points, counts, text)


def _figures(
    critique: Critique, points: list[Point], counts: Mapping[int, Mapping[int, int]], text: str
) -> Iterator[Finding]:
    shown = [[int(figure) for figure in entry] for entry in _ENTRY.findall(text)]
    times = Counter(thread for thread, *_ in shown)
    by_thread = {thread: figures for thread, *figures in shown}
    for point in points:
        counted = Counter(counts[point.id].values())
        figures = by_thread.get(point.thread or 0)
        if not point.stands or point.into is not None:
            if figures is not None:
                yield drift(f"the digest shows {figures} for {point.name}, which does not count for itself")
            continue
        if figures is None:
            yield lost(f"{point.name} in its digest")
        elif figures != (recount := [counted[AGREE], counted[DISAGREE], point.replies]):
            yield drift(f"the digest shows {figures} for {point.name}, and a recount gives {recount}")
        if times[point.thread or 0] > 1:
            yield doubled(f"{point.name} in its digest")
    people, votes = len({member for held in counts.values() for member in held}), sum(map(len, counts.values()))
    head = _HEAD.search(text)
    if head is None or (int(head[1]), int(head[2])) != (people, votes):
        said = head and head[0]
        yield drift(f"the digest of critique {critique.id} says {said}; a recount gives {people} people, {votes} votes")
