"""Emoji that may vote: standard ones, and a server's own.

1. One emoji means one picture: a family with skin tones is one, two thumbs are two.
2. A server's own emoji is written `<:name:id>`, and by name between colons where its id is looked up.
"""

import re
from collections.abc import Mapping

PAIRS = (("👍", "👎"), ("✅", "❌"), ("🟢", "🔴"), ("🔼", "🔽"), ("⭕", "✖️"), ("💚", "💔"))

_CUSTOM = re.compile(r"<a?:\w{2,32}:(?P<id>\d{1,20})>")


def is_standard(text: str) -> bool:
    """Whether the text is one emoji of Unicode's, and nothing else."""
    from emoji import is_emoji  # all emoji there are: three megabytes, needed while something is set up

    return is_emoji(text)


def custom_id(text: str) -> int | None:
    """The id of the custom emoji that the text is; None where it is no custom emoji."""
    found = _CUSTOM.fullmatch(text)
    return int(found["id"]) if found else None


def among(typed: str, own: Mapping[int, tuple[str, str]]) -> str | None:
    """The emoji that was typed, as Discord writes it: a standard one, or one of the server's `own`.

    `own` holds a name and what Discord writes by id. None: it is neither.
    """
    text = typed.strip()
    if is_standard(text):
        return text
    by_id = own.get(custom_id(text) or 0)
    if by_id is not None:
        return by_id[1]
    name = text.strip(":").casefold()
    return next((written for shown, written in own.values() if shown.casefold() == name), None)
