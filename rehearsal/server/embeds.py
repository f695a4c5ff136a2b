"""Promises embeds as Discord limits and prints them (docs: resources/message#embed-object-embed-limits)."""

from typing import Any

from rehearsal.server.clock import stamp
from rehearsal.server.forms import Form
from rehearsal.server.model import Json

MOST_EMBEDS = 10
MOST_CHARACTERS = 6000
_WEB = ("http://", "https://", "attachment://")


def read(form: Form) -> list[Json]:
    """The request's embeds as the message will show them; faults are noted on the form."""
    embeds = [_embed(each) for each in form.forms("embeds", most=MOST_EMBEDS)]
    if sum(_characters(each) for each in embeds) > MOST_CHARACTERS:
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_CHARACTERS}")
    return embeds


def _embed(form: Form) -> Json:
    shape: dict[str, Any] = {"type": "rich"}
    parts = {
        "title": form.text("title", most=256),
        "description": form.text("description", most=4096),
        "url": _address(form, "url"),
        "color": form.integer("color", least=0, most=0xFFFFFF),
        "author": _author(form.child("author")),
        "footer": _footer(form.child("footer")),
        "image": _picture(form.child("image")),
        "thumbnail": _picture(form.child("thumbnail")),
    }
    moment = form.moment("timestamp")
    fields = [_field(each) for each in form.forms("fields", most=25)]
    shape |= {name: value for name, value in parts.items() if value not in (None, "")}
    if moment:
        shape["timestamp"] = stamp(moment)
    if fields:
        shape["fields"] = fields
    if len(shape) == 1:
        form.wrong("description", "BASE_TYPE_REQUIRED", "This field is required")
    return shape


def _field(form: Form) -> Json:
    return {
        "name": form.text("name", least=1, most=256, required=True) or "",
        "value": form.text("value", least=1, most=1024, required=True) or "",
        "inline": form.boolean("inline") or False,
    }


def _author(form: Form | None) -> Json:
    if form is None:
        return None
    name = form.text("name", least=1, most=256, required=True) or ""
    return _without_gaps(name=name, url=_address(form, "url"), icon_url=_address(form, "icon_url"))


def _footer(form: Form | None) -> Json:
    if form is None:
        return None
    text = form.text("text", least=1, most=2048, required=True) or ""
    return _without_gaps(text=text, icon_url=_address(form, "icon_url"))


def _picture(form: Form | None) -> Json:
    if form is None:
        return None
    address = _address(form, "url")
    return _without_gaps(url=address, proxy_url=address) or None


def _address(form: Form, name: str) -> str | None:
    value = form.text(name, most=2048)
    if value and not value.startswith(_WEB):
        form.wrong(name, "URL_TYPE_INVALID_SCHEME", f'Scheme "{value.split(":")[0]}" must be one of {set(_WEB)}.')
    return value or None


def _without_gaps(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _characters(embed: Json) -> int:
    """What counts towards the limit over all embeds: titles, texts, fields, footer and author."""
    count = len(embed.get("title", "")) + len(embed.get("description", ""))
    count += len(embed.get("footer", {}).get("text", "")) + len(embed.get("author", {}).get("name", ""))
    return count + sum(len(each["name"]) + len(each["value"]) for each in embed.get("fields", ()))
