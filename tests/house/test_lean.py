"""What a running bot does not need stays out of its memory."""

import subprocess
import sys

from tests.conftest import ROOT

LATE = ["alembic", "emoji", "rapidfuzz", "rehearsal", "rich", "selectolax"]
IMPORT_ALL = """
import sys, importlib, bot.__main__, bot.app
for cog in bot.app.COGS:
    importlib.import_module(cog)
print(*sys.modules)
"""


def test_libraries_that_are_seldom_needed_are_imported_when_they_are() -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "discord" in ran.stdout.split()
    assert sorted(set(LATE) & set(ran.stdout.split())) == []
