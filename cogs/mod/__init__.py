"""`/mod`: what moderators do with what members wrote."""

from discord import app_commands
from discord.ext import commands

from bot.client import Client
from cogs.mod.editing import Editing
from cogs.mod.excluding import Excluding
from cogs.mod.held import HeldButton, take
from cogs.mod.hiding import Hiding
from cogs.mod.keeping import Keeping
from cogs.mod.merging import Merging
from cogs.mod.moving import Moving
from cogs.mod.muting import Muting
from cogs.mod.noting import HistoryButton, Noting
from cogs.mod.queueing import Queue, QueueButton
from cogs.mod.ruling import Ruling
from cogs.mod.slowing import Slowing
from cogs.mod.undoing import UndoButton


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class Mod(
    Queue,
    Hiding,
    Ruling,
    Excluding,
    Muting,
    Noting,
    Merging,
    Editing,
    Keeping,
    Slowing,
    Moving,
    commands.GroupCog,
    group_name="mod",
    group_description="Keep order",
):
    """What moderators do with what members wrote."""

    def __init__(self, client: Client) -> None:
        self._client = client


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(HeldButton, HistoryButton, QueueButton, UndoButton)
    take(client.forms)
    await client.add_cog(Mod(client))
