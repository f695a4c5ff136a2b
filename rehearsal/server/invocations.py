"""Promises commands as members use them: typed with options, typed so far, or opened on a user or a message.

docs: interactions/application-commands, interactions/receiving-and-responding#interaction-object
"""

from typing import Any

from rehearsal.server import commands, message_shapes, options, shapes
from rehearsal.server.commands import CHAT, USER_MENU
from rehearsal.server.conversations import AUTOCOMPLETE
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.model import Channel, Command, Json
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call


def invoke(call: Call, channel: Channel, form: Form, data: Form, interaction: Interaction) -> dict[str, Json]:
    call.need(channel, Permission.USE_APPLICATION_COMMANDS)
    command = _command(call, channel, data)
    filled = options.Filled(call, channel, typing=interaction.kind == AUTOCOMPLETE)
    given = options.fill(filled, data, command.body.get("options", []))
    if filled.typing and len(filled.focused) != 1:
        data.wrong("options", "INTERACTION_OPTION_FOCUSED", "Exactly one option is being typed")
    form.check()
    interaction.command = {"name": command.body["name"], "type": command.body["type"]}
    interaction.completing = filled.focused[0] if filled.typing else None
    sent: dict[str, Any] = {"id": str(command.id), **interaction.command}
    if command.body["type"] != CHAT:
        sent["target_id"] = target(filled, data, interaction, command.body["type"])
    if given:
        sent["options"] = given
    if filled.resolved:
        sent["resolved"] = filled.resolved
    if command.guild_id:
        sent["guild_id"] = str(command.guild_id)
    return {"data": sent}


def target(filled: options.Filled, data: Form, interaction: Interaction, kind: int) -> str:
    """What a menu was opened on, resolved: the application sees a message's content whatever its intents
    (docs: events/gateway#message-content-intent).
    """
    world = filled.call.stage.world
    target = data.snowflake("target_id", required=True) or 0
    data.check()
    if kind == USER_MENU:
        if not options.name(filled, options.USER, target):
            raise refusal(10013)
        interaction.target = {"target_user": shapes.user(world.users[target])}
        return str(target)
    message = world.message(target)
    if message is None or message.channel_id != filled.channel.id:
        raise refusal(10008)
    if message.seen_only_by not in (None, filled.call.actor.id):
        raise refusal(10008)
    filled.resolve("messages", target, message_shapes.message(world, message, world.bot.id))
    interaction.target = {"target_message_id": str(target)}
    return str(target)


def _command(call: Call, channel: Channel, data: Form) -> Command:
    """The command, if it exists here and the member may use it by its default permissions."""
    command = call.stage.world.commands.get(data.snowflake("id", required=True) or 0)
    data.check()
    if command is None or command.guild_id not in (None, channel.guild_id):
        raise refusal(10063)
    if channel.guild_id is None:
        if not commands.in_direct_messages(command):
            raise refusal(10063)
        return command
    if command.body.get("contexts") and 0 not in command.body["contexts"]:
        raise refusal(10063)
    if not commands.allows(command, call.stage.world.granted(call.actor.id, channel)):
        raise refusal(50013)
    return command
