"""How long stored votes are not shown is found from what was sent, stored and shown."""

import pytest

from bench import staleness
from bench.ground import critiques, servers
from bench.staleness import Cast, Edit, State, Unaccounted
from bot.core.votes import Stance
from rehearsal.server import StandIn

UP, DOWN = Stance.AGREE, Stance.DISAGREE


@pytest.mark.parametrize("votes", [0, 1, 2, 7])
async def test_a_digest_is_read_as_the_bot_writes_it(votes: int) -> None:
    async with StandIn() as discord:
        (place,) = servers.found(discord, 1, channels=3, roles=3)
        voters = [member.id for member in discord.members]
        posted = critiques.post(discord.world, place, number=1, first=1, size=30, voters=voters, each=votes)
    read = {thread: tally for _, text in posted.digest for thread, tally in staleness.read(text).items()}
    tallies = {point.thread: posted.tallies[point.id] for point in posted.points}
    assert read == {thread: (tally.agree, tally.disagree) for thread, tally in tallies.items()}
    assert {tally.people for tally in tallies.values()} == {votes}


def test_an_event_is_stored_when_so_many_are() -> None:
    assert staleness.stored_at(5, [(2, 1.0), (4, 3.0)]) == [1.0, 1.0, 3.0, 3.0, float("inf")]


def test_votes_are_played_as_the_bot_counts_them() -> None:
    cast = [Cast(1, 7, UP, added=True), Cast(1, 7, DOWN, added=True), Cast(1, 7, UP, added=False)]
    cast += [Cast(1, 7, DOWN, added=False), Cast(2, 7, UP, added=True)]
    found = staleness.states(0.0, [1, 2], cast, [1.0, 2.0, 3.0, 4.0, 5.0])
    assert found == {
        1: [State(0.0, (0, 0)), State(1.0, (1, 0)), State(2.0, (0, 1)), State(4.0, (0, 0))],
        2: [State(0.0, (0, 0)), State(5.0, (1, 0))],
    }


OF = {1: [State(0.0, (0, 0)), State(2.0, (1, 0)), State(5.0, (2, 0)), State(6.0, (1, 0))]}


def test_a_vote_waits_from_when_it_is_stored_to_the_edit_that_shows_it() -> None:
    assert staleness.stalest(OF, [Edit(4.5, {1: (1, 0)}), Edit(9.0, {1: (1, 0)})], 0.0, 9.0) == 4.0


def test_a_vote_that_no_edit_shows_waits_to_the_end() -> None:
    assert staleness.stalest(OF, [], 0.0, 12.0) == 10.0
    assert staleness.stalest(OF, [Edit(4.0, {1: (1, 0)})], 3.0, 12.0) == 7.0


def test_what_was_shown_before_counts_and_its_waiting_does_not() -> None:
    assert staleness.stalest(OF, [Edit(3.0, {1: (1, 0)}), Edit(7.0, {1: (1, 0)})], 4.0, 8.0) == 2.0


def test_figures_that_no_votes_add_up_to_are_a_fault_of_the_measurement_or_of_the_bot() -> None:
    with pytest.raises(Unaccounted):
        staleness.stalest(OF, [Edit(9.0, {1: (3, 0)})], 0.0, 9.0)


def test_each_span_has_its_greatest_value() -> None:
    moments = [(0.5, 3.0), (1.5, 1.0), (1.9, 2.0), (9.0, 9.0)]
    assert staleness.by_span(moments, [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)]) == [3.0, 2.0, 0.0]
