"""The button that undoes what a moderator did, under the answer to it."""

import re
from typing import Any, Self

import discord

from bot.client import Client
from bot.core.cases import Case, CaseAct
from bot.core.ids import CaseId
from bot.core.refusals import Code, Refusal
from bot.display import asides as display
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.services import undoing

_SHOWN_AGAIN = (CaseAct.HIDE, CaseAct.WITHDRAW)


class UndoButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=display.TEMPLATE):
    """Undo. It works after a restart: all it needs is in its id."""

    def __init__(self, act: str, case: CaseId) -> None:
        super().__init__(discord.ui.Button(custom_id=f"v1:undo:{act}:{case}"))
        self.act = act
        self.case = case

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(match["act"], CaseId(int(match["case"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Undoes it, where whoever presses is a moderator now and it still stands."""
        try:
            await self._undo(interaction)
        except Exception as error:
            await show(interaction, error)

    async def _undo(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        if self.act not in list(CaseAct):
            raise Refusal(Code.UNDONE)
        choices = await client.choices(server(interaction))
        case = await undoing.undo(client.desk, actor(interaction), choices, CaseAct(self.act), self.case)
        _read(client, case)
        await interaction.response.edit_message(content=display.undone(case), view=None)


def _read(client: Client, case: Case) -> None:
    """What was voted while the act stood may not have been heard."""
    if case.act is CaseAct.CLOSE:
        client.books.read_anew(case.guild)
    elif case.act in _SHOWN_AGAIN and case.point is not None:
        client.books.read_whole(case.point)
