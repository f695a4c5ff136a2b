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
from dataclasses import dataclass
from typing import Any

import discord


class Form(discord.ui.Modal):
    """A modal that is shown. Its submission goes to whoever takes its id, not to this object."""

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Nothing: see rule 2."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a member sent: the parts of the form's id, and each field's values by its own id (none: left empty)."""

    parts: Mapping[str, str]
    fields: Mapping[str, tuple[str, ...]]

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
                return taker, Submission(match.groupdict(), dict(_fields(data["components"])))
        return None


def _fields(components: list[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        yield from _fields(inner)
        if "values" in component:
            yield component["custom_id"], tuple(str(value) for value in component["values"])
        elif component.get("value") is not None and "custom_id" in component:
            yield component["custom_id"], (str(component["value"]),)


def given_back(interaction: discord.Interaction[Any]) -> list[discord.File]:
    """What a member typed into a form, as a file to be given back with a refusal; none where nothing was typed."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return []
    data: Any = interaction.data
    typed = [values[0] for _id, values in _fields(data["components"]) if values and values[0].strip()]
    if not typed:
        return []
    text = "\n\n".join(typed).encode("utf-8", "replace")
    return [discord.File(io.BytesIO(text), filename="your-text.txt")]
