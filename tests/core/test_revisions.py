"""Which changes of words ask voters again, and how a change is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.revisions import Piece, differences, is_material

BEFORE = "They close before anybody is thirsty, and that is at 17 o'clock on most days."


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.upper(),
        BEFORE.replace("thirsty,", "thirsty —"),
        BEFORE.replace("anybody", "anyone"),
        f"  {BEFORE}\n\n",
    ],
)
def test_small_changes_let_votes_stand(after: str) -> None:
    assert not is_material(BEFORE, after)


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("is at", "is not at"),
        BEFORE.replace("is at", "isn’t at"),
        BEFORE.replace("17", "18"),
        "They serve their tea in cups of paper, which nobody asked for.",
        "",
    ],
)
def test_a_negation_a_number_or_other_words_ask_again(after: str) -> None:
    assert is_material(BEFORE, after)


def test_a_change_is_told_apart_in_reading_order() -> None:
    assert differences("one two three", "one four three five") == [
        (Piece.KEPT, "one"),
        (Piece.GONE, "two"),
        (Piece.NEW, "four"),
        (Piece.KEPT, "three"),
        (Piece.NEW, "five"),
    ]


texts = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12).map(" ".join)


@given(texts, texts)
def test_both_texts_can_be_read_from_the_differences(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert " ".join(words for kind, words in pieces if kind is not Piece.NEW) == before
    assert " ".join(words for kind, words in pieces if kind is not Piece.GONE) == after


@given(st.text(max_size=60))
def test_the_same_words_never_ask_again(text: str) -> None:
    assert not is_material(text, text)
