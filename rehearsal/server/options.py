"""Promises the options of a command as a member filled them in: held to the command, with what they name resolved.

docs: interactions/receiving-and-responding#interaction-object, resolved data and option structures
"""

from dataclasses import dataclass, field
from typing import Any

from rehearsal.server import command_options, message_shapes, shapes, uploads
from rehearsal.server.command_options import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL,
    GROUP,
    INTEGER,
    MENTIONABLE,
    MOST_TEXT,
    NUMBER,
    ROLE,
    STRING,
    SUBCOMMAND,
    USER,
)
from rehearsal.server.forms import Form
from rehearsal.server.model import Channel, Json
from rehearsal.server.routing import Call


@dataclass(slots=True)
class Filled:
    """What the application gets: the options, and the things they name by kind and id. `focused` holds the
    types of the options being typed."""

    call: Call
    channel: Channel
    typing: bool
    resolved: dict[str, dict[str, Json]] = field(default_factory=dict)
    focused: list[int] = field(default_factory=list)

    def resolve(self, kind: str, thing_id: int, shape: Json) -> None:
        self.resolved.setdefault(kind, {})[str(thing_id)] = shape


def fill(filled: Filled, form: Form, defined: list[Json]) -> list[Json]:
    """The options of one level; faults are noted on the form."""
    by_name = {each["name"]: each for each in defined}
    given = []
    for option in form.forms("options", most=25):
        name = option.text("name", most=32, required=True)
        definition = by_name.get(name)
        if definition is None or option.integer("type") != definition["type"]:
            option.wrong("name", "INTERACTION_OPTION_UNKNOWN", "The command has no such option")
            continue
        given.append(_option(filled, option, definition))
    names = [each["name"] for each in given]
    for each in defined:
        if each.get("required") and each["name"] not in names and not filled.typing:
            form.wrong("options", "BASE_TYPE_REQUIRED", f"Option {each['name']} is required")
    nested = [each for each in defined if each["type"] in (SUBCOMMAND, GROUP)]
    if len(names) != len(set(names)) or (nested and len(given) != 1):
        form.wrong("options", "INTERACTION_OPTION_COUNT", "Exactly one of each is needed")
    return given


def _option(filled: Filled, form: Form, definition: Json) -> Json:
    kind = definition["type"]
    shape: dict[str, Any] = {"name": definition["name"], "type": kind}
    if kind in (SUBCOMMAND, GROUP):
        return {**shape, "options": fill(filled, form, definition.get("options", []))}
    if form.boolean("focused"):
        filled.focused.append(kind)
        if not filled.typing or not definition.get("autocomplete"):
            form.wrong("focused", "INTERACTION_OPTION_FOCUSED", "The option is not completed by the app")
        return {**shape, "value": form.text("value", most=MOST_TEXT) or "", "focused": True}
    return {**shape, "value": _value(filled, form, definition)}


def _value(filled: Filled, form: Form, definition: Json) -> Json:
    kind = definition["type"]
    if kind == STRING:
        value: Json = form.text(
            "value",
            least=definition.get("min_length", 0),
            most=definition.get("max_length", MOST_TEXT),
            required=True,
        )
    elif kind in (INTEGER, NUMBER):
        value = _number(form, definition)
    elif kind == BOOLEAN:
        value = form.boolean("value")
    elif kind == ATTACHMENT:
        return _attachment(filled, form)
    else:
        return _named(filled, form, definition)
    choices = definition.get("choices")
    if choices and value not in [each["value"] for each in choices]:
        form.wrong("value", "BASE_TYPE_CHOICES", "Value must be one of the choices.")
    return value


def _number(form: Form, definition: Json) -> Json:
    value = command_options.number(form, "value", definition["type"], required=True)
    if value < definition.get("min_value", value) or value > definition.get("max_value", value):
        form.wrong("value", "NUMBER_TYPE_RANGE", "The number is out of range.")
    return value


def _attachment(filled: Filled, form: Form) -> Json:
    return attach(filled, form, str(form.given("value")))


def attach(filled: Filled, form: Form, number: str) -> str:
    """Keeps the file of the request that `number` names; the attachment's id, which is resolved."""
    upload = filled.call.files.get(number)
    if upload is None:
        form.wrong("value", "INTERACTION_OPTION_ATTACHMENT", "No such file came with the request")
        return "0"
    kept = uploads.keep(filled.call.stage, filled.channel.id, upload)
    shape = {**message_shapes.attachment(filled.call.stage.world, kept), "ephemeral": True}
    filled.resolve("attachments", int(shape["id"]), shape)
    return shape["id"]


def _named(filled: Filled, form: Form, definition: Json) -> Json:
    number = form.snowflake("value", required=True) or 0
    if not name(filled, definition["type"], number, definition.get("channel_types")):
        form.wrong("value", "INTERACTION_OPTION_UNKNOWN_ENTITY", "There is nothing with this id")
    return str(number)


def name(filled: Filled, kind: int, thing_id: int, channel_types: list[int] | None = None) -> bool:
    """Resolves a user, role or channel by id; False when there is no such thing here, or no channel of these types."""
    found = False
    if kind in (USER, MENTIONABLE):
        found = _name_user(filled, thing_id)
    if kind in (ROLE, MENTIONABLE) and not found:
        guild = filled.call.stage.world.guilds.get(filled.channel.guild_id or 0)
        if guild and (role := guild.roles.get(thing_id)):
            filled.resolve("roles", thing_id, shapes.role(role))
            found = True
    if kind == CHANNEL:
        found = _name_channel(filled, thing_id, channel_types)
    return found


def _name_user(filled: Filled, user_id: int) -> bool:
    world = filled.call.stage.world
    if user_id not in world.users:
        return False
    filled.resolve("users", user_id, shapes.user(world.users[user_id]))
    if member := world.membership(filled.channel.guild_id, user_id):
        granted = str(world.granted(user_id, filled.channel))
        partial = shapes.member_alone(member)
        del partial["deaf"], partial["mute"]
        filled.resolve("members", user_id, {**partial, "permissions": granted})
    return True


def _name_channel(filled: Filled, channel_id: int, types: list[int] | None) -> bool:
    world, actor = filled.call.stage.world, filled.call.actor
    channel = world.channels.get(channel_id)
    if channel is None or channel.guild_id != filled.channel.guild_id or not world.sees(actor.id, channel):
        return False
    if types and channel.kind not in types:
        return False
    granted = str(world.granted(actor.id, channel))
    filled.resolve("channels", channel_id, {**shapes.channel(world, channel), "permissions": granted})
    return True
