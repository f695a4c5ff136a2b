"""Writes the cast's script from an outline."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.critiques import HomeKind, next_label
from bot.core.messages import Clarity, Labels, read_additions
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
    cut = [Comment(comment.author, tuple(limits.parts(comment.text, room, room))) for comment in outline.comments]
    return [comment for comment in cut if comment.messages]


def additions(outline: Outline, said: Sequence[Comment]) -> list[Typed]:
    """The additions that the comments type, with the labels they get, read from the script alone, comment by comment.

    The whole script is played within the time in which a label counts as just taken.
    """
    originals = frozenset(point.label for point in outline.points)
    first = free = next_label([point.label for point in outline.points])
    typed: list[Typed] = []
    for number, comment in enumerate(said, 1):
        for message in comment.messages:
            labels = Labels(originals=originals, next=free, recent=frozenset(range(first, free)))
            found = [one for one in read_additions(message, labels) if one.clarity is Clarity.CLEAR]
            typed += [Typed(number, str(label), str(one.written), one.text) for label, one in enumerate(found, free)]
            free += len(found)
    return typed
