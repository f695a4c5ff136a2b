"""Arguments: replies with a side, filed under the points that they argue about.

1. An argument supports a point or rebuts it; its side is open until its author, or a moderator, says which.
2. Members back others' arguments, up or down, each once. The *best* of a side is the one with the most ups less downs;
   one that was only voted down is never best; of equals the earlier is.
3. One answer to several points is filed under each of them, and backed under each by itself.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.core.ids import ArgumentId, CaseId, ChannelId, MemberId, MessageId, PointId

LONGEST = 1_500  # characters of an argument that is written in a form: made inert it fits one message
LONGEST_QUOTE = 300  # characters of the words that an inline comment answers
# For so long the question for a side stands.
ASKED_FOR = timedelta(hours=1)
# An author is told once in this time that what they typed is not recorded.
TOLD_EVERY = timedelta(minutes=10)
PAGE = 5  # arguments on a page of all of them

_TYPED = re.compile(r"\s*(response|agree|disagree|support|rebuttal)\s*:", re.IGNORECASE)


class Side(StrEnum):
    """For the point, or against it."""

    SUPPORT = "support"
    REBUTTAL = "rebuttal"

    @property
    def other(self) -> "Side":
        """The opposite side."""
        return Side.REBUTTAL if self is Side.SUPPORT else Side.SUPPORT


_SIDES = {
    "agree": Side.SUPPORT,
    "support": Side.SUPPORT,
    "disagree": Side.REBUTTAL,
    "rebuttal": Side.REBUTTAL,
}


class ArgumentStatus(StrEnum):
    """Whether it is shown, or its author or a moderator took it away."""

    LIVE = "live"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TypedArgument:
    """What a message argues: about the points of these labels, or the one whose thread it stands in where there are
    none; `quote` is what it answers.
    """

    points: tuple[str, ...]
    side: Side | None
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as stored.

    `message` and `channel` are where its author typed it, None for a form; `ordinal` counts the arguments of one
    message from 0. `shown` is the bot's own message about it in its point's thread, which is `thread`. `quote` is what
    it answers, out of the message `quoted` in `quoted_in`. `author` is None where they had their name removed; `case`
    is that by which a moderator last took it away.
    """

    id: ArgumentId
    point: PointId
    author: MemberId | None
    message: MessageId | None
    channel: ChannelId | None
    side: Side | None
    text: str
    quote: str
    ordinal: int
    at: datetime
    ups: int = 0
    downs: int = 0
    status: ArgumentStatus = ArgumentStatus.LIVE
    shown: MessageId | None = None
    thread: ChannelId | None = None
    quoted: MessageId | None = None
    quoted_in: ChannelId | None = None
    case: CaseId | None = None

    @property
    def is_live(self) -> bool:
        """Whether it stands."""
        return self.status is ArgumentStatus.LIVE

    @property
    def stands_elsewhere(self) -> bool:
        """Whether the bot shows it in its point's thread, since its author's own message does not stand there."""
        return self.message is None or self.channel != self.thread


@dataclass(frozen=True, slots=True)
class Best:
    """The best argument of each side."""

    support: Argument | None = None
    rebuttal: Argument | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """What is argued about a point: the best of each side, and how many there are of each, and without a side."""

    best: Best
    support: int
    rebuttal: int
    undecided: int

    @property
    def count(self) -> int:
        """Arguments in all."""
        return self.support + self.rebuttal + self.undecided


@dataclass(frozen=True, slots=True)
class ArgumentPage:
    """Some of a point's arguments, those of page `number` of `pages`, both from 1."""

    point: PointId
    arguments: tuple[Argument, ...]
    number: int
    pages: int


def best(arguments: Iterable[Argument]) -> Best:
    """The best argument of each side (rule 2), out of those of one point."""
    known = list(arguments)
    return Best(_best(known, Side.SUPPORT), _best(known, Side.REBUTTAL))


def _best(arguments: Sequence[Argument], side: Side) -> Argument | None:
    fit = [each for each in arguments if each.side is side and each.is_live and (each.ups or not each.downs)]
    return min(fit, key=_rank, default=None)


def _rank(argument: Argument) -> tuple[int, datetime, int]:
    return argument.downs - argument.ups, argument.at, argument.id


def panel(arguments: Iterable[Argument]) -> Panel:
    """What is argued about one point."""
    live = [each for each in arguments if each.is_live]
    sides = [each.side for each in live]
    return Panel(best(live), sides.count(Side.SUPPORT), sides.count(Side.REBUTTAL), sides.count(None))


def page(point: PointId, arguments: Iterable[Argument], number: int) -> ArgumentPage:
    """The page of that number, or the nearest there is: the most backed first, of equals the earlier."""
    ranked = sorted((each for each in arguments if each.is_live), key=_rank)
    pages = max(1, -(-len(ranked) // PAGE))
    number = min(max(number, 1), pages)
    return ArgumentPage(point, tuple(ranked[(number - 1) * PAGE : number * PAGE]), number, pages)


def typed_side(text: str) -> TypedArgument | None:
    """What a message in a point's thread argues that begins with a word for its side: the rest of it.

    "Response:" leaves the side open. None where it does not begin so, or says nothing more.
    """
    found = _TYPED.match(text)
    if found is None or not text[found.end() :].strip():
        return None
    return TypedArgument((), _SIDES.get(found[1].lower()), text[found.end() :].strip())


def occurs(quote: str, text: str) -> bool:
    """Whether the words occur in the text, however their spaces and lines are set."""
    return " ".join(quote.split()) in " ".join(text.split())
