"""A point's pages: within Discord's limits, nothing lost, nothing of it alive."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.critiques import Critique, CritiqueStatus
from bot.core.digests import Line
from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, PointId
from bot.core.points import Origin, Point, PointStatus
from bot.core.titles import title_of
from bot.core.votes import Tally
from bot.display import limits, points
from bot.display.inert import inert

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CRITIQUE = Critique(
    id=CritiqueId(1),
    guild=GuildId(2**63),
    home=ChannelId(2**63),
    digest_channel=ChannelId(10),
    title="Tea",
    status=CritiqueStatus.OPEN,
    agree_emoji="<:a_custom_emoji_with_a_long_name:1234567890123456789>",
    disagree_emoji="👎",
    next_label=4,
    opened_by=MemberId(1),
    opened_at=NOON,
    digest_edited_at=None,
)
POINT = Point(
    id=PointId(1),
    critique=CRITIQUE.id,
    position=0,
    label="1",
    repeat=0,
    claimed_label=None,
    origin=Origin.ORIGINAL,
    title="They close early",
    text="They close early. Very early.",
    author=None,
    status=PointStatus.OPEN,
    revision=1,
    channel=CRITIQUE.home,
    message=None,
    thread=ChannelId(2**63),
    seeded=True,
    replies=3,
    created_at=NOON,
)

HOSTILE = [
    "**bold", "__", "~~", "||spoiler", "```\ncode", "`", "> ", "\n>>> ", "# ", "\n-# ", "\n1. ", "- ", "\\", "\\\\",
    "[a](https://example.com)", "<https://example.com/a_b_c>", "https://example.com/" + "x" * 300, "@everyone",
    "<@123>", "<#123>", "<@&5>", "<:name:1>", "<t:1:R>", ":smile:", "\u200b", "\u200d", "\u202e", "\u2066",
    "שלום", "مرحبا", "👍🏽", "👨‍👩‍👧", "🇬🇧", "e\u0301\u0301", "𝔞", "\ufe0f", "word ", "a sentence. ", "\n\n", "\t",
    "🙂" * 40,
]  # fmt: skip
pieces = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=12).map("".join)
texts = st.builds(lambda some, times: (some * times)[:8_000], pieces, st.sampled_from([1, 1, 3, 40, 400]))
shown_texts = texts.filter(lambda text: title_of(text).strip() != "")
additions = st.builds(
    lambda text, label, claimed, own: replace(
        POINT,
        text=text,
        title=title_of(text) if own is None else own,
        label=label,
        claimed_label=claimed,
        origin=Origin.ADDITION,
        author=MemberId(2**63),
    ),
    shown_texts,
    st.sampled_from(["1", "*", "210", "999"]),
    st.sampled_from([None, "14"]),
    st.none() | shown_texts.map(title_of),
)


def bare(text: str) -> str:
    return "".join(character for character in text if not character.isspace())


@settings(max_examples=150)
@given(additions)
def test_every_page_fits_and_nothing_is_lost(point: Point) -> None:
    pages = points.pages(point, CRITIQUE)
    for page in pages:
        assert 0 < limits.length(page) <= limits.MESSAGE
        assert page == page.strip()
    assert pages[0].startswith("**")
    assert pages[0].endswith("\n" + points._how_to(point, CRITIQUE, ""))
    shown = [pages[0].removesuffix(points._how_to(point, CRITIQUE, "")), *pages[1:]]
    assert bare(inert(point.text)) in bare("".join(shown))


@settings(max_examples=150)
@given(additions)
def test_no_page_pings_or_hides_a_link(point: Point) -> None:
    for page in points.pages(point, CRITIQUE)[1:]:
        assert "@everyone" not in page
        assert not re.search(r"(?<!\\)<[@#]", page)
        assert not any(unicodedata.bidirectional(sign) in ("RLO", "LRO", "RLI", "LRI") for sign in page)


@settings(max_examples=100)
@given(additions, st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_panel_is_one_message_and_a_choice_one_line(point: Point, agree: int, disagree: int) -> None:
    assert limits.length(points.panel(Line(point, Tally(agree, disagree)))) <= limits.MESSAGE
    chosen = points.choice(point)
    assert 0 < limits.length(chosen) <= limits.CHOICE_NAME
    assert "\n" not in chosen


def test_a_short_point_is_one_page_that_says_how_to_take_part() -> None:
    [page] = points.pages(POINT, replace(CRITIQUE, agree_emoji="👍"))
    head, body = page.split(" ", 1)
    assert head == "**1)**"
    assert body.startswith("They close early. Very early.\n-# 👍 agree · 👎 disagree")
    assert "not counted" in body


def test_a_title_that_is_not_the_texts_beginning_is_shown_above_it() -> None:
    [page] = points.pages(replace(POINT, title="Opening *hours*", text="They close at four."), CRITIQUE)
    assert page.startswith("**1)** **Opening \\*hours\\***\nThey close at four.\n")


def test_an_addition_names_its_author_and_the_number_that_was_written() -> None:
    point = replace(POINT, origin=Origin.ADDITION, author=MemberId(77), label="12", claimed_label="11")
    [page] = points.pages(point, CRITIQUE)
    assert page.startswith("**12)** ")
    assert "-# Added by <@77>" in page
    assert "submitted as #11" in page


def test_few_votes_are_counts_and_never_percentages() -> None:
    assert points.counts(Tally()) == "0 agree · 0 disagree"
    assert points.counts(Tally(1, 1)).endswith("1 agrees · 1 disagrees")
    assert "%" not in points.counts(Tally(500, 3))
    assert points.counts(Tally(3, 1)).count("█") == 8
