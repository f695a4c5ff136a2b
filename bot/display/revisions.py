"""Changes of a point's words: the form, the answer to it, the line in the thread, and earlier words beside later."""

from collections.abc import Sequence

import discord

from bot.core.critiques import Critique
from bot.core.points import Point
from bot.core.revisions import LONGEST, Asking, Piece, Revision, differences
from bot.core.titles import LONGEST as LONGEST_TITLE
from bot.display import limits
from bot.display.forms import Form
from bot.display.inert import inert_line
from bot.display.points import counts
from bot.texts import _

TITLE, TEXT, ASKING = "title", "text", "asking"
_SHOWN = 5
_PIECE = 150  # characters of words that changed together
_AROUND = 8  # words that are kept on either side of a change


def form(point: Point, edition: int, *, own: bool) -> Form:
    """The form with the point's words as they are; a moderator may decide in it whether voters are asked again."""
    title = limits.shorten(_("Change {label}").format(label=point.name), limits.FORM_TITLE)
    modal = Form(title=title, custom_id=f"v1:edit:{point.id}:{edition}", timeout=None)
    words = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TEXT, style=discord.TextStyle.paragraph, default=point.text, max_length=LONGEST
    )
    short = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=TITLE, default=point.title, max_length=LONGEST_TITLE, required=False
    )
    modal.add_item(discord.ui.Label(text=_("Title"), description=_("Empty: its first sentence."), component=short))
    modal.add_item(discord.ui.Label(text=_("Text"), component=words))
    if not own:
        options = [
            discord.SelectOption(label=_asking(each), value=each, default=not n) for n, each in enumerate(Asking)
        ]
        choice = discord.ui.Select[discord.ui.LayoutView](custom_id=ASKING, options=options)
        modal.add_item(discord.ui.Label(text=_("Are its voters asked again?"), component=choice))
    return modal


def _asking(which: Asking) -> str:
    return {
        Asking.BY_ITSELF: _("If it says something else now"),
        Asking.AGAIN: _("Yes: its votes begin anew"),
        Asking.NOBODY: _("No: its votes stand"),
    }[which]


def changed(point: Point, *, asks: bool) -> str:
    """The answer to whoever changed the words."""
    said = _("Changed: **{label}**.").format(label=inert_line(point.name))
    if asks:
        return said + " " + _("It says something else now, so its voters are asked again; earlier votes are kept.")
    return said + " " + _("Its votes stand.")


def asked_again(point: Point, critique: Critique) -> str:
    """The line in the thread that asks voters again."""
    return _(
        "The words of **{label}** have changed, so its votes begin anew: please vote {agree} or {disagree} again. "
        "/point history shows what it said before."
    ).format(label=inert_line(point.name), agree=critique.agree_emoji, disagree=critique.disagree_emoji)


def history(point: Point, known: Sequence[Revision]) -> str:
    """Each change of the point's words, newest first: what is gone struck out, what is new bold; within one message."""
    if not known:
        return _("**{label}** says what it always said.").format(label=inert_line(point.name))
    shown = known[:_SHOWN]
    room = limits.MESSAGE // len(shown) - 2
    later = [(point.title, point.text), *((each.title, each.text) for each in shown)]
    return "\n\n".join(_change(each, *after, room) for each, after in zip(shown, later, strict=False))


def _change(revision: Revision, title: str, text: str, room: int) -> str:
    who = _("by the moderators") if revision.by_moderator else _("by its author")
    when = f"<t:{int(revision.at.timestamp())}:R>"
    head = "-# " + _("Changed {when} {who}").format(when=when, who=who)
    if revision.asked_again and revision.tally.people:
        head += " · " + _("votes before: {score}").format(score=counts(revision.tally))
    before, after = _whole(revision.title, revision.text), _whole(title, text)
    return f"{head}\n{_fitted(_drawn(before, after), room - limits.length(head) - 1)}"


def _whole(title: str, text: str) -> str:
    return text if text.startswith(title.rstrip("…").rstrip()) else f"{title} — {text}"


def _drawn(before: str, after: str) -> list[str]:
    pieces = differences(before, after)
    return [_piece(kind, words, first=n == 0, last=n == len(pieces) - 1) for n, (kind, words) in enumerate(pieces)]


def _piece(kind: Piece, words: str, *, first: bool, last: bool) -> str:
    if kind is Piece.KEPT:
        return inert_line(_around(words.split(), first=first, last=last))
    sign = "~~" if kind is Piece.GONE else "**"
    return f"{sign}{inert_line(limits.shorten(words, _PIECE))}{sign}"


def _around(words: list[str], *, first: bool, last: bool) -> str:
    if len(words) <= 2 * _AROUND:
        return " ".join(words)
    begins = [] if first else words[:_AROUND]
    ends = [] if last else words[-_AROUND:]
    return " ".join([*begins, "…", *ends])


def _fitted(pieces: Sequence[str], room: int) -> str:
    """As many whole pieces as fit: one that is cut would lose the sign that closes it."""
    said = ""
    for piece in pieces:
        longer = f"{said} {piece}".lstrip()
        if limits.length(longer) > room - 2:
            return f"{said} …".lstrip()
        said = longer
    return said
