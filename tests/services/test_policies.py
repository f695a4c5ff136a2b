"""A critique's policy is changed while it is open; what waits goes on waiting."""

from dataclasses import replace

import pytest

from bot.core.ids import ChannelId, GuildId
from bot.core.points import PointStatus
from bot.core.policies import Policy
from bot.core.refusals import Code, Refusal
from bot.services import policies
from bot.storage import servers as stored_servers
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, Room

OFFICE = replace(CHOICES, moderators_channel=ChannelId(70))


async def test_additions_wait_from_then_on_and_those_that_wait_go_on_waiting(room: Room) -> None:
    critique = await room.open()
    async with room.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GUILD, OFFICE, room.clock.now)
    await room.hear(room.said("11. They rattle the spoons."))
    held, waiting = await policies.choose(room.desk, MODERATOR, OFFICE, critique.id, Policy.HELD)
    assert (held.policy, waiting) == (Policy.HELD, 0)
    await room.hear(room.said("12. The tea is served lukewarm on purpose."))
    opened, waiting = await policies.choose(room.desk, MODERATOR, OFFICE, critique.id, Policy.OPEN)
    assert (opened.policy, waiting) == (Policy.OPEN, 1)
    assert [point.status for point in await room.additions(critique.id)] == [PointStatus.OPEN, PointStatus.HELD]


async def test_it_takes_a_moderator_an_open_critique_here_and_a_channel_to_wait_in(room: Room) -> None:
    critique = await room.open()
    for who, choices, code in (
        (MEMBER, OFFICE, Code.NOT_A_MODERATOR),
        (MODERATOR, CHOICES, Code.NO_MODERATORS_CHANNEL),
        (replace(MODERATOR, guild=GuildId(2)), OFFICE, Code.STATE_CHANGED),
    ):
        with pytest.raises(Refusal) as caught:
            await policies.choose(room.desk, who, choices, critique.id, Policy.HELD)
        assert caught.value.code is code
    await room.close(critique)
    with pytest.raises(Refusal) as closed:
        await policies.choose(room.desk, MODERATOR, OFFICE, critique.id, Policy.HELD)
    assert closed.value.code is Code.STATE_CHANGED
