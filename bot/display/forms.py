"""Forms: modals whose submissions are read from Discord's own words, so that they outlive a restart.

1. A form's id is stable and says all that is needed to take its submission (`v1:noun:<id>…`).
2. discord.py forgets a modal with its process and drops what is submitted afterwards; a form's submission goes to
   the function registered for its id instead, whichever process showed it (documentation page "Receiving and
   Responding", Modal Submit Data Structure).
3. What a member typed is never lost: an answer that refuses it can give it back (`given_back`).
"""

import io
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord


class Form(discord.ui.Modal):
    """A modal that is shown. Its submission goes to whoever takes its id, not to this object."""

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Nothing: see rule 2."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a submission: its name, its size in bytes, and the address it is fetched from."""

    name: str
    size: int
    address: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What a member sent: the parts of the form's id, and each field's values by its own id (none: left empty)."""

    parts: Mapping[str, str]
    fields: Mapping[str, tuple[str, ...]]
    uploads: Mapping[str, Upload] = field(default_factory=dict[str, Upload])

    def files(self, field: str) -> list[Upload]:
        """The files that were uploaded in a field."""
        return [self.uploads[value] for value in self.fields.get(field, ()) if value in self.uploads]

    def text(self, field: str) -> str:
        """What was typed or chosen in a field that takes one value; empty where nothing was."""
        return next(iter(self.fields.get(field, ())), "")


Taker = Callable[[discord.Interaction[Any], Submission], Awaitable[None]]


class Forms:
    """Who takes which form's submissions."""

    def __init__(self) -> None:
        self._takers: list[tuple[re.Pattern[str], Taker]] = []

    def add(self, template: str, taker: Taker) -> None:
        """From now on `taker` gets the submissions of forms whose whole id matches `template`."""
        self._takers.append((re.compile(template), taker))

    def find(self, interaction: discord.Interaction[Any]) -> tuple[Taker, Submission] | None:
        """Who takes this interaction, and what was sent; None where it is no submission of a known form."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return None
        data: Any = interaction.data
        for template, taker in self._takers:
            match = template.fullmatch(data["custom_id"])
            if match:
                return taker, Submission(match.groupdict(), dict(_fields(data["components"])), _uploads(data))
        return None


def _uploads(data: Any) -> dict[str, Upload]:
    found = data.get("resolved", {}).get("attachments", {})
    return {which: Upload(file["filename"], file["size"], file["url"]) for which, file in found.items()}


def _fields(components: list[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        yield from _fields(inner)
        if "values" in component:
            yield component["custom_id"], tuple(str(value) for value in component["values"])
        elif component.get("value") is not None and "custom_id" in component:
            yield component["custom_id"], (str(component["value"]),)


def _typed(components: list[Any]) -> Iterator[str]:
    for component in components:
        yield from _typed([component["component"]] if "component" in component else component.get("components", []))
        if component["type"] == discord.ComponentType.text_input.value:
            yield component.get("value") or ""


def given_back(interaction: discord.Interaction[Any]) -> list[discord.File]:
    """What a member typed into a form, as a file to be given back with a refusal; none where nothing was typed."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return []
    data: Any = interaction.data
    typed = [text for text in _typed(data["components"]) if text.strip()]
    if not typed:
        return []
    text = "\n\n".join(typed).encode("utf-8", "replace")
    return [discord.File(io.BytesIO(text), filename="your-text.txt")]
