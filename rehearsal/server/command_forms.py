"""Promises an application command as Discord checks it (docs: interactions/application-commands).

Rules:
1. Slash commands are named like their options (`command_options.slug`); menu commands freely, in 1 to 32 characters.
2. Descriptions have 1 to 100 characters; menu commands have neither description nor options.
3. Where a command can be used (`contexts`) and how it is installed are lists without repetition.
4. Names, descriptions and values of one command: 8,000 characters at most, of each text its longest version.
"""

from typing import Any

from rehearsal.server import command_options, localisations
from rehearsal.server.forms import Form
from rehearsal.server.localisations import longest
from rehearsal.server.model import Json

MOST_CHARACTERS = 8000
CONTEXTS, INSTALLATIONS = (0, 1, 2), (0, 1)
CHAT = 1


def read(form: Form, kind: int) -> dict[str, Json]:
    """The command's body as Discord keeps it; faults are noted on the form."""
    named = command_options.slug if kind == CHAT else _menu_name
    contexts = _listed(form, "contexts", CONTEXTS)
    body: dict[str, Any] = {
        "name": named(form, "name"),
        "description": _description(form, kind == CHAT),
        "default_member_permissions": _permissions(form),
        "contexts": contexts,
        "integration_types": _listed(form, "integration_types", INSTALLATIONS) or [0],
        "nsfw": form.boolean("nsfw") or False,
        "dm_permission": 1 in contexts if contexts else form.boolean("dm_permission") is not False,
        "name_localizations": localisations.read(form, "name_localizations", named),
        "description_localizations": localisations.read(
            form, "description_localizations", command_options.describe if kind == CHAT else _no_description
        ),
    }
    options = command_options.read(form)
    if options and kind != CHAT:
        form.wrong("options", "APPLICATION_COMMANDS_OPTIONS_TYPE_INVALID", "Menu commands have no options")
    if options:
        body["options"] = options
    if _characters(body) > MOST_CHARACTERS:
        form.wrong(None, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MOST_CHARACTERS})")
    return body


def _menu_name(form: Form, field: str) -> str:
    return form.text(field, least=1, most=32, required=True) or ""


def _description(form: Form, wanted: bool) -> str:
    return command_options.describe(form, "description") if wanted else _no_description(form, "description")


def _no_description(form: Form, field: str) -> str:
    if form.given(field):
        form.wrong(field, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Menu commands have no description")
    return ""


def _permissions(form: Form) -> str | None:
    bits = form.integer("default_member_permissions", least=0)
    return None if bits is None else str(bits)


def _listed(form: Form, name: str, allowed: tuple[int, ...]) -> list[int] | None:
    if form.given(name) is None:
        return None
    found = form.list(name, least=1, most=len(allowed))
    if any(each not in allowed for each in found) or len(found) != len(set(found)):
        form.wrong(name, "BASE_TYPE_CHOICES", f"Values must be different ones of {allowed}.")
    return found


def _characters(body: dict[str, Any]) -> int:
    count = longest(body, "name") + longest(body, "description")
    for option in body.get("options", ()):
        count += _characters(option)
        count += sum(longest(each, "name") + len(str(each["value"])) for each in option.get("choices", ()))
    return count
