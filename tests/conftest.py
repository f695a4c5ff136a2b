"""What all tests share: where the reference files are, and how much was held against Discord's OpenAPI file."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from rehearsal.referee import find_openapi

ROOT = Path(__file__).parents[1]
CHECKED: Counter[str] = Counter()

settings.register_profile("fixed", derandomize=True, deadline=None, database=None)
settings.load_profile("fixed")


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
