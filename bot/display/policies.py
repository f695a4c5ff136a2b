"""Policies in words."""

from bot.core.critiques import Critique
from bot.core.policies import Policy
from bot.display import limits
from bot.display.inert import inert_line
from bot.texts import _, ngettext


def name(policy: Policy) -> str:
    """What it is called."""
    return _words()[policy][0]


def meaning(policy: Policy) -> str:
    """What it does."""
    return _words()[policy][1]


def chosen(critique: Critique, waiting: int) -> str:
    """Tells a moderator what becomes of a critique's additions; `waiting` is how many wait already."""
    title = limits.shorten(inert_line(critique.title), limits.EMBED_TITLE)
    said = _("“{title}” from now on: {meaning}.").format(title=title, meaning=meaning(critique.policy).lower())
    if not waiting:
        return said
    left = ngettext(
        "{count} addition waits as before; `/mod queue` shows it.",
        "{count} additions wait as before; `/mod queue` shows them.",
        waiting,
    )
    return f"{said} {left.format(count=waiting)}"


def _words() -> dict[Policy, tuple[str, str]]:
    return {
        Policy.OPEN: (_("Open"), _("Additions join the list at once")),
        Policy.HELD: (_("Held"), _("Each waits until a moderator approves it")),
        Policy.HELD_FOR_NEW: (
            _("Held for new members"),
            _("Those of new members wait until a moderator approves them"),
        ),
    }
