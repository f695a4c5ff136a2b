"""Slow mode: who may, what is owed and when, and what is refused."""

from collections.abc import Awaitable

import pytest

from bot.core.acts import Actor
from bot.core.deliveries import Kind
from bot.core.ids import ChannelId, GuildId
from bot.core.refusals import Code, Refusal
from bot.services import slowmode, states
from tests.services.conftest import CHOICES, MEMBER, MODERATOR, Room

ELSEWHERE = Actor(MODERATOR.id, GuildId(2), MODERATOR.roles)


async def refused(what: Awaitable[object]) -> Code:
    with pytest.raises(Refusal) as caught:
        await what
    return caught.value.code


async def test_it_is_owed_once_for_all_changes_and_each_is_a_case(room: Room) -> None:
    (one, *_) = await room.post(await room.open())
    for seconds in (30, 60, 0):
        slowed = await slowmode.slow(room.desk, MODERATOR, CHOICES, one.id, seconds)
        assert slowed.slowmode == seconds
    assert [row.point_id for row in await room.owed(Kind.SLOW_THREAD)] == [one.id]
    assert [row.act for row in await room.rows("SELECT act FROM cases ORDER BY id")] == ["slow", "slow", "unslow"]


async def test_it_waits_for_the_thread_where_there_is_none_yet(room: Room) -> None:
    critique = await room.open()
    one, two, *_ = await room.points(critique.id)
    await slowmode.slow(room.desk, MODERATOR, CHOICES, one.id, 30)
    assert not await room.owed(Kind.SLOW_THREAD)
    await room.ledger.save_thread(one.id, ChannelId(201))
    await room.ledger.save_thread(two.id, ChannelId(202))
    assert [row.point_id for row in await room.owed(Kind.SLOW_THREAD)] == [one.id]


async def test_members_and_moderators_of_other_servers_slow_nothing(room: Room) -> None:
    (one, *_) = await room.post(await room.open())
    assert await refused(slowmode.slow(room.desk, MEMBER, CHOICES, one.id, 30)) is Code.NOT_A_MODERATOR
    assert await refused(slowmode.slow(room.desk, ELSEWHERE, CHOICES, one.id, 30)) is Code.STATE_CHANGED
    assert not await room.owed(Kind.SLOW_THREAD)


async def test_what_is_so_already_and_what_takes_no_more_words_is_refused(room: Room) -> None:
    critique = await room.open()
    (one, *_) = await room.post(critique)
    assert await refused(slowmode.slow(room.desk, MODERATOR, CHOICES, one.id, 0)) is Code.STATE_CHANGED
    await states.close(room.desk, MODERATOR, CHOICES, critique.id)
    assert await refused(slowmode.slow(room.desk, MODERATOR, CHOICES, one.id, 30)) is Code.CRITIQUE_CLOSED
