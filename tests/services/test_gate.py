"""Events of a server wait until it has been read."""

import asyncio

import pytest

from bot.core.ids import GuildId
from bot.services.gate import Gate
from bot.services.intake import Intake

ONE, TWO = GuildId(1), GuildId(2)


class Room:
    """A gate before one intake, whose queue is looked at as it is."""

    def __init__(self) -> None:
        self.gate = Gate()
        self.intake: Intake[str] = Intake("test", self._record)
        self.recorded: list[str] = []

    async def _record(self, events: object) -> tuple[str, ...]:
        self.recorded.extend(events)  # type: ignore[arg-type]
        return ()

    def put(self, guild: GuildId, *events: str) -> None:
        for event in events:
            self.gate.put(self.intake, guild, event)

    async def open(self, guild: GuildId, *read: str) -> bool:
        return self.gate.open(guild, self.gate.turn(guild), [(self.intake, event) for event in read])

    async def through(self) -> list[str]:
        await self.intake.drain()
        return self.recorded


@pytest.fixture
def room() -> Room:
    return Room()


async def test_what_was_read_goes_in_before_what_waited_and_then_all_goes_through(room: Room) -> None:
    room.put(ONE, "waited", "too")
    assert await room.through() == []
    room.gate.want(ONE)
    assert await room.open(ONE, "read")
    room.put(ONE, "later")
    assert await room.through() == ["read", "waited", "too", "later"]


async def test_one_server_does_not_hold_up_another(room: Room) -> None:
    await room.open(TWO)
    room.put(ONE, "waits")
    room.put(TWO, "goes")
    assert await room.through() == ["goes"]


async def test_a_server_that_is_lost_again_keeps_its_events_and_refuses_the_reading_that_came_too_early(
    room: Room,
) -> None:
    room.gate.want(ONE)
    turn = room.gate.turn(await room.gate.next())
    room.put(ONE, "of the first session")
    assert room.gate.shut(lambda guild: guild == ONE) == []
    assert not room.gate.open(ONE, turn, [(room.intake, "stale")])
    assert await room.through() == ["of the first session"]
    room.put(ONE, "of the second")
    assert await room.open(ONE)
    assert await room.through() == ["of the first session", "of the second"]
    assert room.gate.shut(lambda guild: guild == ONE) == [ONE]


async def test_a_server_is_read_once_however_often_it_is_wanted(room: Room) -> None:
    waiting = asyncio.create_task(room.gate.next())
    await asyncio.sleep(0)
    room.gate.want(ONE)
    room.gate.want(ONE)
    assert await waiting == ONE
    assert room.gate.idle
    await room.open(ONE)
    room.gate.want(ONE)
    assert room.gate.idle


async def test_when_nothing_more_is_read_all_that_waits_is_let_in(room: Room) -> None:
    room.put(ONE, "a")
    room.put(TWO, "b")
    room.gate.open_all()
    assert sorted(await room.through()) == ["a", "b"]


async def test_what_a_reading_finds_anew_does_not_go_in_before_it(room: Room) -> None:
    room.gate.want(ONE)
    room.put(ONE, "a clearing")
    room.gate.put(room.intake, ONE, "a vote", found_anew=True)
    assert not room.gate.is_open(ONE)
    room.gate.shut(lambda guild: guild == ONE)
    assert await room.through() == ["a clearing"]
    room.gate.put(room.intake, ONE, "another vote", found_anew=True)
    await room.open(ONE, "read")
    assert room.gate.is_open(ONE)
    assert await room.through() == ["a clearing", "read", "another vote"]
