"""Who plays whom: a moderator, one member for each author of a comment, and the voters.

An author whom the page names is shown by that name, as the nickname a member gives themselves; Discord cuts
nicknames at 32 characters (documentation: Modify Current Member). A comment without a name gets a member of
its own, who keeps the name the server invented; which member that is comes from the seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rehearsal.cast.stage import Missing
from rehearsal.script import Comment

MODERATORS = "Moderators"
LONGEST_NICK = 32

Person = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Casting:
    """`authors[n]` speaks comment n; `named` are the members to be shown by a name from the page."""

    moderator: Person
    authors: tuple[Person, ...]
    voters: tuple[Person, ...]
    named: tuple[tuple[Person, str], ...]
    invented: tuple[str, ...]


def cast(rng: random.Random, people: Sequence[Person], comments: Sequence[Comment], voters: int) -> Casting:
    """Give out the parts. Raises Missing when there is no moderator, or there are too few members."""
    moderator = next((each for each in people if MODERATORS in each["roles"]), None)
    if moderator is None:
        raise Missing(f"No member has the role {MODERATORS!r}, so nobody can open the critique.")
    others = [each for each in people if each is not moderator]
    parts = list(dict.fromkeys(_part(n, comment) for n, comment in enumerate(comments)))
    if len(others) < max(len(parts), voters):
        raise Missing(
            f"The script needs {max(len(parts), voters)} members beside the moderator"
            f" ({len(parts)} authors, {voters} voters), and the server has {len(others)}."
        )
    rng.shuffle(others)
    by_part = dict(zip(parts, others, strict=False))
    return Casting(
        moderator=moderator,
        authors=tuple(by_part[_part(n, comment)] for n, comment in enumerate(comments)),
        voters=tuple(others[:voters]),
        named=tuple((by_part[part], part[:LONGEST_NICK]) for part in parts if isinstance(part, str)),
        invented=tuple(str(each["name"]) for part, each in by_part.items() if isinstance(part, int)),
    )


def _part(number: int, comment: Comment) -> str | int:
    """What makes two comments one person's: the same name. A comment without a name stands alone."""
    return comment.author if comment.author else number
