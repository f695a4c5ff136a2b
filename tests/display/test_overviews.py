"""A server's critiques as an embed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.critiques import Critique, CritiqueStatus
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId
from bot.core.overviews import Overview, OverviewPage
from bot.display import limits
from bot.display.overviews import opened, overview_page
from bot.services.overviews import ON_A_PAGE
from tests.services.conftest import NOON

HUGE = 2**63 - 1
CRITIQUE = Critique(
    id=CritiqueId(HUGE),
    guild=GuildId(HUGE),
    home=ChannelId(HUGE),
    digest_channel=ChannelId(HUGE),
    title="Tea rooms",
    status=CritiqueStatus.OPEN,
    agree_emoji="👍",
    disagree_emoji="👎",
    next_label=1,
    opened_by=MemberId(HUGE),
    opened_at=NOON,
    digest_edited_at=None,
)
POSTED = Overview(
    CRITIQUE, originals=40, additions=2, unlisted=0, voters=1, replies=0, posted=42, unposted=0, waiting=0
)


def shown(*overviews: Overview, number: int = 1, pages: int = 1) -> str:
    return overview_page(OverviewPage(overviews, number, pages)).description or ""


def test_an_entry_says_what_stands_where_and_who_opened_it() -> None:
    assert shown(POSTED).splitlines() == [
        "**Tea rooms**",
        f"open · <#{HUGE}>",
        "40 points · 2 additions · 1 person · 0 replies",
        f"Opened <t:{int(NOON.timestamp())}:R> by <@{HUGE}>",
    ]


@pytest.mark.parametrize(
    ("posted", "waiting", "words"),
    [(12, 30, "posting 12 of 42"), (12, 0, "12 of 42 posted"), (42, 0, "open · <#")],
)
def test_an_entry_says_how_far_the_posting_is_while_it_is_not_done(posted: int, waiting: int, words: str) -> None:
    assert words in shown(replace(POSTED, posted=posted, unposted=42 - posted, waiting=waiting))


@pytest.mark.parametrize(
    ("posted", "waiting", "words"),
    [
        (0, 40, "40 points are being posted in <#"),
        (12, 28, "12 of 40 points stand in <#"),
        (12, 28, "`/critique list`"),
        (12, 0, "the operator's log"),
        (40, 0, "all 40 points stand in <#"),
    ],
)
def test_whoever_opened_it_is_told_how_far_it_is(posted: int, waiting: int, words: str) -> None:
    said = opened(replace(POSTED, posted=posted, unposted=40 - posted, waiting=waiting))
    assert said.startswith("Opened “Tea rooms”: ")
    assert words in said


def test_a_server_without_critiques_is_told_how_to_open_one() -> None:
    assert "/critique open" in shown()


@given(st.text(min_size=1, max_size=300) | st.sampled_from(["_*~`" * 100, "😀" * 400, "a̸̛" * 300, "\u202etxet" * 60]))
def test_a_full_page_fits_whatever_the_titles_are(title: str) -> None:
    one = replace(
        POSTED, critique=replace(CRITIQUE, title=title), originals=500, additions=HUGE, voters=HUGE, replies=HUGE
    )
    page = overview_page(OverviewPage((replace(one, posted=1, unposted=HUGE, waiting=499),) * ON_A_PAGE, 2, 3))
    assert limits.length(page.description or "") <= limits.EMBED_DESCRIPTION
    assert page.footer.text == "Page 2 of 3"
