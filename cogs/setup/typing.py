"""What is typed in the setup: a time zone, two emoji."""

from dataclasses import replace
from zoneinfo import available_timezones

import discord

from bot.client import Client
from bot.core.emoji import among
from bot.core.refusals import Code, Refusal
from bot.core.setup import Step
from bot.core.votes import emoji_key
from bot.core.zones import meant, nearest
from bot.display import setup as display
from bot.display.actors import server
from bot.display.forms import Submission
from cogs.setup.screens import choose


async def zone_typed(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Takes a time zone by its name, or says which ones are like it."""
    typed, known = submission.text("zone"), available_timezones()
    zone = meant(typed, known)
    if zone is None:
        said = display.unknown_zone(typed, nearest(typed, known))
        await interaction.response.send_message(said, ephemeral=True)
        return
    await choose(interaction, Step.TIME_ZONE, lambda own: replace(own, time_zone=zone))


async def emoji_typed(interaction: discord.Interaction[Client], submission: Submission) -> None:
    """Takes two emoji: standard ones, or the server's own. Raises Refusal."""
    own = {emoji.id: (emoji.name, str(emoji)) for emoji in await server(interaction).fetch_emojis()}
    agree, disagree = (_one(submission.text(field), own) for field in ("agree", "disagree"))
    if emoji_key(agree) == emoji_key(disagree):
        raise Refusal(Code.SAME_EMOJI)
    await choose(interaction, Step.EMOJI, lambda it: replace(it, agree_emoji=agree, disagree_emoji=disagree))


def _one(typed: str, own: dict[int, tuple[str, str]]) -> str:
    found = among(typed, own)
    if found is None:
        raise Refusal(Code.NO_EMOJI, typed=typed)
    return found
