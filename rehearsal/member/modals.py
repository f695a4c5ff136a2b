"""A modal as its member fills it in: what goes back to Discord, and the files that go with it.

Source: Discord's documentation, Receiving and Responding, "Modal Submit Data Structure"; Component Reference.
"""

from __future__ import annotations

from typing import Any

from rehearsal.member.api import File, MemberError

ROW, TEXT_INPUT, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX = 1, 4, 18, 19, 21, 23
SHORT = 1
_ONE_VALUE = (TEXT_INPUT, RADIO_GROUP, CHECKBOX)

Json = dict[str, Any]


def filled(modal: Json, fields: dict[str, Any]) -> tuple[list[Json], list[File]]:
    """The modal's components with their values, and the files. An input that is not named keeps what the modal put
    there: a text, or the options or things marked. Raises MemberError for a name that the modal does not have, and
    for several lines in an input of one.
    """
    left = dict(fields)
    files: list[File] = []
    answered = [_answered(component, left, files) for component in modal["components"]]
    if left:
        raise MemberError(f"The modal {modal['title']!r} has no input {', '.join(map(repr, left))}.")
    return answered, files


def _answered(component: Json, left: Json, files: list[File]) -> Json:
    shape: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == LABEL:
        return {**shape, "component": _value(component["component"], component["label"], left, files)}
    if component["type"] == ROW:
        inner = component["components"]
        return {**shape, "components": [_value(each, each.get("label", ""), left, files) for each in inner]}
    return shape


def _value(shown: Json, label: str, left: Json, files: list[File]) -> Json:
    shape = {"type": shown["type"], "id": shown["id"], "custom_id": shown["custom_id"]}
    name = next((each for each in (shown["custom_id"], label) if each in left), None)
    value = _marked(shown) if name is None else left.pop(name)
    if shown["type"] == TEXT_INPUT and shown["style"] == SHORT and len((value or "").splitlines()) > 1:
        raise MemberError(f"{label!r} takes one line, and there are more.")
    if shown["type"] in _ONE_VALUE:
        return {**shape, "value": value}
    if shown["type"] == FILE_UPLOAD:
        first = len(files)
        files += value or []
        value = [str(number) for number in range(first, len(files))]
    return {**shape, "values": value or []}


def _marked(shown: Json) -> Any:
    """What an input holds before anybody has touched it."""
    if shown["type"] == CHECKBOX:
        return shown["default"]
    if shown["type"] == TEXT_INPUT:
        return shown.get("value")
    marked = [each["value"] for each in shown.get("options", ()) if each.get("default")]
    marked += [each["id"] for each in shown.get("default_values", ())]
    return next(iter(marked), None) if shown["type"] == RADIO_GROUP else marked
