"""A document on its way to a preview: a file or words, read once the answer is deferred."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import discord

from bot.client import Client
from bot.core.ids import ChannelId
from bot.core.servers import Choices
from bot.display.actors import actor
from bot.display.forms import Upload
from bot.display.previews import Look, preview
from bot.services import critiques, drafts
from cogs.critique.components import components
from cogs.critique.homes import Home, kind_of


@dataclass(frozen=True, slots=True)
class Source:
    """What a moderator gave. `read` fetches it; `size` in bytes is what Discord says before it is fetched."""

    size: int
    name: str
    read: Callable[[], Awaitable[bytes | str]]


def attached(file: discord.Attachment) -> Source:
    """A file."""
    return Source(file.size, file.filename, file.read)


def uploaded(client: Client, file: Upload) -> Source:
    """A file that came with a form."""
    return Source(file.size, file.name, lambda: client.http.get_from_cdn(file.address))


def written(text: str) -> Source:
    """Words."""

    async def read() -> str:
        return text

    return Source(len(text), "", read)


async def show_preview(
    interaction: discord.Interaction[Client],
    choices: Choices,
    home: Home,
    source: Source,
    choose: int = 1,
    *,
    blind: bool = False,
) -> None:
    """Reads the document and shows its preview to this moderator alone. Raises Refusal, or core's Unreadable."""
    critiques.check_bytes(source.size)
    await interaction.response.defer(ephemeral=True, thinking=True)
    draft = await drafts.read(
        interaction.client.desk,
        actor(interaction),
        choices,
        home=ChannelId(home.id),
        kind=kind_of(home),
        document=await source.read(),
        name=source.name,
        choose=choose,
        blind=blind,
    )
    embed, files = preview(draft, Look())
    await interaction.edit_original_response(embed=embed, attachments=files, view=components(draft, Look()))
