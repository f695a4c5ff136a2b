"""Promises the options of a command as Discord checks them.

docs: interactions/application-commands#application-command-object-application-command-option-structure. Rules:
1. Up to 25 options, each named once, required ones first; subcommands or values, not both; groups hold subcommands.
2. Choices, up to 25, and completion are for texts and numbers, and exclude each other; bounds and channel types
   stand only where their type has them.
3. Numbers lie between -2^53 and 2^53.
"""

import re
from typing import Any

from rehearsal.server import localisations
from rehearsal.server.forms import Form
from rehearsal.server.model import Json

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
MOST_OPTIONS = MOST_CHOICES = 25
MOST_TEXT = 6000
FURTHEST = 2**53
CHANNEL_KINDS = (0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16)
_VALUES = (STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT)
ANY = (SUBCOMMAND, GROUP, *_VALUES)
# Discord's expression names the scripts Devanagari and Thai, whose marks are no word characters.
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")


def read(form: Form, allowed: tuple[int, ...] = ANY) -> list[Json]:
    """The options of one level; faults are noted on the form."""
    forms = form.forms("options", most=MOST_OPTIONS)
    options = [_option(each, allowed) for each in forms]
    names = [each["name"] for each in options]
    for place, option in enumerate(options):
        if option["name"] in names[:place]:
            forms[place].wrong(
                "name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "The option name is already used"
            )
        if option.get("required") and any(not each.get("required") for each in options[:place]):
            forms[place].wrong(
                None,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
    nesting = [each["type"] in (SUBCOMMAND, GROUP) for each in options]
    if any(nesting) and not all(nesting):
        form.wrong("options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands and values cannot be mixed")
    return options


def slug(form: Form, field: str) -> str:
    """A name of a slash command or an option: lower case, 1 to 32 letters, digits, - and _."""
    name = form.text(field, least=1, most=32, required=True) or ""
    if 0 < len(name) <= 32 and (not _NAME.fullmatch(name) or name != name.lower()):
        form.wrong(field, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    return name


def describe(form: Form, field: str) -> str:
    """A description of 1 to 100 characters."""
    return form.text(field, least=1, most=100, required=True) or ""


def _option(form: Form, allowed: tuple[int, ...]) -> Json:
    kind = form.kind(allowed)
    option: dict[str, Any] = {
        "type": kind,
        "name": slug(form, "name"),
        "description": describe(form, "description"),
    }
    for name, check in (("name_localizations", slug), ("description_localizations", describe)):
        if (translations := localisations.read(form, name, check)) is not None:
            option[name] = translations
    if kind in (SUBCOMMAND, GROUP):
        inner = read(form, (SUBCOMMAND,) if kind == GROUP else _VALUES)
        return {**option, "options": inner} if inner else option
    if form.boolean("required"):
        option["required"] = True
    return {**option, **_limits(form, kind)}


def _limits(form: Form, kind: int | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if kind in (STRING, INTEGER, NUMBER):
        found |= _offered(form, kind)
    if kind == STRING:
        found["min_length"] = form.integer("min_length", least=0, most=MOST_TEXT)
        found["max_length"] = form.integer("max_length", least=1, most=MOST_TEXT)
    if kind in (INTEGER, NUMBER):
        found["min_value"], found["max_value"] = _bound(form, "min_value", kind), _bound(form, "max_value", kind)
    if kind == CHANNEL:
        found["channel_types"] = channel_types(form)
    for least, most in (("min_length", "max_length"), ("min_value", "max_value")):
        if None not in (found.get(least), found.get(most)) and found[least] > found[most]:
            form.wrong(least, "APPLICATION_COMMAND_OPTIONS_MIN_MAX", f"Must not be greater than {most}")
    return {name: value for name, value in found.items() if value is not None}


def _offered(form: Form, kind: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if choices := [read_choice(each, kind) for each in form.forms("choices", most=MOST_CHOICES)]:
        found["choices"] = choices
    if form.boolean("autocomplete"):
        found["autocomplete"] = True
    if len(found) == 2:
        form.wrong("autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Not together with choices")
    return found


def channel_types(form: Form) -> list[int] | None:
    """The kinds of channel that are on offer; None where all are."""
    found = form.list("channel_types", most=len(CHANNEL_KINDS))
    if any(each not in CHANNEL_KINDS for each in found) or len(found) != len(set(found)):
        form.wrong("channel_types", "BASE_TYPE_CHOICES", "Must be different kinds of channel")
    return found or None


def read_choice(form: Form, kind: int) -> Json:
    """A choice for an option of this kind, on offer always or while somebody types."""
    choice: dict[str, Json] = {"name": form.text("name", least=1, most=100, required=True) or ""}
    if (translations := localisations.read(form, "name_localizations", _choice_name)) is not None:
        choice["name_localizations"] = translations
    if kind == STRING:
        return {**choice, "value": form.text("value", least=1, most=100, required=True) or ""}
    return {**choice, "value": number(form, "value", kind, required=True)}


def _choice_name(form: Form, locale: str) -> object:
    return form.text(locale, least=1, most=100)


def _bound(form: Form, name: str, kind: int) -> float | None:
    return None if form.given(name) is None else number(form, name, kind)


def number(form: Form, name: str, kind: int, required: bool = False) -> float:
    """A whole number (for INTEGER) or any (for NUMBER); 0 where it is none."""
    value = form.given(name, required)
    if isinstance(value, (bool, str)) or not isinstance(value, int if kind == INTEGER else (int, float)):
        form.wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
        return 0
    if abs(value) > FURTHEST:
        form.wrong(name, "NUMBER_TYPE_MAX", f"Must lie between -{FURTHEST} and {FURTHEST}.")
    return value
