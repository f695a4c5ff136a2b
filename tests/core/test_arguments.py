"""Which argument is best, what a page holds, and what is typed as an argument."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.arguments import (
    PAGE,
    Argument,
    ArgumentStatus,
    Side,
    TypedArgument,
    best,
    occurs,
    page,
    panel,
    typed_side,
)
from bot.core.ids import ArgumentId, MemberId, PointId

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def argument(
    which: int,
    ups: int = 0,
    downs: int = 0,
    *,
    side: Side | None = Side.SUPPORT,
    status: ArgumentStatus = ArgumentStatus.LIVE,
    after: float = 0,
) -> Argument:
    return Argument(
        id=ArgumentId(which),
        point=PointId(1),
        author=MemberId(1),
        message=None,
        channel=None,
        side=side,
        text="So.",
        quote="",
        ordinal=0,
        at=NOON + timedelta(seconds=after),
        ups=ups,
        downs=downs,
        status=status,
    )


ARGUMENTS = st.lists(
    st.builds(
        argument,
        st.integers(1, 10**6),
        st.integers(0, 5),
        st.integers(0, 5),
        side=st.sampled_from([*Side, None]),
        status=st.sampled_from(ArgumentStatus),
        after=st.integers(0, 5),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)


def test_the_most_backed_is_best_and_of_equals_the_earlier() -> None:
    first, second, third = argument(1, 2, 1), argument(2, 3, 1), argument(3, 2, after=-1)
    assert best([first, second, third]).support is third
    assert best([first, second]).support is second
    assert best([argument(5), argument(4)]).support == argument(4)


def test_one_that_was_only_voted_down_is_never_best() -> None:
    assert best([argument(1, 0, 1)]).support is None
    assert best([argument(1, 0, 1), argument(2, after=9)]).support == argument(2, after=9)
    assert best([argument(1, 1, 3), argument(2)]).support == argument(2)


@given(ARGUMENTS)
def test_the_best_of_a_side_stands_on_it_and_no_other_that_is_fit_has_more(known: list[Argument]) -> None:
    found = best(known)
    for side, chosen in ((Side.SUPPORT, found.support), (Side.REBUTTAL, found.rebuttal)):
        fit = [each for each in known if each.side is side and each.is_live and (each.ups > 0 or each.downs == 0)]
        assert (chosen is None) == (not fit)
        if chosen is not None:
            assert chosen in fit
            assert max(each.ups - each.downs for each in fit) == chosen.ups - chosen.downs


@given(ARGUMENTS)
def test_a_panel_counts_each_that_stands_once_and_the_pages_hold_them_all(known: list[Argument]) -> None:
    live = [each.id for each in known if each.is_live]
    assert panel(known).count == len(live)
    pages = page(PointId(1), known, 1).pages
    shown = [each.id for number in range(1, pages + 1) for each in page(PointId(1), known, number).arguments]
    assert sorted(shown) == sorted(live) and len(shown) <= pages * PAGE
    assert page(PointId(1), known, 999).number == pages


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Response: it does nothing of the sort", None),
        ("AGREE: so it is", Side.SUPPORT),
        ("  support : so it is", Side.SUPPORT),
        ("Disagree: it does not", Side.REBUTTAL),
        ("rebuttal:\nit does not", Side.REBUTTAL),
    ],
)
def test_a_message_that_begins_with_a_word_for_its_side_is_an_argument(text: str, side: Side | None) -> None:
    assert typed_side(text) == TypedArgument((), side, text.partition(":")[2].strip())


@pytest.mark.parametrize(
    "text", ["I agree: so it is", "Agreed: yes", "Agree", "Support:", "Response: \n", "supportive: no"]
)
def test_what_does_not_begin_so_or_says_nothing_more_is_none(text: str) -> None:
    assert typed_side(text) is None


def test_a_passage_occurs_however_its_lines_are_set_and_not_with_other_words() -> None:
    assert occurs("it  closes\nearly", "They say it closes early. Always.")
    assert not occurs("it closes late", "They say it closes early. Always.")
