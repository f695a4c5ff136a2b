"""What moderators do with a preview: look, change, confirm, cancel. Whoever acts must be a moderator then."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, Self

import discord

from bot.client import Client
from bot.core.acts import Actor
from bot.core.critiques import Draft
from bot.core.edits import Edit, EditKind
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices
from bot.core.titles import LONGEST
from bot.display import limits, selects
from bot.display.actors import actor, server
from bot.display.errors import sentence, show
from bot.display.forms import Form, Submission
from bot.display.overviews import opened
from bot.display.previews import Look, preview
from bot.services import critiques, drafts
from bot.texts import _
from cogs.critique.components import PICK, PRESS, REF, Ref, components, ref_of
from cogs.critique.following import follow

RETITLE = rf"v1:retitle:{REF}"

Press = discord.Interaction[Client]


class DraftButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PRESS):
    """A button under a preview."""

    def __init__(self, custom_id: str, ref: Ref, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=custom_id))
        self.ref = ref
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(match.string, ref_of(match.groupdict()), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Does what the button says."""
        await _guarded(interaction, self.ref, _PRESSED[self.act])


class DraftSelect(discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]], template=PICK):
    """A select under a preview."""

    def __init__(self, custom_id: str, ref: Ref, act: str) -> None:
        super().__init__(discord.ui.Select(custom_id=custom_id))
        self.ref = ref
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(match.string, ref_of(match.groupdict()), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Takes what was chosen."""
        await _guarded(interaction, self.ref, _look if self.act == "point" else _choose)


async def take_title(interaction: Press, sent: Submission) -> None:
    """A point's new title, from its form."""
    ref = ref_of(sent.parts)
    title = sent.text("title")
    await _guarded(interaction, ref, lambda interaction, ref: _edit(interaction, ref, EditKind.RETITLE, title))


async def _guarded(interaction: Press, ref: Ref, act: Callable[[Press, Ref], Awaitable[None]]) -> None:
    """Does it; where the preview is not the newest, shows that one instead."""
    try:
        try:
            await act(interaction, ref)
        except Refusal as refusal:
            if refusal.code is not Code.DRAFT_EDITED:
                raise
            draft = await drafts.show(interaction.client.desk, *await _who(interaction), ref.draft)
            await _redraw(interaction, draft, Look(ref.look.page), note=sentence(refusal))
    except Exception as error:
        await show(interaction, error)


async def _who(interaction: Press) -> tuple[Actor, Choices]:
    return actor(interaction), await interaction.client.choices(server(interaction))


async def _redraw(interaction: Press, draft: Draft, look: Look, *, note: str = "") -> None:
    embed, files = preview(draft, look)
    view = components(draft, look)
    if interaction.response.is_done():
        await interaction.edit_original_response(content=note, embed=embed, attachments=files, view=view)
    else:
        await interaction.response.edit_message(content=note, embed=embed, attachments=files, view=view)


async def _look(interaction: Press, ref: Ref) -> None:
    """Shows the point that was chosen."""
    await _turn(interaction, replace(ref, look=replace(ref.look, chosen=selects.number(interaction))))


async def _turn(interaction: Press, ref: Ref) -> None:
    draft = await drafts.show(interaction.client.desk, *await _who(interaction), ref.draft)
    if draft.edition != ref.edition:
        raise Refusal(Code.DRAFT_EDITED)
    embed, _files = preview(draft, ref.look)  # the file stands as it is
    await interaction.response.edit_message(content="", embed=embed, view=components(draft, ref.look))


async def _choose(interaction: Press, ref: Ref) -> None:
    """Takes another list of the document, which may take a while to read."""
    number = selects.number(interaction)
    await interaction.response.defer()
    who = await _who(interaction)
    draft = await drafts.choose(interaction.client.desk, *who, ref.draft, ref.edition, number)
    await _redraw(interaction, draft, Look(), note=_("This is another list of the document, as it was read."))


async def _edit(interaction: Press, ref: Ref, kind: EditKind, title: str = "") -> None:
    edit = Edit(kind, -1 if ref.look.chosen is None else ref.look.chosen, title)
    draft = await drafts.edit(interaction.client.desk, *await _who(interaction), ref.draft, ref.edition, edit)
    await _redraw(interaction, draft, Look(ref.look.page, None if kind is EditKind.DROP else ref.look.chosen))


async def _ask_title(interaction: Press, ref: Ref) -> None:
    draft = await drafts.show(interaction.client.desk, *await _who(interaction), ref.draft)
    points = draft.edited.points
    if draft.edition != ref.edition or ref.look.chosen is None or ref.look.chosen >= len(points):
        raise Refusal(Code.DRAFT_EDITED)
    point = points[ref.look.chosen]
    form = Form(title=_("Retitle a point"), custom_id=f"v1:retitle:{ref}")
    title: discord.ui.TextInput[Form] = discord.ui.TextInput(
        custom_id="title", max_length=LONGEST, required=False, default=limits.shorten(point.title, LONGEST)
    )
    words = _("Its text stays. Empty: the title is made from the text.")
    shown = limits.shorten(_("Title of {label}").format(label=point.label), limits.LABEL)
    form.add_item(discord.ui.Label(text=shown, description=words, component=title))
    await interaction.response.send_modal(form)


async def _undo(interaction: Press, ref: Ref) -> None:
    draft = await drafts.undo(interaction.client.desk, *await _who(interaction), ref.draft, ref.edition)
    await _redraw(interaction, draft, Look(ref.look.page))


async def _confirm(interaction: Press, ref: Ref) -> None:
    client = interaction.client
    active = len(await server(interaction).active_threads())
    who = await _who(interaction)
    begun = await critiques.confirm(client.desk, *who, ref.draft, ref.edition, active_threads=active)
    text = opened(begun)
    await interaction.response.edit_message(content=text, embed=None, attachments=[], view=None)
    client.aside(follow(interaction, begun.critique.id, text))


async def _cancel(interaction: Press, ref: Ref) -> None:
    await drafts.cancel(interaction.client.desk, *await _who(interaction), ref.draft)
    text = _("Cancelled; nothing was posted.")
    await interaction.response.edit_message(content=text, embed=None, attachments=[], view=None)


_PRESSED: Mapping[str, Callable[[Press, Ref], Awaitable[None]]] = {
    "earlier": lambda press, ref: _turn(press, replace(ref, look=Look(max(ref.look.page - 1, 0)))),
    "later": lambda press, ref: _turn(press, replace(ref, look=Look(ref.look.page + 1))),
    "retitle": _ask_title,
    "drop": lambda press, ref: _edit(press, ref, EditKind.DROP),
    "join": lambda press, ref: _edit(press, ref, EditKind.JOIN),
    "undo": _undo,
    "confirm": _confirm,
    "cancel": _cancel,
}
