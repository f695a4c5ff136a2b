"""A title is the first sentence or clause of a text, and never longer than ninety characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.titles import title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("It is late", "It is late"),
        ("It is late. It is always late.", "It is late"),
        ("Is it late? It is.", "Is it late?"),
        ("“It is late.” So they said.", "“It is late.”"),
        ("Ask Dr. Ode about it. He knows.", "Ask Dr. Ode about it"),
        ("It costs 3.50 now. It cost less.", "It costs 3.50 now"),
        ("**Noise.** All day long.", "Noise"),
        ("The music\n\nIt is the same tape every year.", "The music"),
        ("It is late…", "It is late…"),
        ("  \n\n Later", "Later"),
        ("", ""),
        (" \n\t\u200b", ""),
        ("!!!", "!!!"),
    ],
)
def test_a_short_text_gives_its_first_sentence(text: str, title: str):
    assert title_of(text) == title


def test_a_long_sentence_is_cut_at_its_last_clause_that_fits():
    text = "It forgets the people who work at night: " + "those who clean, those who guard, those who drive " * 3
    assert title_of(text) == "It forgets the people who work at night"


def test_a_long_clause_is_cut_at_a_word():
    title = title_of("word " * 40)
    assert title == "word " * 16 + "word…" or title == "word " * 17 + "word…"


def test_a_word_without_end_is_cut_all_the_same():
    assert title_of("x" * 500) == "x" * 89 + "…"


@given(st.text())
def test_a_title_is_short_one_line_and_never_empty_where_something_shows(text: str):
    title = title_of(text)
    assert len(title) <= 90
    assert len(title.splitlines()) <= 1
    assert bool(title) == any(c.isprintable() and not c.isspace() for c in text)


@given(st.text(alphabet="ab .,:;!?*_\n", max_size=300))
def test_a_title_takes_its_words_from_the_text_in_order(text: str):
    rest = iter("".join(text.replace("…", "").split()))
    assert all(c in rest for c in title_of(text).removesuffix("…").replace(" ", ""))
