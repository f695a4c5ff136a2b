"""The preview of any outline is one embed that Discord takes."""

from dataclasses import replace
from typing import Any

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.critiques import Draft, ListName
from bot.core.edits import Edit, EditKind
from bot.core.ids import ChannelId, DraftId, GuildId, MemberId
from bot.core.outlines import Comment, Notice, Outline, OutlinePoint
from bot.core.titles import title_of
from bot.display import limits
from bot.display.previews import PAGE, Look, list_options, options, preview
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


def draft_of(outline: Outline, **more: Any) -> Draft:
    return Draft(DraftId(1), GuildId(1), HOME, MemberId(1), outline, **more)


def total(embed: discord.Embed) -> int:
    fields = sum(limits.length(field.name or "") + limits.length(field.value or "") for field in embed.fields)
    return limits.length(embed.title or "") + limits.length(embed.description or "") + fields


@settings(max_examples=80)
@given(outlines, st.data())
def test_a_preview_fits_for_any_draft(outline: Outline, data: st.DataObject) -> None:
    draft = draft_of(outline, beside=data.draw(st.integers(0, 99)))
    for _ in range(data.draw(st.integers(0, 30))):
        count = len(draft.edited.points)
        kind = data.draw(st.sampled_from([EditKind.RETITLE] if count == 1 else list(EditKind)))
        at = data.draw(st.integers(0, count - 1 - (kind is EditKind.JOIN)))
        draft = replace(draft, edits=(*draft.edits, Edit(kind, at, data.draw(texts))))
    count = len(draft.edited.points)
    look = Look(data.draw(st.integers(0, count // PAGE)), data.draw(st.none() | st.integers(0, count)))
    embed, files = preview(draft, look)
    try:
        assert 0 < limits.length(embed.title or "") <= limits.EMBED_TITLE
        assert 0 < limits.length(embed.description or "") <= limits.EMBED_DESCRIPTION
        assert len(embed.fields) <= limits.EMBED_FIELDS
        for field in embed.fields:
            assert 0 < limits.length(field.name or "") <= limits.EMBED_FIELD_NAME
            assert 0 < limits.length(field.value or "") <= limits.EMBED_FIELD_VALUE
        assert total(embed) <= limits.EMBEDS_TOTAL
        assert len(files) <= 1
        shown = embed.description or ""
        assert bool(files) == ("the whole list is in the file" in shown or "before these" in shown)
        within = look.within(count)
        for option in options(draft, within):
            assert 0 < limits.length(option.label) <= limits.OPTION_LABEL
        assert len(options(draft, within)) <= limits.OPTIONS
    finally:
        for file in files:
            file.close()


def test_a_short_list_is_shown_whole() -> None:
    points = tuple(OutlinePoint(str(n), f"Reason {n}", f"Reason {n}.") for n in range(1, 11))
    embed, files = preview(draft_of(Outline("What's wrong", "Some *words*.", points)), Look())
    assert files == []
    assert embed.title == "What's wrong"
    lines = (embed.description or "").split("\n")
    assert lines[0] == "Some \\*words\\*."
    assert lines[2:] == [f"**{n}** · Reason {n}" for n in range(1, 11)]
    [where] = embed.fields
    assert where.value == f"10 messages, each with a thread, in <#{HOME}>. Nothing is posted until you confirm."


def test_a_long_list_is_cut_and_goes_whole_into_a_file() -> None:
    points = tuple(OutlinePoint(str(n), f"Reason {n} " + "x" * 60, f"Reason {n}.") for n in range(1, 101))
    embed, [file] = preview(draft_of(Outline("", "", points, comments_announced=29)), Look())
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
    outline = Outline("Tea", "", points, warnings=(Notice("disordered"), Notice("comments_not_split")))
    embed, _files = preview(draft_of(outline), Look())
    warnings = (embed.fields[-1].value or "").split("\n")
    assert len(warnings) == 2
    assert all(line.startswith("⚠️ Warning: ") for line in warnings)


def test_what_was_changed_is_named_and_the_chosen_point_is_shown_with_its_text() -> None:
    points = tuple(OutlinePoint(str(n), f"Reason {n}", f"Reason {n}. Why.") for n in range(1, 6))
    edits = (Edit(EditKind.DROP, 0), Edit(EditKind.JOIN, 1), Edit(EditKind.RETITLE, 0, "New"))
    embed, _files = preview(draft_of(Outline("Tea", "", points), edits=edits), Look(0, 1))
    fields = {field.name: field.value for field in embed.fields}
    assert fields["Changed by you"] == "Dropped: 1\nJoined: 3 with 4\nRetitled: 2"
    assert fields["Chosen"] == "**3** · Reason 3\nReason 3\\. Why. Reason 4\\. Why."
    assert (embed.description or "").split("\n") == ["**2** · New", "▶ **3** · Reason 3", "**5** · Reason 5"]


def test_a_later_page_of_a_long_list_says_how_many_stand_before_it() -> None:
    points = tuple(OutlinePoint(str(n), f"Reason {n} " + "x" * 60, f"Reason {n}.") for n in range(1, 101))
    embed, [file] = preview(draft_of(Outline("Tea", "", points)), Look(3))
    file.close()
    lines = (embed.description or "").split("\n")
    assert lines[0] == "-# 75 points before these …"
    assert lines[1].startswith("**76** · Reason 76")
    assert "more point" not in lines[-1]
    assert [option.value for option in options(draft_of(Outline("Tea", "", points)), Look(3))][:2] == ["75", "76"]


def test_other_critiques_in_the_home_are_named() -> None:
    outline = Outline("Tea", "", (OutlinePoint("1", "Reason", "Reason."),))
    one, _files = preview(draft_of(outline, beside=1), Look())
    two, _files = preview(draft_of(outline, beside=2), Look())
    assert "Another critique is open there" in (one.fields[0].value or "")
    assert "2 others are open there" in (two.fields[0].value or "")


@given(st.lists(st.builds(ListName, st.integers(1, 500), texts), min_size=2, max_size=25))
def test_every_list_can_be_chosen_whatever_it_begins_with(lists: list[ListName]) -> None:
    shown = list_options(draft_of(Outline("", "", ()), lists=tuple(lists), chosen=2))
    assert [option.value for option in shown] == [str(number) for number in range(1, len(lists) + 1)]
    assert [option.value for option in shown if option.default] == ["2"]
    assert all(0 < limits.length(option.description or "") <= limits.OPTION_DESCRIPTION for option in shown)
