"""`/mod slow` on the stand-in: members are held up, also after a restart, and what lacks is tried again."""

import pytest

from rehearsal.member import Refused
from rehearsal.server.permissions import BOT, Permission
from tests.e2e.conftest import House, until


def slowmode(house: House, thread: str) -> int:
    return house.discord.world.channels[int(thread)].slowmode


async def slow(house: House, seconds: int) -> str:
    moderator = await house.moderator()
    return (await moderator.command("mod slow", house.home, house.guild, point="2", seconds=seconds))["content"]


async def test_members_write_once_in_the_interval_until_it_is_ended(either: House) -> None:
    await either.start()
    await either.open()
    ada, thread = await either.member(1), await either.thread_of("2")
    assert "once in 600 seconds" in await slow(either, 600)
    await either.idle()
    assert slowmode(either, thread) == 600
    await ada.say(thread, "It is a dessert.")
    with pytest.raises(Refused):
        await ada.say(thread, "It is, it is.")
    assert "been done already" in await slow(either, 600)
    assert "no more" in await slow(either, 0)
    await either.idle()
    await ada.say(thread, "It is, it is.")
    await either.idle()


async def test_an_archived_thread_is_slowed_and_stays_archived(house: House) -> None:
    await house.start()
    await house.open()
    thread = await house.thread_of("2")
    await (await house.moderator()).api.request("PATCH", f"/channels/{thread}", {"archived": True})
    await house.idle()
    await slow(house, 30)
    await house.idle()
    state = house.discord.world.channels[int(thread)].thread
    assert slowmode(house, thread) == 30 and state is not None and state.archived


async def test_without_the_permission_it_waits_and_is_set_once_the_bot_has_it_after_a_restart(house: House) -> None:
    await house.start()
    await house.open()
    thread = await house.thread_of("2")
    house.discord.backstage.permit_bot(int(BOT) & ~int(Permission.MANAGE_THREADS))
    await slow(house, 30)

    async def refused() -> bool:
        return any(each["status"] == 403 for each in house.requests("PATCH", "/channels/{channel_id}"))

    await until(refused, "the slow mode to be refused")
    await house.stop()
    assert slowmode(house, thread) == 0
    house.discord.backstage.permit_bot(int(BOT))
    await house.start()
    await house.idle()
    assert slowmode(house, thread) == 30
