"""Writes the cast's script from an outline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.critiques import HomeKind, next_label
from bot.core.messages import Clarity, Ground, Labels, read
from bot.core.outlines import Outline
from bot.display import limits
from rehearsal.moderation import Moderation
from rehearsal.script import LONGEST_MENTION, Comment, Document, Script

VOTERS = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """An addition that a comment (from 1) types, the label that it gets, and the one that it has in front."""

    comment: int
    label: str
    written: str
    text: str


def write(
    outline: Outline,
    *,
    document: Path,
    content: bytes,
    home: str,
    kind: HomeKind,
    mention: bool,
    seed: int,
    emoji: tuple[str, str],
    moderation: Moderation | None = None,
) -> Script:
    """The script: the document, its comments cut as Discord cuts messages, and who votes with what."""
    return Script(
        document=Document(document.name, content),
        comments=tuple(comments(outline, mention=mention)),
        home=home,
        home_kind=kind.value,
        mention=mention,
        seed=seed,
        voters=VOTERS,
        points_expected=len(outline.points),
        agree=emoji[0],
        disagree=emoji[1],
        moderation=moderation,
    )


def comments(outline: Outline, *, mention: bool) -> list[Comment]:
    """The document's comments as messages. With `mention` each begins with one of the bot, for which room is left."""
    room = limits.MESSAGE - (LONGEST_MENTION if mention else 0)
    cut = [
        (comment.author, _with_their_numbers(limits.parts(comment.text, room, room), room))
        for comment in outline.comments
    ]
    return [Comment(author, messages, _answers(messages)) for author, messages in cut if messages]


def _with_their_numbers(parts: Sequence[str], room: int) -> tuple[str, ...]:
    """The parts as a person cuts them: a number at the end of one goes with what it numbers, where there is room."""
    cut = list(parts)
    for at in range(len(cut) - 1):
        number = _LAST_NUMBER.search(cut[at])
        if number and number.start() and len(number[1]) + 1 + len(cut[at + 1]) <= room:
            cut[at : at + 2] = [cut[at][: number.start(1)].rstrip(), f"{number[1]} {cut[at + 1]}"]
    return tuple(cut)


_LAST_NUMBER = re.compile(r"(?<!\d)(\d{1,3}[.)])\s*\Z")


def _answers(messages: Sequence[str]) -> tuple[str, ...]:
    """What their author presses where the bot asks: that it is a point where they said so; a response is a rebuttal."""
    ground = Ground(Labels(frozenset(), 1, frozenset()), frozenset())
    says_so = any(each.why == "announced" for message in messages for each in read(message, ground).additions)
    return ("Record as" if says_so else "Not a point", "Rebuttal")


def additions(outline: Outline, said: Sequence[Comment]) -> list[Typed]:
    """The additions that the comments make, with the labels they get, read from the script alone, comment by comment.

    One that a comment announces without a number is recorded as its author answers.

    The whole script is played within the time in which a label counts as just taken.
    """
    originals = frozenset(point.label for point in outline.points)
    first = free = next_label([point.label for point in outline.points])
    typed: list[Typed] = []
    for number, comment in enumerate(said, 1):
        for message in comment.messages:
            labels = Labels(originals=originals, next=free, recent=frozenset(range(first, free)))
            found = read(message, Ground(labels, frozenset(map(str, range(1, free))) | originals)).additions
            recorded = [one for one in found if one.clarity is Clarity.CLEAR or one.why == "announced"]
            typed += [
                Typed(number, str(label), str(one.written or label), one.text)
                for label, one in enumerate(recorded, free)
            ]
            free += len(recorded)
    return typed
