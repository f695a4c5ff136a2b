"""Editing a draft: order and labels stay, no words are lost but by dropping, the list is never empty."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.edits import Changes, Edit, EditKind, changes, edited, is_possible
from bot.core.outlines import Outline, OutlinePoint

THREE = Outline("Tea", "", tuple(OutlinePoint(label, f"Title {label}", f"Text {label}.") for label in ("1", "2", "*")))
lists = st.lists(st.sampled_from(["1", "2", "2", "*", "40"]), min_size=1, max_size=30).map(
    lambda labels: Outline("", "", tuple(OutlinePoint(label, f"t{n}", f"<{n}>") for n, label in enumerate(labels)))
)


@st.composite
def edited_lists(draw: st.DrawFn) -> tuple[Outline, list[Edit]]:
    """A list, and edits that are possible one after the other and leave a point."""
    outline = draw(lists)
    edits: list[Edit] = []
    for _ in range(draw(st.integers(0, 20))):
        points = edited(outline, edits).points
        edit = Edit(draw(st.sampled_from(EditKind)), draw(st.integers(0, len(points) - 1)), "New")
        if is_possible(points, edit) and not (edit.kind is EditKind.DROP and len(points) == 1):
            edits.append(edit)
    return outline, edits


def test_a_dropped_point_leaves_a_gap_and_a_join_keeps_the_first_label_and_title() -> None:
    dropped = edited(THREE, [Edit(EditKind.DROP, 1)])
    assert [point.label for point in dropped.points] == ["1", "*"]
    [first, last] = edited(THREE, [Edit(EditKind.JOIN, 0)]).points
    assert (first.label, first.title, first.text) == ("1", "Title 1", "Text 1.\n\nText 2.")
    assert last == THREE.points[2]
    assert edited(THREE, [Edit(EditKind.RETITLE, 2, "Coffee")]).points[2] == OutlinePoint("*", "Coffee", "Text *.")


def test_places_are_those_of_the_list_as_it_was_then() -> None:
    edits = [Edit(EditKind.DROP, 0), Edit(EditKind.RETITLE, 0, "New"), Edit(EditKind.JOIN, 0)]
    assert edited(THREE, edits).points == (OutlinePoint("2", "New", "Text 2.\n\nText *."),)
    assert changes(THREE, edits) == Changes(retitled=("2",), dropped=("1",), joined=(("2", "*"),))


def test_only_points_that_are_there_can_be_changed_and_the_last_cannot_be_joined() -> None:
    kinds = list(EditKind)
    assert [is_possible(THREE.points, Edit(kind, 3)) for kind in kinds] == [False, False, False]
    assert [is_possible(THREE.points, Edit(kind, -1)) for kind in kinds] == [False, False, False]
    assert [is_possible(THREE.points, Edit(kind, 2)) for kind in kinds] == [True, True, False]


@given(edited_lists())
def test_order_labels_and_words_stay_whatever_is_done(given_: tuple[Outline, list[Edit]]) -> None:
    outline, edits = given_
    after = edited(outline, edits).points
    assert after
    remaining = iter(outline.points)
    assert all(
        any(point.label == old.label and point.text.startswith(old.text) for old in remaining) for point in after
    )
    texts = [text for point in after for text in point.text.split("\n\n")]
    kept = [point.text for point in outline.points if point.text in texts]
    assert texts == kept
    if not any(edit.kind is EditKind.DROP for edit in edits):
        assert len(texts) == len(outline.points)


@given(edited_lists())
def test_every_change_is_told(given_: tuple[Outline, list[Edit]]) -> None:
    outline, edits = given_
    told = changes(outline, edits)
    assert len(told.dropped) + len(told.joined) == len(outline.points) - len(edited(outline, edits).points)
    assert bool(told.retitled) == any(edit.kind is EditKind.RETITLE for edit in edits)
