"""The documents that are read are as long as they say, and all their points are found."""

import re

import pytest

from bench import document
from bot.core import outlines


@pytest.mark.parametrize("length", [10 * 1024, 1024 * 1024])
@pytest.mark.parametrize(("write", "name"), [(document.text, "it.txt"), (document.page, "it.html")])
def test_every_point_of_a_document_is_found(length: int, write: document.Write, name: str) -> None:
    written = write(length)
    points = outlines.read(written, name=name).points
    assert 0.8 * length < len(written) <= length
    assert len(points) == len(re.findall(rb"Reason \d+ is", written))
    assert [point.label for point in points] == [str(number + 1) for number in range(len(points))]
