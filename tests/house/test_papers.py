"""Papers that say what the code says, and a source that keeps to the house's habits."""

import ast
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from bot.app import COGS
from bot.core.critiques import HomeKind
from bot.core.deliveries import Kind
from bot.display.deliveries import HOW
from bot.display.permissions import needed_in
from bot.settings import Settings
from tests.conftest import ROOT

ROOMS = ("bot", "cogs", "rehearsal", "bench", "chaos")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_every_setting_is_explained_and_nothing_else() -> None:
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert explained == {name.upper() for name in Settings.model_fields}


def test_the_defaults_in_the_example_are_the_defaults() -> None:
    given = dict(re.findall(r"^#([A-Z_]+)=(.+)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    for name, shown in given.items():
        default = Settings.model_fields[name.lower()].default
        if default is not None:
            assert str(default).casefold() == shown.casefold(), name


def test_every_permission_that_is_needed_stands_in_the_readme_with_its_reason() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    needed = [needed_in(kind).values() for kind in HomeKind]
    for name, reason in chain(*needed):
        assert re.search(rf"\| {name} \| {re.escape(reason)}", readme), name


def test_the_readme_names_the_two_commands_first() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^    (make \w+)$", readme, re.MULTILINE) == ["make try", "make test"]


def test_every_command_of_the_command_line_stands_in_the_documentation() -> None:
    from bot.command_line import app

    documented = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"python -m bot {command.callback.__name__}" in documented


def test_links_between_the_papers_lead_somewhere() -> None:
    for paper in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", paper.read_text(encoding="utf-8")):
            assert (paper.parent / target).exists(), f"{paper.name}: {target}"


def test_every_cog_is_loaded_and_every_kind_of_delivery_is_carried_out() -> None:
    assert set(COGS) == {f"cogs.{path.stem}" for path in (ROOT / "cogs").glob("[a-z]*")}
    assert set(HOW) == set(Kind)


def test_every_module_says_what_it_promises() -> None:
    assert [str(path) for path, tree in sources() if not ast.get_docstring(tree)] == []


def test_public_functions_and_classes_of_the_bot_say_what_they_promise() -> None:
    silent: list[str] = []
    for path, tree in sources():
        if path.parts[len(ROOT.parts)] == "rehearsal" or "migrations" in path.parts:
            continue
        silent += [
            f"{path.name}: {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert silent == []


def test_no_file_bears_a_name_that_says_nothing() -> None:
    empty = re.compile(r"util|helper|manager|misc|common", re.IGNORECASE)
    assert [str(path) for path, _ in sources() if empty.search(path.stem)] == []


def test_endless_loops_are_kept_running_or_end_by_themselves() -> None:
    """Every `while True` is known here with what keeps it, so that no loop is written that nobody starts."""
    kept = {
        ("loops.py", "_kept"): "the loop that keeps the others",
        ("watch.py", "run"): "app.working",
        ("carrier.py", "run"): "app.working",
        ("reader.py", "run"): "app.working",
        ("reader.py", "audit"): "app.working",
        ("retention.py", "run"): "app.working",
        ("reminders.py", "run"): "app.working",
        ("ballots.py", "run"): "app.working",
        ("follows.py", "run"): "app.working",
        ("readings.py", "holders"): "ends with the last page",
        ("intake.py", "run"): "app.opened",
        ("intake.py", "_patiently"): "ends when the database takes the batch",
    }
    found = {
        (path.name, function.name)
        for path, tree in sources()
        if path.parts[len(ROOT.parts)] != "rehearsal"
        for function in ast.walk(tree)
        if isinstance(function, ast.AsyncFunctionDef)
        for loop in ast.walk(function)
        if isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant)
    }
    assert found == set(kept)
    text = "\n".join(path.read_text(encoding="utf-8") for path, _ in sources())
    assert "discord.ext.tasks" not in text and "from discord.ext import tasks" not in text


def test_every_promise_on_reliability_names_a_test_that_there_is() -> None:
    paper = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    rows = [line for line in paper.splitlines() if line.startswith("| ")][1:]
    named = [re.search(r"`(tests/[\w/]+\.py)::(test_\w+)`", row) for row in rows]
    assert len(rows) > 20
    assert [row for row, name in zip(rows, named, strict=True) if name is None] == []
    missing = [
        name[0]
        for name in named
        if name is not None and f"def {name[2]}(" not in (ROOT / name[1]).read_text(encoding="utf-8")
    ]
    assert missing == []
