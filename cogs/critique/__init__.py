"""`/critique`: what moderators do with whole critiques, one file for each part of it."""

from discord import app_commands
from discord.ext import commands

from bot.client import Client
from cogs.critique.authors import Authors
from cogs.critique.discarding import DiscardButton, Discarding
from cogs.critique.drafts import RETITLE, DraftButton, DraftSelect, take_title
from cogs.critique.listing import Listing, PageButton
from cogs.critique.menus import open_as_critique
from cogs.critique.opening import Opening
from cogs.critique.pasting import PASTE, take_pasted
from cogs.critique.policies import Policies
from cogs.critique.states import States


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class Critique(
    Opening,
    Discarding,
    Listing,
    States,
    Authors,
    Policies,
    commands.GroupCog,
    group_name="critique",
    group_description="Open and close critiques",
):
    """What moderators do with whole critiques."""

    def __init__(self, client: Client) -> None:
        self._client = client


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(DiscardButton, DraftButton, DraftSelect, PageButton)
    client.forms.add(PASTE, take_pasted)
    client.forms.add(RETITLE, take_title)
    client.tree.add_command(open_as_critique)
    await client.add_cog(Critique(client))
