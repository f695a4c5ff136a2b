"""Messages with what careful people read in them, and how far a reading agrees.

One JSON object a line: `{"text", "labels": [labels that exist], "thread": label or null, "additions": [number written
or null], "arguments": [{"points": […], "side": "support", "rebuttal" or null}], "references": [label]}`.

1. Labels up to and with `*` are the document's, those behind it additions; without `*` all are the document's.
2. What is counted: each addition by the number written; each pair of an argument and a point of it, by point and side;
   each label referred to. Only what a reading is sure of counts as found.
3. A side that the reading leaves open is asked of the author, so it agrees with either; a side where people saw none
   is wrong.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core.messages import SURE, Ground, Labels, Reading, read

KINDS = ("addition", "argument", "reference")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message, where it stands, and what is in it."""

    text: str
    ground: Ground
    additions: Counter[int | None]
    arguments: dict[str, str | None]  # the side by point
    references: frozenset[str]

    @property
    def is_plain(self) -> bool:
        """Whether it is plain talk."""
        return not (self.additions or self.arguments or self.references)


@dataclass(slots=True)
class Score:
    """How often a reading found what is there (`right`), what is not (`wrong`), and did not find what is (`missed`)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list[str])

    @property
    def precision(self) -> float:
        """How much of what was found is there; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """How much of what is there was found; 1 where nothing is."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def count(self, right: int, wrong: int, missed: int, about: str) -> None:
        """Counts one message; what is at fault there is kept for people to look at."""
        self.right += right
        self.wrong += wrong
        self.missed += missed
        if wrong or missed:
            self.faults.append(about)


def load(path: Path) -> list[Labelled]:
    """The messages of a file. Raises ValueError with the line's number where one is not as it should be."""
    found: list[Labelled] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(_labelled(json.loads(line)))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise ValueError(f"Line {number} of {path.name} is no labelled message: {error!r}.") from error
    return found


def ground(labels: Iterable[str], thread: str | None = None) -> Ground:
    """Where a message stands, by rule 1."""
    known = list(labels)
    originals = known[: known.index("*") + 1] if "*" in known else known
    following = max((int(label) for label in known if label.isdecimal()), default=0) + 1
    return Ground(Labels(frozenset(originals), following, frozenset()), frozenset(known), thread)


def _labelled(line: dict[str, Any]) -> Labelled:
    return Labelled(
        text=line["text"],
        ground=ground(line["labels"], line.get("thread")),
        additions=Counter(line["additions"]),
        arguments={str(point): each["side"] for each in line["arguments"] for point in each["points"]},
        references=frozenset(map(str, line["references"])),
    )


def score(messages: Iterable[Labelled]) -> dict[str, Score]:
    """How far the reader agrees, for each of `KINDS`."""
    scores = {kind: Score() for kind in KINDS}
    for message in messages:
        reading = read(message.text, message.ground)
        about = message.text
        scores["addition"].count(*_additions(message, reading), about)
        scores["argument"].count(*_arguments(message, reading), about)
        scores["reference"].count(*_references(message, reading), about)
    return scores


def _additions(message: Labelled, reading: Reading) -> tuple[int, int, int]:
    found = Counter(each.written for each in reading.additions if each.sure >= SURE)
    return (found & message.additions).total(), (found - message.additions).total(), (message.additions - found).total()


def _arguments(message: Labelled, reading: Reading) -> tuple[int, int, int]:
    found = {point: each.side for each in reading.arguments if each.sure >= SURE for point in each.points}
    right = sum(
        point in message.arguments and side in (None, message.arguments[point]) for point, side in found.items()
    )
    return right, len(found) - right, len(message.arguments) - sum(point in found for point in message.arguments)


def _references(message: Labelled, reading: Reading) -> tuple[int, int, int]:
    found = {label for each in reading.references if each.sure >= SURE for label in each.points}
    there = message.references
    return len(found & there), len(found - there), len(there - found)
