"""Promises modals as Discord checks and shows them, and what a member's submission says of them.

docs: interactions/receiving-and-responding (Modal, Modal Submit Data Structure), components/reference. Rules:
1. A modal has a title of 45 characters, a custom id and one to five components: labels with one input each, text
   displays, or (deprecated) action rows with one text input.
2. A label has 45 characters and a description of 100. Inputs in a label have no label of their own.
3. A submission holds a value for every input that asks for one, within what the modal asked for.
4. A modal stays open on its member's screen until a submission has been answered (so does Discord's client, which
   its documentation does not speak of).
"""

from collections.abc import Callable, Iterator
from typing import Any

from rehearsal.server import components, options
from rehearsal.server.components import ROW, SELECTS, TEXT
from rehearsal.server.forms import Form
from rehearsal.server.model import Json
from rehearsal.server.options import Filled

TEXT_INPUT, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 4, 18, 19, 21, 22, 23
MOST_COMPONENTS = 5
MOST_TEXT = 4000
_KINDS = {5: options.USER, 6: options.ROLE, 7: options.MENTIONABLE, 8: options.CHANNEL}


# --- as an application asks for it ------------------------------------------------------------------------------
def read(form: Form) -> Json:
    """The modal as the member will see it; faults are noted on the form."""
    shape: dict[str, Any] = {
        "title": form.text("title", least=1, most=45, required=True),
        "custom_id": form.text("custom_id", least=1, most=100, required=True),
    }
    top = form.forms("components", least=1, most=MOST_COMPONENTS, required=True)
    shape["components"] = [_top(each) for each in top]
    ids = [each["custom_id"] for each in inputs(shape)]
    if len(ids) != len(set(ids)):
        form.wrong("components", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
    components.number(list(_walk(shape["components"])))
    return shape


def inputs(modal: Json) -> Iterator[Json]:
    """Every component that takes a value."""
    return (each for each in _walk(modal["components"]) if "custom_id" in each)


def _walk(found: list[Json]) -> Iterator[Json]:
    for each in found:
        yield each
        yield from _walk(each.get("components", []))
        if "component" in each:
            yield from _walk([each["component"]])


def _top(form: Form) -> Json:
    kind = form.kind((ROW, TEXT, LABEL))
    shape: dict[str, Any] = {"type": kind} | _id(form)
    if kind == ROW:
        rows = form.forms("components", least=1, most=1, required=True)
        return {**shape, "components": [_input(each, (TEXT_INPUT,), alone=True) for each in rows]}
    if kind == TEXT:
        return {**shape, "content": form.text("content", least=1, most=MOST_TEXT, required=True)}
    if kind == LABEL:
        shape |= components.present(
            label=form.text("label", least=1, most=45, required=True), description=form.text("description", most=100)
        )
        inner = form.child("component", required=True)
        return shape if inner is None else {**shape, "component": _input(inner, tuple(_INPUTS), alone=False)}
    return shape


def _id(form: Form) -> Json:
    given = form.integer("id", least=0, most=2**31 - 1)
    return {} if given is None else {"id": given}


def _input(form: Form, allowed: tuple[int, ...], *, alone: bool) -> Json:
    kind = form.kind(allowed)
    shape = {"type": kind, "custom_id": form.text("custom_id", least=1, most=100, required=True)} | _id(form)
    label = form.text("label", least=1, most=45, required=alone)
    if label is not None and not alone:
        form.wrong("label", "COMPONENT_LABEL_NOT_ALLOWED", "An input in a label has no label of its own")
    if label is not None:
        shape["label"] = label
    return shape if kind is None else {**shape, **_INPUTS[kind](form)}


def _text_input(form: Form) -> Json:
    return components.present(
        style=form.choice("style", (1, 2), required=True),
        min_length=form.integer("min_length", least=0, most=MOST_TEXT),
        max_length=form.integer("max_length", least=1, most=MOST_TEXT),
        required=form.boolean("required") is not False,
        value=form.text("value", most=MOST_TEXT),
        placeholder=form.text("placeholder", most=100),
    )


def _select(form: Form) -> Json:
    if form.boolean("disabled"):
        form.wrong("disabled", "COMPONENT_DISABLED_IN_MODAL", "A select in a modal cannot be disabled")
    return {**components.select(form), "required": form.boolean("required") is not False}


def _counted(form: Form, most: int) -> Json:
    least, upper = form.integer("min_values", least=0, most=most), form.integer("max_values", least=1, most=most)
    return {
        "min_values": 1 if least is None else least,
        "max_values": 1 if upper is None else upper,
        "required": form.boolean("required") is not False,
    }


def _file_upload(form: Form) -> Json:
    return _counted(form, 10)


def _radio_group(form: Form) -> Json:
    found = components.select_options(form, form.forms("options", least=2, most=10, required=True))
    return {"options": found, "required": form.boolean("required") is not False}


def _checkbox_group(form: Form) -> Json:
    found = components.select_options(form, form.forms("options", least=1, most=10, required=True))
    counted = _counted(form, 10)
    if form.given("max_values") is None:
        counted["max_values"] = len(found)
    return {"options": found, **counted}


def _checkbox(form: Form) -> Json:
    return {"default": form.boolean("default") or False}


_INPUTS: dict[int, Callable[[Form], Json]] = {
    TEXT_INPUT: _text_input,
    **dict.fromkeys(SELECTS, _select),
    FILE_UPLOAD: _file_upload,
    RADIO_GROUP: _radio_group,
    CHECKBOX_GROUP: _checkbox_group,
    CHECKBOX: _checkbox,
}


# --- as a member submits it -------------------------------------------------------------------------------------
def submitted(filled: Filled, data: Form, modal: Json) -> list[Json]:
    """What the application gets of a submission; faults are noted on the form."""
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
    values = [str(each) for each in form.list("values", most=shown["max_values"])]
    least = shown["min_values"] if shown["required"] or values else 0
    if len(values) < least or len(values) != len(set(values)):
        form.wrong("values", "SELECT_COMPONENT_VALUES", "Choose the right number of different values")
    if shown["type"] == FILE_UPLOAD:
        return [options.attach(filled, form, each) for each in values]
    offered = [each["value"] for each in shown.get("options", [])]
    for value in values:
        kind = _KINDS.get(shown["type"])
        there = value in offered if kind is None else value.isdecimal() and options.name(filled, kind, int(value))
        if not there:
            form.wrong("values", "SELECT_COMPONENT_VALUES", f"{value} is not on offer")
    return values
