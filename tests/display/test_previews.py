"""The preview of any outline is one embed that Discord takes."""

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.ids import ChannelId
from bot.core.outlines import Comment, Notice, Outline, OutlinePoint
from bot.core.titles import title_of
from bot.display import limits
from bot.display.previews import preview
from tests.display.test_points import shown_texts, texts

HOME = ChannelId(2**63)
outline_points = st.builds(
    lambda label, text: OutlinePoint(label, title_of(text), text), st.sampled_from(["1", "*", "1000"]), shown_texts
)
notices = st.sampled_from(
    [
        Notice("disordered"),
        Notice("encoding", {"encoding": "Windows-1252"}),
        Notice("repeated", {"labels": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"}),
        Notice("other_lists", {"count": 3, "sizes": "3, 4, 5", "first": "[A](https://example.com) **first** title"}),
        Notice("damaged", {"count": 1}),
    ]
)
outlines = st.builds(
    lambda title, introduction, points, times, comments, announced, warnings: Outline(
        title=title,
        introduction=introduction,
        points=tuple(points * times)[:400],
        comments=tuple(Comment(None, "Words") for _ in range(comments)),
        comments_announced=announced,
        warnings=tuple(warnings),
    ),
    texts,
    texts,
    st.lists(outline_points, min_size=1, max_size=5),
    st.sampled_from([1, 10, 80]),
    st.integers(0, 2000),
    st.none() | st.integers(0, 2000),
    st.lists(notices, max_size=20),
)


def total(embed: discord.Embed) -> int:
    fields = sum(limits.length(field.name or "") + limits.length(field.value or "") for field in embed.fields)
    return limits.length(embed.title or "") + limits.length(embed.description or "") + fields


@settings(max_examples=80)
@given(outlines)
def test_a_preview_fits_for_any_outline(outline: Outline) -> None:
    embed, files = preview(outline, HOME)
    try:
        assert 0 < limits.length(embed.title or "") <= limits.EMBED_TITLE
        assert 0 < limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION
        assert len(embed.fields) <= limits.EMBED_FIELDS
        for field in embed.fields:
            assert 0 < limits.length(field.name or "") <= limits.EMBED_FIELD_NAME
            assert 0 < limits.length(field.value or "") <= limits.EMBED_FIELD_VALUE
        assert total(embed) <= limits.EMBEDS_TOTAL
        assert len(files) <= 1
        assert bool(files) == ("the whole list is in the file" in (embed.description or ""))
    finally:
        for file in files:
            file.close()


def test_a_short_list_is_shown_whole() -> None:
    points = tuple(OutlinePoint(str(n), f"Reason {n}", f"Reason {n}.") for n in range(1, 11))
    embed, files = preview(Outline("What's wrong", "Some *words*.", points), HOME)
    assert files == []
    assert embed.title == "What's wrong"
    lines = (embed.description or "").split("\n")
    assert lines[0] == "Some \\*words\\*."
    assert lines[2:] == [f"**{n}** · Reason {n}" for n in range(1, 11)]
    [where] = embed.fields
    assert where.value == f"10 messages, each with a thread, in <#{HOME}>. Nothing is posted until you confirm."


def test_a_long_list_is_cut_and_goes_whole_into_a_file() -> None:
    points = tuple(OutlinePoint(str(n), f"Reason {n} " + "x" * 60, f"Reason {n}.") for n in range(1, 101))
    embed, [file] = preview(Outline("", "", points, comments_announced=29), HOME)
    assert embed.title == "Untitled"
    with file.fp as whole:
        written = whole.read().decode()
    file.close()
    assert all(f"Reason {n}." in written for n in range(1, 101))
    shown = (embed.description or "").count("Reason")
    assert f"… and {100 - shown} more points" in (embed.description or "")
    assert embed.fields[1].value == "0 comments found, 29 announced. They are not posted."


def test_each_warning_is_a_sentence_of_its_own() -> None:
    points = (OutlinePoint("1", "Reason", "Reason."),)
    embed, _files = preview(
        Outline("Tea", "", points, warnings=(Notice("disordered"), Notice("comments_not_split"))), HOME
    )
    warnings = (embed.fields[-1].value or "").split("\n")
    assert len(warnings) == 2
    assert all(line.startswith("⚠️ Warning: ") for line in warnings)
