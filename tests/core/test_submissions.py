"""What a member adds who says outright that it is an addition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.messages import Labels, Submitted, read_form, read_message, says_something

LABELS = Labels(originals=frozenset(["1", "2", "3", "*"]), next=4, recent=frozenset())


@pytest.mark.parametrize(
    ("typed", "text", "written"),
    [
        ("They close early.", "They close early.", None),
        ("  12. They close early.\r\nVery early. ", "They close early.\nVery early.", 12),
        ("#14 – They close early.", "They close early.", 14),
        ("**7)** They close early.", "They close early.", 7),
        ("- 5. They close early.", "They close early.", 5),
        ("At 11. They close early", "At 11. They close early", None),
        ("Open 24 hours? No.", "Open 24 hours? No.", None),
        ("1. They close.\n2. They wobble.", "1. They close.\n2. They wobble.", None),
        ("12. 13", "12. 13", None),
        ("\u202e12. backwards", "\u202e12. backwards", None),
    ],
)
def test_a_form_gives_the_text_without_the_number_in_front(typed: str, text: str, written: int | None) -> None:
    assert read_form(typed) == Submitted(text, written)


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\u200b\u200d\ufeff", "42", "?!… —", "👍🏽", "\u0301\u0301", "\u3164\u115f", "<:tea:123456>",
     "<@1234>", "https://example.com/a", "> quoted", "`code`"],
)  # fmt: skip
def test_white_space_marks_and_tokens_say_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize("text", ["a", "שלום", "見る", "\u202eabc", "e\u0301", "> quoted\nand answered"])
def test_a_letter_of_any_script_says_something(text: str) -> None:
    assert says_something(text)


def test_a_message_that_is_pointed_at_is_read_as_a_typed_one() -> None:
    text = "As Penny took mine, I've come up with another one. 4. Remember the umbrellas. 5. And the coats."
    assert read_message(text, LABELS) == (Submitted("Remember the umbrellas.", 4), Submitted("And the coats.", 5))


def test_doubtful_numbers_are_taken_as_written_when_somebody_points_at_them() -> None:
    assert read_message("40. They have no cellar.", LABELS) == (Submitted("They have no cellar.", 40),)
    assert read_message("2. They have no cellar.", LABELS) == (Submitted("They have no cellar.", 2),)


def test_a_message_without_numbers_is_one_addition() -> None:
    text = "My additional point, however, is that the tea is cold."
    assert read_message(text, LABELS) == (Submitted(text),)


@given(st.text(max_size=200))
def test_any_text_gives_one_submission_that_is_part_of_it(text: str) -> None:
    submitted = read_form(text)
    assert submitted.text in text.replace("\r\n", "\n")
    assert len(read_message(text, LABELS)) >= 1
