"""The command line, as a stranger uses it."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.command_line import app
from tests.conftest import ROOT

SEED = "003_96e57ab49cc591c4.txt"
BULLETS = "000_a375ee7644f6250d.txt"


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        ("huge.txt", b"1. word\n" * 262_144, "too large"),
        ("prose.txt", b"Prose without a list. It goes on and on.", "No list was found"),
        ("folder", None, "is a folder"),
        ("missing.txt", None, "There is no file"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_and_a_code(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    document = tmp_path / name
    if name == "folder":
        document.mkdir()
    elif content is not None:
        document.write_bytes(content)
    result = call("outline", document)
    assert result.exit_code != 0
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_latin_1_is_read_with_a_warning(tmp_path: Path) -> None:
    document = tmp_path / "latin.txt"
    document.write_bytes("Un café\n\n1. Il est fermé.\n2. Il est cher.\n3. Il est petit.\n".encode("latin-1"))
    result = call("outline", document, "--json")
    assert result.exit_code == 0
    outline = json.loads(result.stdout)
    assert outline["points"][0]["text"] == "Il est fermé."
    assert any("UTF-8" in warning for warning in outline["warnings"])


def test_another_list_of_the_document_can_be_chosen(tmp_path: Path) -> None:
    document = tmp_path / "two.txt"
    document.write_text(
        "Two lists\n\n1. One.\n2. Two.\n3. Three.\n\nAnd then some prose that parts them.\n\n1. Uno.\n2. Due.\n"
    )
    longest = json.loads(call("outline", document, "--json").stdout)
    other = json.loads(call("outline", document, "--json", "--list", "2").stdout)
    assert [point["text"] for point in longest["points"]] == ["One.", "Two.", "Three."]
    assert [point["text"] for point in other["points"]] == ["Uno.", "Due."]
    refused = call("outline", document, "--list", "9")
    assert refused.exit_code != 0 and refused.stderr.count("\n") == 1


def test_the_json_of_an_outline_has_the_promised_form(shared: Path) -> None:
    outline = json.loads(call("outline", shared / "seeds" / BULLETS, "--json").stdout)
    assert list(outline) == [
        "title",
        "introduction",
        "points",
        "closing",
        "comments",
        "comments_announced",
        "other_lists",
        "warnings",
    ]
    assert len(outline["points"]) == 8 and outline["comments"] == []
    assert any("not numbered" in warning for warning in outline["warnings"])


def rehearsed(document: Path, tmp_path: Path) -> tuple[str, dict[str, Any]]:
    report = tmp_path / "report.json"
    result = call("rehearse", document, "--json", report)
    assert result.exit_code == 0, result.output
    return result.stdout, json.loads(report.read_text(encoding="utf-8"))


def test_the_first_seed_rehearses_as_a_person_would_read_it(shared: Path, tmp_path: Path) -> None:
    printed, report = rehearsed(shared / "seeds" / SEED, tmp_path)
    points = report["critique"]["points"]
    assert [point["label"] for point in points] == [*map(str, range(1, 11)), "*", *map(str, range(11, 16))]
    assert [point["origin"] for point in points] == ["original"] * 11 + ["addition"] * 5
    assert [point["claimed_label"] for point in points[11:]] == [None] * 5
    starts = (
        "it overlooks the many",
        "Remember the 5000",
        "The Big Society narrative",
        "Big Society is another way",
        "the objections raised",
    )
    assert all(point["title"].startswith(start) for point, start in zip(points[11:], starts, strict=True))
    assert report["comments"] == {"found": 18, "announced": 29}
    assert report["additions"] == {"typed": 5, "recorded": 5}
    assert report["claims"] == [
        {"comment": 8, "choice": "record", "label": "13"},
        {"comment": 16, "choice": "record", "label": "15"},
    ]
    assert report["references"] == [{"comment": 2, "points": ["4"]}, {"comment": 3, "points": ["6"]}]
    assert [(each["comment"], each["points"]) for each in report["arguments"]] == [
        (8, ["9"]),
        *((9, [str(label)]) for label in range(1, 7)),
        (9, ["7", "8", "9", "10"]),
    ]
    assert {each["side"] for each in report["arguments"]} == {"rebuttal"}
    votes = report["votes"]
    assert votes["drift"] == 0 and votes["simulated"] is True
    assert votes["cast"] == votes["recorded"] == sum(point["agree"] + point["disagree"] for point in points) > 100
    assert report["openapi"]["checked"] > 0 and report["openapi"]["mismatches"] == 0
    assert all(f"· {point['title'][:20]}" in "\n".join(report["digest"]["messages"]) for point in points)
    assert "18 comments found, 29 announced" in printed and "Simulated" in printed


def test_the_projects_own_sample_rehearses_and_the_same_seed_gives_the_same_debate(tmp_path: Path) -> None:
    _, first = rehearsed(ROOT / "samples" / "open-plan.txt", tmp_path)
    _, second = rehearsed(ROOT / "samples" / "open-plan.txt", tmp_path)
    for report in (first, second):
        assert report["votes"]["drift"] == 0
        assert report["additions"]["typed"] == report["additions"]["recorded"] > 3
    alike = [[{**point, "thread_id": None} for point in report["critique"]["points"]] for report in (first, second)]
    assert alike[0] == alike[1]


def test_a_document_that_cannot_be_read_is_not_rehearsed(tmp_path: Path) -> None:
    document = tmp_path / "prose.txt"
    document.write_text("Prose without a list.")
    result = call("rehearse", document)
    assert result.exit_code == 1 and "No list was found" in result.stderr


def test_a_document_without_additions_is_not_moderated(tmp_path: Path) -> None:
    document = tmp_path / "list.txt"
    document.write_text("1. Tea.\n2. Cake.\n3. Cups.\n")
    result = call("rehearse", document, "--moderated")
    assert result.exit_code == 1 and "needs 2 additions, one to refuse and one to merge; here are 0" in result.stderr
