"""What a member's message is: additions, arguments and references at once, held against what careful people read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.labelled import ground, load, score
from bench.reading import hostile
from bot.core.arguments import Side
from bot.core.messages import SURE, Reading, may_mean, read
from tests.conftest import ROOT

SETS = ROOT / "bench" / "messages"
LOBBY = ground([*map(str, range(1, 11)), "*", "11"])
THREAD = ground([*map(str, range(1, 11)), "*", "11"], "4")
FOR, AGAINST = Side.SUPPORT, Side.REBUTTAL


def argued(reading: Reading) -> list[tuple[tuple[str, ...], Side | None]]:
    return [(each.points, each.side) for each in reading.arguments if each.sure >= SURE]


@pytest.mark.parametrize("name", ["kept.jsonl", "development.jsonl"])
def test_the_reading_is_as_sure_as_it_says_on_messages_that_people_have_labelled(name: str) -> None:
    messages = load(SETS / name)
    scores = score(messages)
    assert len(messages) >= 200
    assert all(scores[kind].precision >= 0.98 for kind in ("addition", "argument")), scores
    assert scores["reference"].precision >= 0.95
    assert all(each.recall >= 0.85 for each in scores.values()), scores


def test_the_kept_set_and_the_other_have_no_message_in_common() -> None:
    sets = [{each.text for each in load(path)} for path in sorted(SETS.glob("*.jsonl"))]
    assert len(sets[0] | sets[1]) == len(sets[0]) + len(sets[1])
    assert sum(map(len, sets)) >= 400


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am not sure that #9 is quite fair; they had no choice.", [(("9",), AGAINST)]),
        ("I couldn’t agree more with #3.", [(("3",), FOR)]),
        ("On points 3 and 5: not true, both were mended.", [(("3", "5"), AGAINST)]),
        ("7. 8. 9. and 10. are seen as natural.", [(("7", "8", "9", "10"), None)]),
        (
            "1. They close. Response: they do not.\n2. They hum. Response: only at noon.",
            [(("1",), None), (("2",), None)],
        ),
        ("Ann disagrees with #4.", []),
        ("Is #4 really true?", []),
        ("If #4 is true we should all leave.", []),
        ("1. milk\n2. eggs\n3. bread", []),
    ],
)
def test_arguments_name_their_points_and_take_a_side_only_where_the_words_do(
    text: str, expected: list[tuple[tuple[str, ...], Side | None]]
) -> None:
    assert argued(read(text, LOBBY)) == expected


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Response: it is being looked at.", None),
        ("Disagree: the queue is short.", AGAINST),
        ("I agree, I waited for an hour myself.", FOR),
        ("> It closes at noon.\nIt closes at six.", None),
    ],
)
def test_in_a_points_thread_an_answer_that_says_so_is_about_that_point(text: str, side: Side | None) -> None:
    assert argued(read(text, THREAD)) == [(("4",), side)]


@pytest.mark.parametrize(
    "text", ["lol", "See you at 11:30 then", "They close at nine, as you know.", "PR #4 is merged"]
)
def test_chat_in_a_thread_is_plain(text: str) -> None:
    assert argued(read(text, THREAD)) == []


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("#6 in particular.", ("6",)),
        ("pretend like point 4 above was wrong", ("4",)),
        ("See points 7–10.", ("7", "8", "9", "10")),
        ("Your ninth point made me think.", ("9",)),
        ("The bonus point made me think.", ("*",)),
        ("> #6\nwell well", ()),
        ('She wrote "see #6" on the door.', ()),
        ("`#6`", ()),
        ("ticket #6 is open, and the top 10 is out", ()),
        ("the 10 (+ one bonus) points", ()),
        ("#77 is not there", ()),
    ],
)
def test_references_are_mentions_of_points_that_there_are(text: str, labels: tuple[str, ...]) -> None:
    assert tuple(label for each in read(text, LOBBY).references for label in each.points) == labels


@pytest.mark.parametrize(
    "text",
    [
        "An addition: nobody winds the clock.",
        "My additional point, however, is that nobody winds the clock.",
        "One more from me: nobody winds the clock.",
        "Please add this one to the list. Nobody winds the clock.",
    ],
)
def test_an_addition_without_a_number_is_sure_and_still_asked_about(text: str) -> None:
    (addition,) = read(text, LOBBY).additions
    assert (addition.written, addition.sure >= SURE) == (None, True)
    assert read(text, LOBBY).recorded == ()


def test_a_message_may_be_several_things_at_once() -> None:
    found = read("#9 is not fair. #6 in particular I like to read.\n\nAn addition: nobody winds the clock.", LOBBY)
    assert argued(found) == [(("9",), AGAINST)]
    assert [each.points for each in found.references] == [("6",)]
    assert [each.written for each in found.additions] == [None]


@given(st.text(max_size=400))
def test_nothing_that_members_can_write_fails_and_what_is_plain_needs_no_ground(text: str) -> None:
    for on in (LOBBY, THREAD):
        found = read(text, on)
        if on is LOBBY and found != Reading():
            assert may_mean(text)


@pytest.mark.parametrize("text", hostile(), ids=repr)
def test_hostile_messages_are_read(text: str) -> None:
    assert isinstance(read(text, THREAD), Reading)


def test_the_sets_are_where_the_measurement_looks() -> None:
    assert Path(SETS / "kept.jsonl").is_file()
