"""Promises names and descriptions in other languages, as commands carry them.

docs: interactions/application-commands#localization, reference#locales. Rules:
1. A dictionary's keys are Discord's locales; its values are held to the rules of the text they translate.
2. They are kept as given, and left out of lists that are not asked for them (#get-global-application-commands).
3. Towards a command's size its longest version counts (#application-command-object).
"""

from collections.abc import Callable
from typing import Any

from rehearsal.server.forms import Form
from rehearsal.server.model import Json

_LISTED = """
    ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi
    zh-CN zh-TW
"""
LOCALES = frozenset(_LISTED.split())
DICTIONARIES = ("name_localizations", "description_localizations")
Check = Callable[[Form, str], object]


def read(form: Form, name: str, check: Check) -> dict[str, str] | None:
    """The dictionary `name`; `check` notes on the form what is wrong with the text of one locale."""
    translations = form.child(name)
    if translations is None:
        return None
    for locale in translations.body:
        if locale not in LOCALES:
            translations.wrong(locale, "BASE_TYPE_CHOICES", "This is no locale of Discord's.")
            continue
        check(translations, locale)
    return dict(translations.body)


def without(command: dict[str, Json]) -> dict[str, Json]:
    """A command, option or choice without any dictionary."""
    kept = {name: value for name, value in command.items() if name not in DICTIONARIES}
    for name in ("options", "choices"):
        if name in kept:
            kept[name] = [without(each) for each in kept[name]]
    return kept


def longest(thing: dict[str, Any], name: str) -> int:
    """The length of the longest version of a text."""
    translations = thing.get(f"{name}_localizations") or {}
    return max(len(str(each)) for each in (thing.get(name) or "", *translations.values()))
