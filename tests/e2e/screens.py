"""Screens as they reach a member: Discord's JSON, made the same for every run, and held to Discord's limits.

1. Ids (17 digits and more) become `id-1`, `id-2`, … in the order in which they are met; moments become `moment`.
2. Lengths are counted in UTF-16 units, which are never fewer than what Discord counts.
3. The limits are those of the documentation pages "Message", "Component Reference" and "Application Commands".
"""

import json
import re
from typing import Any

Json = Any

_ID = re.compile(r"\d{17,20}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00|(?<=<t:)\d+")
_KEPT = ("content", "embeds", "components", "flags", "attachments", "title", "custom_id", "choices")
_INPUT_LIMITS = {"label": 80, "custom_id": 100, "placeholder": 150, "url": 512}
_OPTION_LIMITS = {"label": 100, "value": 100, "description": 100}
_EMBED_LIMITS = {"title": 256, "description": 4096}


class Neutral:
    """Names for what differs from run to run, the same name for the same thing."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def screen(self, shown: Json) -> Json:
        """What a member sees of a message, a modal or a list of choices."""
        kept = {name: shown[name] for name in _KEPT if shown.get(name)}
        for attachment in kept.get("attachments", []):
            for name in ("url", "proxy_url", "id", "size"):
                attachment.pop(name, None)
        return json.loads(self._neutral(json.dumps(kept, ensure_ascii=False)))

    def _neutral(self, text: str) -> str:
        timeless = _MOMENT.sub("moment", text)
        return _ID.sub(lambda found: self._names.setdefault(found[0], f"id-{len(self._names) + 1}"), timeless)


def faults(shown: Json) -> list[str]:
    """Every limit of Discord's that the screen breaks, in words; empty where it breaks none."""
    found = [*_over(shown, {"content": 2000}, "message")]
    embeds = shown.get("embeds", [])
    found += [fault for embed in embeds for fault in _embed_faults(embed)]
    if sum(map(_embed_length, embeds)) > 6000:
        found.append("the embeds hold more than 6000 characters")
    found += _component_faults(shown.get("components", []), modal="title" in shown)
    if "title" in shown:
        found += _over(shown, {"title": 45, "custom_id": 100}, "modal")
    choices = shown.get("choices", [])
    if len(choices) > 25:
        found.append(f"{len(choices)} choices")
    return found + [fault for choice in choices for fault in _over(choice, {"name": 100, "value": 100}, "choice")]


def _embed_faults(embed: Json) -> list[str]:
    found = _over(embed, _EMBED_LIMITS, "embed") + _over(embed.get("footer", {}), {"text": 2048}, "footer")
    if len(embed.get("fields", [])) > 25:
        found.append("more than 25 fields")
    for field in embed.get("fields", []):
        found += _over(field, {"name": 256, "value": 1024}, "field")
    return found


def _embed_length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description"), embed.get("footer", {}).get("text")]
    texts += [field[part] for field in embed.get("fields", []) for part in ("name", "value")]
    return sum(length(text or "") for text in texts)


def _component_faults(components: list[Json], *, modal: bool) -> list[str]:
    found: list[str] = []
    if len(components) > 5:
        found.append(f"{len(components)} rows")
    inner = [each for row in components for each in row.get("components", [row.get("component")]) if each]
    for row in components:
        if len(row.get("components", [])) > 5:
            found.append(f"{len(row['components'])} in one row")
        if modal and row["type"] == 18:
            found += _over(row, {"label": 45, "description": 100}, "label")
    ids = [each["custom_id"] for each in inner if "custom_id" in each]
    if len(ids) != len(set(ids)):
        found.append(f"an id twice among {ids}")
    return found + [fault for each in inner for fault in _input_faults(each)]


def _input_faults(each: Json) -> list[str]:
    found = _over(each, _INPUT_LIMITS, f"component {each['type']}")
    if "options" in each and not 1 <= len(each["options"]) <= 25:
        found.append(f"{len(each['options'])} options")
    return found + [fault for option in each.get("options", []) for fault in _over(option, _OPTION_LIMITS, "option")]


def _over(thing: Json, limits: dict[str, int], what: str) -> list[str]:
    sizes = {name: length(str(thing.get(name) or "")) for name in limits}
    return [f"{what} {name}: {sizes[name]} of {limit}" for name, limit in limits.items() if sizes[name] > limit]


def length(text: str) -> int:
    """UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
