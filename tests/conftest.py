"""What all tests share: where the reference files are, what a new database holds, and how much was held against
Discord's OpenAPI file.
"""

import asyncio
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from bot.storage.database import Database
from rehearsal.referee import find_openapi

ROOT = Path(__file__).parents[1]
CHECKED: Counter[str] = Counter()

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")

# Each start of a bot loads its cogs anew, and many tests start programs: compiled once, also where the machine's
# settings would have each of them compile everything for itself.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@cache
def new_database() -> bytes:
    """The file of a database as its first opening leaves it: a test that opens a copy need not run every migration."""
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as another_loop:
        path = Path(folder) / "bot.sqlite3"
        another_loop.submit(asyncio.run, _open_and_close(path)).result()
        assert sorted(file.name for file in path.parent.iterdir()) == [path.name, path.name + ".lock"]
        return path.read_bytes()


async def _open_and_close(path: Path) -> None:
    await (await Database.open(path)).close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference files beside the project: absent, a test is skipped, except in CI, where absence is a failure."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{folder} is missing, and CI must not skip what needs it.")
        pytest.skip("the reference files are not beside the project")
    return folder


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its counts to whoever started it."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["checked"] = dict(CHECKED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """The counts of a worker that has ended."""
    CHECKED.update(getattr(node, "workeroutput", {}).get("checked", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how much was held against Discord's OpenAPI file."""
    if find_openapi(ROOT) is None:
        terminalreporter.write_line("Nothing was held against Discord's OpenAPI file: it is not at hand.")
    if CHECKED:
        terminalreporter.write_line(
            "Held against Discord's OpenAPI file: {exchanges} exchanges and {events} events, "
            "{checked} checks, {mismatches} mismatches".format_map(Counter(CHECKED))
        )
