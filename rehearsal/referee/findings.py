"""From a validator's errors to findings: the few leaves a person would name.

A failed `oneOf` says only that no branch fits. The branch that was meant is the one whose `type` constant
fits, else the one with the fewest faults, else the one that went wrong deepest. Its own faults are what is
reported, so that a known deviation deep inside a component can be told from a new fault beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rehearsal.referee.verdict import Finding

if TYPE_CHECKING:
    import jsonschema_rs

    _Validator = jsonschema_rs.Draft202012Validator
    _Error = jsonschema_rs.ValidationError

_UNIONS = ("oneOf", "anyOf")
_UNKNOWN = "additionalProperties"
_LONGEST = 200


def findings(validator: _Validator, value: Any, where: str, base: str) -> list[Finding]:
    """All leaves at which `value` fails; empty when it passes. `base` is where the value itself stands."""
    if validator.is_valid(value):
        return []
    return [leaf for error in validator.iter_errors(value) for leaf in _leaves(error, where, base)]


def _leaves(error: _Error, where: str, base: str) -> Iterator[Finding]:
    kind: Any = error.kind
    name = kind.name
    at = base + _pointer(error.instance_path)
    if name in _UNIONS and getattr(kind, "context", None):
        for inner in _meant(kind.context, len(error.instance_path)):
            yield from _leaves(inner, where, base)
    elif name == _UNKNOWN:
        for field in kind.unexpected:
            yield Finding(where, at, "unknown", f"the file knows no field {field!r} here", field)
    elif name == "required":
        yield Finding(where, at, "required", f"the field {kind.property!r} is missing", kind.property)
    else:
        yield Finding(where, at, name, _short(error.message))


def _meant(branches: Sequence[Sequence[_Error]], depth: int) -> Sequence[_Error]:
    return min(branches, key=lambda branch: (_strangeness(branch, depth), _faults(branch), -_depth(branch)))


def _faults(branch: Sequence[_Error]) -> int:
    """Faults as findings count them: one error may name several unknown fields."""
    kinds: list[Any] = [error.kind for error in branch]
    return sum(len(kind.unexpected) if kind.name == _UNKNOWN else 1 for kind in kinds)


def _depth(branch: Sequence[_Error]) -> int:
    return min((len(error.instance_path) for error in branch), default=0)


def _strangeness(branch: Sequence[_Error], depth: int) -> int:
    """How far a branch is from the one that was meant: 2 is another JSON type, 1 another `type` constant."""
    worst = 0
    for error in branch:
        kind: Any = error.kind
        below = error.instance_path[depth:]
        if not below and kind.name == "type":
            return 2
        if below == ["type"]:
            worst = 1
    return worst


def _pointer(path: Sequence[str | int]) -> str:
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
