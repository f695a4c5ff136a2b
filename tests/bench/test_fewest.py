"""The fewest requests are counted from how many there are."""

from bench import fewest


def test_a_text_home_is_read_by_the_hundred_and_a_forum_post_by_post() -> None:
    assert fewest.for_points([500, 500], forum=False) == 10
    assert fewest.for_points([10, 101], forum=False) == 3
    assert fewest.for_points([500, 500], forum=True) == 1_000


def test_voters_are_read_by_the_hundred_with_the_bot_among_them() -> None:
    assert fewest.for_voters([99]) == 1
    assert fewest.for_voters([100]) == 2
    assert fewest.for_voters([20, 7]) == 2


def test_nobody_is_asked_for_where_nobody_is_left() -> None:
    assert fewest.for_voters([0, 0]) == 0
