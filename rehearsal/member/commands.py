"""What a member's client sends for a slash command: the command found by its words, the options by their type.

Source: Discord's documentation, Application Commands, "Application Command Option Type" and Receiving and
Responding, "Application Command Interaction Data Option Structure".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rehearsal.member.api import File, MemberError

SUBCOMMAND, GROUP, ATTACHMENT = 1, 2, 11
_LINE_BREAKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True, slots=True)
class Filled:
    """A command's data as POST /interactions takes it, and the files that its attachment options name."""

    application_id: str
    data: dict[str, Any]
    files: tuple[File, ...]


def fill(commands: list[dict[str, Any]], words: str, options: dict[str, Any], focused: str | None = None) -> Filled:
    """The data for "critique open" and the like. Raises MemberError when there is no such command or option."""
    path = words.split()
    command = _named(commands, path[0], f"/{words}")
    levels = [command]
    for word in path[1:]:
        levels.append(_named(levels[-1].get("options", []), word, f"/{words}"))
    files = tuple(value for value in options.values() if isinstance(value, tuple))
    filled = _values(levels[-1].get("options", []), options, files, focused, words)
    for level in reversed(levels[1:]):
        filled = [{"type": level["type"], "name": level["name"], "options": filled}]
    attachments = [{"id": str(n), "filename": name} for n, (name, _) in enumerate(files)]
    kept = {key: command[key] for key in ("id", "name", "type", "version")}
    return Filled(command["application_id"], {**kept, "options": filled, "attachments": attachments}, files)


def _named(found: list[dict[str, Any]], name: str, words: str) -> dict[str, Any]:
    for each in found:
        if each["name"] == name and each.get("type", 1) in (SUBCOMMAND, GROUP):
            return each
    raise MemberError(f"There is no command {words}: nothing here is named {name!r}.")


def _values(
    known: list[dict[str, Any]], given: dict[str, Any], files: tuple[File, ...], focused: str | None, words: str
) -> list[dict[str, Any]]:
    types = {option["name"]: option["type"] for option in known}
    found: list[dict[str, Any]] = []
    for name, value in given.items():
        if name not in types:
            raise MemberError(f"/{words} has no option {name!r}; it has {', '.join(types) or 'none'}.")
        # An attachment's value is the number of its file in the same request.
        sent = str(files.index(value)) if types[name] == ATTACHMENT else _typed(value)
        found.append({"type": types[name], "name": name, "value": sent})
        if name == focused:
            found[-1]["focused"] = True
    return found


def _typed(value: Any) -> Any:
    """A slash command is one line: Discord's client turns line breaks into spaces (its own behaviour, which its
    documentation does not speak of).
    """
    return _LINE_BREAKS.sub(" ", value) if isinstance(value, str) else value
