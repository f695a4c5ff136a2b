"""Every refusal has a sentence, and whoever raises it gives all that the sentence says."""

import ast
import string
from pathlib import Path

import pytest

from bot.core.refusals import Code, Refusal
from bot.display.errors import _sentences, sentence

ROOT = Path(__file__).parents[2]


def raised() -> list[tuple[Code, frozenset[str]]]:
    """Each `Refusal(Code.X, …)` in the source, with the names of its parameters."""
    found = []
    for file in sorted([*(ROOT / "bot").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "Refusal" and node.args:  # a rehearsal's Refusal is another
                given = frozenset(keyword.arg or "" for keyword in node.keywords)
                codes = [part.attr for part in ast.walk(node.args[0]) if isinstance(part, ast.Attribute)]
                found += [(Code[name], given) for name in codes if name in Code.__members__]
    return found


NOT_TAKEN = (Code.NOT_TAKEN, frozenset({"reason", "label", "limit"}))  # has a sentence for each of its reasons


def named_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_code_has_a_sentence_and_is_raised_somewhere() -> None:
    assert set(_sentences()) | {Code.NOT_TAKEN} == set(Code) == {code for code, _ in raised()}


@pytest.mark.parametrize(("code", "given"), sorted(set(raised()) - {NOT_TAKEN}, key=str))
def test_whoever_refuses_gives_all_that_the_sentence_says(code: Code, given: frozenset[str]) -> None:
    assert named_in(_sentences()[code]) == given
    said = sentence(Refusal(code, **{name: f"<{name}>" for name in given}))
    assert not named_in(said)
    for name in given:
        assert name in said


def test_what_a_member_typed_is_inert_in_a_sentence() -> None:
    said = sentence(Refusal(Code.NO_POINT, asked="@everyone **{asked}** [x](https://example.com)"))
    assert "@everyone" not in said
    assert "\\*\\*{asked}" in said
    assert "](" not in said.replace("\\](", "")
