"""The buttons under an addition that waits, and the forms behind them.

1. Each works after a restart, and asks who may when it is pressed and again when its form is sent.
2. The message says at once what was decided; what its delivery shows later is the same.
"""

import re
from typing import Any, Self

import discord

from bot.client import Client
from bot.core.acts import Act
from bot.core.cases import CaseAct
from bot.core.critiques import Critique
from bot.core.ids import PointId
from bot.core.moderation import Standing
from bot.core.points import Point
from bot.core.spans import span
from bot.display import cases
from bot.display import held as forms
from bot.display import queue as display
from bot.display.actors import actor, server
from bot.display.asides import beside
from bot.display.errors import show
from bot.display.forms import Forms, Submission
from bot.services import asides, points, queue
from cogs.mod.queueing import said


class HeldButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:held:(?P<point>\d{1,18}):(?P<act>approve|refuse|merge|edit|mute)",
):
    """A button under an addition that waits. It works after a restart: all it needs is in its id."""

    def __init__(self, point: PointId, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(point, act)))
        self.point = point
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(PointId(int(match["point"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Approves, or asks for what the act needs, where whoever presses is a moderator now."""
        try:
            await _DONE[self.act](interaction, self.point)
        except Exception as error:
            await show(interaction, error)


async def _approve(interaction: discord.Interaction[Client], which: PointId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    point, critique = await queue.approve(client.desk, actor(interaction), choices, which)
    await _shown(interaction, point, critique)
    await _remind(interaction, CaseAct.APPROVE, point)


async def _refuse(interaction: discord.Interaction[Client], which: PointId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    point = await queue.held(client.desk, actor(interaction), choices, which, Act.REFUSE)
    await interaction.response.send_modal(cases.refuse_form(point.id, point.name))


async def _merge(interaction: discord.Interaction[Client], which: PointId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    point, likeliest = await queue.targets(client.desk, actor(interaction), choices, which)
    named = [(each, points.reference(each.id)) for each in likeliest]
    await interaction.response.send_modal(forms.merge_form(point, named))


async def _edit(interaction: discord.Interaction[Client], which: PointId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    point, edition = await queue.to_reword(client.desk, actor(interaction), choices, which)
    await interaction.response.send_modal(forms.edit_form(point, edition))


async def _mute(interaction: discord.Interaction[Client], which: PointId) -> None:
    client = interaction.client
    choices = await client.choices(server(interaction))
    point = await queue.held(client.desk, actor(interaction), choices, which, Act.MUTE_MEMBER)
    await interaction.response.send_modal(forms.mute_form(point))


_DONE = {
    display.APPROVE: _approve,
    display.REFUSE: _refuse,
    display.MERGE: _merge,
    display.EDIT: _edit,
    display.MUTE: _mute,
}


async def refused(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Refuses an addition with the reason that a moderator gave, who alone is told how that is undone."""
    client = interaction.client
    choices, which = await client.choices(server(interaction)), forms.which(submission)
    why = cases.why(submission)
    point, critique = await queue.refuse(client.desk, actor(interaction), choices, which, why)
    await _shown(interaction, point, critique)
    await interaction.followup.send(**await said(interaction, CaseAct.REFUSE, point), ephemeral=True)


async def merged(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Merges an addition into the point that a moderator chose."""
    client = interaction.client
    choices, which = await client.choices(server(interaction)), forms.which(submission)
    into, why = forms.target(submission), forms.words(submission)
    point, critique = await queue.merge(client.desk, actor(interaction), choices, which, into, why)
    await _shown(interaction, point, critique)
    await _remind(interaction, CaseAct.MERGE, point)


async def reworded(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Changes the words of an addition, which waits all the same."""
    client = interaction.client
    found = await queue.reword(
        client.desk,
        actor(interaction),
        await client.choices(server(interaction)),
        forms.which(submission),
        submission.text(forms.TITLE),
        submission.text(forms.TEXT),
        edition=int(submission.parts["edition"]),
    )
    await _shown(interaction, *found)


async def muted(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Mutes the author of an addition, which waits all the same."""
    client = interaction.client
    choices, which = await client.choices(server(interaction)), forms.which(submission)
    length, why = span(submission.text(forms.SPAN)), cases.why(submission)
    await _shown(interaction, *await queue.mute_author(client.desk, actor(interaction), choices, which, length, why))


async def _remind(interaction: discord.Interaction[Client], act: CaseAct, point: Point) -> None:
    """Reminds whoever decided, alone, of what they have to do with the point and with what it was merged into."""
    which = [point.id] if point.into is None else [point.id, point.into.id]
    aside = await asides.of(interaction.client.desk, actor(interaction), act, *which)
    if aside.stakes:
        await interaction.followup.send(**beside(display.decided(point), aside), ephemeral=True)


async def _shown(
    interaction: discord.Interaction[Client], point: Point, critique: Critique, known: Standing | None = None
) -> None:
    await interaction.response.edit_message(content=display.text(point, critique, known), view=display.view(point))


def take(known: Forms) -> None:
    """The forms' submissions come here."""
    known.add(r"v1:refuse:(?P<point>\d{1,18})", refused)
    known.add(r"v1:held-merge:(?P<point>\d{1,18})", merged)
    known.add(r"v1:held-edit:(?P<point>\d{1,18}):(?P<edition>\d{1,9})", reworded)
    known.add(r"v1:held-mute:(?P<point>\d{1,18})", muted)
