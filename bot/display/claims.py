"""What was not recorded, as its author sees it, with what they can do."""

import discord

from bot.core.claims import Claim
from bot.core.critiques import Critique
from bot.core.ids import ClaimId
from bot.core.points import Point
from bot.display import limits
from bot.display.inert import inert_line
from bot.display.moderation import not_taken
from bot.texts import _

_LIKE_SHOWN = 300


def button_id(which: ClaimId) -> str:
    """The id of the button that insists."""
    return f"v1:claim:{which}"


def text(claim: Claim, like: Point | None) -> str:
    """Why it is not recorded; for what resembles a point, that point."""
    if like is None or not claim.asks:
        return not_taken(claim.reason, claim.label, claim.limit)
    lines = [
        _("This is much like point **{label}**, so it is not on the list yet:").format(label=inert_line(claim.label)),
        f"> {limits.shorten(inert_line(like.text), _LIKE_SHOWN)}",
        _("Vote for that one, or press **Record anyway** within an hour if yours says something else."),
    ]
    return limits.shorten("\n".join(lines), limits.MESSAGE)


def view(claim: Claim, critique: Critique, like: Point | None) -> discord.ui.View | None:
    """A link to the point that it resembles, and the button that insists."""
    if like is None or not claim.asks:
        return None
    shown = discord.ui.View(timeout=None)
    if like.message is not None:
        url = f"https://discord.com/channels/{critique.guild}/{like.channel}/{like.message}"
        label = _("Back {label} instead").format(label=f"#{like.name}")
        shown.add_item(discord.ui.Button(label=label, url=url))
    shown.add_item(discord.ui.Button(label=_("Record anyway"), custom_id=button_id(claim.id)))
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown
