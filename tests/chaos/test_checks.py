"""What is lost, doubled or adrift is found: each fault planted in a house that is otherwise in order."""

from dataclasses import replace
from typing import Any

import pytest

from chaos.checks import Finding, judge
from chaos.checks.books import Books, Message, Thread
from chaos.checks.stored import Argument, Case, Stored
from chaos.deeds import Argued, Deeds, Sent, Typed
from tests.chaos import house
from tests.chaos.house import ADDED, ANNA, BERT, BOT, DIGEST, FIRST, HOME, SHOWN, TEXT, TYPED


def found(stored: Stored | None = None, books: Books | None = None, deeds: Deeds | None = None) -> list[str]:
    verdict = judge(stored or house.stored(), books or house.books(), deeds or house.deeds())
    return [str(finding) for finding in verdict.findings]


def shown(**changed: object) -> Books:
    return replace(house.books(), **changed)  # pyright: ignore[reportArgumentType] - by name


def reacted(message: int, agree: set[int], disagree: set[int]) -> Books:
    under = {"👍": frozenset(agree), "👎": frozenset(disagree)}
    return shown(reactions={**house.books().reactions, message: under})


def with_message(message: Message) -> Books:
    return shown(messages={**house.books().messages, message.id: message})


def without_message(message: int) -> Books:
    return shown(messages={key: each for key, each in house.books().messages.items() if key != message})


def with_points(**changed: object) -> Stored:
    first, added = house.stored().points
    return replace(house.stored(), points=(first, replace(added, **changed)))  # pyright: ignore[reportArgumentType]


def test_a_house_in_order_has_nothing_to_say() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("stances", "tally", "words"),
    [
        ({ANNA: 1}, (1, 0), f"member {BERT} holds -1 of point 1 of critique 1, and counts as None"),
        ({ANNA: 1, BERT: 1}, (2, 0), f"member {BERT} holds -1 of point 1 of critique 1, and counts as 1"),
        ({ANNA: 1, BERT: -1, 13: 1}, (2, 1), "member 13 holds no emoji of point 1 of critique 1, and counts as 1"),
    ],
    ids=["lost", "turned", "invented"],
)
def test_a_vote_that_is_lost_turned_or_invented_is_drift(
    stances: dict[int, int], tally: tuple[int, int], words: str
) -> None:
    first, added = house.stored().points
    stored = replace(house.stored(), points=(replace(first, votes=house.holding(stances), tally=tally), added))
    assert f"drift: {words}" in found(stored)


def test_a_tally_that_has_drifted_is_found() -> None:
    first, added = house.stored().points
    stored = replace(house.stored(), points=(replace(first, tally=(2, 1)), added))
    assert found(stored) == ["drift: the tally of point 1 of critique 1 is (2, 1), and a recount gives (1, 1)"]


def test_who_holds_both_emoji_is_counted_apart_where_neither_counts_and_is_drift_where_one_does() -> None:
    first, added = house.stored().points
    books = reacted(FIRST, {BOT, ANNA, BERT}, {BOT, BERT})
    undecided = replace(first, votes=house.holding({ANNA: 1, BERT: None}), tally=(1, 0))
    verdict = judge(replace(house.stored(), points=(undecided, added)), books, Deeds())
    assert verdict.undecidable == 1
    assert not [finding for finding in verdict.findings if f"member {BERT}" in finding.what]
    assert f"drift: member {BERT} still holds both emoji of point 1 of critique 1, though -1 counts" in found(
        books=books
    )


def test_both_emoji_of_which_the_bot_knows_nothing_are_no_matter_of_order() -> None:
    first, added = house.stored().points
    stored = replace(house.stored(), points=(replace(first, votes=house.holding({ANNA: 1}), tally=(1, 0)), added))
    books = reacted(FIRST, {BOT, ANNA, BERT}, {BOT, BERT})
    assert f"drift: member {BERT} holds both emoji of point 1 of critique 1, and neither is known" in found(
        stored, books
    )
    assert judge(stored, books, Deeds()).undecidable == 0


def test_a_vote_that_the_bot_took_away_is_lost() -> None:
    deeds = house.deeds()
    deeds.held.put((FIRST, ANNA), -1)
    assert [line for line in found(deeds=deeds) if "took away" in line] == [
        f"lost: a vote that the bot took away: member {ANNA} put [1, -1] under message {FIRST}, the newest last, "
        "which is gone"
    ]


@pytest.mark.parametrize("message", [FIRST, ADDED])
def test_a_point_without_a_message_is_lost(message: int) -> None:
    assert any(line.startswith("lost: the message of point") for line in found(books=without_message(message)))


def test_a_point_without_a_thread_is_lost() -> None:
    assert found(books=shown(threads={FIRST: house.books().threads[FIRST]})) == [
        "lost: the thread of point 2 of critique 1"
    ]


def test_a_point_without_the_bots_emoji_is_lost() -> None:
    assert found(books=reacted(ADDED, {BOT}, set())) == ["lost: the two emoji under point 2 of critique 1"]


def test_a_message_that_stands_twice_is_doubled() -> None:
    again = Message(699, HOME, BOT, f"**2)** {TEXT}", None, ())
    assert found(books=with_message(again)) == [
        f"doubled: message 699 of the bot, which shows nothing stored: '**2)** {TEXT}'"
    ]


def test_a_post_that_stands_twice_is_doubled() -> None:
    threads = {**house.books().threads, 699: Thread(699, HOME, BOT, f"2 · {TEXT}")}
    assert found(books=shown(threads=threads)) == [f"doubled: thread 699, '2 · {TEXT}', is of no point"]


def test_a_members_own_post_that_nobody_read_is_lost() -> None:
    threads = {**house.books().threads, 699: Thread(699, HOME, BERT, "3. Wobbly tables")}
    assert found(books=shown(threads=threads)) == ["lost: thread 699, '3. Wobbly tables', is of no point"]


def test_an_answer_that_is_given_twice_is_doubled() -> None:
    stored = with_points(claimed="7")
    once = with_message(Message(702, HOME, BOT, "Recorded as **2**", TYPED, ()))
    twice = replace(once, messages={**once.messages, 703: Message(703, HOME, BOT, "Recorded as **2**", TYPED, ())})
    assert found(stored, once) == []
    assert found(stored, twice) == [f"doubled: the answer to message {TYPED}, 2 times"]
    assert found(stored) == [f"lost: the word that the addition {TEXT!r}, typed in message {TYPED} took another label"]


def test_an_addition_that_is_not_on_record_is_lost() -> None:
    deeds = house.deeds()
    deeds.typed.append(Typed(710, "Wobbly tables."))
    deeds.sent.append(Sent("No cups.", answered=True))
    lines = found(deeds=deeds)
    assert "lost: the addition 'Wobbly tables.', typed in message 710" in lines
    assert "lost: the addition 'No cups.', sent in a form" in lines


def test_an_addition_that_is_on_record_twice_is_doubled() -> None:
    first, added = house.stored().points
    stored = replace(house.stored(), points=(first, added, replace(added, id=3, label="3")))
    assert f"doubled: the addition {TEXT!r}, typed in message {TYPED}, 2 times" in found(stored)
    deeds = house.deeds()
    deeds.sent.append(Sent(TEXT))
    assert f"doubled: the addition {TEXT!r}, sent in a form, 2 times" in found(stored, deeds=deeds)


def test_an_addition_that_nobody_made_is_found() -> None:
    deeds = house.deeds()
    deeds.typed.clear()
    assert found(deeds=deeds) == [f"doubled: point 2 of critique 1, which nobody added: {TEXT!r}"]


def test_an_addition_without_its_source_or_its_mark_is_found() -> None:
    what = f"addition {TEXT!r}, typed in message {TYPED}"
    assert found(replace(house.stored(), sources={})) == [f"lost: where addition {what[9:]} comes from"]
    assert found(books=shown(reactions={FIRST: house.BOTH, ADDED: house.ALONE})) == [f"lost: the mark under the {what}"]


def test_a_label_that_is_left_out_or_given_twice_is_found() -> None:
    critique = replace(house.stored().critiques[0], next_label=4)
    assert found(replace(house.stored(), critiques=(critique,))) == ["lost: label 3 of critique 1: no point bears it"]
    first, added = house.stored().points
    stored = replace(house.stored(), points=(first, added, replace(added, id=3)))
    assert "doubled: label 2 of critique 1" in found(stored)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2 people", "3 people", "drift: the digest of critique 1 says 3 people · 2 votes"),
        ("1 agrees · 1", "2 agree · 1", "drift: the digest shows [2, 1, 0] for point 1 of critique 1"),
        ("channels/9/602", "channels/9/601", "lost: point 2 of critique 1 in its digest"),
        ("channels/9/602", "channels/9/601", "doubled: point 1 of critique 1 in its digest"),
    ],
)
def test_a_digest_that_says_otherwise_is_found(before: str, after: str, words: str) -> None:
    digest = Message(DIGEST, HOME, BOT, "", None, (SHOWN.replace(before, after),))
    assert any(line.startswith(words) for line in found(books=with_message(digest)))


def test_a_reply_that_is_not_counted_is_found() -> None:
    books = with_message(Message(720, FIRST, BERT, "Not true.", None, ()))
    assert found(books=books) == ["drift: point 1 of critique 1 counts 0 replies, and 1 stand in its thread"]


def test_a_digest_that_is_gone_or_stands_twice_is_found() -> None:
    assert found(books=without_message(DIGEST)) == ["lost: 1 message of the digest of critique 1"]
    again = Message(899, HOME, BOT, "", None, (SHOWN,))
    assert found(books=with_message(again)) == ["doubled: message 899 of the bot, which shows nothing stored: ''"]


def test_a_critique_that_is_lost_doubled_or_cut_is_found() -> None:
    critique = house.stored().critiques[0]
    assert "lost: the critique 'Tea rooms'" in found(
        replace(house.stored(), critiques=(replace(critique, title="Pubs"),))
    )
    twice = replace(house.stored(), critiques=(critique, replace(critique, id=2)))
    assert "doubled: the critique 'Tea rooms', 2 times" in found(twice)
    deeds = house.deeds()
    deeds.confirmed[0].points = 2
    assert found(deeds=deeds) == ["lost: points of 'Tea rooms': it has 1 of 2"]


def test_what_is_still_owed_or_was_given_up_is_lost() -> None:
    stored = replace(house.stored(), waiting=("mark:1, tried 3 times",), given_up=("mark:2, tried 8 times",))
    assert found(stored) == [
        "lost: what is owed: mark:1, tried 3 times",
        "lost: what was given up: mark:2, tried 8 times",
    ]


def test_findings_are_counted_by_kind() -> None:
    verdict = judge(house.stored(), without_message(DIGEST), house.deeds())
    assert [verdict.count(kind) for kind in type(verdict.findings[0].kind)] == [1, 0, 0]
    assert isinstance(verdict.findings[0], Finding)


ARGUED = 702
SAID = Argument(ARGUED, 1, "They close at nine.", "rebuttal")


def argued(*arguments: Argument, case: str = "", mark: str = "📌", panel: bool = True) -> list[str]:
    """Anna has typed an argument in the thread of point 1; what is found where these are on record."""
    deeds = house.deeds()
    deeds.argued.append(Argued(ARGUED, FIRST, SAID.text, "rebuttal"))
    pages = {**house.stored().pages, **({"arguments:1": (703,)} if panel else {})}
    cases = (Case(case, 1, None, owed=False),) if case else ()
    stored = replace(house.stored(), arguments=arguments, pages=pages, cases=cases)
    messages = {
        **house.books().messages,
        ARGUED: Message(ARGUED, FIRST, ANNA, f"Disagree: {SAID.text}", None, ()),
        703: Message(703, FIRST, BOT, "Arguments", None, ()),
    }
    reactions = {**house.books().reactions, ARGUED: {mark: frozenset({BOT})}}
    return [
        each
        for each in found(stored, shown(messages=messages, reactions=reactions), deeds)
        if "argu" in each or "panel" in each
    ]


@pytest.mark.parametrize(
    ("arguments", "how", "words"),
    [
        ((), {"panel": False}, "lost: the argument"),
        ((SAID, replace(SAID, point=2)), {}, "doubled: the argument"),
        ((replace(SAID, side=None),), {}, "drift: the argument"),
        ((SAID,), {"mark": "⏳"}, "lost: the mark under the argument"),
        ((SAID,), {"panel": False}, "lost: the panel of point 1"),
        ((SAID, replace(SAID, message=9)), {}, "doubled: an argument in message 9"),
    ],
)
def test_an_argument_that_is_lost_doubled_or_adrift_is_found(
    arguments: tuple[Argument, ...], how: dict[str, Any], words: str
) -> None:
    assert any(each.startswith(words) for each in argued(*arguments, **how))


def test_an_argument_in_order_and_one_that_its_point_may_not_have_taken_are_none() -> None:
    assert argued(SAID) == []
    assert argued(case="lock", panel=False) == []
