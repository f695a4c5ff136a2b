"""`/case mine` and `/case ledger`; the buttons and forms of appeals; and what could not be told before."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.ids import CaseId, GuildId, MemberId
from bot.display import cases as display
from bot.display.actors import actor, server
from bot.display.errors import show
from bot.display.forms import Submission
from bot.services import appeals, cases
from bot.texts import _

APPEAL_FORM = r"v1:appeal:(?P<case>\d{1,18})"
ANSWER_FORM = r"v1:answer:(?P<case>\d{1,18}):(?P<outcome>grant|keep)"


@app_commands.guild_only()
class Case(commands.GroupCog, group_name="case", group_description="What moderators did, and why"):
    """What moderators did, for those whom it concerns and, without names, for everybody."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._being_told: set[MemberId] = set()

    @app_commands.command(description="See what moderators did to what you wrote, and why, and appeal")
    async def mine(self, interaction: discord.Interaction[Any]) -> None:
        """Shows this member their own cases."""
        found = await cases.mine(self._client.desk, actor(interaction))
        await _show(interaction, display.mine(found, server(interaction).name), display.appealing(found))

    @app_commands.command(description="See what moderators did on this server: counts and reasons, no names")
    async def ledger(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the public part."""
        choices = await self._client.choices(server(interaction))
        found = await cases.ledger(self._client.desk, actor(interaction), choices)
        await _show(interaction, display.ledger(found), None)

    @commands.Cog.listener()
    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _command: object) -> None:
        """Tells a member what could not be told by direct message, now that they use the bot."""
        member = MemberId(interaction.user.id)
        if interaction.guild is None or member in self._being_told:
            return
        self._being_told.add(member)  # by the answer to one of their commands, however many they use at once
        try:
            await self._tell(interaction, interaction.guild, member)
        finally:
            self._being_told.discard(member)

    async def _tell(self, interaction: discord.Interaction[Any], guild: discord.Guild, member: MemberId) -> None:
        desk = self._client.desk
        for case in await cases.untold(desk, GuildId(guild.id), member):
            text, view = display.told(case, guild.name), display.appealing([case])
            await interaction.followup.send(text, ephemeral=True, **_with(view))
            await cases.save_told(desk, case.id)


class CaseButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:case:(?P<case>\d{1,18}):(?P<act>appeal|grant|keep)",
):
    """Appeal under what a member is told; the two answers under an appeal. It works after a restart."""

    def __init__(self, case: CaseId, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(case, act)))
        self.case = case
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(CaseId(int(match["case"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the form, where whoever presses may send it now."""
        try:
            await (self._appeal(interaction) if self.act == display.APPEAL else self._answer(interaction))
        except Exception as error:
            await show(interaction, error)

    async def _appeal(self, interaction: discord.Interaction[Client]) -> None:
        member = MemberId(interaction.user.id)
        case = await cases.open_to_appeal(interaction.client.desk, member, self.case)
        await interaction.response.send_modal(display.appeal_form(case))

    async def _answer(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        choices = await client.choices(server(interaction))
        case = await cases.to_answer(client.desk, actor(interaction), choices, self.case)
        await interaction.response.send_modal(display.answer_form(case, self.act))


async def appealed(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Records a member's appeal, and tells them what comes of it."""
    which, member = CaseId(int(submission.parts["case"])), MemberId(interaction.user.id)
    await cases.appeal(interaction.client.desk, member, which, submission.text(display.TEXT))
    said = _("Your appeal is with the moderators. You are told their answer, and `/case mine` shows it.")
    await _show(interaction, said, None)


async def answered(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Closes an appeal with a moderator's answer; the message says what came of it."""
    client = interaction.client
    choices = await client.choices(server(interaction))
    which, granted = CaseId(int(submission.parts["case"])), submission.parts["outcome"] == display.GRANT
    text = submission.text(display.TEXT)
    case = await appeals.answer(client.desk, actor(interaction), choices, which, text, granted=granted)
    if granted and case.point is not None:
        client.books.read_whole(case.point)
    await interaction.response.edit_message(content=display.appeal(case), view=display.answering(case))


async def _show(interaction: discord.Interaction[Any], text: str, view: discord.ui.View | None) -> None:
    await interaction.response.send_message(text, ephemeral=True, **_with(view))


def _with(view: discord.ui.View | None) -> dict[str, Any]:
    return {} if view is None else {"view": view}


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(CaseButton)
    client.forms.add(APPEAL_FORM, appealed)
    client.forms.add(ANSWER_FORM, answered)
    await client.add_cog(Case(client))
