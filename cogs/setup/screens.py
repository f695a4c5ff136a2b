"""The screen of a step, and what happens to it when something is chosen."""

from collections.abc import Callable
from zoneinfo import available_timezones

import discord

from bot.client import Client, set_by_operator
from bot.core.acts import Act
from bot.core.ids import GuildId
from bot.core.servers import Choices
from bot.core.setup import Step
from bot.core.zones import offered
from bot.display import grounds
from bot.display import setup as display
from bot.display.actors import actor, server
from bot.services import critiques, servers


async def own_choices(interaction: discord.Interaction[Client]) -> Choices:
    """What the server itself has chosen."""
    return await servers.own(interaction.client.desk, GuildId(server(interaction).id))


async def screen(interaction: discord.Interaction[Client], step: Step) -> tuple[discord.Embed, discord.ui.View]:
    """The step as it is now."""
    guild = server(interaction)
    own = await own_choices(interaction)
    choices = own.over(set_by_operator(guild, interaction.client.settings))
    shown = display.Screen(
        own,
        choices,
        there=frozenset([*(each.id for each in guild.channels), *(each.id for each in guild.roles)]),
        may_keep_away=_may_keep_away(guild, choices),
        zones=offered(interaction.locale.value, available_timezones(), own.time_zone),
        findings=grounds.examined(await grounds.told(guild, choices), choices) if step is Step.SUMMARY else (),
    )
    return display.embed(step, shown), display.view(step, shown)


def _may_keep_away(guild: discord.Guild, choices: Choices) -> bool:
    """Whether the bot may take Add Reactions from everyone in the home; so too where there is none yet."""
    home = guild.get_channel(choices.home or 0)
    return home is None or home.permissions_for(guild.me).manage_roles


async def turn_to(interaction: discord.Interaction[Client], step: Step) -> None:
    """Shows another step, where whoever presses may still set the server up."""
    choices = await interaction.client.choices(server(interaction))
    critiques.check(actor(interaction), Act.SET_UP, choices)
    embed, view = await screen(interaction, step)
    await interaction.response.edit_message(embed=embed, view=view)


async def choose(interaction: discord.Interaction[Client], step: Step, change: Callable[[Choices], Choices]) -> None:
    """Saves a choice and shows its step again. Raises Refusal."""
    await save(interaction, change)
    embed, view = await screen(interaction, step)
    if interaction.response.is_done():
        await interaction.edit_original_response(embed=embed, view=view)
    else:
        await interaction.response.edit_message(embed=embed, view=view)


async def save(interaction: discord.Interaction[Client], change: Callable[[Choices], Choices]) -> None:
    """Saves a choice. Raises Refusal."""
    client = interaction.client
    defaults = set_by_operator(server(interaction), client.settings)
    await servers.choose(client.desk, actor(interaction), defaults, change)
