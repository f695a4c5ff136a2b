"""Votes are sent as the stand-in sends them, what became of them is checked, and figures follow from what was noted."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench import bursts, frames, votes
from bench.bursts import Burst, Wrong, field, lateness
from bench.frames import AGREE, DISAGREE, Place, Vote, Votes
from bench.sides.sender import Sender
from rehearsal.member import Member
from rehearsal.server import StandIn


async def test_each_vote_is_sent_as_the_stand_in_sends_it() -> None:
    async with StandIn() as discord:
        person, home = discord.members[1], discord.channels["critique"]
        async with Member(discord.api, discord.gateway, person.token, str(person.id), person.name) as member:
            said = await member.say(str(home), "a point")
            message, author = int(said["id"]), int(said["author"]["id"])
            await member.react(str(home), str(message), AGREE)
            await member.unreact(str(home), str(message), AGREE)
            await discord.settled()
            (session,) = discord.stage.gateway.sessions.values()
            put_on, taken_away = [text for _, text in session._sent][-2:]
        known = Sender(discord)._place
        place = Place(discord.guild_id, home, author, known.member)
        for number, text, added in ((session.seq - 1, put_on, True), (session.seq, taken_away, False)):
            vote = Vote(message, person.id, AGREE, added)
            assert frames.dispatched(frames.event(place, vote), number) == text


def test_a_sequence_of_votes_is_the_same_for_the_same_seed_and_never_puts_on_what_is_held() -> None:
    sent = Votes([1, 2, 3], seed=7)
    held: dict[tuple[int, int], str] = {}
    taken = sent.take(5_000)
    for vote in taken:
        whose = vote.message, vote.member
        if vote.added:
            assert whose not in held
            held[whose] = vote.emoji
        else:
            assert held.pop(whose) == vote.emoji
    assert held == sent.held
    assert taken == Votes([1, 2, 3], seed=7).take(5_000) != Votes([1, 2, 3], seed=8).take(5_000)
    assert 0.85 < sum(vote.added for vote in taken) / len(taken) < 0.95
    assert {vote.emoji for vote in taken} == {AGREE, DISAGREE}


@pytest.mark.parametrize(("length", "head"), [(3, b"\x81\x03"), (125, b"\x81\x7d"), (126, b"\x81\x7e\x00\x7e")])
def test_a_frame_says_how_long_it_is(length: int, head: bytes) -> None:
    (frame,) = frames.framed(["x" * length])
    assert frame == head + b"x" * length


def test_a_vote_is_late_by_what_lies_between_its_own_sending_and_its_own_record() -> None:
    sent = [(2, 10.0), (3, 11.0)]
    recorded = [(0, 9.0), (1, 10.5), (3, 12.0)]
    assert lateness(3, sent, recorded) == (0.5, 2.0, 1.0)


@pytest.fixture
def known(tmp_path: Path) -> Iterator[tuple[Path, Votes]]:
    """A database with just what is looked at, and the votes that it holds."""
    sent = Votes([101], seed=1)
    sent.take(50)
    path = tmp_path / "bot.sqlite3"
    sides = [(member, 1 if emoji == AGREE else -1) for (_, member), emoji in sent.held.items()]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE points (id, message_id); INSERT INTO points VALUES (1, 101);"
            "CREATE TABLE holds (point_id, member_id, side); CREATE TABLE tallies (agree, disagree);"
        )
        connection.executemany("INSERT INTO holds VALUES (1, ?, ?)", sides)
        connection.execute("INSERT INTO tallies SELECT sum(side = 1), sum(side = -1) FROM holds")
        connection.commit()
    yield path, sent


def test_a_bot_that_recorded_all_is_believed(known: tuple[Path, Votes]) -> None:
    bursts.check(*known)


@pytest.mark.parametrize("harm", ["DELETE FROM holds WHERE rowid = 1", "UPDATE holds SET side = 0 WHERE rowid = 1",
                                  "UPDATE tallies SET agree = agree + 1"])  # fmt: skip
def test_a_bot_that_lost_or_changed_a_vote_is_not_measured(known: tuple[Path, Votes], harm: str) -> None:
    with closing(sqlite3.connect(known[0])) as connection:
        connection.execute(harm)
        connection.commit()
    with pytest.raises(Wrong):
        bursts.check(*known)


async def test_every_side_takes_a_burst_and_the_bot_has_it_on_record(tmp_path: Path) -> None:
    async with field(tmp_path, points=2) as ground:
        assert len(ground.messages) == 2
        async with ground.side("listener", 1) as side:
            assert (await side.burst(50)).rate > 0
        async with ground.side("plain", 2) as side:
            assert (await side.burst(10, ends=False)).rate > 0
        async with ground.side("bot", 3) as side:
            await side.burst(50)
            paced = await side.burst(40, rate=400.0)
            bursts.check(side.database, side.sent)
    assert 0 <= paced.idle <= 1
    assert len(paced.late) == 40 and min(paced.late) > 0
    assert paced.rate < 500


def test_ratios_are_of_one_run_and_latencies_of_the_paced_burst() -> None:
    late = tuple(number / 1000 for number in range(1, 1000))
    found = votes.figures(
        {
            "bot": [
                [Burst(300.0, 0.9, 1e-5), Burst(240.0, 0.5, 1e-5, late)],
                [Burst(100.0, 0.7, 1e-5), Burst(80.0, 0.5, 1e-5, late)],
            ],
            "listener": [[Burst(200.0, 0.9, 1e-5)], [Burst(50.0, 0.9, 1e-5)]],
            "plain": [[Burst(10.0, 0.9, 1e-5)], [Burst(5.0, 0.9, 1e-5)]],
        }
    )
    values = {figure.key: figure.values for figure in (*found.figures, *found.ratios)}
    assert values["over_empty_listener"] == (1.5, 2.0)
    assert values["over_plain_bot"] == (30.0, 20.0)
    assert values["events_per_second"] == (300.0, 100.0)
    assert values["sender_idle"] == (0.9, 0.7)
    assert values["plain_cpu_us"] == pytest.approx((10.0, 10.0))
    assert values["p50_ms"] == pytest.approx((500.0, 500.0))
    assert values["p99_ms"] == pytest.approx((990.0, 990.0))
    aims = {figure.key: figure.aim for figure in (*found.figures, *found.ratios) if figure.aim is not None}
    assert {key: (aim.least, aim.most) for key, aim in aims.items()} == {
        "over_empty_listener": (1.0, None),
        "over_plain_bot": (15, None),
        "p99_ms": (None, 250),
    }
