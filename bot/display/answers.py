"""Answers that are brought up to date after they were given, for as long as Discord lets them be edited."""

import logging

import discord

log = logging.getLogger(__name__)


async def brought_up_to_date(interaction: discord.Interaction, text: str) -> bool:
    """Edits the answer to an interaction; whether it could be: a member may have dismissed it."""
    try:
        await interaction.edit_original_response(content=text)
    except (discord.HTTPException, discord.RateLimited, OSError) as error:
        log.info("an answer cannot be brought up to date any more: %s", error)
        return False
    return True
