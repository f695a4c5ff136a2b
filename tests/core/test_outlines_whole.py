"""Nothing is lost and nothing doubled; what is rendered reads back.

What holds, and how strongly:

1. Any text: what stands in the title, introduction, points, closing, comments and other lists
   stood in the document at least as often. Nothing is doubled or made up.
2. Any text whose words are no page furniture (no byline, form line, footer, heading of comments,
   no `Bonus` or `Reason`): its letters are exactly the outline's letters. Only digits and signs
   may be missing, since marks and rules are made of those.
3. As 2, with one list: the letters stand in the document's order.
4. HTML: text in no dropped element is kept; this is shown on the samples, not here.
"""

from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.outlines import Comment, Outline, OutlinePoint, Unreadable, read, render
from bot.core.titles import title_of

MARKS = [
    "1. ",
    "2. ",
    "3. ",
    "1) ",
    "2) ",
    "10. ",
    "9. ",
    "(1) ",
    "(2) ",
    "#1 ",
    "#2 ",
    "* ",
    "- ",
    "• ",
    "*) ",
    "1 – ",
]
WORDS = ["drub", "kvik", "Zolt 3", "9.50", "1984.", "**glim**", "été", "שלום", "> nurb", "# Plok", "---", "```", "x"]
FURNITURE = ["Comments", "3 comments", "Leave a Reply", "Ann says:", "Reply", "Bonus:", "Reason 1:", "Related posts"]
GAPS = ["\n", "\n\n", "\n  ", "\n    ", "\n\n   ", "\r\n", " "]


def documents(*vocabularies: list[str]) -> st.SearchStrategy[str]:
    parts = st.sampled_from([part for vocabulary in vocabularies for part in vocabulary])
    some = st.lists(parts, max_size=30).map("".join)
    return st.builds("{}\n{}{}".format, some, st.sampled_from(["", "1. drub\n2. kvik\n", "* drub\n\n* kvik\n"]), some)


def texts_of(outline: Outline) -> list[str]:
    """All texts of an outline, in the document's order where it has one list."""
    return [
        outline.title,
        outline.introduction,
        *(point.text for point in outline.points),
        outline.closing,
        *(text for comment in outline.comments for text in (comment.author or "", comment.text)),
        *(point.text for other in outline.other_lists for point in other.points),
    ]


def read_or_skip(document: str, name: str = "") -> Outline:
    try:
        return read(document, name=name)
    except Unreadable:
        assume(False)
        raise


def shown(text: str) -> list[str]:
    return [c for c in text if c.isprintable() and not c.isspace()]


def letters(text: str) -> list[str]:
    return [c for c in text if c.isalpha()]


@given(st.one_of(st.text().map("1. {}\n2. x".format), documents(MARKS, WORDS, FURNITURE, GAPS)))
@settings(max_examples=400)
def test_nothing_in_an_outline_is_doubled_or_made_up(document: str):
    outline = read_or_skip(document, "a.txt")
    surplus = Counter(shown("".join(texts_of(outline)))) - Counter(shown(document))
    assert not surplus


@given(documents(MARKS, WORDS, GAPS), st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=600)
def test_no_letter_is_lost_where_there_is_no_page_furniture(document: str, name: str):
    outline = read_or_skip(document, name)
    assert Counter(letters("".join(texts_of(outline)))) == Counter(letters(document))


@given(documents(MARKS, [word for word in WORDS if "#" not in word], GAPS))
@settings(max_examples=400)
def test_letters_keep_their_order_where_there_is_one_list(document: str):
    outline = read_or_skip(document, "a.txt")
    assume(not outline.other_lists)
    assert letters("".join(texts_of(outline))) == letters(document)


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), st.sampled_from(["1. ", "1) ", "• "])
)
def test_the_text_of_a_point_is_whole_whatever_its_characters(text: str, mark: str):
    line = "".join(text.split())
    assume(shown(line) and not line.startswith(("*", "_", "#", ">", "-", "=", "`", "\\")))
    outline = read_or_skip(f"Title\n\n{mark}drub\n{mark.replace('1', '2')}drub {line}\n", "a.txt")
    assert shown(outline.points[-1].text) == shown(f"drub{line}")


LABELS = st.one_of(st.integers(0, 999).map(str), st.just("*"))
LINE = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60),
    st.sampled_from(["1) drub", "Points (2):", "3 comments", "---", "```", "> x", "# y", "Leave a Reply", "*) z"]),
)
TEXT = (
    st.lists(st.one_of(LINE, st.just("")), min_size=1, max_size=5)
    .map(lambda lines: "\n".join(line if line.strip() else "" for line in lines).replace("\ufeff", "").strip())
    .filter(lambda text: bool(shown(text)))
)
POINTS = st.lists(
    st.builds(lambda label, text: OutlinePoint(label, title_of(text), text), LABELS, TEXT), min_size=1, max_size=8
)


@given(
    st.builds(
        lambda title, introduction, points, closing, comments: Outline(
            title.replace("\n", " "), introduction, tuple(points), closing, tuple(Comment(None, c) for c in comments)
        ),
        TEXT,
        TEXT,
        POINTS,
        TEXT,
        st.lists(TEXT, max_size=3),
    )
)
@settings(max_examples=300)
def test_a_rendered_outline_reads_back_to_the_same_points(outline: Outline):
    assert read(render(outline)).points == outline.points
