"""Critiques to choose from: while a member types, and in a select."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.core.critiques import Critique
from bot.display import limits
from bot.display.inert import plain_line


def choices(critiques: Sequence[Critique], typed: str) -> list[app_commands.Choice[str]]:
    """The critiques whose titles hold what was typed; each one's value is its id."""
    found = [critique for critique in critiques if typed.strip().casefold() in critique.title.casefold()]
    return [app_commands.Choice(name=_named(one), value=str(one.id)) for one in found[: limits.CHOICES]]


def options(critiques: Sequence[Critique]) -> list[discord.SelectOption]:
    """The critiques as a select's options, as many as it holds; each one's value is its id."""
    return [discord.SelectOption(label=_named(one), value=str(one.id)) for one in critiques[: limits.CHOICES]]


def _named(critique: Critique) -> str:
    return limits.shorten(plain_line(critique.title) or str(critique.id), limits.CHOICE_NAME)
