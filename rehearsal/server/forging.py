"""Promises interactions that Discord itself would not let through: what an application gets if it trusted nobody.

Discord hides a moderators' command from members and takes a component's id only from a message that bears it. An
application that relies on that is open wherever a server has given a command to other roles in its settings, or
where a token is abused. So a forged interaction passes over three of Discord's checks, and no others:
1. whether the member may use the command (docs: interactions/application-commands#permissions);
2. whether the message bears the component, and the select the values;
3. whether the modal was shown to the member, and what it asked for.
The event is the one that Discord would send; the message in it bears the component that was pressed.
"""

from typing import Any

from rehearsal.server import message_shapes, options, selects
from rehearsal.server.conversations import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMISSION
from rehearsal.server.forms import Form
from rehearsal.server.interaction_metadata import metadata
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.interactions import send
from rehearsal.server.invocations import target
from rehearsal.server.model import Channel, Json
from rehearsal.server.routing import Call
from rehearsal.server.stage import Stage

_ROW = 1


def forge(stage: Stage, user_id: int, channel_id: int, kind: int, data: dict[str, Any], message_id: int) -> Interaction:
    """Sends the application an interaction of the user's; `message_id` is what a component or a modal came from."""
    world = stage.world
    call = Call(stage, world.users[user_id], {}, {})
    channel = world.channels[channel_id]
    interaction = Interaction(
        world.ids.next(), kind, user_id, channel_id, channel.guild_id, str(world.ids.next()), world.clock.seconds()
    )
    send(call, channel, interaction, _PARTS[kind](call, channel, interaction, data, message_id))
    return interaction


def _command(call: Call, channel: Channel, interaction: Interaction, data: Json, _message_id: int) -> dict[str, Json]:
    form = Form(data)
    command = call.stage.world.commands[int(data["id"])]
    filled = options.Filled(call, channel, typing=interaction.kind == AUTOCOMPLETE)
    given = options.fill(filled, form, command.body.get("options", []))
    interaction.command = {"name": command.body["name"], "type": command.body["type"]}
    interaction.completing = filled.focused[0] if filled.typing else None
    sent: dict[str, Any] = {"id": str(command.id), **interaction.command}
    if "target_id" in data:
        sent["target_id"] = target(filled, form, interaction, command.body["type"])
    form.check()
    return {"data": {**sent, "options": given, "resolved": filled.resolved}}


def _press(call: Call, channel: Channel, interaction: Interaction, data: Json, message_id: int) -> dict[str, Json]:
    shown = _shown(data)
    sent = {**data, "id": shown["id"]}
    if data["component_type"] in selects.KINDS:
        filled = options.Filled(call, channel, typing=False)
        sent["values"] = selects.chosen(filled, Form(data), shown)
        if data["component_type"] != selects.STRING:
            sent["resolved"] = filled.resolved
    row = {"type": _ROW, "id": 2, "components": [shown]}
    return {"data": sent, "message": {**_message(call, interaction, message_id), "components": [row]}}


def _shown(data: Json) -> Json:
    """The component as it would stand on the message: a button, or a select that offers just what is chosen."""
    shape = {"type": data["component_type"], "id": 1, "custom_id": data["custom_id"]}
    if data["component_type"] not in selects.KINDS:
        return {**shape, "style": 2, "label": "Forged"}
    offered = [{"label": value, "value": value} for value in data["values"]]
    some = {"min_values": 0, "max_values": selects.MOST_VALUES}
    return {**shape, **some, **({"options": offered} if data["component_type"] == selects.STRING else {})}


def _submission(
    call: Call, _channel: Channel, interaction: Interaction, data: Json, message_id: int
) -> dict[str, Json]:
    """What showed the modal is made up, too: a press on the message."""
    shown = {"data": data, "message": _message(call, interaction, message_id)}
    pressed = Interaction(interaction.id - 1, COMPONENT, interaction.user_id, *_place(interaction))
    pressed.message_id = message_id
    interaction.trigger = metadata(call.stage.world, pressed)
    return shown


def _place(interaction: Interaction) -> tuple[int, int | None, Json, float]:
    return interaction.channel_id, interaction.guild_id, None, interaction.at


def _message(call: Call, interaction: Interaction, message_id: int) -> Json:
    message = call.stage.world.message(message_id)
    assert message is not None  # noqa: S101 - whoever forges names one that is there
    interaction.message_id = message_id
    return message_shapes.message(call.stage.world, message, call.stage.world.bot.id)


_PARTS = {COMMAND: _command, AUTOCOMPLETE: _command, COMPONENT: _press, SUBMISSION: _submission}
