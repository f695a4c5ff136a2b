"""A point is found by its label, by the label its author wrote, or by its words."""

from datetime import UTC, datetime

import pytest

from bot.core.ids import ChannelId, CritiqueId, PointId
from bot.core.points import Origin, Point, PointStatus, find


def point(number: int, label: str, title: str, *, claimed: str | None = None, repeat: int = 0) -> Point:
    return Point(
        id=PointId(number),
        critique=CritiqueId(1),
        position=number,
        label=label,
        repeat=repeat,
        claimed_label=claimed,
        origin=Origin.ADDITION if claimed else Origin.ORIGINAL,
        title=title,
        text=f"{title}. More about it.",
        author=None,
        status=PointStatus.OPEN,
        revision=1,
        channel=ChannelId(1),
        message=None,
        thread=None,
        seeded=False,
        replies=0,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


POINTS = [
    point(0, "1", "Tea rooms close before anybody is thirsty"),
    point(1, "2", "They call a biscuit a dessert"),
    point(2, "2", "The saucers wobble", repeat=1),
    point(3, "*", "They do not sell coffee"),
    point(4, "11", "The doors are too narrow", claimed="14"),
    point(5, "12", "The music never ends", claimed="11"),
    point(6, "13", "No place for umbrellas"),
]


def found(asked: str, points: list[Point] = POINTS) -> list[int]:
    return [one.id for one in find(points, asked)]


@pytest.mark.parametrize(
    ("asked", "first"),
    [("1", 0), ("#1", 0), (" # 13 ", 6), ("*", 3), ("14", 4), ("#14", 4), ("11", 4), ("2 (2)", 2), ("2", 1)],
)
def test_labels_come_first(asked: str, first: int) -> None:
    assert found(asked)[0] == first


def test_a_claimed_label_gives_way_to_the_point_that_bears_it() -> None:
    assert 5 not in found("11")[:1]
    without = [one for one in POINTS if one.label != "11"]
    assert found("11", without)[0] == 5


@pytest.mark.parametrize(
    ("asked", "first"),
    [("biscuit dessert", 1), ("BISCUIT", 1), ("coffee", 3), ("umbrellas", 6), ("musik never end", 5)],
)
def test_words_find_their_point_even_misspelt(asked: str, first: int) -> None:
    assert found(asked)[0] == first


def test_the_beginning_of_a_label_offers_all_that_begin_so() -> None:
    assert found("1")[:4] == [0, 4, 5, 6]


def test_a_repeated_label_finds_both() -> None:
    assert found("2")[:2] == [1, 2]


@pytest.mark.parametrize("asked", ["", "   ", "#", " # "])
def test_nothing_typed_is_the_list_from_its_beginning(asked: str) -> None:
    assert found(asked) == [0, 1, 2, 3, 4, 5, 6]
    many = [point(number, str(number), f"Title {number}") for number in range(40)]
    assert found(asked, many) == list(range(25))


def test_nonsense_finds_nothing_and_no_point_is_found_twice() -> None:
    assert found("xqzjvkw") == []
    for asked in ("1", "the", "2", "*", "…"):
        assert len(found(asked)) == len(set(found(asked)))
