"""The gateway comes and goes: the bot connects again and goes on counting, on as many shards as Discord wants."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from rehearsal.server import StandIn
from tests.e2e.conftest import House, until


async def cut(house: House) -> None:
    await house.discord.drop_connections()


async def asked_to(house: House) -> None:
    house.discord.outages.ask_to_reconnect()


async def invalid(house: House) -> None:
    house.discord.outages.invalidate(resumable=False)


async def closed(house: House) -> None:
    await house.discord.outages.close(4000)


async def away(house: House) -> None:
    guild = int(house.guild)
    house.discord.outages.take_guild(guild)
    house.discord.outages.return_guild(guild)


@pytest.mark.parametrize("happening", [cut, asked_to, invalid, closed, away])
async def test_votes_count_after_the_gateway_was_gone(
    house: House, happening: Callable[[House], Awaitable[None]]
) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada, ben = await house.member(1, watching=False), await house.member(2, watching=False)
    await ada.react(house.home, message, "👍")
    await until(_tally(house, (1, 0)), "the first vote")
    await happening(house)
    await until(_connected(house), "the bot to be back")
    await ben.react(house.home, message, "👎")
    await until(_tally(house, (1, 1)), "the second vote")


async def test_a_line_that_was_cut_is_resumed_and_loses_nothing(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada = await house.member(1, watching=False)
    await house.discord.drop_connections()
    await ada.react(house.home, message, "👍")
    await until(_tally(house, (1, 0)), "the vote that was cast meanwhile")


async def test_commands_are_synced_once_for_all_starts(house: House) -> None:
    await house.start()
    await house.stop()
    await house.start()
    assert len(house.requests("PUT", "/applications/{application_id}/commands")) == 1


async def test_nothing_of_members_or_messages_is_kept_in_memory(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    for number in range(5):
        await ada.say(house.home, f"Some talk, number {number}.")
    await house.idle()
    client = house.app.client
    assert list(client.cached_messages) == []
    assert [member.id for guild in client.guilds for member in guild.members] == [house.discord.bot_id]


async def test_a_bot_on_two_shards_counts_votes(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        discord = await stack.enter_async_context(StandIn(members=5, seed=1, shards=2))
        house = House(discord, tmp_path, stack)
        stack.push_async_callback(house.stop)
        await house.start()
        assert sorted(house.app.client.shards) == [0, 1]
        moderator = await house.moderator()
        document = ("list.txt", b"A list\n\n1. One.\n2. Two.\n")
        preview = await moderator.command("critique open", house.home, house.guild, document=document)
        await moderator.press(preview, "Confirm", house.guild)
        await until(house.app.idle, "the points")
        ada = await house.member(1, watching=False)
        await ada.react(house.home, await house.message_of("1"), "👍")
        await until(_tally(house, (1, 0)), "the vote")


def _tally(house: House, wanted: tuple[int, int]) -> Callable[[], Awaitable[bool]]:
    async def there() -> bool:
        return (await house.tallies())["1"] == wanted

    return there


def _connected(house: House) -> Callable[[], Awaitable[bool]]:
    """Whether the bot has a session again whose events reach it."""

    async def there() -> bool:
        sessions = house.discord.stage.gateway.sessions.values()
        bots = [each for each in sessions if each.user_id == house.discord.bot_id and each.wire]
        return (
            bool(bots) and house.app.client.get_guild(int(house.guild)) is not None and not house.app.client.is_closed()
        )

    return there
