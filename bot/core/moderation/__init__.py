"""Moderation before anybody acts: an ordered list of small phases that a text goes through.

1. The first phase that answers decides. What refuses comes before what holds, so that nobody is asked to decide what
   cannot be recorded anyhow.
2. One more phase is a function of a `Context` in the file of its noun, its `Reason`, and its place in `PHASES`.
"""

from bot.core.moderation.authors import account_age, policy, quota, rate
from bot.core.moderation.likeness import near_duplicate, repeat
from bot.core.moderation.texts import blocklist, characters, length, links, mentions
from bot.core.moderation.values import (
    ALLOWED,
    Context,
    Decision,
    Phase,
    Reason,
    Rules,
    Said,
    Standing,
    Verdict,
)

__all__ = [
    "ALLOWED",
    "ON_WORDS",
    "PHASES",
    "Context",
    "Decision",
    "Phase",
    "Reason",
    "Rules",
    "Said",
    "Standing",
    "Verdict",
    "examine",
]

PHASES: tuple[Phase, ...] = (
    length,
    repeat,
    rate,
    quota,
    near_duplicate,
    blocklist,
    links,
    mentions,
    characters,
    account_age,
    policy,
)

# What new words of a point that stands are held against: how often its author adds is no matter then.
ON_WORDS: tuple[Phase, ...] = (length, blocklist, links, mentions, characters)


def examine(context: Context, phases: tuple[Phase, ...] = PHASES) -> Verdict:
    """What becomes of the text: the first answer, or that it is allowed where no phase has one."""
    return next((verdict for phase in phases if (verdict := phase(context)) is not None), ALLOWED)
