"""What waits, in order and in pages."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.cases import Appeal, Case, CaseAct, Why
from bot.core.ids import CaseId, GuildId, MemberId, PointId
from bot.core.queue import ON_A_PAGE, Waiting, in_order, page
from tests.display.test_points import NOON, POINT


def appeal(number: int, minutes: int) -> Case:
    said = Appeal("No.", NOON + timedelta(minutes=minutes))
    return Case(
        CaseId(number), GuildId(1), CaseAct.HIDE, Why(), NOON, MemberId(2), MemberId(3), None, "Tea", appeal=said
    )


def addition(number: int, minutes: int = 0) -> Waiting:
    point = replace(POINT, id=PointId(number), created_at=NOON + timedelta(minutes=minutes))
    return in_order([point], [])[0]


def test_additions_and_appeals_stand_in_the_order_in_which_they_came() -> None:
    points = [replace(POINT, id=PointId(n), created_at=NOON + timedelta(minutes=n)) for n in (5, 1)]
    found = in_order(points, [appeal(9, 3), appeal(8, 0)])
    assert [each.target for each in found] == ["appeal:8", "held:1", "appeal:9", "held:5"]


@given(st.integers(0, 45), st.integers(-3, 9))
def test_every_page_is_one_that_there_is_and_all_pages_together_are_all(count: int, number: int) -> None:
    items = [addition(n, n) for n in range(count)]
    found = page(items, number)
    assert 1 <= found.number <= found.pages
    assert len(found.items) <= ON_A_PAGE and found.additions == count and found.appeals == 0
    whole = [each for n in range(1, found.pages + 1) for each in page(items, n).items]
    assert whole == items
