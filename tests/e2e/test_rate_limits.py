"""The bot under Discord's rate limits."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rehearsal.member import Member
from rehearsal.referee import Referee
from tests.e2e.conftest import House, Json, housed


@pytest.fixture(params=["text", "forum"])
async def limited(tmp_path: Path, referee: Referee | None, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    """A server that refuses who asks too often."""
    async with housed(tmp_path, referee, request.param, rate_limits=True) as house:
        yield house


def refused(house: House) -> list[Json]:
    """The bot's requests that were rate-limited."""
    exchanges = [entry for entry in house.discord.record.entries if entry["kind"] == "exchange"]
    return [entry for entry in exchanges if entry["by"] == "bot" and entry["status"] == 429]


async def test_a_critique_and_thirty_votes_come_right_and_the_bot_is_never_refused(limited: House) -> None:
    await limited.start()
    await limited.open()
    places = {line.point.label: str(line.point.message) for line in (await limited.digest()).lines}

    async def vote(member: Member, label: str, *emoji: str) -> None:
        shown = limited.discord.world.message(int(places[label]))
        assert shown is not None
        for each in emoji:
            await member.react(str(shown.channel_id), places[label], each)

    members = [await limited.member(number) for number in range(1, 16)]
    changing, steady = members[:5], members[5:]
    await asyncio.gather(
        *(vote(member, "1", "👍", "👎") for member in changing),
        *(vote(member, "1", "👍") for member in steady),
        *(vote(member, "2", "👎") for member in steady),
    )
    await limited.idle()
    assert await limited.tallies() == {"1": (10, 5), "2": (0, 10), "3": (0, 0), "*": (0, 0)}
    reactions = limited.discord.world.reactions(int(places["1"]))
    assert not {int(member.id) for member in changing} & set(reactions["👍"])
    assert refused(limited) == []
