"""One debate on four servers: in a text channel and in a forum, with the Message Content intent and without."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.core.critiques import HomeKind
from bot.rehearse import rehearse
from tests.e2e.conftest import QUICK

SEED = "003_96e57ab49cc591c4.txt"
KEPT = ("label", "claimed_label", "origin", "title", "author", "agree", "disagree")


async def rehearsed(document: Path, folder: Path, kind: HomeKind, *, message_content: bool) -> Any:
    report = folder / f"{kind}-{message_content}.json"
    content = document.read_bytes()
    await rehearse(document, content, seed=11, kind=kind, message_content=message_content, pace=QUICK, report=report)
    return json.loads(report.read_text(encoding="utf-8"))


@pytest.mark.timeout(240)
async def test_the_first_seed_gives_the_same_labels_and_tallies_on_every_server(shared: Path, tmp_path: Path) -> None:
    document = shared / "seeds" / SEED
    reports = {
        (kind, intent): await rehearsed(document, tmp_path, kind, message_content=intent)
        for kind in HomeKind
        for intent in (True, False)
    }
    debates = {
        where: [{name: point[name] for name in KEPT} for point in report["critique"]["points"]]
        for where, report in reports.items()
    }
    expected = debates[HomeKind.TEXT, True]
    assert len(expected) == 14
    assert sum(point["agree"] + point["disagree"] for point in expected) > 100
    assert [where for where, debate in debates.items() if debate != expected] == []
    for report in reports.values():
        assert report["votes"]["drift"] == 0
        assert report["openapi"]["checked"] > 0 and report["openapi"]["mismatches"] == 0
