"""The forms behind the buttons under an addition that waits: into which point, which words, for how long."""

from collections.abc import Sequence

import discord

from bot.core.cases import LONGEST_WORDS, CaseReason, Why
from bot.core.ids import PointId
from bot.core.points import Point
from bot.core.revisions import LONGEST
from bot.core.titles import LONGEST as LONGEST_TITLE
from bot.display import limits
from bot.display.cases import REASON, WORDS, reason
from bot.display.forms import Form, Submission
from bot.display.points import choice
from bot.texts import _

TARGET, ASKED, TITLE, TEXT, SPAN = "target", "asked", "title", "text", "span"
_LONGEST_ASKED = 100
_LONGEST_SPAN = 20
_SPAN = "1d"

_Text = discord.ui.TextInput[discord.ui.LayoutView]


def merge_form(point: Point, likeliest: Sequence[tuple[Point, str]]) -> Form:
    """Asks into which point it is merged: the likeliest, each with what names it, are offered; any can be typed."""
    form = _form(_("Merge {label}"), point, f"v1:held-merge:{point.id}")
    if likeliest:
        options = [discord.SelectOption(label=choice(each), value=value) for each, value in likeliest[: limits.OPTIONS]]
        picked = discord.ui.Select[discord.ui.LayoutView](custom_id=TARGET, options=options, required=False)
        form.add_item(
            discord.ui.Label(
                text=_("Which point says the same"), description=_("The most alike come first."), component=picked
            )
        )
    asked = _Text(custom_id=ASKED, required=False, max_length=_LONGEST_ASKED)
    form.add_item(
        discord.ui.Label(text=_("Or another"), description=_("Its label, or words from it."), component=asked)
    )
    return _with_words(form)


def edit_form(point: Point, edition: int) -> Form:
    """Shows its words, to be changed."""
    form = _form(_("Change {label}"), point, f"v1:held-edit:{point.id}:{edition}")
    title = _Text(custom_id=TITLE, default=point.title, max_length=LONGEST_TITLE, required=False)
    text = _Text(custom_id=TEXT, style=discord.TextStyle.paragraph, default=point.text, max_length=LONGEST)
    form.add_item(discord.ui.Label(text=_("Title"), description=_("Empty: its first sentence."), component=title))
    form.add_item(
        discord.ui.Label(text=_("Text"), description=_("It waits all the same; its author is told."), component=text)
    )
    return form


def mute_form(point: Point) -> Form:
    """Asks for how long its author is muted, and why."""
    form = _form(_("Mute the author of {label}"), point, f"v1:held-mute:{point.id}")
    span = _Text(custom_id=SPAN, default=_SPAN, max_length=_LONGEST_SPAN)
    form.add_item(discord.ui.Label(text=_("For how long"), description=_("Such as 2h, 1d or 7d."), component=span))
    options = [discord.SelectOption(label=reason(each), value=each) for each in CaseReason]
    why = discord.ui.Select[discord.ui.LayoutView](custom_id=REASON, options=options)
    form.add_item(discord.ui.Label(text=_("Reason"), description=_("The author is told."), component=why))
    return _with_words(form)


def target(submission: Submission) -> str:
    """The point that was asked for: what was typed goes before what was picked."""
    return submission.text(ASKED).strip() or submission.text(TARGET)


def words(submission: Submission) -> Why:
    """Why it is merged: it says what another point says."""
    return Why(CaseReason.DUPLICATE, submission.text(WORDS).strip())


def which(submission: Submission) -> PointId:
    """The addition that the form is about."""
    return PointId(int(submission.parts["point"]))


def _form(title: str, point: Point, custom_id: str) -> Form:
    return Form(
        title=limits.shorten(title.format(label=point.name), limits.FORM_TITLE), custom_id=custom_id, timeout=None
    )


def _with_words(form: Form) -> Form:
    text = _Text(custom_id=WORDS, style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_WORDS)
    form.add_item(
        discord.ui.Label(text=_("In your own words"), description=_("Its author reads them."), component=text)
    )
    return form
