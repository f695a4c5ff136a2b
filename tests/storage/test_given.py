"""Rows given in one piece come out as they went in, in order."""

from typing import Any

from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import create_engine

from bot.storage.given import given, rows

_ENGINE = create_engine("sqlite://")
_VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)


@drawn(st.lists(st.tuples(_VALUES, _VALUES, st.booleans()), max_size=20))
def test_rows_come_out_as_they_went_in(these: list[tuple[Any, ...]]) -> None:
    with _ENGINE.connect() as connection:
        found = connection.execute(given("one", "other", "flag"), rows(these)).all()
    assert [tuple(row) for row in found] == these


def test_columns_bear_the_names_that_were_given() -> None:
    with _ENGINE.connect() as connection:
        (row,) = connection.execute(given("point_id", "side"), rows([(7, -1)])).mappings()
    assert dict(row) == {"point_id": 7, "side": -1}
