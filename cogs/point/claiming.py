"""The question whether a text that resembles a point is recorded all the same, and the button that says so."""

import re
from contextlib import suppress
from typing import Any, Self

import discord

from bot.client import Client
from bot.core.claims import Choice, Claim
from bot.core.ids import ClaimId
from bot.display import claims as display
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.services import asking, claims
from bot.services.submissions import Recorded
from cogs.point.answering import answer


async def ask(interaction: discord.Interaction[Client], claim: Claim) -> None:
    """Shows this member the point that their text resembles, and what they can do."""
    asked = await claims.read(interaction.client.desk, claim.id)
    view = display.view(asked) or discord.utils.MISSING
    await interaction.response.send_message(display.text(asked), view=view, ephemeral=True)


class ClaimButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:claim:(?P<claim>\d{1,18})",
):
    """Records the text all the same. It works after a restart: all it needs is in its id."""

    def __init__(self, claim: ClaimId) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(claim)))
        self.claim = claim

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(ClaimId(int(match["claim"])))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Records it, where whoever presses wrote it and it still waits for them."""
        try:
            client: Client = interaction.client
            choices = await client.choices(server(interaction))
            critique, point = await claims.insist(client.desk, actor(interaction), choices, self.claim)
            await answer(interaction, Recorded(critique, (point,)))
        except Exception as error:
            await show(interaction, error)


class ClaimChoice(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"v1:claim:(?P<claim>\d{{1,18}}):(?P<choice>{'|'.join(Choice)})",
):
    """Says what an unclear addition is. It works after a restart: all it needs is in its id."""

    def __init__(self, claim: ClaimId, choice: Choice) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(claim, choice)))
        self.claim = claim
        self.choice = choice

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(ClaimId(int(match["claim"])), Choice(match["choice"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Does what was chosen, where whoever presses may say so; what else may hold stays to be chosen."""
        try:
            client: Client = interaction.client
            choices, who = await client.choices(server(interaction)), actor(interaction)
            claim, critique, point = await asking.choose(client.desk, who, choices, self.claim, self.choice)
            if self.choice is Choice.RECORD and point is not None:
                await answer(
                    interaction, Recorded(critique, (point,)), None if claim.author == who.id else claim.author
                )
            else:
                asked = await claims.read(client.desk, claim.id)
                await interaction.response.send_message(display.chosen(self.choice, asked), ephemeral=True)
            await _show_rest(interaction, claim)
        except Exception as error:
            await show(interaction, error)


async def _show_rest(interaction: discord.Interaction[Client], claim: Claim) -> None:
    """The reply offers what may still hold; once nothing may, it is on its way out."""
    if claim.offers and interaction.message is not None:
        asked = await claims.read(interaction.client.desk, claim.id)
        with suppress(discord.NotFound):
            await interaction.message.edit(view=display.view(asked))
