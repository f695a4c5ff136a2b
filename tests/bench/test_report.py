"""What a report says: medians as one JSON object, and a table that names keys, spreads and what is wanted."""

import io
import json

from rich.console import Console

from bench import report
from bench.figures import Aim, Figure, Found
from bench.machine import machine

FOUND = Found(
    figures=(Figure("events_per_second", (12_000.4, 9_000.0, 11_000.6), "events a second", "/s"),),
    ratios=(Figure("over_it", (0.8, 1.23456, 2.0), "events over its own", aim=Aim(least=1.0)),),
    remarks=("It was [quiet].",),
)


def shown(found: Found) -> str:
    console = Console(file=io.StringIO(), width=160)
    report.show(console, "votes", "how many votes", machine(), found)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_json_is_one_object_with_medians_by_key() -> None:
    line = report.as_json("votes", machine(), FOUND)
    assert "\n" not in line
    assert json.loads(line) == {
        "name": "votes",
        "machine": machine(),
        "figures": {"events_per_second": 11_001},
        "ratios": {"over_it": 1.235},
    }


def test_the_table_shows_median_spread_runs_and_whether_it_is_as_wanted() -> None:
    table = shown(FOUND)
    row = next(line for line in table.splitlines() if "over_it" in line)
    assert row.split()[-7:] == ["1.235", "0.8", "2.0", "3", "≥", "1", "✓"]
    assert "11,001" in table and "9,000" in table and "12,000" in table
    assert "It was [quiet]." in table
    assert machine()["cpu"] in table and machine()["sqlite"] in table


def test_what_is_not_as_wanted_is_marked() -> None:
    slow = Figure("p99_ms", (300.0,), "how late", "ms", Aim(most=250))
    assert "≤ 250 ✗" in shown(Found(figures=(slow,)))


def test_a_median_on_a_bound_is_as_wanted_and_no_aim_is_no_verdict() -> None:
    assert Figure("a", (1.0, 2.0, 3.0), "", aim=Aim(least=2, most=2)).met is True
    assert Figure("a", (1.0, 2.0, 3.0), "", aim=Aim(least=2.1)).met is False
    assert Figure("a", (1.0,), "").met is None
