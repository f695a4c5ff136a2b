"""What the referee says: one verdict over a record, and the mismatches in it.

Frozen values, so that a verdict can be passed about and printed without fear of being changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a value and the file disagree, before anyone asked whether that is Discord's own doing.

    `kind` is the JSON Schema keyword that failed, or one of the referee's own words (`unknown`, `status`,
    `route`, `body`); `field` names the property for `required` and `unknown`, else it is empty.
    """

    where: str
    at: str
    kind: str
    what: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A finding that no known deviation explains; `deviation` is then None."""

    where: str
    what: str
    at: str
    deviation: str | None = None

    def __str__(self) -> str:
        return f"{self.where} at {self.at or '/'}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one check.

    `checked` counts values held against a schema; `exchanges` and `events` count the entries that held at
    least one such value; `deviations` counts, by name, the values in which a known deviation was met, and
    `uncovered` what could not be held against the file, by route or event and reason.
    """

    checked: int
    mismatches: tuple[Mismatch, ...]
    deviations: Mapping[str, int]
    exchanges: int
    events: int
    uncovered: Mapping[str, int]

    @property
    def clean(self) -> bool:
        """True when something was checked and nothing mismatched: an empty record proves nothing."""
        return self.checked > 0 and not self.mismatches
