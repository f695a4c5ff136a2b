"""Promises what messages and later interactions say of the interaction they come from.

docs: resources/message#message-interaction-metadata-object
"""

from typing import Any

from rehearsal.server import shapes
from rehearsal.server.conversations import COMPONENT
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import Json
from rehearsal.server.world import World


def owners(interaction: Interaction) -> dict[str, Json]:
    """Who installed the application: the guild, or "0" in a direct message with its bot."""
    return {"authorizing_integration_owners": {"0": str(interaction.guild_id or 0)}}


def told_by(world: World, interaction: Interaction, follows: bool = False) -> dict[str, Json]:
    """The fields of a message that answers the interaction, or (`follows`) comes after its first answer."""
    told = metadata(world, interaction)
    if follows and interaction.original_id:
        told["original_response_message_id"] = str(interaction.original_id)
    parts: dict[str, Json] = {"interaction_metadata": told}
    if interaction.command:
        user = told["user"]
        short = {"id": str(interaction.id), "type": interaction.kind, "user": user}
        parts["interaction"] = {**short, "name": interaction.command["name"]}
    return parts


def metadata(world: World, interaction: Interaction) -> dict[str, Any]:
    """The interaction as such; a modal's names the interaction that the modal answered."""
    told: dict[str, Any] = {
        "id": str(interaction.id),
        "type": interaction.kind,
        "user": shapes.user(world.users[interaction.user_id]),
        **owners(interaction),
        **interaction.target,
    }
    if interaction.kind == COMPONENT:
        told["interacted_message_id"] = str(interaction.message_id)
    if interaction.trigger:
        told["triggering_interaction_metadata"] = interaction.trigger
    return told
