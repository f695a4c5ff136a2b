"""An answer's words, wherever in a message it stands: where it begins, where it ends, which side it is on."""

import re

from bot.core.arguments import Side
from bot.core.messages.sides import side_of
from bot.core.messages.values import Argument, Message

FARTHEST = 240  # characters of a sentence that are looked at
FEWEST_WORDS = 2  # of an answer that must say something

SAID = re.compile(
    r"(?:\b(?:my|our|the)\s+)?\b(?P<word>response|reply|answer|comment|reaction|rebuttal|rebut|counter(?:-?(?:point"
    r"|argument))?|objection"
    r"|disagreed?|agreed?|supports?|against|pro|con|me)\s*:\**(?=\s|\w)",
    re.IGNORECASE,
)
_SIDES = {
    **dict.fromkeys(("agree", "agreed", "support", "supports", "pro"), Side.SUPPORT),
    **dict.fromkeys(("disagree", "disagreed", "rebuttal", "rebut", "objection", "against", "con"), Side.REBUTTAL),
    **dict.fromkeys(("counter", "counterpoint", "counter-point", "counterargument", "counter-argument"), Side.REBUTTAL),
}
ENDS = re.compile(r"[.!?…]+[\"')\]”’]*(?=\s)|\n")
LETTERS = re.compile(r"[^\W\d_]{2}")
WORDS = re.compile(r"\w[\w'’-]*")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")


def answer(
    message: Message, labels: tuple[str, ...], start: int, end: int, marker: re.Match[str] | None, sure: float, why: str
) -> Argument:
    """What is said between two places, behind the word that says that it is an answer, if there is one."""
    at = marker.end() if marker else start
    side = side_of(message.spoken[at:end].strip())
    if marker:
        side = _SIDES.get(marker["word"].lower(), side)
    quote = message.words(start, marker.start()) if marker else ""
    return Argument(labels, side, message.words(at, end), quote, sure, why)


def paragraph(spoken: str, start: int, end: int) -> int:
    """Where the paragraph that begins at `start` ends, at `end` at the latest."""
    blank = _PARAGRAPH.search(spoken, start, end)
    return blank.start() if blank else end


def sentence(spoken: str, at: int) -> int:
    """Where the sentence begins that `at` stands in."""
    begins = 0
    for end in ENDS.finditer(spoken, max(0, at - FARTHEST), at):
        begins = end.end()
    return begins or max(0, at - FARTHEST)
