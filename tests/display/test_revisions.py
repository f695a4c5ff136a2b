"""Earlier words beside later ones, within one message and inert."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.ids import MemberId, PointId
from bot.core.points import Point
from bot.core.revisions import Revision
from bot.core.votes import Tally
from bot.display import limits
from bot.display.revisions import form, history
from tests.display.test_points import POINT

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def kept(text: str, title: str = "") -> Revision:
    return Revision(PointId(1), 1, MemberId(5), True, True, NOON, title, text, Tally(agree=2))


def point(text: str) -> Point:
    return replace(POINT, title="", text=text)


def test_what_is_gone_is_struck_out_and_what_is_new_is_bold() -> None:
    said = history(point("They serve coffee."), [kept("They serve tea.")])
    assert "They serve ~~tea.~~ **coffee.**" in said and "2 agree" in said


def test_members_markdown_does_nothing_in_it() -> None:
    said = history(point("plain"), [kept("~~a~~ **b** [x](https://x.y)")])
    assert r"\*\*b\*\*" in said and r"\[x\](" in said
    assert r"\~\~a" in said


def test_the_longest_texts_changed_most_often_fit_one_message_with_every_sign_closed() -> None:
    long = [kept(" ".join(f"{letter}{n}" for n in range(900))) for letter in "abcdefg"]
    said = history(point("x " * 1_500), long)
    assert limits.length(said) <= limits.MESSAGE
    assert said.count("~~") % 2 == 0 and said.count("**") % 2 == 0


def test_who_changes_their_own_point_decides_nothing_of_its_votes() -> None:
    assert len(form(POINT, 0, own=True).children) + 1 == len(form(POINT, 0, own=False).children)
