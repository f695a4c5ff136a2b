"""What the numbers of a message mean for the critique it was written in: its typed additions.

Promises: the additions of a message with the numbers their authors wrote and their own words; whether each
may be recorded at once (clear) or the author should be asked (unclear). Nothing is ever guessed from words
alone, and a message without a digit costs one search.

1. A message whose numbering starts at 1, or at the label of one of the document's points, is a list, a
   reference or arguments: no addition at all, whatever follows.
2. From the next free label to five ahead of it is clear, and the next label grows within the message. A label that
   was taken a moment ago, or earlier in this message, is a clash: clear, and it gets the next free one.
3. Further ahead ("far-ahead"), or an older addition's label ("older-addition"), is unclear.
4. Within a line a number must be more than that: after a question or a colon it may be the answer, and inside
   an addition it may be part of it. There it counts if the sentence before speaks of adding, or if it is the next
   after the number before; an unclear one counts only if the sentence before speaks of adding.
5. An addition has a text with a letter in it, which runs to the next addition or the message's end. A number
   that the sentence speaks about ("11. is right", "12. 13. and 14. are the same") is no addition.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from bot.core.messages.marks import Mark, Stand, marks
from bot.core.messages.masks import View, view

AHEAD = 5  # how far an author may have counted on

_MARKS = 100  # looked at in one message; what comes after so many is text
_LONG = 1500  # characters: Discord cuts at 2,000, and who writes so much is near it
_LONG_AND_OPEN = 500


class Clarity(Enum):
    """Whether an addition may be recorded as it is read, or its author should be asked."""

    CLEAR = "clear"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class TypedAddition:
    """An addition as typed: `text` is part of the message, without its mark and the white space around."""

    written: int
    text: str
    clarity: Clarity
    why: str  # "next", "ahead", "clash"; "far-ahead", "older-addition" where unclear


@dataclass(frozen=True, slots=True)
class Labels:
    """What exists in the critique when a message is read."""

    originals: frozenset[str]  # the labels of the document's points: "1" to "10", "*"
    next: int  # the next free whole number
    recent: frozenset[int]  # labels that additions took less than two minutes ago


_DIGIT = re.compile(r"\d")
_LIST_BEGINS = re.compile(r"(?:^|\s)(?:1|\\?\*)\)")  # "1)" within a line, and the bonus point's "*)"
_GROUP = re.compile(r"(?:and|or|&|to|,|/|[-–—+])\s*#?\d", re.IGNORECASE)
_SPOKEN_OF = re.compile(
    r"""
      (?: is | are | was | were ) (?= \s ) (?! \s+ (?: it | there | this | that | they | we | you | any\w* | no ) \b )
    | (?: isn|aren|wasn|weren ) ['’]t \b
    | (?: seems? | sounds? ) \b
    | and \b
    """,
    re.VERBOSE,
)
_SPEAKS_OF_ADDING = re.compile(
    r"\b(?:add(?:s|ed|ing|ition\w*)?|another|one more|mine|next|bonus|list|points?|reasons?|propos\w+|suggest\w*"
    r"|submit|contribut\w+|following|here(?:['’]s| is| goes))\b",
    re.IGNORECASE,
)
_SENTENCE = 120  # characters before a mark in which adding may be spoken of
_SENTENCE_END = re.compile(r"[.!?…\n]\s")
_ANNOUNCES = re.compile(r"[^\W\d_]:\s+\Z")  # a colon behind a word, and a space: the next label is meant
_TEXT = re.compile(r"[^\W\d_]\w*(?:[ ,'’-]+\w+){4}")
_LETTER = re.compile(r"[^\W\d_]")
_CUT_SHORT = frozenset(",;:-–—(&/")


def read_additions(text: str, labels: Labels) -> tuple[TypedAddition, ...]:
    """The additions that an author typed in a message, in order; mostly none. Never fails."""
    if not _DIGIT.search(text):
        return ()
    seen = view(text)
    if seen is None:
        return ()
    found = list(_chosen(seen.text, labels))
    ends = _ends([mark for mark, _ in found], seen.text)
    return tuple(
        TypedAddition(mark.number, own_text(text, seen, mark, end), _clarity(why), why)
        for (mark, why), end in zip(found, ends, strict=True)
    )


def may_add(text: str) -> bool:
    """Whether the text could hold additions to some critique: where not, it need not be held against any."""
    if not _DIGIT.search(text):
        return False
    seen = view(text)
    return seen is not None and next(marks(seen.text), None) is not None


def goes_on(part: str) -> bool:
    """Whether the last part of an addition looks cut, so that its author's next message continues it.

    It does from 1,500 characters (code points) on, and from 500 if it ends in a letter, a digit, a comma or
    another sign that opens or links; any other last sign closes it.
    """
    part = part.rstrip()
    if len(part) >= _LONG:
        return True
    return len(part) >= _LONG_AND_OPEN and (part[-1].isalnum() or part[-1] in _CUT_SHORT)


def _clarity(why: str) -> Clarity:
    return Clarity.UNCLEAR if why in ("far-ahead", "older-addition") else Clarity.CLEAR


def _chosen(seen: str, labels: Labels) -> Iterator[tuple[Mark, str]]:
    """The marks that begin an addition, each with its why."""
    found = _with_texts(seen, list(islice(marks(seen), _MARKS)))
    if not found or _starts_otherwise(seen, found[0][0], labels):
        return
    expected, before = labels.next, 0
    for mark, has_text in found:
        why = _why(mark.number, expected, labels)
        if not (has_text and why) or not _counts(seen, mark, why, before):
            continue
        yield mark, why
        before = mark.number
        expected += _clarity(why) is Clarity.CLEAR


def _ends(found: list[Mark], seen: str) -> list[int]:
    """Where the text of each mark ends: at the next mark, or with the view."""
    return [*(mark.start for mark in found[1:]), len(seen)][: len(found)]


def _with_texts(seen: str, found: list[Mark]) -> list[tuple[Mark, bool]]:
    """Each mark, and whether it has a text of its own; the marks of a group have none."""
    answers: list[tuple[Mark, bool]] = []
    grouped = False
    for mark, end in zip(found, _ends(found, seen), strict=True):
        text = _LETTER.search(seen, mark.end, end)
        spoken_of = _GROUP.match(seen, mark.end, end) or _SPOKEN_OF.match(seen, mark.end, end)
        answers.append((mark, bool(text) and not spoken_of and not grouped))
        grouped = not text and "\n" not in seen[mark.start : end]
    return answers


def _starts_otherwise(seen: str, first: Mark, labels: Labels) -> bool:
    """Rule 1."""
    if first.number == 1 or str(first.number) in labels.originals:
        return True
    return bool(_LIST_BEGINS.search(seen, 0, first.start))


def _why(number: int, expected: int, labels: Labels) -> str:
    """Rules 2 and 3; empty for a document's point, which only rule 1 is about."""
    if number == 1 or str(number) in labels.originals:
        return ""
    if number in labels.recent or labels.next <= number < expected:
        return "clash"
    if number < expected:
        return "older-addition"
    if number == expected:
        return "next"
    return "ahead" if number <= expected + AHEAD else "far-ahead"


def _counts(seen: str, mark: Mark, why: str, before: int) -> bool:
    """Rule 4; `before` is the number of the addition before, or 0."""
    if mark.stand is Stand.LINE:
        return True
    clear = _clarity(why) is Clarity.CLEAR
    if clear and (mark.number == before + 1 or (not before and mark.stand is Stand.SENTENCE)):
        return True
    if why == "next" and _ANNOUNCES.search(seen, max(0, mark.start - 10), mark.start) and _TEXT.match(seen, mark.end):
        return True
    sentence = seen[max(0, mark.start - _SENTENCE) : mark.start].rstrip()
    begins = max((end.end() for end in _SENTENCE_END.finditer(sentence)), default=0)
    return bool(_SPEAKS_OF_ADDING.search(sentence, begins))


def own_text(message: str, seen: View, mark: Mark, end: int) -> str:
    """What the author wrote behind a mark, up to a place of the view, without the white space around."""
    text = message[seen.place(mark.end) : seen.place(end)].strip()
    if mark.emphasis and text.endswith(mark.emphasis):
        text = text.removesuffix(mark.emphasis).rstrip()
    return text
