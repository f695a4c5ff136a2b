"""What a member's message is, all at once: additions, arguments and references.

Promises: one `Reading` of a message, which says of everything why and how sure; nothing else is acted on without asking
(`SURE`). A message that has neither a digit nor one of a few words costs a look or two. Never fails.

1. Additions are read first; a mention inside an addition's own words refers, and argues nothing by a heading.
2. A message whose list answers points adds only what it announces without a number.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from bot.core.messages.additions import Clarity, Labels, may_add, read_additions
from bot.core.messages.arguments import read_arguments
from bot.core.messages.marks import Mark, Stand, marks
from bot.core.messages.masks import view
from bot.core.messages.mentions import BONUS, mentions, unquoted
from bot.core.messages.unnumbered import announced, sounds_like_a_point
from bot.core.messages.values import Argument, Message, Reference

SURE = 0.8
"""The sure level: below it nothing is acted on without asking."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What there is when a message is read: labels, all that points go by, the point in whose thread it stands."""

    labels: Labels
    named: frozenset[str]
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """An addition as typed; `written` is None where it bears no number. Only a clear, sure one is recorded unasked."""

    written: int | None
    text: str
    clarity: Clarity
    sure: float
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a message is; plain talk is none of these."""

    additions: tuple[Addition, ...] = ()
    arguments: tuple[Argument, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def recorded(self) -> tuple[Addition, ...]:
        """The additions that are recorded without asking."""
        return tuple(each for each in self.additions if each.clarity is Clarity.CLEAR and each.sure >= SURE)

    @property
    def referred(self) -> frozenset[str]:
        """The labels that it refers to beyond doubt."""
        return frozenset(label for each in self.references if each.sure >= SURE for label in each.points)


PLAIN = Reading()

_SPEAKS = re.compile(r"[0-9#>*:\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]")
_WORDS = (
    "point", "number", "agree", "add", "reason", "bonus", "one more", "another", "missed", "missing", "forgot", "mine:",
    "mine -", "mine –", "respon", "reply", "rebut", "argument", "objection", "critici", "left out", "overlooks",
    "ignores", "problem with", "problem of", "fails to", "forgets",
)  # fmt: skip
_MOST = 24  # mentions, and entries of a list, that are looked at in one message


def read(text: str, ground: Ground) -> Reading:
    """What the message is, in the critique and the thread it stands in."""
    if not _may_say(text):
        return PLAIN
    seen = view(text)
    if seen is None:
        return PLAIN
    spoken = unquoted(seen.text)
    named = tuple(islice(mentions(spoken, ground.named), _MOST))
    entries = tuple(islice(_entries(spoken), _MOST))
    message = Message(text, seen, spoken, named, entries, ground.thread, ground.named)
    arguments, references = read_arguments(message)
    additions = (*_numbered(text, ground.labels), *_announced(message))
    if not (additions or arguments or references or ground.thread) and sounds_like_a_point(spoken):
        additions = (Addition(None, text.strip(), Clarity.UNCLEAR, 0.4, "sounds"),)
    return Reading(additions, arguments, references)


def _entries(spoken: str) -> Iterable[Mark]:
    """The marks of the message; a line for the bonus point counts as one of number 0."""
    found = list(islice(marks(spoken), _MOST))
    bonus = [Mark(0, each.start(), each.end(), Stand.LINE, "") for each in _BONUS.finditer(spoken)] if found else []
    return sorted([*found, *bonus], key=lambda mark: mark.start)


_BONUS = re.compile(
    r"^[ \t]*(?:[*_]{1,3})?(?:the |your )?bonus(?: point)?[*_]{0,3}[ \t]*[:–—-][*_]{0,3}[ \t]*|^[ \t]*\\?\*\)[ \t]*",
    re.MULTILINE | re.IGNORECASE,
)


def may_mean(text: str) -> bool:
    """Whether the text could be more than plain talk in some critique: where not, it need not be held against any."""
    return may_add(text) or read(text, _ANYWHERE) != PLAIN


_ANYWHERE = Ground(Labels(frozenset(), 1, frozenset()), frozenset({*map(str, range(1, 1000)), BONUS}))


def _may_say(text: str) -> bool:
    """Whether the message has what a reading needs: the same answer for all that is plain, quickly."""
    if _SPEAKS.search(text):
        return True
    lowered = text.lower()
    return any(word in lowered for word in _WORDS)


def _numbered(text: str, labels: Labels) -> tuple[Addition, ...]:
    return tuple(
        Addition(each.written, each.text, each.clarity, _SURE_OF[each.why], each.why)
        for each in read_additions(text, labels)
    )


_SURE_OF = {"next": 0.95, "ahead": 0.95, "clash": 0.95, "far-ahead": 0.85, "older-addition": 0.6}


def _announced(message: Message) -> tuple[Addition, ...]:
    """The additions without a number; one that a number follows is read with that number."""
    found = list(announced(message.spoken))
    marked = {mark.start for mark in message.entries}
    ends = [*(each.start for each in found[1:]), len(message.spoken)][: len(found)]
    return tuple(
        Addition(None, message.words(each.text, end), Clarity.UNCLEAR, each.sure, "announced")
        for each, end in zip(found, ends, strict=True)
        if not any(each.text <= at <= each.text + 4 for at in marked)
    )
