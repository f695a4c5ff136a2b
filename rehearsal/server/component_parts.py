"""Promises what several kinds of component are made of (docs: components/reference)."""

from typing import Any

from rehearsal.server.errors import not_modelled
from rehearsal.server.forms import Form
from rehearsal.server.model import Json


def present(**values: Any) -> dict[str, Any]:
    """The values that there are."""
    return {name: value for name, value in values.items() if value is not None}


def emoji(form: Form | None) -> Json:
    """A standard emoji, by its character."""
    if form is None:
        return None
    name, emoji_id = form.text("name", most=32), form.snowflake("id")
    if emoji_id is not None:
        raise not_modelled("a guild's own emoji on a component")
    if not name:
        form.wrong("name", "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji")
    return {"name": name or ""}
