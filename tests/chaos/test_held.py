"""What members know of their own votes, and what nobody could have seen."""

from chaos.checks.books import Books
from chaos.held import Held

PAIR = (601, 11)


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def shown(*sides: int) -> Books:
    emoji = {1: "👍", -1: "👎"}
    return Books(1, {}, {}, {601: {emoji[side]: frozenset({11}) for side in sides}})


def test_the_older_of_two_may_be_taken_away() -> None:
    held = Held(Clock())
    held.put(PAIR, 1)
    held.put(PAIR, -1)
    assert held.seen(PAIR, frozenset({-1})) == [-1]
    assert held.taken_wrongly(shown(-1)) == ([], 0, 0)
    assert held.votes == 2


def test_the_newer_of_two_or_a_single_one_may_not() -> None:
    clock = Clock()
    newer, single = Held(clock), Held(clock)
    newer.put(PAIR, 1)
    newer.put(PAIR, -1)
    single.put(PAIR, 1)
    assert newer.taken_wrongly(shown(1))[0] != []
    assert single.taken_wrongly(shown())[0] != []


def test_what_the_member_took_is_not_missed() -> None:
    held = Held(Clock())
    held.put(PAIR, 1)
    held.took(PAIR, 1)
    assert held.taken_wrongly(shown()) == ([], 0, 0)


def test_an_order_that_fell_into_one_gap_is_counted_apart() -> None:
    clock = Clock()
    held = Held(clock)
    held.deaf()
    held.put(PAIR, 1)
    held.put(PAIR, -1)
    clock.now += 5
    held.hearing()
    assert held.taken_wrongly(shown(1)) == ([], 1, 0)


def test_one_act_in_a_gap_is_seen_by_what_it_leaves() -> None:
    clock = Clock()
    held = Held(clock)
    held.put(PAIR, 1)
    clock.now += 5
    held.deaf()
    held.put(PAIR, -1)
    clock.now += 5
    held.hearing()
    assert held.taken_wrongly(shown(1))[0] != []


def test_what_is_put_there_anew_while_the_removal_is_on_its_way_is_counted_apart() -> None:
    clock = Clock()
    held = Held(clock)
    held.put(PAIR, 1)
    held.put(PAIR, -1)
    sent = clock.now = 200.0
    held.took(PAIR, 1)
    held.put(PAIR, 1)
    clock.now += 3
    held.was_taken(PAIR, 1, sent)
    assert held.taken_wrongly(shown(-1)) == ([], 0, 1)


def test_a_removal_that_was_sent_when_the_bot_could_know_better_is_wrong() -> None:
    clock = Clock()
    held = Held(clock)
    held.put(PAIR, -1)
    held.put(PAIR, 1)
    clock.now += 3
    held.was_taken(PAIR, 1, clock.now)
    assert held.taken_wrongly(shown(-1))[0] != []
