"""The form in which a member adds a point, the choice of a critique before it, and the answer to what was added."""

from collections.abc import Sequence

import discord

from bot.core.critiques import Critique
from bot.core.ids import CritiqueId, MemberId
from bot.core.points import Point
from bot.display import limits
from bot.display.forms import Form
from bot.display.inert import plain_line
from bot.display.points import other_label
from bot.texts import _

TEXT = "text"


def form_id(critique: CritiqueId) -> str:
    """The id of the form that adds to a critique, and of the button that opens it."""
    return f"v1:add:{critique}"


def form(critique: Critique) -> Form:
    """The form that adds a point to a critique."""
    title = _("Add to “{title}”")
    room = limits.FORM_TITLE - limits.length(title.format(title=""))
    shown = limits.shorten(plain_line(critique.title) or _("the list"), room)
    modal = Form(title=title.format(title=shown), custom_id=form_id(critique.id), timeout=None)
    text = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TEXT,
        style=discord.TextStyle.paragraph,
        placeholder=_("One point, in your own words: first what is wrong, then why you think so"),
        max_length=limits.FORM_TEXT,
    )
    help_text = _("Its first sentence becomes its title. It gets the next free number and a thread.")
    modal.add_item(discord.ui.Label(text=_("Your point"), description=help_text, component=text))
    return modal


def recorded(points: Sequence[Point], critique: Critique, author: MemberId | None = None) -> str:
    """The answer to whoever added the points; `author` is in whose name a moderator did."""
    lines = [_line(point, critique) for point in points]
    if author is not None:
        lines.append(_("Its author is {author}, as of the message.").format(author=f"<@{author}>"))
    return limits.shorten("\n".join(lines), limits.MESSAGE)


def _line(point: Point, critique: Critique) -> str:
    if point.claimed_label is not None:
        said = other_label(point)
    else:
        said = _("Recorded as **{label}**.").format(label=point.name)
    if point.is_held:
        return said + " " + _("It waits for a moderator, and joins the list when one approves it.")
    if point.thread is not None:
        return said + " " + _("It stands in {thread}.").format(thread=f"<#{point.thread}>")
    return said + " " + _("It will stand in {home} in a moment.").format(home=f"<#{critique.home}>")
