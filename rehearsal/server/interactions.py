"""Promises the member's side of interactions: `POST /interactions`, as Discord's own client sends it, and the
INTERACTION_CREATE the application then gets.

docs: interactions/receiving-and-responding#interaction-object, interactions/application-commands#permissions
"""

from typing import Any

from rehearsal.server import archiving, commands, components, message_shapes, modals, options, posting, shapes
from rehearsal.server.commands import CHAT, USER_MENU
from rehearsal.server.conversations import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMISSION, Interaction
from rehearsal.server.errors import not_modelled, refusal
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, Command, Json, Message
from rehearsal.server.permissions import Permission
from rehearsal.server.routing import Call, Routes

ROUTES = Routes()
ATTACHMENT_LIMIT = 10 * 1024 * 1024
_SELECT_NAMES = {5: options.USER, 6: options.ROLE, 7: options.MENTIONABLE, 8: options.CHANNEL}


@ROUTES.on("POST", "/interactions")
def interact(call: Call) -> None:
    """A command (2), a component (3), a completion (4) or a modal's submission (5)."""
    if call.actor.bot:
        raise refusal(20001)
    form = Form(call.body)
    kind = form.integer("type", required=True)
    if kind not in _USES:
        raise not_modelled(f"an interaction of type {kind}")
    channel_id, application_id = form.snowflake("channel_id", True), form.snowflake("application_id", True)
    data = form.child("data", required=True)
    form.check()
    world = call.stage.world
    if application_id != world.application_id:
        raise refusal(10002)
    channel = world.channels.get(channel_id or 0)
    if channel is None:
        raise refusal(10003)
    _check_place(call, channel)
    interaction = Interaction(
        world.ids.next(),
        kind,
        call.actor.id,
        channel.id,
        channel.guild_id,
        form.given("nonce"),
        world.clock.seconds(),
    )
    assert data is not None  # noqa: S101 - it is required
    _send(call, channel, interaction, _USES[kind](call, channel, form, data, interaction))


def _check_place(call: Call, channel: Channel) -> None:
    """Nobody uses commands in an archived thread (docs: topics/threads), nor a plain member in a locked one."""
    archiving.check(call.stage, channel)
    call.need(channel)
    posting.check_active(channel)
    posting.check_open(call.stage, call.actor, channel)
    world = call.stage.world
    reachable = (
        world.membership(channel.guild_id, world.bot.id) if channel.guild_id else world.bot.id in channel.recipients
    )
    if not reachable:
        raise refusal(10002)


# --- commands -------------------------------------------------------------------------------------------------
def _use_command(call: Call, channel: Channel, form: Form, data: Form, interaction: Interaction) -> dict[str, Json]:
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
        sent["target_id"] = _target(filled, data, interaction, command.body["type"])
    if given:
        sent["options"] = given
    if filled.resolved:
        sent["resolved"] = filled.resolved
    if command.guild_id:
        sent["guild_id"] = str(command.guild_id)
    return {"data": sent}


def _target(filled: options.Filled, data: Form, interaction: Interaction, kind: int) -> str:
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


# --- components -----------------------------------------------------------------------------------------------
def _use_component(call: Call, channel: Channel, form: Form, data: Form, interaction: Interaction) -> dict[str, Json]:
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
    if kind in components.SELECTS:
        filled = options.Filled(call, channel, typing=False)
        sent["values"] = _values(filled, data, component)
        form.check()
        if kind != components.STRING_SELECT:
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


def _values(filled: options.Filled, data: Form, component: Json) -> list[str]:
    """What was chosen: as many as the select asks for, each of them on offer."""
    least, most = component["min_values"], component["max_values"]
    values = [str(each) for each in data.list("values", least=least, most=most)]
    if len(values) < least or len(values) != len(set(values)):
        data.wrong("values", "SELECT_COMPONENT_VALUES", "Choose the right number of different values")
    offered = [each["value"] for each in component.get("options", [])]
    for value in values:
        kind = _SELECT_NAMES.get(component["type"])
        there = value in offered if kind is None else options.name(filled, kind, int(value or 0))
        if not there:
            data.wrong("values", "SELECT_COMPONENT_VALUES", f"{value} is not on offer")
    return values


# --- modals ---------------------------------------------------------------------------------------------------
def _submit(call: Call, channel: Channel, form: Form, data: Form, interaction: Interaction) -> dict[str, Json]:
    """A modal that stands on the member's screen, filled in. It stays there until this is answered."""
    modal_id = data.snowflake("id", required=True) or 0
    custom_id = data.text("custom_id", most=100, required=True)
    form.check()
    shown = call.stage.conversations.shown(modal_id, call.actor.id)
    if shown is None or shown["modal"]["custom_id"] != custom_id or shown["channel_id"] != channel.id:
        raise refusal(10062)
    filled = options.Filled(call, channel, typing=False)
    answered = modals.submitted(filled, data, shown["modal"])
    form.check()
    interaction.modal_id, interaction.trigger = modal_id, shown["trigger"]
    sent: dict[str, Any] = {"custom_id": custom_id, "components": answered}
    if filled.resolved:
        sent["resolved"] = filled.resolved
    message = call.stage.world.message(shown["message_id"] or 0)
    if message is None:
        return {"data": sent}
    interaction.message_id = message.id
    return {"data": sent, "message": message_shapes.message(call.stage.world, message, call.stage.world.bot.id)}


_USES = {COMMAND: _use_command, COMPONENT: _use_component, AUTOCOMPLETE: _use_command, SUBMISSION: _submit}


# --- what the application gets --------------------------------------------------------------------------------
def _send(call: Call, channel: Channel, interaction: Interaction, parts: dict[str, Json]) -> None:
    stage, world = call.stage, call.stage.world
    stage.conversations.begin(interaction, stage.first_answer_seconds)
    created = {"id": str(interaction.id), "nonce": interaction.nonce}
    if interaction.kind != AUTOCOMPLETE:
        stage.events.tell(interaction.user_id, "INTERACTION_CREATE", created)
    payload: dict[str, Any] = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": {
            **shapes.channel(world, channel, world.bot.id),
            "permissions": str(world.granted(interaction.user_id, channel)),
        },
        "app_permissions": str(world.granted(world.bot.id, channel)),
        "locale": "en-GB",
        "entitlements": [],
        "attachment_size_limit": ATTACHMENT_LIMIT,
        **owners(interaction),
        **_invoker(call, channel),
        **parts,
    }
    stage.events.tell(world.bot.id, "INTERACTION_CREATE", payload)


def owners(interaction: Interaction) -> dict[str, Json]:
    """Who installed the application: the guild, or "0" in a direct message with its bot."""
    return {"authorizing_integration_owners": {"0": str(interaction.guild_id or 0)}}


def _invoker(call: Call, channel: Channel) -> dict[str, Json]:
    world, user_id = call.stage.world, call.actor.id
    member = world.membership(channel.guild_id, user_id)
    if member is None:
        return {"user": shapes.user(call.actor), "context": 1}
    guild = {"id": str(channel.guild_id), "locale": "en-GB", "features": []}
    return {
        "guild_id": str(channel.guild_id),
        "guild": guild,
        "guild_locale": "en-GB",
        "context": 0,
        "member": {**shapes.member(world, member), "permissions": str(world.granted(user_id, channel))},
    }
