"""`/argue`, "Argue" and "Quote": members argue about points, one file for each way in and one for what is pressed."""

from bot.client import Client
from cogs.argue.arguing import FORM, Argue, argued
from cogs.argue.filing import SideButton, WhichPoint, file
from cogs.argue.pressing import REMOVE_FORM, ArgumentButton, ArgumentsButton, taken_away
from cogs.argue.quoting import FORM as QUOTE_FORM
from cogs.argue.quoting import quote, quoted


async def setup(client: Client) -> None:
    """Called by discord.py."""
    client.add_dynamic_items(WhichPoint, SideButton, ArgumentButton, ArgumentsButton)
    client.forms.add(FORM, argued)
    client.forms.add(QUOTE_FORM, quoted)
    client.forms.add(REMOVE_FORM, taken_away)
    client.tree.add_command(file)
    client.tree.add_command(quote)
    await client.add_cog(Argue(client))
