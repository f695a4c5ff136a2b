"""What followers are sent and what `/catchup` shows: within one message, every line of it whole."""

import re
from dataclasses import replace

import pytest

from bot.core.follows import Bulletin, CatchUp, News, What
from bot.core.ids import ChannelId, PointId
from bot.core.points import Point
from bot.core.votes import Stance
from bot.display import follows, limits
from tests.display.test_points import CRITIQUE, POINT

_WHOLE = re.compile(r"|🔔 .*|\*\*Tea\*\*.*|__.*__|\*\*\[\d+\]\(https://\S+\)\*\* · .+|… and .*")
TITLE = "a_long_title with *stars*, `ticks`, <@1> and https://example.org/a_link that goes on and on and on and on"


def many(count: int) -> list[Point]:
    return [
        replace(POINT, id=PointId(n), label=str(n), title=TITLE, thread=ChannelId(2**62 + n))
        for n in range(11, 11 + count)
    ]


def told(count: int) -> str:
    news = [News(What.POINT, 1, point) for point in many(count)]
    return follows.bulletin([Bulletin(CRITIQUE, news)] * 3, "Tea **rooms**")


def caught_up(count: int) -> str:
    turned = [News(What.LEAD, 1, point, Stance.AGREE) for point in many(count)]
    return follows.catch_up(CatchUp(CRITIQUE, None, many(count), turned, turned, many(3)))


@pytest.mark.parametrize("text", [told(1), told(9), told(40), caught_up(1), caught_up(40)])
def test_it_fits_one_message_and_no_line_or_link_of_it_is_cut(text: str) -> None:
    assert limits.length(text) <= limits.MESSAGE
    assert [line for line in text.split("\n") if not _WHOLE.fullmatch(line)] == []


def test_what_has_no_room_is_said_to_be_missing() -> None:
    assert "more than fits" not in told(1) + caught_up(1)
    assert told(9).endswith("`/digest show` has the whole list.") and caught_up(40).endswith("the whole list.")


def test_an_earlier_message_is_known_by_its_first_line_whatever_it_tells() -> None:
    assert told(1).split("\n")[0] == told(40).split("\n")[0] == follows.head("Tea **rooms**")
