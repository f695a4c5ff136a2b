"""The check itself: a record in, a verdict out; and where the OpenAPI file is looked for.

Promises to look at every entry once, in order, and to keep no state between checks but compiled validators,
so one Referee may serve many tests of a process.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rehearsal.referee import events, exchanges
from rehearsal.referee.deviations import known
from rehearsal.referee.document import Document
from rehearsal.referee.verdict import Finding, Mismatch, Verdict

FILE = "discord-openapi.json"


class Referee:
    """Holds records against one OpenAPI file."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def check(self, entries: Iterable[dict[str, Any]]) -> Verdict:
        """The verdict over these entries of a record."""
        tally = _Tally()
        for entry in entries:
            tally.add(entry["kind"], self._judge(entry))
        return tally.verdict()

    def _judge(self, entry: dict[str, Any]) -> Iterator[list[Finding] | str]:
        if entry["kind"] == "exchange":
            reason, check = exchanges.uncovered(self._document, entry), exchanges.check
        elif entry["kind"] == "event":
            reason, check = events.uncovered(entry), events.check
        else:
            yield f"{entry['kind']} (no object in it)"
            return
        if reason is not None:
            yield reason
        else:
            yield from check(self._document, entry)


class _Tally:
    """The counts of one check while it runs."""

    def __init__(self) -> None:
        self.checked = 0
        self.entries: Counter[str] = Counter()
        self.deviations: Counter[str] = Counter()
        self.uncovered: Counter[str] = Counter()
        self.mismatches: list[Mismatch] = []

    def add(self, kind: str, judged: Iterable[list[Finding] | str]) -> None:
        before = self.checked
        for outcome in judged:
            if isinstance(outcome, str):
                self.uncovered[outcome] += 1
                continue
            self.checked += 1
            self._sort(outcome)
        if self.checked > before:
            self.entries[kind] += 1

    def _sort(self, outcome: list[Finding]) -> None:
        """A deviation counts once for each value it is met in, however many fields show it."""
        met: set[str] = set()
        for finding in outcome:
            row = known(finding)
            if row is not None:
                met.add(row.name)
            else:
                self.mismatches.append(Mismatch(finding.where, finding.what, finding.at))
        self.deviations.update(met)

    def verdict(self) -> Verdict:
        return Verdict(
            checked=self.checked,
            mismatches=tuple(self.mismatches),
            deviations=dict(self.deviations),
            exchanges=self.entries["exchange"],
            events=self.entries["event"],
            uncovered=dict(self.uncovered),
        )


def load(openapi: Path) -> Referee:
    """A referee with Discord's OpenAPI file at this path."""
    return Referee(Document.read(openapi))


def find_openapi(root: Path, document: Path | None = None) -> Path | None:
    """Where the OpenAPI file is, or None when it is not at hand.

    Looked for in this order: the path in the environment's DISCORD_OPENAPI (if set, it alone counts);
    `../shared/reference/` beside the project's root; a folder `reference/` in the document's folder or in the
    one above it.
    """
    named = os.environ.get("DISCORD_OPENAPI")
    if named:
        path = Path(named)
        return path if path.is_file() else None
    folders = [root.parent / "shared" / "reference"]
    if document is not None:
        home = document.resolve().parent
        folders += [home / "reference", home.parent / "reference"]
    return next((folder / FILE for folder in folders if (folder / FILE).is_file()), None)
