"""The message menu "Report", `/tip`, and the buttons and forms of reports."""

import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Client
from bot.core.cases import CaseAct
from bot.core.ids import ChannelId, MemberId, MessageId, ReportId
from bot.core.refusals import Code, Refusal
from bot.core.reports import Report as Decided
from bot.display import reports as display
from bot.display.actors import actor, server
from bot.display.asides import beside
from bot.display.cases import why
from bot.display.errors import show
from bot.display.forms import Submission
from bot.services import asides, reports
from bot.services.reports import Target

REPORT_FORM = r"v1:reported:(?P<message>[1-9]\d{0,18})"
TIP_FORM = r"v1:tip"
HIDE_FORM = r"v1:hide-reported:(?P<report>\d{1,18})"


class Report(commands.Cog):
    """`/tip`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @app_commands.command(description="Tell the moderators something in private, without your name")
    @app_commands.guild_only()
    async def tip(self, interaction: discord.Interaction[Any]) -> None:
        """Shows the form, where this member may send it now."""
        choices = await self._client.choices(server(interaction))
        await reports.to_tip(self._client.desk, actor(interaction), choices)
        await interaction.response.send_modal(display.tip_form())


@app_commands.context_menu(name="Report")
@app_commands.guild_only()
async def report(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    """Shows the form, where this member may report the message now."""
    client: Client = interaction.client
    choices = await client.choices(server(interaction))
    target = _target(interaction, message)
    await reports.to_report(client.desk, actor(interaction), choices, target)
    await interaction.response.send_modal(display.form(target.message))


def _target(interaction: discord.Interaction[Any], message: discord.Message) -> Target:
    channel = interaction.channel
    return Target(
        message=MessageId(message.id),
        channel=ChannelId(message.channel.id),
        parent=ChannelId(channel.parent_id) if isinstance(channel, discord.Thread) else None,
        author=None if message.author.id == interaction.application_id else MemberId(message.author.id),
    )


async def reported(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Takes the report, and thanks for it. The message is looked at: a form's id proves nothing of who wrote it."""
    client = interaction.client
    where = client.get_partial_messageable(interaction.channel_id or 0, guild_id=interaction.guild_id)
    try:
        message = await where.fetch_message(int(submission.parts["message"]))
    except (discord.NotFound, discord.Forbidden) as error:
        raise Refusal(Code.NOT_REPORTABLE) from error
    choices = await client.choices(server(interaction))
    await reports.report(client.desk, actor(interaction), choices, _target(interaction, message), why(submission))
    await interaction.response.send_message(display.thanks(), ephemeral=True)


async def tipped(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Takes the tip, and thanks for it."""
    client = interaction.client
    choices = await client.choices(server(interaction))
    await reports.tip(client.desk, actor(interaction), choices, submission.text(display.TEXT))
    await interaction.response.send_message(display.tipped(), ephemeral=True)


class ReportButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"v1:report:(?P<report>\d{1,18}):(?P<act>dismiss|hide)",
):
    """Dismiss or Hide under a report. It works after a restart: all it needs is in its id."""

    def __init__(self, which: ReportId, act: str) -> None:
        super().__init__(discord.ui.Button(custom_id=display.button_id(which, act)))
        self.which = which
        self.act = act

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction, _item: discord.ui.Item[discord.ui.View], match: re.Match[str], /
    ) -> Self:
        """Parses the id; nothing else."""
        return cls(ReportId(int(match["report"])), match["act"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Dismisses, or asks why it is hidden, where whoever presses is a moderator now."""
        try:
            await (self._dismiss(interaction) if self.act == display.DISMISS else self._ask(interaction))
        except Exception as error:
            await show(interaction, error)

    async def _dismiss(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        choices = await client.choices(server(interaction))
        done = await reports.dismiss(client.desk, actor(interaction), choices, self.which)
        if done.point is not None:
            client.books.read_whole(done.point)
        await _show(interaction, done.id)
        await _remind(interaction, CaseAct.DISMISS, done)

    async def _ask(self, interaction: discord.Interaction[Client]) -> None:
        client = interaction.client
        choices = await client.choices(server(interaction))
        found = await reports.to_decide(client.desk, actor(interaction), choices, self.which)
        await interaction.response.send_modal(display.hide_form(found))


async def hidden(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Hides what was reported with the reason that a moderator gave; the message says what was decided."""
    client, which = interaction.client, ReportId(int(submission.parts["report"]))
    choices = await client.choices(server(interaction))
    done = await reports.hide(client.desk, actor(interaction), choices, which, why(submission))
    await _show(interaction, done.id)
    await _remind(interaction, CaseAct.HIDE, done)


async def _show(interaction: discord.Interaction[Client], which: ReportId) -> None:
    shown = await reports.shown(interaction.client.desk, which)
    if shown is not None:
        text, view = display.text(*shown), display.view(shown[0])
        await interaction.response.edit_message(content=text, view=view)


async def _remind(interaction: discord.Interaction[Client], act: CaseAct, done: Decided) -> None:
    """Reminds whoever decided, alone, of what they have to do with the point."""
    if done.point is None:
        return
    aside = await asides.of(interaction.client.desk, actor(interaction), act, done.point)
    if aside.stakes:
        await interaction.followup.send(**beside(display.name(done), aside), ephemeral=True)


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(ReportButton)
    client.forms.add(REPORT_FORM, reported)
    client.forms.add(TIP_FORM, tipped)
    client.forms.add(HIDE_FORM, hidden)
    client.tree.add_command(report)
    await client.add_cog(Report(client))
