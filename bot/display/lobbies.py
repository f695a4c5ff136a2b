"""The post "Add to this list" that stands first in a critique's forum."""

import discord

from bot.core.critiques import Critique, CritiqueStatus
from bot.display import limits
from bot.display.inert import inert_within, thread_name
from bot.texts import _


def name(critique: Critique) -> str:
    """The post's name."""
    return thread_name(_("Add to this list"), critique.title)


def text(critique: Critique, call: str = "") -> str:
    """How to add, vote and argue, in few words; where the critique is closed, that.

    `call` is the mention of the bot that typed additions must begin with, empty where the bot reads them without.
    """
    title = limits.shorten(inert_within(critique.title), limits.EMBED_TITLE)
    if critique.status is not CritiqueStatus.OPEN:
        return f"**{title}**\n" + _("This list is closed: its votes and its points stand as they are.")
    lines = [
        _(
            "**Add**: type the next number and your point (after point 11, that is “{typed}. your point”), here or in "
            "any post of this list, or use `/point add`. In other words, but never twice."
        ),
        _("**Vote**: use /ballot. Nobody sees how you vote, and no figure is shown before the close.")
        if critique.blind
        else _(
            "**Vote**: {agree} agree or {disagree} disagree under a post; the first of each is mine and is not counted."
        ),
        _("**Argue**: write in the post of the point."),
    ]
    filled = [
        line.format(typed=f"{call} 12".strip(), agree=critique.agree_emoji, disagree=critique.disagree_emoji)
        for line in lines
    ]
    return "\n".join([f"**{title}**", *filled])


def view(critique: Critique) -> discord.ui.View | None:
    """The button under it; none where the critique is closed."""
    if critique.status is not CritiqueStatus.OPEN:
        return None
    shown = discord.ui.View(timeout=None)
    shown.add_item(
        discord.ui.Button(label=_("Add a point"), style=discord.ButtonStyle.primary, custom_id=f"v1:add:{critique.id}")
    )
    shown.stop()  # who presses it is answered by the button's id, not by this object
    return shown
