"""Promises modals as Discord checks and shows them (what members make of them is `submissions`).

docs: interactions/receiving-and-responding (Modal, Modal Submit Data Structure), components/reference. Rules:
1. A modal has a title of 45 characters, a custom id and one to five components: labels with one input each, text
   displays, or (deprecated) action rows with one text input.
2. A label has 45 characters and a description of 100. Inputs in a label have no label of their own.
3. An input is required unless it says otherwise, and then cannot ask for no value.
"""

from collections.abc import Callable, Iterator
from typing import Any

from rehearsal.server import components, selects
from rehearsal.server.component_parts import present
from rehearsal.server.components import ROW, SELECTS, TEXT
from rehearsal.server.forms import Form
from rehearsal.server.model import Json

TEXT_INPUT, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 4, 18, 19, 21, 22, 23
MOST_COMPONENTS = 5
MOST_TEXT = 4000
MOST_CHOICES = 10


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
        shape |= present(
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
    shape = present(
        style=form.choice("style", (1, 2), required=True),
        min_length=form.integer("min_length", least=0, most=MOST_TEXT),
        max_length=form.integer("max_length", least=1, most=MOST_TEXT),
        required=_required(form),
        value=form.text("value", most=MOST_TEXT),
        placeholder=form.text("placeholder", most=100),
    )
    if shape.get("min_length", 0) > shape.get("max_length", MOST_TEXT):
        form.wrong("min_length", "TEXT_INPUT_MIN_MAX", "Must not be greater than max_length")
    return shape


def _required(form: Form) -> bool:
    return form.boolean("required") is not False


def _select(form: Form) -> Json:
    if form.boolean("disabled"):
        form.wrong("disabled", "COMPONENT_DISABLED_IN_MODAL", "A select in a modal cannot be disabled")
    return {**selects.read(form, required=_required(form)), "required": _required(form)}


def _file_upload(form: Form) -> Json:
    return {**selects.counts(form, MOST_CHOICES, required=_required(form)), "required": _required(form)}


def _radio_group(form: Form) -> Json:
    found = selects.read_options(form.forms("options", least=2, most=MOST_CHOICES, required=True))
    if sum(bool(each.get("default")) for each in found) > 1:
        form.wrong("options", "RADIO_GROUP_TOO_MANY_DEFAULTS", "One option at most is marked")
    return {"options": found, "required": _required(form)}


def _checkbox_group(form: Form) -> Json:
    found = selects.read_options(form.forms("options", least=1, most=MOST_CHOICES, required=True))
    counted = selects.counts(form, MOST_CHOICES, required=_required(form), upper=len(found))
    return {"options": found, **counted, "required": _required(form)}


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
