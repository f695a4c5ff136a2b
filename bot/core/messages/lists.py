"""Answers point by point: a list that begins with labels there are ("1. … 2. …") whose entries are answers.

1. The entries are answers where one has "Response:" or the like, or the words before the list speak of answering, or
   at least half of them take a side at once.
2. What stands before "Response:" is the point's, quoted, and refers to nothing.
3. Numbers without words of their own go with the next ("7. 8. 9. and 10. are").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.messages.answers import LETTERS, SAID, answer, paragraph
from bot.core.messages.mentions import BONUS
from bot.core.messages.sides import side_of
from bot.core.messages.values import Found, Message

_OPENING = 60  # characters in which an entry must take a side

_ANSWERING = re.compile(
    r"\b(?:(?:my|our|some|quick|short|brief|a few) (?:\w+ )?(?:responses?|answers?|repl(?:y|ies)|takes?|views?"
    r"|thoughts|verdicts?|reactions?|comments?|rebuttals?|notes)"
    r"|(?:respon[ds]\w*|repl(?:y|ies|ying)|answer(?:s|ing)?) to (?:the|your|these|this|each|all|some)"
    r"|point[ -]by[ -]point|in turn|one by one|(?:your|these|the author's|the) (?:points|criticisms|critique"
    r"|reasons|objections)|your list)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:and|&|or|to|/|,|-|–)\s*[*_]{0,3}#?(\d{1,3})[.):]?[*_]{0,3}(?=\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list: the labels it begins with, and where it and its text begin and end."""

    labels: tuple[str, ...]
    start: int
    text: int
    end: int


def listed(message: Message) -> Iterator[Found]:
    """The answers of the message's list, if it is one of answers."""
    entries = list(_entries(message))
    if not entries or entries[0].labels[0] not in message.named:
        return
    said = [SAID.search(message.spoken, each.text, each.end) for each in entries]
    sure = _sure_of_list(message, entries, answered=any(said))
    if not sure:
        return
    for entry, marker in zip(entries, said, strict=True):
        labels = tuple(label for label in entry.labels if label in message.named)
        if labels and LETTERS.search(message.spoken, entry.text, entry.end):
            found = answer(message, labels, entry.text, entry.end, marker, sure, "list")
            yield Found(found, entry.start, marker.end() if marker else entry.text)


def _entries(message: Message) -> Iterator[_Entry]:
    """The entries of the message's list; what has no words of its own belongs to the next."""
    spoken, waiting, start = message.spoken, list[str](), 0
    ends = [*(mark.start for mark in message.entries[1:]), len(spoken)][: len(message.entries)]
    for mark, end in zip(message.entries, ends, strict=True):
        start = start if waiting else mark.start
        waiting.append(str(mark.number) if mark.number else BONUS)
        at = mark.end
        while joined := _JOINED.match(spoken, at, end):
            waiting.append(joined[1])
            at = joined.end()
        if LETTERS.search(spoken, at, end):
            yield _Entry(tuple(dict.fromkeys(waiting)), start, at, paragraph(spoken, at, end))
            waiting = []


def _sure_of_list(message: Message, entries: list[_Entry], *, answered: bool) -> float:
    """How sure it is that a list answers points; 0 where nothing says so."""
    if answered:
        return 0.95
    before = message.spoken[max(0, entries[0].start - 160) : entries[0].start]
    if len(entries) > 1 and _ANSWERING.search(before):
        return 0.9
    sided = sum(
        side_of(message.spoken[each.text : min(each.end, each.text + _OPENING)]) is not None for each in entries
    )
    if len(entries) == 1 and len(entries[0].labels) > 1:
        return 0.9
    return 0.85 if 2 * sided >= len(entries) and sided else 0
