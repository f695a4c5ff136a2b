"""Promises a plain report of a run: what Red read, asked and answered, and what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rehearsal.referee import Verdict
from rehearsal.stranger.steps import Outcome

NOT_MODELLED = 501


@dataclass(frozen=True, slots=True)
class Run:
    """What there is to report: the steps' outcomes, the stand-in's record, and the hosts Red asked for in vain.
    `verdict` is None where Discord's OpenAPI file is not at hand.
    """

    outcomes: tuple[Outcome, ...]
    entries: tuple[dict[str, Any], ...]
    refused: tuple[str, ...]
    verdict: Verdict | None

    @property
    def went_well(self) -> bool:
        """Every step did as it should, nothing that Red asked for was missing, nothing mismatched."""
        steps = bool(self.outcomes) and all(each.well for each in self.outcomes)
        return steps and not self.unmodelled and not (self.verdict and self.verdict.mismatches)

    @property
    def unmodelled(self) -> Counter[str]:
        """Red's requests that the stand-in does not know, by method and path."""
        asked = (each for each in concerning(self.entries, "exchange") if each["status"] == NOT_MODELLED)
        return Counter(f"{each['method']} {each['path']}" for each in asked)


def concerning(entries: Iterable[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The entries of this kind that are the bot's own: what it asked, or what it was told."""
    return [each for each in entries if each["kind"] == kind and "bot" in (each.get("by"), each.get("to"))]


def lines(run: Run) -> list[str]:
    """The report, line by line."""
    events = Counter(each["name"] for each in concerning(run.entries, "event"))
    asked = Counter(_asked(each) for each in concerning(run.entries, "exchange"))
    return [
        "What Red did",
        *(f"  {'well' if each.well else 'NOT SO'}: {each.name}: {each.line}" for each in run.outcomes),
        f"Events Red was sent: {sum(events.values())}",
        *_counted(events),
        f"Requests Red made: {sum(asked.values())}",
        *_counted(asked),
        f"Requests the stand-in does not model: {sum(run.unmodelled.values())}",
        *_counted(run.unmodelled),
        *_judged(run.verdict),
        f"Other machines Red asked for, in vain: {', '.join(sorted(set(run.refused))) or 'none'}",
        "All went well." if run.went_well else "Not all went well.",
    ]


def _asked(exchange: dict[str, Any]) -> str:
    return f"{exchange['method']} {exchange['route'] or exchange['path']} → {exchange['status']}"


def _counted(counts: Counter[str]) -> list[str]:
    return [f"  {count:5} × {name}" for name, count in sorted(counts.items())]


def _judged(verdict: Verdict | None) -> list[str]:
    if verdict is None:
        return ["Not held against Discord's OpenAPI file: it is not at hand."]
    checked = f"{verdict.exchanges} exchanges and {verdict.events} events, {verdict.checked} checks"
    found = Counter(str(each) for each in verdict.mismatches)
    return [f"Held against Discord's OpenAPI file: {checked}, {len(verdict.mismatches)} mismatches", *_counted(found)]
