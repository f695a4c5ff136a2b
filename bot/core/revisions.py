"""Revisions: a point's words changed, what they were before, and whether its voters are asked again.

1. A change is *material* where the words are less than `_SAME` alike, or where a negation or a number came, went or
   changed: whoever agreed has not agreed to that. Case, punctuation and spaces are no words.
2. A moderator may decide otherwise; an author may not.
3. While the bot clears the reactions of an earlier revision (`Clearing`), what is held is of that one, not of the new.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from bot.core.ids import MemberId, PointId
from bot.core.votes import Tally

LONGEST = 4_000  # characters of a point whose words can be changed: those of a form's field
_SAME = 85.0  # RapidFuzz's ratio of the words
_WORD = re.compile(r"[\w'’]+")
_NEGATIONS = frozenset(["no", "not", "none", "nobody", "nothing", "never", "neither", "nor", "without", "cannot"])


class Asking(StrEnum):
    """Whether voters are asked again: as the words decide, in any case, in no case."""

    BY_ITSELF = "by-itself"
    AGAIN = "again"
    NOBODY = "nobody"


class Clearing(IntEnum):
    """How far the bot is with clearing the reactions of an earlier revision.

    Discord answers the request, and says in an event that it is done; either may come first. While it is ASKED,
    nothing that is heard counts; once HEARD, all does; ANSWERED, what is read does, and all once the event is heard.
    """

    NONE = 0
    ASKED = 1
    ANSWERED = 2
    HEARD = 3


@dataclass(frozen=True, slots=True)
class Revision:
    """What a point said before a change, its votes then, and who changed it."""

    point: PointId
    revision: int
    by: MemberId
    by_moderator: bool
    asked_again: bool
    at: datetime
    title: str
    text: str
    tally: Tally


class Piece(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


def is_material(before: str, after: str) -> bool:
    """Whether voters are to be asked again by rule 1."""
    from rapidfuzz import fuzz  # two megabytes, needed where somebody changes a point

    was, now = _words(before), _words(after)
    if _telling(was) != _telling(now):
        return True
    return fuzz.ratio(" ".join(was), " ".join(now)) < _SAME


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.casefold())]


def _telling(words: list[str]) -> Counter[str]:
    negations = ["not" if word in _NEGATIONS or word.endswith("n't") else "" for word in words]
    numbers = [word for word in words if any(sign.isdigit() for sign in word)]
    return Counter([*filter(None, negations), *numbers])


def differences(before: str, after: str) -> list[tuple[Piece, str]]:
    """What was kept, what is gone and what is new, word by word, in reading order; what is gone before what is new."""
    from rapidfuzz.distance import Indel

    was, now = before.split(), after.split()
    pieces: list[tuple[Piece, str]] = []
    gone: list[str] = []
    new: list[str] = []
    for step in Indel.opcodes(was, now):
        if step.tag == "equal":
            pieces += _changed(gone, new)
            pieces.append((Piece.KEPT, " ".join(was[step.src_start : step.src_end])))
            gone, new = [], []
        gone += was[step.src_start : step.src_end] if step.tag == "delete" else []
        new += now[step.dest_start : step.dest_end] if step.tag == "insert" else []
    return pieces + _changed(gone, new)


def _changed(gone: list[str], new: list[str]) -> list[tuple[Piece, str]]:
    return [(kind, " ".join(words)) for kind, words in ((Piece.GONE, gone), (Piece.NEW, new)) if words]
