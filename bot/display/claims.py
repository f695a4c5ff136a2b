"""What was not recorded, as its author sees it, with what they can do."""

from collections.abc import Iterator

import discord

from bot.core.claims import Asked, Choice
from bot.core.ids import ClaimId
from bot.display import limits
from bot.display.inert import inert_line
from bot.display.moderation import not_taken
from bot.texts import _

_LIKE_SHOWN = 300


def button_id(which: ClaimId, choice: Choice | None = None) -> str:
    """The id of the button that insists, or that says what it is."""
    return f"v1:claim:{which}" if choice is None else f"v1:claim:{which}:{choice}"


def text(asked: Asked) -> str:
    """Why it is not recorded; for what resembles a point, that point; for what is unclear, the question."""
    claim, like = asked.claim, asked.like
    if claim.is_unclear:
        return _("Is this a new point? Choose what holds, more than one if need be; this goes within an hour.")
    if like is None or not claim.asks:
        return not_taken(claim.reason, claim.label, claim.limit)
    lines = [
        _("This is much like point **{label}**, so it is not on the list yet:").format(label=inert_line(claim.label)),
        f"> {limits.shorten(inert_line(like.text), _LIKE_SHOWN)}",
        _("Vote for that one, or press **Record anyway** within an hour if yours says something else."),
    ]
    return limits.shorten("\n".join(lines), limits.MESSAGE)


def view(asked: Asked) -> discord.ui.View | None:
    """A link to the point that it resembles, and the button that insists; or those that say what it is."""
    claim = asked.claim
    if not claim.asks or (asked.like is None and not claim.is_unclear):
        return None
    shown = discord.ui.View(timeout=None)
    for button in _choices(asked) if claim.is_unclear else _insisting(asked):
        shown.add_item(button)
    shown.stop()  # who presses is answered by the button's id, not by this object
    return shown


def _insisting(asked: Asked) -> Iterator[discord.ui.Button[discord.ui.View]]:
    like, critique = asked.like, asked.critique
    if like is not None and like.message is not None:
        url = f"https://discord.com/channels/{critique.guild}/{like.channel}/{like.message}"
        yield discord.ui.Button(label=_("Back {label} instead").format(label=f"#{like.name}"), url=url)
    yield discord.ui.Button(label=_("Record anyway"), custom_id=button_id(asked.claim.id))


def _choices(asked: Asked) -> Iterator[discord.ui.Button[discord.ui.View]]:
    claim, like, answers = asked.claim, asked.like, asked.answers
    words = {
        Choice.RECORD: _("Record as #{label}").format(label=asked.critique.next_label),
        Choice.ANSWERS: "" if answers is None else _("It answers #{label}").format(label=answers.name),
        Choice.SAME: "" if like is None else _("Same as #{label}").format(label=like.name),
        Choice.NOTHING: _("Nothing else") if claim.chosen else _("Not a point"),
    }
    for choice in claim.offers:
        if words[choice]:
            label = limits.shorten(words[choice], limits.BUTTON_LABEL)
            yield discord.ui.Button(label=label, custom_id=button_id(claim.id, choice))


def chosen(choice: Choice, asked: Asked) -> str:
    """What whoever chose is told, where nothing was recorded."""
    like = asked.like
    if choice is Choice.SAME and like is not None:
        way = "" if like.thread is None else f" <#{like.thread}>"
        return (
            _("Not recorded: it says what **{label}** says. Vote for that one, or argue there.").format(
                label=inert_line(like.name)
            )
            + way
        )
    return _("Nothing is recorded of it.")
