"""Promises an application command as Discord checks it (docs: interactions/application-commands).

Rules:
1. Slash commands and options are named in lower case, 1 to 32 letters, digits, - and _; other commands freely.
2. Descriptions have 1 to 100 characters; menu commands have none.
3. Up to 25 options, required ones first; a command has subcommands or values, not both.
4. Names, descriptions and values of one command: 8,000 characters at most.
"""

import re
from typing import Any

from rehearsal.server.forms import Form
from rehearsal.server.model import Json

SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
MOST_CHARACTERS = 8000
MOST_OPTIONS = 25
# Discord's expression names the scripts Devanagari and Thai, whose marks are no word characters.
_NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")


def read(form: Form, kind: int) -> dict[str, Json]:
    """The command's body as Discord keeps it; faults are noted on the form."""
    chat = kind == 1
    body: dict[str, Any] = {
        "name": _name(form) if chat else form.text("name", least=1, most=32, required=True),
        "description": _description(form, chat),
        "default_member_permissions": _permissions(form),
        "contexts": form.given("contexts"),
        "integration_types": form.given("integration_types") or [0],
        "nsfw": form.boolean("nsfw") or False,
        "dm_permission": form.given("dm_permission") is not False,
    }
    for name in ("name_localizations", "description_localizations"):
        body[name] = form.given(name)
    options = _options(form, _ANY)
    if options and not chat:
        form.wrong("options", "APPLICATION_COMMANDS_OPTIONS_TYPE_INVALID", "Menu commands have no options")
    if options:
        body["options"] = options
    if _characters(body) > MOST_CHARACTERS:
        form.wrong(None, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MOST_CHARACTERS})")
    return body


_VALUES = (STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT)
_ANY = (SUBCOMMAND, GROUP, *_VALUES)


def _name(form: Form) -> str:
    name = form.text("name", least=1, most=32, required=True) or ""
    if 0 < len(name) <= 32 and (not _NAME.fullmatch(name) or name != name.lower()):
        form.wrong("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    return name


def _description(form: Form, wanted: bool) -> str:
    if wanted:
        return form.text("description", least=1, most=100, required=True) or ""
    if form.given("description"):
        form.wrong("description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Menu commands have no description")
    return ""


def _permissions(form: Form) -> str | None:
    bits = form.integer("default_member_permissions", least=0)
    return None if bits is None else str(bits)


def _options(form: Form, allowed: tuple[int, ...]) -> list[Json]:
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


def _option(form: Form, allowed: tuple[int, ...]) -> Json:
    kind = form.kind(allowed)
    option: dict[str, Any] = {
        "type": kind,
        "name": _name(form),
        "description": _description(form, wanted=True),
    }
    for name in ("name_localizations", "description_localizations"):
        if form.given(name) is not None:
            option[name] = form.given(name)
    if kind in (SUBCOMMAND, GROUP):
        inner = _options(form, (SUBCOMMAND,) if kind == GROUP else _VALUES)
        return {**option, "options": inner} if inner else option
    if form.boolean("required"):
        option["required"] = True
    return {**option, **_limits(form, kind)}


def _limits(form: Form, kind: int | None) -> dict[str, Any]:
    """Choices, autocomplete and bounds, each only where its type has it."""
    found: dict[str, Any] = {}
    if kind in (STRING, INTEGER, NUMBER):
        choices = [_choice(each, kind) for each in form.forms("choices", most=25)]
        if choices:
            found["choices"] = choices
        if form.boolean("autocomplete"):
            found["autocomplete"] = True
        if choices and "autocomplete" in found:
            form.wrong("autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES", "Not together with choices")
    if kind == STRING:
        found["min_length"] = form.integer("min_length", least=0, most=6000)
        found["max_length"] = form.integer("max_length", least=1, most=6000)
    if kind in (INTEGER, NUMBER):
        found["min_value"], found["max_value"] = form.given("min_value"), form.given("max_value")
    if kind == CHANNEL:
        found["channel_types"] = form.given("channel_types")
    return {name: value for name, value in found.items() if value is not None}


def _choice(form: Form, kind: int) -> Json:
    name = form.text("name", least=1, most=100, required=True) or ""
    value = form.given("value", required=True)
    if kind == STRING:
        value = form.text("value", least=1, most=100) or ""
    elif isinstance(value, (bool, str)) or (kind == INTEGER and not isinstance(value, int)):
        form.wrong("value", "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
    return {"name": name, "value": value}


def _characters(body: dict[str, Any]) -> int:
    """Localised texts count by their longest version in Discord; here by the default one."""
    count = len(str(body.get("name") or "")) + len(body.get("description") or "")
    for option in body.get("options", ()):
        count += _characters(option)
        count += sum(len(each["name"]) + len(str(each["value"])) for each in option.get("choices", ()))
    return count
