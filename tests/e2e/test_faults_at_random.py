"""Discord falters at random while everything happens at once."""

import asyncio
from random import Random

import pytest

from rehearsal.member import Member
from tests.e2e.conftest import House
from tests.e2e.standing import all_stands_once

EVENTS = ("MESSAGE_CREATE", "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE")


async def busy(house: House, member: Member, messages: list[str], number: int) -> None:
    """Votes on everything, in part once more the other way, and adds a point."""
    random = Random(number)
    for message in messages:
        first, second = random.sample("👍👎", 2)
        await member.react(house.home, message, first)
        if random.random() < 0.5:
            await member.unreact(house.home, message, first)
            await member.react(house.home, message, second)
    await member.say(house.home, f"4. Reason of member number {number}.")


@pytest.mark.parametrize("seed", [1, 2])
async def test_all_that_members_did_counts_once_while_faults_come_at_random(house: House, seed: int) -> None:
    await house.start()
    faults = house.discord.faults
    await house.confirm()
    faults.at_random(seed, 0.2)
    await house.idle()
    messages = [await house.message_of(label) for label in ("1", "2", "3", "*")]
    faults.events.at_random(seed, 0.15, *EVENTS, kinds=("duplicate", "delay"))
    members = [await house.member(number, watching=False) for number in range(1, 7)]
    await asyncio.gather(*(busy(house, member, messages, number) for number, member in enumerate(members)))
    await house.idle()
    faults.clear()
    await all_stands_once(house)
    assert sum(map(sum, (await house.tallies()).values())) == 24
    assert len(await house.labels()) == 10
    assert faults.dealt.total() > 10
