"""Writes the cast's script from an outline."""

from pathlib import Path

from bot.core.critiques import HomeKind, next_label
from bot.core.messages import Clarity, Labels, read_additions
from bot.core.outlines import Outline
from bot.display import limits
from rehearsal.script import LONGEST_MENTION, Comment, Document, Script

VOTERS = 20


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
) -> Script:
    """The script: the document, its comments cut as Discord cuts messages, and who votes with what.

    With `mention` each message begins with a mention of the bot, for which room is left.
    """
    room = limits.MESSAGE - (LONGEST_MENTION if mention else 0)
    comments = [Comment(comment.author, tuple(limits.parts(comment.text, room, room))) for comment in outline.comments]
    return Script(
        document=Document(document.name, content),
        comments=tuple(comment for comment in comments if comment.messages),
        home=home,
        home_kind=kind.value,
        mention=mention,
        seed=seed,
        voters=VOTERS,
        points_expected=len(outline.points),
        agree=emoji[0],
        disagree=emoji[1],
    )


def count_additions(outline: Outline, script: Script) -> int:
    """How many additions the script types, read from the script alone, comment by comment.

    The whole script is played within the time in which a label counts as just taken.
    """
    originals = frozenset(point.label for point in outline.points)
    first = free = next_label([point.label for point in outline.points])
    for comment in script.comments:
        for message in comment.messages:
            labels = Labels(originals=originals, next=free, recent=frozenset(range(first, free)))
            found = [one for one in read_additions(message, labels) if one.clarity is Clarity.CLEAR]
            free += len(found)
    return free - first
