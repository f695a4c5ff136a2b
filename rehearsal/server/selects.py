"""Promises selects of every kind, in messages and modals, and what is chosen in them.

docs: components/reference#string-select and following. Rules:
1. As many values are chosen as the select asks for, each once and each of them on offer. A string select offers its
   options; the others what there is in the guild, channels only of the types they name.
2. There are at least as many options as may be chosen (github.com/Rapptz/discord.py/issues/6984).
3. Default values lie between the least and the most that may be chosen, and are of the select's own kind.
4. What is marked as required cannot ask for no value (also in messages: discord-api-docs/issues/7800).
"""

from typing import Any

from rehearsal.server import command_options, options
from rehearsal.server.component_parts import emoji, present
from rehearsal.server.forms import Form
from rehearsal.server.model import Json
from rehearsal.server.options import Filled

STRING, USER, ROLE, MENTIONABLE, CHANNEL = 3, 5, 6, 7, 8
KINDS = (STRING, USER, ROLE, MENTIONABLE, CHANNEL)
MOST_VALUES = 25
_OFFERS = {
    USER: options.USER,
    ROLE: options.ROLE,
    MENTIONABLE: options.MENTIONABLE,
    CHANNEL: options.CHANNEL,
}
_DEFAULTS = {USER: ("user",), ROLE: ("role",), MENTIONABLE: ("user", "role"), CHANNEL: ("channel",)}


def read(form: Form, required: bool | None = None) -> Json:
    """A select as it will be shown; faults are noted on the form. In a message it is required only if it says so."""
    kind = form.given("type")
    needed = bool(form.boolean("required")) if required is None else required
    shape = present(
        custom_id=form.text("custom_id", least=1, most=100, required=True),
        placeholder=form.text("placeholder", most=150),
        disabled=form.boolean("disabled"),
        **counts(form, MOST_VALUES, required=needed),
    )
    if kind == STRING:
        least = min(shape["max_values"], MOST_VALUES)
        given = form.forms("options", least=max(1, least), most=MOST_VALUES, required=True)
        shape["options"] = read_options(given)
        _check_marked(form, shape)
        return shape
    return shape | present(
        default_values=_defaults(form, kind, shape),
        channel_types=command_options.channel_types(form) if kind == CHANNEL else None,
    )


def counts(form: Form, most: int, *, required: bool, upper: int = 1) -> dict[str, int]:
    """How many values are chosen: one, or `upper` at most, where nothing else is asked for."""
    least, highest = form.integer("min_values", least=0, most=most), form.integer("max_values", least=1, most=most)
    found = {"min_values": 1 if least is None else least, "max_values": upper if highest is None else highest}
    if found["min_values"] > found["max_values"]:
        form.wrong("max_values", "SELECT_COMPONENT_MIN_MAX", "Must not be less than min_values")
    if required and least == 0:
        form.wrong(
            "min_values",
            "SELECT_COMPONENT_REQUIRED_ZERO_MIN_VALUES",
            "Select menus marked as required cannot have a min_values of 0",
        )
    return found


def read_options(forms: list[Form]) -> list[Json]:
    """The choices of a select, a radio group or a checkbox group; their values differ."""
    found = [
        present(
            label=each.text("label", least=1, most=100, required=True),
            value=each.text("value", least=1, most=100, required=True),
            description=each.text("description", most=100),
            emoji=emoji(each.child("emoji")),
            default=each.boolean("default"),
        )
        for each in forms
    ]
    values = [each.get("value") for each in found]
    for place, value in enumerate(values):
        if value in values[:place]:
            forms[place].wrong(
                "value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
    return found


def _check_marked(form: Form, shape: dict[str, Any]) -> None:
    if sum(bool(each.get("default")) for each in shape["options"]) > shape["max_values"]:
        form.wrong("options", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "More options are marked than may be chosen")


def _defaults(form: Form, kind: int, shape: dict[str, Any]) -> list[Json] | None:
    forms = form.forms("default_values", most=MOST_VALUES)
    found = [
        {"id": str(each.snowflake("id", required=True)), "type": each.choice("type", _DEFAULTS[kind], required=True)}
        for each in forms
    ]
    if found and not shape["min_values"] <= len(found) <= shape["max_values"]:
        form.wrong("default_values", "BASE_TYPE_BAD_LENGTH", "Must be as many as may be chosen")
    return found or None


def chosen(filled: Filled, form: Form, select: Json) -> list[str]:
    """The values a member chose; faults are noted on the form, and what they name is resolved."""
    values = several(form, select)
    offered = [each["value"] for each in select.get("options", [])]
    offers = _OFFERS.get(select["type"])
    for value in values:
        there = value in offered if offers is None else _named(filled, offers, value, select)
        if not there:
            form.wrong("values", "SELECT_COMPONENT_VALUES", f"{value} is not on offer")
    return values


def several(form: Form, shown: Json) -> list[str]:
    """As many different values as what is shown asks for; none where it requires none."""
    values = [str(each) for each in form.list("values", most=shown["max_values"])]
    least = shown["min_values"] if shown.get("required", True) or values else 0
    if len(values) < least or len(values) != len(set(values)):
        form.wrong("values", "SELECT_COMPONENT_VALUES", "Choose the right number of different values")
    return values


def _named(filled: Filled, offers: int, value: str, select: Json) -> bool:
    return value.isdecimal() and options.name(filled, offers, int(value), select.get("channel_types"))
