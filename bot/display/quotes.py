"""The form of "Quote": the passage that is answered, the answer, its side, and where it is not clear, the point."""

from collections.abc import Sequence

import discord

from bot.core.arguments import LONGEST, LONGEST_QUOTE, Side
from bot.core.ids import MessageId
from bot.core.points import Point
from bot.display import limits
from bot.display.arguments import words
from bot.display.forms import Form
from bot.display.points import choice
from bot.texts import _

PASSAGE, ANSWER, SIDE, POINT = "passage", "answer", "side", "point"


def form(message: MessageId, text: str, points: Sequence[Point], *, is_certain: bool) -> Form:
    """The form, with the message's beginning as the passage; asks for the point where it is not certain."""
    modal = Form(title=_("Answer a passage"), custom_id=f"v1:quote:{message}", timeout=None)
    passage = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=PASSAGE,
        style=discord.TextStyle.paragraph,
        default=_beginning(text),
        max_length=LONGEST_QUOTE,
    )
    answer = discord.ui.TextInput[discord.ui.LayoutView](
        custom_id=ANSWER, style=discord.TextStyle.paragraph, max_length=LONGEST
    )
    sides = [discord.SelectOption(label=words(side), value=side) for side in Side]
    side = discord.ui.Select[discord.ui.LayoutView](custom_id=SIDE, options=sides)
    help_text = _("Cut it down to what you answer.")
    modal.add_item(discord.ui.Label(text=_("The passage"), description=help_text, component=passage))
    modal.add_item(discord.ui.Label(text=_("Your answer"), component=answer))
    modal.add_item(discord.ui.Label(text=_("Does your answer support the point?"), component=side))
    if not is_certain:
        options = [discord.SelectOption(label=choice(point), value=str(point.id)) for point in points]
        which = discord.ui.Select[discord.ui.LayoutView](custom_id=POINT, options=options)
        modal.add_item(discord.ui.Label(text=_("Which point is it about?"), component=which))
    return modal


def _beginning(text: str) -> str:
    """As much of the text as fits, cut at a word, and nothing that does not stand in it."""
    return limits.parts(text, LONGEST_QUOTE, LONGEST_QUOTE)[0]
