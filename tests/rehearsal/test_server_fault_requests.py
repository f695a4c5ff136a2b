"""Faults that another process asks for, over HTTP beside Discord's own routes."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from rehearsal.server import StandIn
from rehearsal.server.permissions import Permission

MESSAGES = "/channels/{channel_id}/messages"
CREATE = "MESSAGE_CREATE"


class Control:
    """Another process."""

    def __init__(self, stand_in: StandIn, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.address = stand_in.world.origin + "/_stand-in/faults"

    async def ask(self, kind: str, **given: Any) -> None:
        async with self.session.post(self.address, json={"kind": kind, **given}) as answer:
            assert answer.status == 204, await answer.text()

    async def refused(self, body: Any) -> str:
        async with self.session.post(self.address, json=body) as answer:
            assert answer.status == 400
            return (await answer.json())["message"]

    async def dealt(self) -> dict[str, int]:
        async with self.session.get(self.address) as answer:
            return (await answer.json())["dealt"]

    async def clear(self) -> None:
        async with self.session.delete(self.address) as answer:
            assert answer.status == 204


@pytest.fixture
def control(stand_in: StandIn, session: aiohttp.ClientSession) -> Control:
    return Control(stand_in, session)


async def spoken(bot: Any) -> int:
    status, _ = await bot.ask("POST", f"/channels/{bot.stand_in.channels['general']}/messages", {"content": "Hello"})
    return status


async def test_a_fault_is_set_counted_and_cleared(control: Control, bot):
    await control.ask("answer", status=500, method="POST", route=MESSAGES, skip=1, times=None, after_effect=True)
    assert [await spoken(bot) for _ in range(3)] == [200, 500, 500]
    assert await control.dealt() == {"answer 500 after": 2}
    await control.clear()
    assert await spoken(bot) == 200


async def test_a_limit_a_reset_and_a_slow_answer_are_set(control: Control, bot):
    await control.ask("limit", seconds=0.5, scope="shared", route=MESSAGES)
    assert await spoken(bot) == 429
    await control.ask("reset", route=MESSAGES)
    with pytest.raises(aiohttp.ClientOSError):
        await spoken(bot)
    await control.ask("slow", seconds=0.01)
    assert await spoken(bot) == 200
    assert await control.dealt() == {"limit shared": 1, "reset": 1, "slow": 1}


async def test_permissions_are_taken_and_given_back_by_ids(control: Control, stand_in: StandIn, bot):
    channel = str(stand_in.channels["general"])
    denied = str(int(Permission.SEND_MESSAGES))
    await control.ask("overwrite", channel_id=channel, deny=denied, method="POST", route=MESSAGES)
    await control.ask("overwrite", channel_id=channel, method="POST", route=MESSAGES, skip=1)
    assert [await spoken(bot) for _ in range(2)] == [403, 200]


async def test_a_thread_is_archived_by_its_id(control: Control, bot):
    thread = await bot.start_thread()
    await control.ask("archive", thread_id=thread["id"], method="POST", route=MESSAGES, after_effect=True)
    await spoken(bot)
    assert (await bot.do("GET", f"/channels/{thread['id']}"))["thread_metadata"]["archived"] is True


async def test_events_are_doubled_and_kept_back_until_released(control: Control, bot, ada):
    line = await bot.listen()
    await control.ask("duplicate", events=[CREATE])
    await ada.say("one")
    assert len(await line.of(CREATE)) == 2
    await control.ask("hold", events=[CREATE])
    await ada.say("two")
    assert await line.of(CREATE) == []
    await control.ask("release")
    assert len(await line.of(CREATE)) == 1


async def test_faults_and_event_faults_come_at_random(control: Control, bot, ada):
    line = await bot.listen()
    await control.ask("random", seed=1, rate=1, faults=[{"kind": "answer", "status": 500, "route": MESSAGES}])
    await control.ask("random_events", seed=1, rate=1.0, events=[CREATE], faults=["drop"])
    await ada.say("unheard")
    assert await spoken(bot) == 500 and await line.of(CREATE) == []
    assert await control.dealt() == {"answer 500": 1, "drop MESSAGE_CREATE": 1}


@pytest.mark.parametrize("kind", ["cut", "forget"])
async def test_the_bots_line_is_cut(control: Control, bot, kind):
    line = await bot.listen()
    await control.ask(kind)
    assert await line.closed() == 1006


async def test_a_session_is_made_invalid_and_the_clock_put_forward(control: Control, stand_in: StandIn, bot):
    line = await bot.listen()
    await control.ask("invalidate", resumable=True)
    assert await line.receive() == {"op": 9, "d": True}
    await control.ask("reconnect")
    assert (await line.receive())["op"] == 7
    await control.ask("clock", seconds=90)
    assert stand_in.world.clock.ahead == 90


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"kind": "earthquake"},
        {"kind": "answer"},
        {"kind": "answer", "status": "503"},
        {"kind": "answer", "status": 418},
        {"kind": "answer", "status": 503, "route": "/nowhere"},
        {"kind": "answer", "status": 503, "by": "bot"},
        {"kind": "slow", "seconds": True},
        {"kind": "archive", "thread_id": "a"},
        {"kind": "drop", "events": ["EARTHQUAKE"]},
        {"kind": "drop"},
        {"kind": "invalidate"},
        {"kind": "random", "seed": 1, "rate": 1, "faults": [{"kind": "cut"}]},
    ],
)
async def test_what_is_not_understood_is_refused_with_a_sentence(control: Control, bot, body):
    assert await control.refused(body)
    assert await spoken(bot) == 200
