"""What a member sees on a message to press or to choose in.

Source: Discord's documentation, Component Reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

BUTTON = 2
SELECTS = (3, 5, 6, 7, 8)

Json = dict[str, Any]


def buttons(message: Json) -> Iterator[Json]:
    """Every button of a message, however deep it sits among the components."""
    return (each for each in _components(message) if each["type"] == BUTTON)


def selects(message: Json) -> Iterator[Json]:
    """Every select of a message."""
    return (each for each in _components(message) if each["type"] in SELECTS)


def _components(message: Json) -> Iterator[Json]:
    waiting = list(message.get("components", ()))
    while waiting:
        component = waiting.pop(0)
        yield component
        accessory = component.get("accessory")
        waiting = [*component.get("components", ()), *([accessory] if accessory else []), *waiting]
