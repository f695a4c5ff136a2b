"""Promises what a member does to a component of a message: a button pressed, values chosen.

docs: interactions/receiving-and-responding#interaction-object-message-component-data-structure
"""

from typing import Any

from rehearsal.server import components, message_shapes, options, selects
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import Channel, Json, Message
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call


def press(call: Call, channel: Channel, form: Form, data: Form, interaction: Interaction) -> dict[str, Json]:
    message = _pressed_message(call, channel, form)
    custom_id = data.text("custom_id", least=1, most=100, required=True)
    kind = data.integer("component_type", required=True)
    form.check()
    component = _pressed(message, custom_id, kind)
    if component is None:
        data.wrong("custom_id", "COMPONENT_VALIDATION_FAILED", "Component validation failed")
        form.check()
    assert component is not None  # noqa: S101 - `check` refused
    interaction.message_id = message.id
    sent: dict[str, Any] = {"custom_id": custom_id, "component_type": kind, "id": component["id"]}
    if kind in selects.KINDS:
        filled = options.Filled(call, channel, typing=False)
        sent["values"] = selects.chosen(filled, data, component)
        form.check()
        if kind != selects.STRING:
            sent["resolved"] = filled.resolved
    return {"data": sent, "message": message_shapes.message(call.stage.world, message, call.stage.world.bot.id)}


def _pressed_message(call: Call, channel: Channel, form: Form) -> Message:
    """A message of the application in this channel that the member sees."""
    message = call.stage.world.message(form.snowflake("message_id", required=True) or 0)
    form.check()
    if message is None or message.channel_id != channel.id:
        raise refusal(10008)
    if message.seen_only_by not in (None, call.actor.id) or message.author_id != call.stage.world.bot.id:
        raise refusal(10008)
    if message.seen_only_by is None:
        call.need(channel, Permission.READ_MESSAGE_HISTORY)
    return message


def _pressed(message: Message, custom_id: str | None, kind: int | None) -> Json:
    for each in components.walk(message.components):
        if each.get("custom_id") == custom_id and each["type"] == kind and not each.get("disabled"):
            return each
    return None
