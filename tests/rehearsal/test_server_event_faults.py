"""What befalls a bot's events and lines; Discord promises neither order nor that an event comes just once."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import StandIn
from tests.rehearsal.conftest import Line
from tests.rehearsal.test_server_gateway import resume

CREATE = "MESSAGE_CREATE"


async def heard(line: Line) -> list[str]:
    """What was said, as the line brought it."""
    return [each["content"] for each in await line.of(CREATE)]


async def say(client: Any, *words: str) -> None:
    for each in words:
        await client.say(each)


async def test_an_event_comes_twice_each_time_with_a_number_of_its_own(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.duplicate(CREATE)
    await say(ada, "one", "two")
    before = line.seq
    assert await heard(line) == ["one", "one", "two"]
    assert line.seq == (before or 0) + 3
    assert stand_in.faults.dealt == {"duplicate MESSAGE_CREATE": 1}


async def test_an_event_that_is_lost_leaves_no_gap_and_is_recorded_as_lost(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.drop(CREATE, times=2)
    await say(ada, "one", "two", "three")
    before = line.seq
    assert await heard(line) == ["three"]
    assert line.seq == (before or 0) + 1
    lost = [each["data"]["content"] for each in stand_in.record.entries if each["kind"] == "loss"]
    assert lost == ["one", "two"]


async def test_the_next_two_events_change_places(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.swap(CREATE)
    await say(ada, "one", "two", "three")
    assert await heard(line) == ["two", "one", "three"]


async def test_two_kinds_of_events_change_places_and_others_pass_between(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.swap("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE")
    message = await ada.say("Vote")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/reactions/👍/@me"
    await ada.do("PUT", path)
    await ada.say("passes")
    await ada.do("DELETE", path)
    names = [name for name, _ in await line.news()]
    assert names == [CREATE, CREATE, "MESSAGE_REACTION_REMOVE", "MESSAGE_REACTION_ADD"]


async def test_what_is_kept_back_comes_when_it_is_released(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.hold(CREATE, times=2)
    await say(ada, "one", "two", "three")
    assert await heard(line) == ["three"]
    stand_in.faults.release()
    assert await heard(line) == ["one", "two"]


async def test_an_event_comes_late(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.delay(0.05, CREATE)
    await say(ada, "one", "two")
    assert await heard(line) == ["two"]
    assert (await line.event(CREATE))["content"] == "one"


async def test_members_are_spared(stand_in: StandIn, bot, ada, bea):
    line, watching = await bot.listen(), await bea.listen()
    stand_in.faults.events.drop(CREATE, times=None)
    await say(ada, "one")
    assert (await heard(line), await heard(watching)) == ([], ["one"])
    stand_in.faults.clear()
    await say(ada, "two")
    assert await heard(line) == ["two"]


async def test_clearing_lets_out_what_is_kept_back(stand_in: StandIn, bot, ada):
    line = await bot.listen()
    stand_in.faults.events.swap(CREATE)
    await say(ada, "one")
    assert await heard(line) == []
    stand_in.faults.clear()
    assert await heard(line) == ["one"]


async def test_events_that_meet_faults_at_random_all_come_and_the_same_for_the_same_seed(stand_in: StandIn, bot, ada):
    line, runs = await bot.listen(), []
    words = [str(number) for number in range(30)]
    for seed in (1, 1, 2):
        stand_in.faults.events.at_random(seed, 0.4, CREATE)
        await say(ada, *words)
        stand_in.faults.clear()
        runs.append(await heard(line))
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == set(words) and len(runs[0]) > len(words)


async def test_events_that_do_not_exist_and_faults_that_do_not_are_refused(stand_in: StandIn):
    for names in ((), ("MESSAGE_CREATED",)):
        with pytest.raises(ValueError):
            stand_in.faults.events.drop(*names)
    with pytest.raises(ValueError):
        stand_in.faults.events.add("lose", [CREATE])


async def test_the_bots_line_is_cut_and_its_session_resumed_while_members_stay(stand_in: StandIn, bot, ada, bea):
    """docs: events/gateway#handling-a-disconnect"""
    line, watching = await bot.listen(), await bea.listen()
    stand_in.outages.cut()
    assert await line.closed() == 1006
    await say(ada, "missed")
    again = await resume(bot, line.session_id, line.seq)
    assert (await again.event(CREATE))["content"] == "missed"
    assert await heard(watching) == ["missed"]


async def test_a_lost_session_cannot_be_resumed(stand_in: StandIn, bot, ada):
    """docs: events/gateway#resuming, Invalid Session"""
    line = await bot.listen()
    stand_in.outages.forget()
    assert await line.closed() == 1006
    again = await resume(bot, line.session_id, line.seq)
    assert await again.receive() == {"op": 9, "d": False}
    later = await bot.listen()
    await say(ada, "heard")
    assert await heard(later) == ["heard"]
