"""Official answers: the form, the message in the point's thread, and where else they are seen."""

import discord

from bot.core.critiques import Critique
from bot.core.points import Official, Point
from bot.display import limits
from bot.display.forms import Form
from bot.display.inert import inert, inert_line
from bot.texts import _

TEXT = "text"
LONGEST = 1_500  # characters: made inert it fits one message
SIGN = "✍️"


def form(point: Point) -> Form:
    """The form with the answer as it is; sent empty, it removes the answer."""
    title = limits.shorten(_("Answer {label}").format(label=point.name), limits.FORM_TITLE)
    modal = Form(title=title, custom_id=f"v1:official:{point.id}", timeout=None)
    text = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TEXT,
        style=discord.TextStyle.paragraph,
        default=point.official.text if point.official is not None else None,
        required=point.official is None,
        max_length=LONGEST,
    )
    help_text = _("It stands with the point, marked as official. Sent empty, it is removed.")
    modal.add_item(discord.ui.Label(text=_("Your official answer"), description=help_text, component=text))
    return modal


def message(official: Official) -> str:
    """The answer as it stands in the point's thread."""
    head = f"{SIGN} **{_('Official answer')}** · <@{official.by}> · <t:{int(official.at.timestamp())}:f>"
    return f"{head}\n{limits.shorten(inert(official.text), limits.MESSAGE - limits.length(head) - 1)}"


def answered(point: Point) -> str:
    """Tells whoever answered what became of it."""
    label = inert_line(point.name)
    if point.official is None:
        return _("Removed: the official answer to **{label}**.").format(label=label)
    return _("Your official answer stands with **{label}**; answer again to change it.").format(label=label)


def named(critique: Critique) -> str:
    """Tells a moderator who may answer the critique's points now."""
    who = [f"<@{critique.answerer}>"] if critique.answerer is not None else []
    who += [f"<@&{critique.answerer_role}>"] if critique.answerer_role is not None else []
    title = limits.shorten(inert_line(critique.title), limits.EMBED_TITLE)
    if not who:
        return _("Nobody answers “{title}” officially from now on; answers that stand are kept.").format(title=title)
    said = _("{who} can answer the points of “{title}” officially, with `/point answer`.")
    return said.format(who=", ".join(who), title=title)
