"""The running digest's pages: every point on one, each page within an embed."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.digests import Digest, Line
from bot.core.ids import ChannelId, PointId
from bot.core.points import Origin
from bot.core.titles import title_of
from bot.core.votes import Tally
from bot.display import digests, limits
from tests.display.test_points import CRITIQUE, NOON, POINT, shown_texts


def digest_of(titles: list[str], *, additions: int = 0, title: str = "Tea") -> Digest:
    lines = []
    for number, shown in enumerate(titles, start=1):
        added = number > len(titles) - additions
        point = replace(
            POINT,
            id=PointId(number),
            position=number,
            label=str(number),
            title=shown,
            claimed_label="999" if added else None,
            origin=Origin.ADDITION if added else Origin.ORIGINAL,
            thread=None if number % 5 == 0 else ChannelId(2**63),
            created_at=NOON + timedelta(minutes=number),
        )
        lines.append(Line(point, Tally(number, 300 - number)))
    return Digest(replace(CRITIQUE, title=title), tuple(lines), people=10**6)


@settings(max_examples=40)
@given(
    st.lists(shown_texts.map(title_of), min_size=1, max_size=8),
    st.sampled_from([1, 5, 40]),
    st.integers(0, 8),
    shown_texts | st.just(""),
)
def test_every_page_fits_and_every_point_is_on_one(titles: list[str], times: int, additions: int, title: str) -> None:
    digest = digest_of((titles * times)[:300], additions=additions, title=title)
    pages = digests.pages(digest)
    embeds = digests.embeds(digest, pages)
    assert len(embeds) == len(pages)
    for page, embed in zip(pages, embeds, strict=True):
        assert 0 < limits.length(page) <= limits.EMBED_DESCRIPTION
        assert embed.description == page
        assert page == page.strip()
        assert 0 < limits.length(embed.title or "") <= limits.EMBED_TITLE
        assert limits.length(page) + limits.length(embed.title or "") <= limits.EMBEDS_TOTAL
    together = "\n".join(pages)
    heads = [f"**{line.point.label}** ·" for line in digest.lines if line.point.thread is None]
    heads += [f"**[{line.point.label}](" for line in digest.lines if line.point.thread is not None]
    for head in heads:
        assert together.count(head) == 1


def test_pages_are_told_apart_by_their_titles() -> None:
    digest = digest_of(["A title of some words that go on for a while until it ends"] * 300, additions=3)
    embeds = digests.embeds(digest, digests.pages(digest))
    assert len(embeds) > 5
    assert len({embed.title for embed in embeds}) == len(embeds)


def test_the_head_says_where_the_debate_stands() -> None:
    digest = digest_of(["One", "Two", "Three", "Four", "Five"], additions=4)
    [page] = digests.pages(digest)
    figures, newest, how, *_ = page.split("\n")
    assert figures == "1 point + 4 additions · 1000000 people · 1500 votes · 15 replies"
    assert newest == "Newest: **5**, **4**, **3**"
    assert how == f"To add a point, type “4. your point” in <#{CRITIQUE.home}>, or use /point add."


def test_a_digest_without_additions_has_no_newest() -> None:
    [page] = digests.pages(digest_of(["One"]))
    assert page.startswith("1 point · 1000000 people")
    assert "Newest" not in page
