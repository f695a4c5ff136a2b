"""The form that a list is pasted into: a slash command's text cannot hold line breaks, a form's can."""

import discord

from bot.client import Client
from bot.core.acts import Act
from bot.core.refusals import Code, Refusal
from bot.display import limits
from bot.display.actors import actor, server
from bot.display.forms import Form, Submission
from bot.services import critiques
from bot.texts import _
from cogs.critique.homes import Home, home_of
from cogs.critique.reading import Source, show_preview, uploaded, written

PASTE = r"v1:paste:(?P<home>\d{1,20}):(?P<list>\d{1,9}):(?P<votes>public|blind)"
_TEXT, _FILE = "text", "file"
_PUBLIC, _BLIND = "public", "blind"


def paste_form(home: Home, choose: int, *, blind: bool = False) -> Form:
    """The form for a critique in `home`; its submission goes to `take_pasted`."""
    form = Form(title=_("Open a critique"), custom_id=f"v1:paste:{home.id}:{choose}:{_BLIND if blind else _PUBLIC}")
    text: discord.ui.TextInput[Form] = discord.ui.TextInput(
        custom_id=_TEXT,
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=limits.TEXT_INPUT,
        placeholder=_("1. The first point …"),
    )
    file: discord.ui.FileUpload[Form] = discord.ui.FileUpload(custom_id=_FILE, required=False, max_values=1)
    form.add_item(discord.ui.Label(text=_("The list"), description=_("Its title on a line before it."), component=text))
    form.add_item(
        discord.ui.Label(
            text=_("Or a file"),
            description=_("For a longer list: .txt, .md or a saved .html page, 1 MiB at most."),
            component=file,
        )
    )
    return form


async def take_pasted(interaction: discord.Interaction[Client], sent: Submission) -> None:
    """Shows the preview of what was pasted; whoever sends it must be a moderator now. Raises Refusal."""
    guild = server(interaction)
    choices = await interaction.client.choices(guild)
    critiques.check(actor(interaction), Act.OPEN_CRITIQUE, choices)
    channel = guild.get_channel(int(sent.parts["home"]))
    if channel is None:
        raise Refusal(Code.NO_HOME)
    home = home_of(interaction, choices, channel)
    source, blind = _source(interaction, sent), sent.parts["votes"] == _BLIND
    await show_preview(interaction, choices, home, source, int(sent.parts["list"]), blind=blind)


def _source(interaction: discord.Interaction[Client], sent: Submission) -> Source:
    text, files = sent.text(_TEXT), sent.files(_FILE)
    if files and text.strip():
        raise Refusal(Code.TWO_DOCUMENTS)
    if files:
        return uploaded(interaction.client, files[0])
    if not text.strip():
        raise Refusal(Code.NO_DOCUMENT)
    return written(text)
