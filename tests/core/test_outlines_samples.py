"""Sample documents in many shapes, each beside the outline that a person read in it."""

import json
from pathlib import Path

import pytest

from bot.core.outlines import Outline, OutlinePoint, read, render
from bot.core.titles import title_of
from bot.display.outlines import as_text

SAMPLES = Path(__file__).parents[1] / "samples"
DOCUMENTS = sorted(path for path in SAMPLES.iterdir() if not path.name.endswith(".expected.json"))


def outline_of(path: Path) -> Outline:
    return read(path.read_bytes(), name=path.name)


def plain(points: tuple[OutlinePoint, ...]) -> list[dict[str, str]]:
    return [{"label": point.label, "text": point.text} for point in points]


def test_there_are_forty_samples_at_least():
    assert len(DOCUMENTS) >= 40


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_sample_is_read_as_a_person_reads_it(path: Path):
    outline = outline_of(path)
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
    assert {
        "title": outline.title,
        "introduction": outline.introduction,
        "points": plain(outline.points),
        "closing": outline.closing,
        "comments": [{"author": comment.author, "text": comment.text} for comment in outline.comments],
        "comments_announced": outline.comments_announced,
        "other_lists": [plain(other.points) for other in outline.other_lists],
        "warnings": [notice.code for notice in outline.warnings],
    } == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_sample_rendered_reads_back_to_the_same_points(path: Path):
    outline = outline_of(path)
    assert read(render(outline)).points == outline.points


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_point_has_a_title_of_its_own_text_and_the_terminal_shows_it(path: Path):
    outline = outline_of(path)
    shown = as_text(outline)
    for point in outline.points:
        assert point.title == title_of(point.text)
        assert f"{point.label}  {point.title}" in shown
