"""Promises to read a request body field by field, and to refuse it as Discord does: code 50035, with every fault
at its place in a tree (docs: reference#error-messages).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from rehearsal.server import clock, snowflakes
from rehearsal.server.errors import Refusal

Fault = tuple[tuple[str, ...], str, str]


class Form:
    """One JSON object of a request. Reading a wrong field gives its default and notes the fault;
    `check` refuses the request if any was noted here or in a child.
    """

    def __init__(self, body: Any, path: tuple[str, ...] = (), faults: list[Fault] | None = None) -> None:
        self.path = path
        self.faults: list[Fault] = faults if faults is not None else []
        if not isinstance(body, dict):
            self._note(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
            body = {}
        self.body: dict[str, Any] = body

    def __contains__(self, name: str) -> bool:
        return name in self.body

    def wrong(self, name: str | None, code: str, message: str) -> None:
        self._note(self.path if name is None else (*self.path, name), code, message)

    def check(self) -> None:
        if self.faults:
            raise Refusal(400, 50035, "Invalid Form Body", _tree(self.faults))

    def given(self, name: str, required: bool = False) -> Any:
        """The raw value; None when absent or null."""
        value = self.body.get(name)
        if value is None and required:
            self.wrong(name, "BASE_TYPE_REQUIRED", "This field is required")
        return value

    def text(self, name: str, *, least: int = 0, most: int, required: bool = False) -> str | None:
        value = self.given(name, required)
        if value is None:
            return None
        if not isinstance(value, str):
            if isinstance(value, (dict, list, bool)):
                self.wrong(name, "STRING_TYPE_CONVERT", f'Could not interpret "{value}" as string.')
                return None
            value = str(value)
        if not least <= len(value) <= most:
            self._length(name, least, most)
        return value

    def integer(
        self, name: str, *, least: int | None = None, most: int | None = None, required: bool = False
    ) -> int | None:
        value = self.given(name, required)
        if value is None:
            return None
        try:
            number = int(value) if not isinstance(value, bool) else None
        except (TypeError, ValueError):
            number = None
        if number is None:
            self.wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        elif least is not None and number < least:
            self.wrong(name, "NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        elif most is not None and number > most:
            self.wrong(name, "NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return number

    def boolean(self, name: str) -> bool | None:
        value = self.given(name)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(name, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return None

    def choice(self, name: str, allowed: Collection[Any], required: bool = False) -> Any:
        value = self.given(name, required)
        if value is not None and (isinstance(value, (dict, list)) or value not in allowed):
            listed = ", ".join(str(each) for each in sorted(allowed, key=str))
            self.wrong(name, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")
            return None
        return value

    def kind(self, allowed: Collection[int]) -> int | None:
        """The `type` that tells which of several shapes this object has."""
        value = self.body.get("type")
        if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
            return value
        listed = ", ".join(str(each) for each in sorted(allowed))
        self.wrong(None, "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({listed}).')
        return None

    def snowflake(self, name: str, required: bool = False) -> int | None:
        value = self.given(name, required)
        if value is None:
            return None
        number = snowflakes.read(value)
        if number is None:
            self.wrong(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not snowflake.')
        return number

    def moment(self, name: str) -> datetime | None:
        value = self.given(name)
        moment = clock.parse(str(value)) if value is not None else None
        if value is not None and moment is None:
            self.wrong(name, "DATE_TIME_TYPE_PARSE", f"Could not parse {value}. Should be ISO8601.")
        return moment

    def list(self, name: str, *, least: int = 0, most: int, required: bool = False) -> list[Any]:
        value = self.given(name, required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        if not least <= len(value) <= most:
            self._length(name, least, most)
        return value

    def forms(self, name: str, *, least: int = 0, most: int, required: bool = False) -> "list[Form]":
        found = self.list(name, least=least, most=most, required=required)
        return [Form(each, (*self.path, name, str(n)), self.faults) for n, each in enumerate(found)]

    def child(self, name: str, required: bool = False) -> "Form | None":
        value = self.given(name, required)
        return None if value is None else Form(value, (*self.path, name), self.faults)

    def _length(self, name: str, least: int, most: int) -> None:
        if least:
            self.wrong(name, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.wrong(name, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")

    def _note(self, path: tuple[str, ...], code: str, message: str) -> None:
        self.faults.append((path, code, message))


def _tree(faults: list[Fault]) -> dict[str, Any]:
    """The faults as Discord nests them: one level per field name or list place, `_errors` at the end."""
    tree: dict[str, Any] = {}
    for path, code, message in faults:
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
    return tree
