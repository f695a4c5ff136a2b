"""Discord falters while a critique is posted: all stands once all the same, and members saw nothing twice."""

from pathlib import Path

import pytest

from rehearsal.referee import Referee
from rehearsal.server.faults import Faults
from rehearsal.server.permissions import Permission
from tests.e2e.conftest import House, housed, until
from tests.e2e.standing import all_stands_once

SEND = ("POST", "/channels/{channel_id}/messages")
START = ("POST", "/channels/{channel_id}/messages/{message_id}/threads")
OPEN = ("POST", "/channels/{channel_id}/threads")
SEED = ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me")
MANY = "What many say\n\n" + "".join(f"{number}. Reason number {number}.\n" for number in range(1, 11))
ALL = {
    "answer 500",
    "answer 502 after",
    "answer 503",
    "answer 503 after",
    "limit global",
    "limit shared",
    "limit user",
    "reset",
    "reset after",
    "slow after",
}


def one_after_the_other(faults: Faults, method: str, route: str) -> None:
    """Each request meets another fault, until all have been dealt; discord.py itself repeats after a 500 or 502."""
    faults.answer(503, method, route)
    faults.answer(503, method, route, after_effect=True)
    faults.reset(method, route, times=2)  # aiohttp repeats a PUT by itself, once
    faults.reset(method, route, after_effect=True, times=2)
    faults.answer(500, method, route)
    faults.answer(502, method, route, after_effect=True)
    faults.limit(0.05, method, route)
    faults.limit(0.05, method, route, scope="shared")
    faults.limit(0.05, method, route, scope="global")
    faults.slow(0.1, method, route, after_effect=True)


@pytest.mark.parametrize(
    ("home", "method", "route"),
    [("text", *SEND), ("text", *START), ("text", *SEED), ("forum", *OPEN), ("forum", *SEED)],
)
async def test_a_critique_stands_once_whatever_befalls_the_requests_that_post_it(
    tmp_path: Path, referee: Referee | None, home: str, method: str, route: str
) -> None:
    async with housed(tmp_path, referee, home) as house:
        await house.start()
        one_after_the_other(house.discord.faults, method, route)
        await house.open(MANY)
        assert set(house.discord.faults.dealt) == ALL
        await all_stands_once(house)


async def test_while_one_post_hangs_commands_are_answered_and_votes_are_counted(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    house.discord.faults.hang(*SEND, after_effect=True)
    ada = await house.member(1)
    await ada.say(house.home, "4. They play the same song all day.")

    async def hangs() -> bool:
        return house.discord.faults.dealt["hang after"] == 1

    await until(hangs, "the post to hang")
    await ada.react(house.home, message, "👍")
    answer = await ada.command("point show", house.home, house.guild, point="1")
    assert "They close before anybody is thirsty" in answer["content"]
    await until(lambda: _tally_of_first(house, (1, 0)), "the vote")
    house.discord.faults.release()
    await all_stands_once(house)
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_permissions_taken_while_it_posts_hold_it_up_until_they_are_given_back(house: House) -> None:
    await house.start()
    home = house.discord.channels["critique"]
    house.discord.faults.overwrite(home, *SEND, deny=int(Permission.SEND_MESSAGES), skip=1)
    house.discord.faults.overwrite(home, *SEND, skip=3)
    await house.open()
    assert [entry["status"] for entry in house.requests(*SEND)].count(403) == 2
    await all_stands_once(house)


async def test_a_post_archived_before_the_bot_could_react_is_woken_and_finished(forum: House) -> None:
    await forum.start()
    forum.discord.faults.archive(*SEED)
    forum.discord.faults.archive(*OPEN, after_effect=True, skip=2)
    await forum.open()
    assert forum.discord.faults.dealt == {"archive": 1, "archive after": 1}
    assert not any(thread.thread.archived for thread in forum.discord.world.threads())
    await all_stands_once(forum)


async def _tally_of_first(house: House, wanted: tuple[int, int]) -> bool:
    return (await house.tallies())["1"] == wanted
