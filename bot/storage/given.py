"""Rows given to a statement, or taken from one, in one piece: a JSON text that the database reads or writes.

A statement that is run once for each row, or gives its rows one by one, takes turns with the rest of the bot between
any two of them; in one piece it is out of the way until it is done, however many they are.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Function, Select, bindparam, func, literal_column, select, true


def given(*names: str) -> Select[Any]:
    """The rows of the parameter `rows`, in order, with their places named."""
    each = func.json_each(bindparam("rows")).table_valued("value", name="each")
    columns = [
        func.json_extract(each.c.value, literal_column(f"'$[{place}]'")).label(name) for place, name in enumerate(names)
    ]
    return select(*columns).where(true())  # without a condition SQLite takes ON CONFLICT for a part of the FROM


def rows(these: Sequence[tuple[int | str | bool | None, ...]]) -> dict[str, str]:
    """The parameter: all rows are as long as there are names, and no text holds a NUL."""
    return {"rows": orjson.dumps(these).decode()}


def taken(*columns: ColumnElement[Any]) -> Function[Any]:
    """All rows of these columns as one value; truth values are 1 and 0 in it."""
    return func.json_group_array(func.json_array(*columns))


def rows_of(text: str) -> list[Any]:
    """The rows of such a value, each a list."""
    return orjson.loads(text)
