"""What moderators did is on record once, and leaves points as it says: each fault planted in a house in order."""

from dataclasses import replace

import pytest

from chaos.checks import judge
from chaos.checks.books import Books, Message
from chaos.checks.stored import Case, Point, Stored
from chaos.deeds import Deeds, Kept, Order
from tests.chaos import house
from tests.chaos.house import ADDED, ANNA, BERT, BOT, DIGEST, FIRST, TEXT

HIDDEN = """1 point · 2 people · 2 votes · 0 replies

**[1](https://discord.com/channels/9/601)** · They close early.
`█████░░░░░` 1 agrees · 1 disagrees · 0 replies

**[2](https://discord.com/channels/9/602)** · hidden by the moderators"""
MERGED = """1 point + 1 addition · 2 people · 2 votes · 0 replies

**[1](https://discord.com/channels/9/601)** · They close early.
1 agrees · 1 disagrees · 0 replies

**[2](https://discord.com/channels/9/602)** · merged into **[1](https://discord.com/channels/9/601)**"""
TOMBSTONE = "**2)** Hidden by the moderators."
DIRECT = 900


def hidden(**changed: object) -> Stored:
    """The addition was hidden, and its author told."""
    first, added = house.stored().points
    gone = replace(added, status="hidden", **changed)  # pyright: ignore[reportArgumentType] - by name
    return replace(house.stored(), points=(first, gone), cases=(Case("hide", 2, ANNA, owed=False),))


def shown(digest: str, words: str, *more: Message, locked: bool = True) -> Books:
    """What is shown of it."""
    known = house.books()
    messages = {
        **known.messages,
        ADDED: replace(known.messages[ADDED], content=words),
        DIGEST: replace(known.messages[DIGEST], embeds=(digest,)),
        **{message.id: message for message in more},
    }
    threads = {**known.threads, ADDED: replace(known.threads[ADDED], locked=locked)}
    return replace(known, messages=messages, threads=threads, directs={DIRECT: ANNA})


def done(*kept: Kept) -> Deeds:
    deeds = house.deeds()
    deeds.kept.extend(kept)
    return deeds


def found(stored: Stored, books: Books, deeds: Deeds) -> list[str]:
    return [str(finding) for finding in judge(stored, books, deeds).findings]


def test_a_point_that_was_hidden_is_in_order_while_its_label_alone_is_shown() -> None:
    kept = Kept(Order.HIDE, 2, answered=True)
    assert found(hidden(), shown(HIDDEN, TOMBSTONE), done(kept)) == []
    assert found(hidden(), shown(HIDDEN, f"**2)** {TEXT}"), done(kept)) == [
        f"drift: point 2 of critique 1 is hidden, and its message says '**2)** {TEXT}'"
    ]
    assert found(hidden(), shown(HIDDEN, TOMBSTONE, locked=False), done(kept)) == [
        "drift: point 2 of critique 1 is hidden, and its thread is not locked"
    ]


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ([], "doubled: hide of the point with id 2: 1 on record, and 0 done"),
        ([Kept(Order.HIDE, 2, answered=True)] * 2, "lost: hide of the point with id 2: 1 on record, and 2 answered"),
        ([Kept(Order.HIDE, 2), Kept(Order.HIDE, 2, answered=True)], None),
        ([Kept(Order.HIDE, 2)], None),
    ],
    ids=["invented", "lost", "one unanswered", "unanswered"],
)
def test_acts_are_on_record_as_often_as_they_were_done(kept: list[Kept], words: str | None) -> None:
    assert found(hidden(), shown(HIDDEN, TOMBSTONE), done(*kept)) == ([] if words is None else [words])


def test_a_point_that_is_not_as_its_cases_leave_it_has_drifted() -> None:
    back = replace(hidden(), cases=(*hidden().cases, Case("restore", 2, ANNA, owed=False)))
    kept = done(Kept(Order.HIDE, 2, answered=True), Kept(Order.RESTORE, 2, answered=True))
    assert found(back, shown(HIDDEN, TOMBSTONE), kept) == [
        "drift: point 2 of critique 1 is hidden, and its cases leave it open"
    ]
    merged = replace(house.stored(), cases=(Case("merge", 2, ANNA, owed=False),))
    assert "drift: point 2 of critique 1 is merged into None, and its cases leave it merged" in found(
        merged, house.books(), done(Kept(Order.MERGE, 2, answered=True))
    )


@pytest.mark.parametrize("status", ["held", "refused"])
def test_what_was_not_approved_and_is_shown_is_doubled(status: str) -> None:
    first, added = house.stored().points
    waiting = replace(added, status=status)
    assert "doubled: point 2 of critique 1, which was not approved, is shown" in found(
        replace(house.stored(), points=(first, waiting)), house.books(), house.deeds()
    )


def merged(first: Point, added: Point) -> Stored:
    points = (first, replace(added, into=1))
    return replace(house.stored(), points=points, cases=(Case("merge", 2, ANNA, owed=False),))


def test_votes_on_a_merged_point_count_to_the_other_and_nobody_twice() -> None:
    first, added = house.stored().points
    both = replace(added, votes=house.holding({ANNA: 1}))
    books = shown(MERGED, f"**2)** {TEXT}")
    under = {**books.reactions, ADDED: {"👍": frozenset({BOT, ANNA}), "👎": frozenset({BOT})}}
    kept = done(Kept(Order.MERGE, 2, answered=True))
    assert found(merged(first, both), replace(books, reactions=under), kept) == []
    apart = replace(both, tally=(1, 0))
    assert found(merged(first, apart), replace(books, reactions=under), kept) == [
        "drift: the tally of point 2 of critique 1 is (1, 0), and a recount gives (0, 0)"
    ]
    other = replace(first, votes=house.holding({BERT: -1}), tally=(1, 1))
    alone = {**under, FIRST: {"👍": frozenset({BOT}), "👎": frozenset({BOT, BERT})}}
    kept.held.took((FIRST, ANNA), 1)
    assert found(merged(other, both), replace(books, reactions=alone), kept) == []


def test_whoever_was_told_twice_or_not_at_all_is_found() -> None:
    said = [Message(901 + n, DIRECT, BOT, "A moderator hid your point.", None, ()) for n in range(2)]
    kept = done(Kept(Order.HIDE, 2, answered=True))
    assert found(hidden(), shown(HIDDEN, TOMBSTONE, said[0]), kept) == []
    assert found(hidden(), shown(HIDDEN, TOMBSTONE, *said), kept) == [
        f"doubled: what member {ANNA} was told, 2 times, of 1 cases"
    ]
    owed = replace(hidden(), cases=(Case("hide", 2, ANNA, owed=True),))
    assert found(owed, shown(HIDDEN, TOMBSTONE), kept) == [f"lost: the word to member {ANNA} that their point met hide"]


def test_the_word_that_a_point_was_changed_is_said_once_for_each_change() -> None:
    first, added = house.stored().points
    word = Message(950, ADDED, BOT, "The words of **2** have changed, so its votes begin anew.", None, ())
    asked = replace(house.stored(), points=(first, replace(added, asked_anew=1)))
    once, twice = (
        replace(house.books(), messages={**house.books().messages, **{each.id: each for each in said}})
        for said in ([word], [word, replace(word, id=951)])
    )
    assert found(asked, once, house.deeds()) == []
    assert found(asked, twice, house.deeds()) == [
        "doubled: the word that point 2 of critique 1 was changed, 2 times of 1"
    ]
    assert found(asked, house.books(), house.deeds()) == [
        "lost: the word that point 2 of critique 1 was changed, 0 times of 1"
    ]
