"""The page on privacy names every table, and says of each that holds members that it does."""

import re

from bot.core.privacy import Holdings
from bot.storage.tables import metadata
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
OF_MEMBERS = re.compile(r"(member|author|opened_by|decided_by|answered_by|by)(_id)?|mark")


def test_every_table_stands_on_the_page_and_no_other() -> None:
    assert set(ROWS) == set(metadata.tables)


def test_a_table_that_holds_members_does_not_say_that_it_holds_nobody() -> None:
    for name, table in metadata.tables.items():
        if any(OF_MEMBERS.fullmatch(column.name) for column in table.columns):
            assert not ROWS[name].startswith("nobody"), name


def test_the_page_keeps_the_time_that_the_bot_keeps() -> None:
    from bot.services.retention import PURGED_AFTER

    assert f"{PURGED_AFTER.days} days later" in PAGE
    assert not Holdings().anything
