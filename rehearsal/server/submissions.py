"""Promises what a member makes of a modal: a submission, held to what the modal asked for.

docs: interactions/receiving-and-responding#interaction-object-modal-submit-data-structure. Rules:
1. It holds a value for every input that asks for one, within what the modal asked for.
2. A modal stays open on its member's screen until a submission has been answered (so does Discord's client, which
   its documentation does not speak of).
"""

from collections.abc import Iterator
from typing import Any

from rehearsal.server import message_shapes, options, selects
from rehearsal.server.errors import refusal
from rehearsal.server.forms import Form
from rehearsal.server.interaction_model import Interaction
from rehearsal.server.modals import CHECKBOX, FILE_UPLOAD, MOST_COMPONENTS, MOST_TEXT, RADIO_GROUP, TEXT_INPUT
from rehearsal.server.model import Channel, Json
from rehearsal.server.options import Filled
from rehearsal.server.routing import Call


def submit(call: Call, channel: Channel, form: Form, data: Form, interaction: Interaction) -> dict[str, Json]:
    """A modal that stands on the member's screen, filled in. It stays there until this is answered."""
    modal_id = data.snowflake("id", required=True) or 0
    custom_id = data.text("custom_id", most=100, required=True)
    form.check()
    shown = call.stage.conversations.shown(modal_id, call.actor.id)
    if shown is None or shown["modal"]["custom_id"] != custom_id or shown["channel_id"] != channel.id:
        raise refusal(10062)
    filled = options.Filled(call, channel, typing=False)
    answered = _answers(filled, data, shown["modal"])
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


def _answers(filled: Filled, data: Form, modal: Json) -> list[Json]:
    given = {each.given("custom_id"): each for each in _given(data)}
    return [_answered(filled, data, given, each) for each in modal["components"]]


def _given(data: Form) -> Iterator[Form]:
    for each in data.forms("components", most=MOST_COMPONENTS):
        inner = each.child("component")
        yield from [inner] if inner is not None else each.forms("components", most=1)


def _answered(filled: Filled, data: Form, given: dict[Any, Form], shown: Json) -> Json:
    shape = {"type": shown["type"], "id": shown["id"]}
    if "component" in shown:
        return {**shape, "component": _value_of(filled, data, given, shown["component"])}
    if "components" in shown:
        return {**shape, "components": [_value_of(filled, data, given, each) for each in shown["components"]]}
    return shape


def _value_of(filled: Filled, data: Form, given: dict[Any, Form], shown: Json) -> Json:
    shape = {"type": shown["type"], "id": shown["id"], "custom_id": shown["custom_id"]}
    form = given.get(shown["custom_id"])
    if form is None:
        form = Form({}, data.path, data.faults)
    kind = shown["type"]
    if kind == TEXT_INPUT:
        return {**shape, "value": _text_value(form, shown)}
    if kind == CHECKBOX:
        return {**shape, "value": form.boolean("value") or False}
    if kind == RADIO_GROUP:
        return {**shape, "value": _radio_value(form, shown)}
    return {**shape, "values": _values(filled, form, shown)}


def _text_value(form: Form, shown: Json) -> str:
    value = form.text("value", most=shown.get("max_length", MOST_TEXT)) or ""
    if not value and not shown["required"]:
        return ""
    if len(value) < max(shown.get("min_length", 0), 1 if shown["required"] else 0):
        form.wrong("value", "BASE_TYPE_BAD_LENGTH", "The text is too short.")
    return value


def _radio_value(form: Form, shown: Json) -> str | None:
    return form.choice("value", [each["value"] for each in shown["options"]], required=shown["required"])


def _values(filled: Filled, form: Form, shown: Json) -> list[str]:
    if shown["type"] == FILE_UPLOAD:
        return [options.attach(filled, form, each) for each in selects.several(form, shown)]
    return selects.chosen(filled, form, shown)
