"""`/point` and "Add to the list": what members do with single points, one file for each part of it."""

from discord import app_commands
from discord.ext import commands

from bot.client import Client
from cogs.point.adding import FORM, AddButton, Adding, WhichCritique, taken
from cogs.point.claiming import ClaimButton, ClaimChoice
from cogs.point.editing import FORM as EDIT_FORM
from cogs.point.editing import Editing, edited
from cogs.point.officials import FORM as OFFICIAL_FORM
from cogs.point.officials import Officials, answered
from cogs.point.pointing import menu
from cogs.point.showing import Showing
from cogs.point.withdrawing import WithdrawButton, Withdrawing


@app_commands.guild_only()
class Point(
    Showing,
    Adding,
    Withdrawing,
    Editing,
    Officials,
    commands.GroupCog,
    group_name="point",
    group_description="Find, add and withdraw points",
):
    """What members do with single points."""

    def __init__(self, client: Client) -> None:
        self._client = client


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(AddButton, WhichCritique, WithdrawButton, ClaimButton, ClaimChoice)
    client.forms.add(FORM, taken)
    client.forms.add(EDIT_FORM, edited)
    client.forms.add(OFFICIAL_FORM, answered)
    client.tree.add_command(menu())
    await client.add_cog(Point(client))
