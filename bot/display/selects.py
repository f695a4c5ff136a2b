"""What was chosen in a select, as Discord sent it: nothing is trusted to be among what was offered."""

from typing import Any, TypeVar

import discord

from bot.core.refusals import Code, Refusal

T = TypeVar("T")

_LONGEST = 18  # digits: what SQLite holds


def values(interaction: discord.Interaction[Any]) -> list[str]:
    """All that was chosen."""
    data: Any = interaction.data
    return list(data["values"])


def number(interaction: discord.Interaction[Any]) -> int:
    """The number that was chosen. Raises Refusal where it is none."""
    chosen = values(interaction)[0]
    if not (chosen.isascii() and chosen.isdecimal() and len(chosen) <= _LONGEST):
        raise Refusal(Code.UNKNOWN_ID)
    return int(chosen)


def known(found: T | None) -> T:
    """What was chosen, where it is known. Raises Refusal."""
    if found is None:
        raise Refusal(Code.UNKNOWN_ID)
    return found
