"""What a running bot does not need stays out of its memory."""

import gc
import subprocess
import sys
import weakref

from bot import garbage
from tests.conftest import ROOT

LATE = ["alembic", "emoji", "rapidfuzz", "rehearsal", "rich", "selectolax", "typer"]
IMPORT_ALL = """
import sys, importlib, bot.__main__, bot.start, bot.app
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


class Ring:
    """Something that only a collection takes away."""

    def __init__(self) -> None:
        self.itself = self


async def test_what_lasts_is_set_aside_from_collections_until_the_next_ready() -> None:
    lasting, gone = Ring(), weakref.ref(Ring())
    try:
        await garbage.set_aside()
        assert gone() is None
        assert gc.get_freeze_count() > 0
        seen = weakref.ref(lasting)
        del lasting
        gc.collect()
        assert seen() is not None
        await garbage.set_aside()
        assert seen() is None
    finally:
        gc.unfreeze()
