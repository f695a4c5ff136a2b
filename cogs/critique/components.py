"""What stands under a preview: selects and buttons. All that they need is in their ids, so that they outlive a restart.

`cogs.critique.drafts` takes what is pressed and chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import discord

from bot.core.critiques import Draft
from bot.core.ids import DraftId
from bot.display.previews import PAGE, Look, list_options, options
from bot.texts import _

REF = r"(?P<draft>\d{1,18}):(?P<edition>\d{1,9}):(?P<page>\d{1,9}):(?P<chosen>\d{1,9}|-)"
PRESS = rf"v1:draft:{REF}:(?P<act>earlier|later|retitle|drop|join|undo|confirm|cancel)"
PICK = rf"v1:draft:{REF}:(?P<act>point|list)"

_Style = discord.ButtonStyle


@dataclass(frozen=True, slots=True)
class Ref:
    """A preview as it was shown: which draft, in which edition, and how its moderator looked at it."""

    draft: DraftId
    edition: int
    look: Look

    def __str__(self) -> str:
        chosen = "-" if self.look.chosen is None else self.look.chosen
        return f"{self.draft}:{self.edition}:{self.look.page}:{chosen}"


def ref_of(parts: Mapping[str, str]) -> Ref:
    """The preview that the parts of an id name, which matched REF."""
    chosen = None if parts["chosen"] == "-" else int(parts["chosen"])
    return Ref(DraftId(int(parts["draft"])), int(parts["edition"]), Look(int(parts["page"]), chosen))


def components(draft: Draft, look: Look) -> discord.ui.View:
    """All that stands under the preview of a draft. It listens to nothing itself."""
    count = len(draft.edited.points)
    look = look.within(count)
    ref = Ref(draft.id, draft.edition, look)
    view = discord.ui.View(timeout=None)
    view.add_item(_points(draft, ref, count))
    if len(draft.lists) > 1:
        view.add_item(_lists(draft, ref))
    if look.chosen is not None:
        view.add_item(_button(ref, "retitle", _("Retitle"), row=2))
        view.add_item(_button(ref, "drop", _("Drop"), row=2, style=_Style.danger))
        view.add_item(_button(ref, "join", _("Join with the next"), row=2, disabled=look.chosen == count - 1))
    if count > PAGE:
        last = (count - 1) // PAGE
        view.add_item(_button(ref, "earlier", _("Earlier points"), row=3, disabled=look.page == 0))
        view.add_item(_button(ref, "later", _("Later points"), row=3, disabled=look.page == last))
    if draft.edits:
        view.add_item(_button(ref, "undo", _("Undo the last change"), row=3))
    view.add_item(_button(ref, "confirm", _("Confirm"), row=4, style=_Style.success))
    view.add_item(_button(ref, "cancel", _("Cancel"), row=4))
    view.stop()  # discord.py then keeps no view a preview in memory
    return view


def _points(draft: Draft, ref: Ref, count: int) -> discord.ui.Select[discord.ui.View]:
    first = ref.look.page * PAGE
    shown = _("Choose a point to change ({first}–{last} of {count})")
    return discord.ui.Select(
        custom_id=f"v1:draft:{ref}:point",
        placeholder=shown.format(first=first + 1, last=min(first + PAGE, count), count=count),
        options=options(draft, ref.look),
        row=0,
    )


def _lists(draft: Draft, ref: Ref) -> discord.ui.Select[discord.ui.View]:
    options = list_options(draft)
    whole = replace(ref, look=Look())
    return discord.ui.Select(
        custom_id=f"v1:draft:{whole}:list", placeholder=_("Take another list"), options=options, row=1
    )


def _button(
    ref: Ref, act: str, label: str, *, row: int, style: _Style = _Style.secondary, disabled: bool = False
) -> discord.ui.Button[discord.ui.View]:
    return discord.ui.Button(label=label, style=style, custom_id=f"v1:draft:{ref}:{act}", row=row, disabled=disabled)
