"""`python -m bench`: lists what there is, and every measurement is there."""

import inspect
import json
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.__main__ import BENCHES, app
from tests.conftest import ROOT


def test_without_a_name_it_lists_what_can_be_measured() -> None:
    listed = CliRunner().invoke(app, [])
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.output.splitlines()] == list(BENCHES)


def test_a_name_that_is_not_known_is_one_sentence() -> None:
    asked = CliRunner().invoke(app, ["speed"])
    assert asked.exit_code == 2
    assert "no measurement called speed" in asked.output


@pytest.mark.parametrize("name", BENCHES)
def test_every_measurement_takes_a_plan(name: str) -> None:
    assert list(inspect.signature(import_module(f"bench.{name}").measure).parameters) == ["plan"]


def test_every_module_that_measures_is_listed() -> None:
    measuring = {
        path.stem for path in Path(ROOT / "bench").glob("*.py") if "\ndef measure(" in path.read_text(encoding="utf-8")
    }
    assert measuring == set(BENCHES)


def test_json_prints_exactly_one_object() -> None:
    asked = CliRunner().invoke(app, ["document", "--json", "--quick"])
    assert asked.exit_code == 0
    found = json.loads(asked.stdout)
    assert list(found) == ["name", "machine", "figures", "ratios"]
    assert found["figures"]["text_1m_ms"] > 0
