"""The digest as values: its sums, its order, its newest, its bar."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.critiques import Critique, CritiqueStatus
from bot.core.digests import BAR, Digest, Line, bar, in_order
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Origin, Point, PointStatus
from bot.core.votes import Tally

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CRITIQUE = Critique(
    id=CritiqueId(1),
    guild=GuildId(1),
    home=ChannelId(10),
    digest_channel=ChannelId(10),
    title="Tea",
    status=CritiqueStatus.OPEN,
    agree_emoji="👍",
    disagree_emoji="👎",
    next_label=4,
    opened_by=MemberId(1),
    opened_at=NOON,
    digest_edited_at=None,
)


def line(position: int, origin: Origin, minutes: int, tally: Tally, replies: int = 0) -> Line:
    point = Point(
        id=PointId(position),
        critique=CRITIQUE.id,
        position=position,
        label=str(position),
        repeat=0,
        claimed_label=None,
        origin=origin,
        title="Title",
        text="Text",
        author=None,
        status=PointStatus.OPEN,
        revision=1,
        channel=CRITIQUE.home,
        message=None,
        thread=None,
        seeded=True,
        replies=replies,
        created_at=NOON + timedelta(minutes=minutes),
    )
    return Line(point, tally)


def test_the_figures_are_sums_over_the_points() -> None:
    lines = (
        line(1, Origin.ORIGINAL, 0, Tally(3, 1), replies=2),
        line(2, Origin.ADDITION, 1, Tally(0, 2, 1), replies=5),
    )
    digest = Digest(CRITIQUE, lines, people=4)
    assert (digest.votes, digest.replies, digest.people) == (7, 7, 4)


def test_the_newest_are_the_latest_three_additions() -> None:
    lines = [line(1, Origin.ORIGINAL, 99, Tally())]
    lines += [line(place, Origin.ADDITION, minutes, Tally()) for place, minutes in ((2, 5), (3, 9), (4, 1), (5, 7))]
    digest = Digest(CRITIQUE, tuple(lines), people=0)
    assert [newest.point.position for newest in digest.newest] == [3, 5, 2]
    assert Digest(CRITIQUE, tuple(lines[:1]), people=0).newest == ()


def test_the_list_is_in_the_articles_order_and_additions_follow() -> None:
    lines = [line(place, Origin.ORIGINAL, 0, Tally()) for place in (3, 1, 4, 2)]
    assert [one.point.position for one in in_order(lines)] == [1, 2, 3, 4]


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 9))
def test_a_bar_is_full_fair_and_hides_no_side(agree: int, disagree: int, unsure: int) -> None:
    filled, rest = bar(Tally(agree, disagree, unsure))
    if not agree + disagree:
        assert (filled, rest) == (0, 0)
        return
    assert filled + rest == BAR
    assert (filled > 0) == (agree > 0)
    assert (rest > 0) == (disagree > 0)
    assert bar(Tally(disagree, agree)) in [(rest, filled), (rest + 1, filled - 1), (rest - 1, filled + 1)]
    if agree and disagree:
        assert abs(filled - BAR * agree / (agree + disagree)) < 1
