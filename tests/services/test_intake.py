"""The ordered way in: nothing lost, nothing overtaken, one bad event left out, early ones tried again."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.services.intake import Intake
from bot.storage.database import DatabaseUnusable

FULL = DatabaseUnusable("full", Path("bot.db"), "database or disk is full")
NOT_RECORDED = "test: events that came early and are not recorded: "


class Recorder:
    """A recorder that keeps what it is given, and fails as it is told."""

    def __init__(self) -> None:
        self.kept: list[int] = []
        self.batches: list[list[int]] = []
        self.unusable = 0  # how many calls from now on the database cannot be written to
        self.unusable_for: list[list[int]] = []  # batches, each refused once
        self.poison: set[int] = set()
        self.early: set[int] = set()
        self.wait: asyncio.Event | None = None
        self.called = asyncio.Event()

    async def __call__(self, batch: Sequence[int]) -> Sequence[int]:
        self.batches.append(list(batch))
        self.called.set()
        if self.wait is not None:
            await self.wait.wait()
        if self.unusable:
            self.unusable -= 1
            raise FULL
        if list(batch) in self.unusable_for:
            self.unusable_for.remove(list(batch))
            raise FULL
        if self.poison.intersection(batch):
            raise ValueError("poison")
        self.kept += [event for event in batch if event not in self.early]
        return [event for event in batch if event in self.early]


class Sleep:
    """Time that passes at once, and is written down."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)


@asynccontextmanager
async def running(intake: Intake[int]) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(intake.run())
    yield task
    task.cancel()
    await asyncio.wait({task})


async def until(happened: Callable[[], bool]) -> None:
    while not happened():
        await asyncio.sleep(0)


async def test_what_is_put_is_recorded_in_order() -> None:
    recorder = Recorder()
    intake = Intake("test", recorder, sleep=Sleep())
    async with running(intake):
        for event in range(10_000):
            intake.put(event)
            if event == 400:
                await asyncio.sleep(0)
        await until(lambda: intake.idle)
    assert recorder.kept == list(range(10_000))
    assert max(map(len, recorder.batches)) == 5_000
    assert (intake.read, intake.recorded) == (10_000, 10_000)


async def test_a_burst_becomes_one_batch() -> None:
    recorder = Recorder()
    sleep = Sleep()
    intake = Intake("test", recorder, sleep=sleep)
    async with running(intake):
        await asyncio.sleep(0)
        for event in range(50):
            intake.put(event)
        assert not intake.idle
        await until(lambda: intake.idle)
    assert recorder.batches == [list(range(50))]
    assert sum(sleep.pauses) < 0.25


async def test_a_batch_grows_for_a_while_and_no_longer_than_it_must() -> None:
    recorder = Recorder()
    sleep = Sleep()
    intake = Intake("test", recorder, sleep=sleep)
    for event in range(499):
        intake.put(event)
    async with running(intake):
        await until(lambda: intake.idle)
        assert sleep.pauses == [0.05]
        for event in range(500):
            intake.put(event)
        await until(lambda: intake.idle)
    assert sleep.pauses == [0.05]
    assert [len(batch) for batch in recorder.batches] == [499, 500]


async def test_drain_records_all_that_was_put() -> None:
    recorder = Recorder()
    intake = Intake("test", recorder, sleep=Sleep())
    await intake.drain()
    assert recorder.batches == []
    for event in range(2_100):
        intake.put(event)
    await intake.drain()
    assert recorder.kept == list(range(2_100))
    assert intake.idle


async def test_a_batch_in_hand_is_finished_when_the_intake_is_stopped() -> None:
    recorder = Recorder()
    recorder.wait = asyncio.Event()
    intake = Intake("test", recorder, sleep=Sleep())
    intake.put(1)
    async with running(intake):
        await recorder.called.wait()
        intake.put(2)
    assert not intake.idle
    draining = asyncio.create_task(intake.drain())
    await asyncio.sleep(0)
    recorder.wait.set()
    await draining
    assert recorder.kept == [1, 2]
    assert recorder.batches == [[1], [2]]


async def test_a_database_that_fails_for_a_while_loses_nothing() -> None:
    recorder = Recorder()
    recorder.unusable = 5
    sleep = Sleep()
    intake = Intake("test", recorder, sleep=sleep)
    async with running(intake):
        for event in (1, 2, 3):
            intake.put(event)
        await until(lambda: recorder.unusable == 0)
        intake.put(4)
        await until(lambda: intake.idle)
    assert recorder.kept == [1, 2, 3, 4]
    assert recorder.batches[:6] == [[1, 2, 3]] * 6
    assert [pause for pause in sleep.pauses if pause > 0.05][:5] == [0.1, 0.2, 0.4, 0.8, 1.6]


async def test_drain_raises_where_the_database_fails_and_loses_nothing() -> None:
    recorder = Recorder()
    recorder.unusable = 1
    intake = Intake("test", recorder, sleep=Sleep())
    for event in (1, 2):
        intake.put(event)
    with pytest.raises(DatabaseUnusable):
        await intake.drain()
    assert not intake.idle
    intake.put(3)
    await intake.drain()
    assert recorder.kept == [1, 2, 3]


async def test_drain_does_not_wait_for_a_database_that_never_comes_back() -> None:
    recorder = Recorder()
    recorder.unusable = 10**9
    intake = Intake("test", recorder, sleep=Sleep())
    async with running(intake):
        intake.put(1)
        await recorder.called.wait()
    with pytest.raises(DatabaseUnusable):
        await intake.drain()


async def test_a_poisonous_event_is_left_out_and_those_behind_it_are_recorded(
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorder = Recorder()
    recorder.poison = {3}
    intake = Intake("test", recorder, sleep=Sleep())
    for event in range(6):
        intake.put(event)
    with caplog.at_level(logging.CRITICAL, "bot.services.intake"):
        await intake.drain()
    assert recorder.kept == [0, 1, 2, 4, 5]
    assert intake.idle


async def test_a_database_that_fails_beside_a_poisonous_event_repeats_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorder = Recorder()
    recorder.poison = {3}
    recorder.unusable_for = [[2], [4], [4]]
    intake = Intake("test", recorder, sleep=Sleep())
    with caplog.at_level(logging.CRITICAL, "bot.services.intake"):
        async with running(intake):
            for event in range(6):
                intake.put(event)
            await until(lambda: intake.idle)
    assert recorder.kept == [0, 1, 2, 4, 5]


async def test_early_events_are_tried_again_before_later_ones() -> None:
    recorder = Recorder()
    recorder.early = {1, 2}
    intake = Intake("test", recorder, sleep=Sleep())
    async with running(intake):
        for event in (1, 5, 2):
            intake.put(event)
        await until(lambda: recorder.kept == [5])
        assert not intake.idle
        intake.put(6)
        recorder.early = set()
        await until(lambda: intake.idle)
    assert recorder.kept == [5, 1, 2, 6]


async def test_early_events_are_given_up_in_the_end_each_after_its_own_time_and_counted_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorder = Recorder()
    recorder.early = {1}
    sleep = Sleep()
    intake = Intake("test", recorder, sleep=sleep)
    async with running(intake):
        intake.put(1)
        await until(lambda: len(recorder.batches) == 90)
        recorder.early.add(2)
        intake.put(2)
        await until(lambda: recorder.batches[-1] == [2])
        recorder.early.discard(2)
        await until(lambda: intake.idle)
    assert recorder.kept == [2]
    assert sum(1 in batch for batch in recorder.batches) == 101
    assert 15 < sum(sleep.pauses) < 30
    assert [entry.getMessage() for entry in caplog.records] == [NOT_RECORDED + "1"]


async def test_drain_tries_early_events_once_more_and_says_how_many_are_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorder = Recorder()
    recorder.early = {1, 2}
    intake = Intake("test", recorder, sleep=Sleep())
    intake.put(1)
    intake.put(2)
    await intake.drain()
    assert [entry.getMessage() for entry in caplog.records] == [NOT_RECORDED + "2"]
    recorder.early = {2}
    await intake.drain()
    assert recorder.kept == [1]
    assert not intake.idle


async def test_it_is_full_until_enough_is_recorded() -> None:
    recorder = Recorder()
    intake = Intake("test", recorder)
    for event in range(10_000):
        assert not intake.full
        intake.put(event)
    assert intake.full
    async with running(intake):
        await intake.wait()
        assert recorder.kept and not intake.full


async def test_it_counts_as_full_no_longer_while_the_database_holds_it_up() -> None:
    recorder = Recorder()
    recorder.unusable = 1_000_000
    intake = Intake("test", recorder, sleep=Sleep())
    for event in range(30_000):
        intake.put(event)
    async with running(intake):
        await intake.wait()
        assert not intake.full and recorder.kept == []
        recorder.unusable = 0
        await intake.caught_up()
    assert not intake.full
