"""The stand-in's slowmode against Discord's documentation (resources/channel, rate_limit_per_user)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn

SLOW = (429, 20016)


@pytest.fixture
def forum(stand_in: StandIn) -> int:
    return stand_in.backstage.add_channel("debate", forum=True)


def slow_down(stand_in: StandIn, channel_id: int, seconds: int) -> None:
    stand_in.world.channels[channel_id].slowmode = seconds


async def test_a_member_writes_once_in_the_interval(stand_in: StandIn, ada, bea):
    """docs: resources/channel#channel-object, rate_limit_per_user; JSON error 20016"""
    general = stand_in.channels["general"]
    slow_down(stand_in, general, 60)
    await ada.say("one")
    status, answer = await ada.ask("POST", f"/channels/{general}/messages", {"content": "two"})
    assert (status, answer["code"]) == SLOW and 0 < answer["retry_after"] <= 60
    await bea.say("somebody else")
    stand_in.world.clock.ahead += 61
    await ada.say("two")


async def test_applications_and_who_bypasses_slowmode_do_not_wait(stand_in: StandIn, bot, ada):
    """docs: as above; topics/permissions, BYPASS_SLOWMODE, which MANAGE_MESSAGES no longer implies"""
    general = stand_in.channels["general"]
    slow_down(stand_in, general, 60)
    stand_in.backstage.overwrite(general, ada.id, allow=Permission.BYPASS_SLOWMODE)
    for who in (bot, ada) * 2:
        await who.say("x")
    stand_in.backstage.overwrite(general, ada.id, allow=Permission.MANAGE_MESSAGES)
    assert await ada.refused("POST", f"/channels/{general}/messages", {"content": "x"}) == SLOW


async def test_a_member_starts_one_post_in_the_interval_and_writes_in_it_at_once(stand_in: StandIn, ada, forum):
    """docs: as above: one message and one thread in each interval"""
    slow_down(stand_in, forum, 60)
    body: dict[str, Any] = {"name": "x", "message": {"content": "x"}}
    post = await ada.do("POST", f"/channels/{forum}/threads", body)
    await ada.say("and more", post["id"])
    assert await ada.refused("POST", f"/channels/{forum}/threads", body) == SLOW


async def test_a_slowed_thread_holds_up_who_writes_in_it_and_not_in_its_channel(stand_in: StandIn, bot, ada):
    """docs: resources/channel#channel-object, rate_limit_per_user, which applies to threads; BYPASS_SLOWMODE alone"""
    general = stand_in.channels["general"]
    message = await bot.say("x")
    thread = await bot.do("POST", f"/channels/{general}/messages/{message['id']}/threads", {"name": "x"})
    await bot.do("PATCH", f"/channels/{thread['id']}", {"rate_limit_per_user": 60})
    await ada.say("one", thread["id"])
    assert await ada.refused("POST", f"/channels/{thread['id']}/messages", {"content": "two"}) == SLOW
    await ada.say("elsewhere")
    for held_up in (Permission.MANAGE_MESSAGES, Permission.MANAGE_THREADS, Permission.MANAGE_CHANNELS):
        stand_in.backstage.overwrite(general, ada.id, allow=held_up)
        assert await ada.refused("POST", f"/channels/{thread['id']}/messages", {"content": "two"}) == SLOW
    stand_in.backstage.overwrite(general, ada.id, allow=Permission.BYPASS_SLOWMODE)
    await ada.say("two", thread["id"])
