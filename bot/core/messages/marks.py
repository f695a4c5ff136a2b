"""Where the numbers of a message stand that may mark a point: "11.", "#14 –", "(11)", "No. 11:".

Promises: every mark of a view in order, in time linear in its length; nothing about what a mark means.

1. A mark is a whole number of one to three digits without a leading zero, then ".", ")", ":" or a dash. It may
   be led by "#", "(" or a word such as "No.", and set in Markdown's bold, italics, heading or bullet.
2. It stands at the start of a line, or after the end of a sentence on the same line, also without a space
   ("one.12. Remember"). A full stop after an abbreviation, an initial or, without a space, a digit ends nothing.
3. What follows must be a text's beginning: white space, or at once a capital, a quotation mark or a letter of
   a script without capitals ("11.It", "11)it", "11 –it"), but not "11.5", "11.jpg", "11:30", "11-year-olds", "11:D".
4. Not marks: dates ("12. May", "12. May 2024", "12. 5. 2024"), and scores, ranges and times ("11 – 2", "11: 30").
   A month's name that goes on with a word begins a text: "12. May I add".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Stand(Enum):
    """Where a mark stands; the more doubtful the place, the more must speak for the mark."""

    LINE = "line"  # at the start of a line
    SENTENCE = "sentence"  # after a statement
    QUESTION = "question"  # after a question or a colon: the number may be the answer


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that may mark a point. Places are those of the view."""

    number: int
    start: int
    end: int  # where its text begins
    stand: Stand
    emphasis: str  # Markdown that opened before the number and did not close behind it


_NUMBER = re.compile(
    r"""
    (?: (?P<line> ^ [ \t]* (?: [-*•+] [ \t]+ | \#{1,3} [ \t]+ )? )
      | (?P<stop> [.!?…:。！？] ) ["'”’»)\]*_~]{0,4} (?P<gap> [ \t\xa0]{0,4} )
    )
    (?P<mark>
      (?P<emphasis> [*_~]{0,3} )
      (?P<led> \( | \#[ ]? | (?: no | nr | number | point | reason ) \b \.? [ ]? \#? | № [ ]? )?
      (?P<number> [1-9][0-9]{0,2} ) (?![0-9])
    )
    (?= [*_~]{0,3} \s{0,2} [\\.):–—-] )
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)

_SEPARATOR = re.compile(
    r"""
      \\? (?P<stop> \. \)? )
    | \\? (?P<bracket> \) )
    | (?P<colon> : )
    | [ \t\xa0]{1,2} (?P<apart> : ) (?= \s )
    | [ \t\xa0]{0,2} (?P<dash> [–—] | -- )
    | [ \t\xa0]{0,2} (?P<hyphen> - ) (?= \s )
    | [ \t\xa0]{1,2} (?P<before> - )
    """,
    re.VERBOSE,
)
_OPENING = frozenset("\"'“‘„«([*_~…")
_FACE = re.compile(r"[DPOX]\b")  # ":D"

_MONTH = re.compile(
    r"""
    (?: jan(?:uary)? | feb(?:ruary)? | mar(?:ch)? | apr(?:il)? | may | june? | july? | aug(?:ust)?
      | sept?(?:ember)? | oct(?:ober)? | nov(?:ember)? | dec(?:ember)? )
    \b (?! ['’]\w ) \.? [ \t]* (?: $ | (?: is | was | works | suits ) \b | [\d.,;:!?)/–—-] )
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_DATE_IN_NUMBERS = re.compile(r"[01]?\d\.\s?(?:(?:19|20)\d\d\b|\d\d\b\s*$)", re.MULTILINE)
_REST_OF_DATE = re.compile(r"\.\s?[01]?\d\.\s?(?:19|20)\d\d\b")
_AFTER_COLON = re.compile(r"\d[\d.:]*\s*(?:[ap]\.?m\b|h\b|o['’]clock|[^\w\s]|$)", re.IGNORECASE | re.MULTILINE)
_AFTER_DASH = re.compile(r"[£$€]?\d|nil\b|noon\b|midnight\b", re.IGNORECASE)

_LAST_WORD = re.compile(r"[^\W\d_]{1,8}$")
_ABBREVIATION = re.compile(
    r"""
    no | nrs? | nos | pp | pg | vol | ch | fig | art | sec | para? | approx | ca | vs | max | min | eg | ie | cf
    | st | ed | op | mrs? | ms | dr
    | jan | feb | mar | apr | jun | jul | aug | sept? | oct | nov | dec
    """,
    re.VERBOSE | re.IGNORECASE,
)


def marks(view: str) -> Iterator[Mark]:
    """Every mark of a view, first to last."""
    for found in _NUMBER.finditer(view):
        stand = _stand(found, view)
        end = _end(found, view)
        if stand and end:
            emphasis = found["emphasis"]
            closed = not emphasis or emphasis in view[found.end() : end]
            yield Mark(int(found["number"]), found.start("mark"), end, stand, "" if closed else emphasis)


def _stand(found: re.Match[str], view: str) -> Stand | None:
    stop = found["stop"]
    if stop is None:
        return Stand.LINE
    at = found.start("stop")
    if view[max(0, at - 1) : at].isdecimal() and (not found["gap"] or _REST_OF_DATE.match(view, at)):
        return None
    if stop == "." and _abbreviates(view[max(0, at - 9) : at]):
        return None
    return Stand.QUESTION if stop in ":?？" else Stand.SENTENCE


def _abbreviates(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if not word:
        return False
    return (len(word[0]) == 1 and word[0] != "I") or bool(_ABBREVIATION.fullmatch(word[0]))


def _end(found: re.Match[str], view: str) -> int:
    """Where the text behind a number begins; 0 where no mark ends there."""
    emphasis, end = found["emphasis"], found.end()
    if emphasis and view.startswith(emphasis, end):
        end += len(emphasis)
    separator = _SEPARATOR.match(view, end)
    if not separator or (found["led"] == "(" and separator.lastgroup != "bracket"):
        return 0
    end = separator.end()
    if emphasis and view.startswith(emphasis, end):
        end += len(emphasis)
    if not _may_begin(separator.lastgroup or "", view, end):
        return 0
    while end < len(view) and view[end].isspace():
        end += 1
    return 0 if _is_other(separator.lastgroup or "", view, end) else end


def _may_begin(separator: str, view: str, at: int) -> bool:
    """Rule 3: whether a text may begin at `at`, directly behind a separator."""
    following = view[at : at + 1]
    if not following or following.isspace():
        return separator != "before"
    if separator == "bracket" or (separator in ("dash", "before") and view[at - 2].isspace()):
        return following.isalpha() or following in _OPENING
    if separator == "colon" and _FACE.match(view, at):
        return False
    return (following.isalpha() and not following.islower()) or following in _OPENING


def _is_other(separator: str, view: str, at: int) -> bool:
    """Rule 4: whether number, separator and what follows are a date, a score, a range or a time."""
    if _MONTH.match(view, at):
        return True
    if separator in ("colon", "apart"):
        return bool(_AFTER_COLON.match(view, at))
    if separator in ("dash", "hyphen", "before"):
        return bool(_AFTER_DASH.match(view, at))
    return bool(_DATE_IN_NUMBERS.match(view, at))
