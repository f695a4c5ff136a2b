"""What the gateway never told is read, and what falters while it is read is asked for again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from rehearsal.server.permissions import Permission
from tests.e2e.conftest import QUICK, House, until
from tests.e2e.standing import all_stands_once

MESSAGES = ("GET", "/channels/{channel_id}/messages")
REACTED = ("GET", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}")
ADD, REMOVE = "MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"
READ_OFTEN = replace(QUICK, audit_every=timedelta(milliseconds=50), audit_again=timedelta())
Happening = Callable[[House], None]


def missing(house: House) -> None:
    house.discord.faults.events.drop(ADD, REMOVE, times=3)


def the_wrong_way_round(house: House) -> None:
    house.discord.faults.events.swap(ADD, REMOVE, times=3)


@pytest.mark.parametrize("happening", [missing, the_wrong_way_round])
async def test_a_tally_is_right_in_the_end_where_events_are(house: House, happening: Happening) -> None:
    await house.start(READ_OFTEN)
    await house.open()
    message = await house.message_of("1")
    happening(house)
    for number in range(1, 4):
        member = await house.member(number, watching=False)
        await member.react(house.home, message, "👍")
        await member.unreact(house.home, message, "👍")
    for number in range(3, 6):
        member = await house.member(number, watching=False)
        await member.react(house.home, message, "👎")
    house.discord.faults.release()
    await until(lambda: tallied(house, (0, 3)), "the votes that stand")
    await all_stands_once(house)


@pytest.mark.parametrize("route", [MESSAGES, REACTED], ids=["messages", "voters"])
async def test_a_reading_that_falters_takes_no_vote_away_and_is_made_again(
    house: House, route: tuple[str, str]
) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    ada, ben = await house.member(1, watching=False), await house.member(2, watching=False)
    await ada.react(house.home, message, "👍")
    await house.idle()
    house.discord.faults.answer(503, *route)
    house.discord.faults.limit(0.05, *route)
    house.discord.outages.forget()
    await ben.react(house.home, message, "👎")
    await until(lambda: tallied(house, (1, 1)), "the vote of the gap")
    assert house.discord.faults.dealt == {"answer 503": 1, "limit user": 1}
    await all_stands_once(house)


async def test_votes_cast_while_the_home_was_hidden_from_the_bot_are_found_in_turn(house: House) -> None:
    await house.start(READ_OFTEN)
    await house.open()
    message, home = await house.message_of("1"), house.discord.channels["critique"]
    backstage = house.discord.backstage
    backstage.overwrite(home, house.discord.bot_id, deny=int(Permission.VIEW_CHANNEL))
    ada = await house.member(1, watching=False)
    await ada.react(house.home, message, "👍")
    await house.idle()
    backstage.overwrite(home, house.discord.bot_id)
    await until(lambda: tallied(house, (1, 0)), "the vote that the bot could not see")
    await all_stands_once(house)


async def tallied(house: House, wanted: tuple[int, int]) -> bool:
    return (await house.tallies())["1"] == wanted


@pytest.mark.parametrize("restarts", [True, False], ids=["stopped", "lost"])
async def test_what_was_typed_before_a_reading_that_came_to_nothing_is_not_passed_over(
    house: House, restarts: bool
) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    await house.stop()
    await ada.say(house.home, "4. Their doors are draughty.")
    house.discord.faults.answer(503, *MESSAGES, times=None)
    await house.start()
    await ada.say(house.home, "5. Their lamps are dim.")
    await until(lambda: waits(house), "the message to wait for the reading")
    if restarts:
        await house.stop()
    else:
        house.discord.outages.forget()
        await until(lambda: let_in(house), "the message to be let in")
    house.discord.faults.clear()
    if restarts:
        await house.start()
    await house.idle()
    texts = [line.point.text for line in (await house.digest()).lines][4:]
    assert sorted(texts) == ["Their doors are draughty.", "Their lamps are dim."]


async def waits(house: House) -> bool:
    return house.app.client.books.gate.waiting > 0


async def let_in(house: House) -> bool:
    return house.app.client.lobby.idle and house.app.client.books.gate.waiting == 0


async def test_a_vote_cast_while_holders_are_read_takes_nobody_elses_away(house: House) -> None:
    await house.start()
    await house.open()
    message = await house.message_of("1")
    early, *others = [await house.member(number, watching=False) for number in range(1, 5)]
    for member in others:
        await member.react(house.home, message, "👍")
    await house.idle()
    await house.stop()
    await others[0].unreact(house.home, message, "👍")
    house.discord.faults.hang(*REACTED)
    await house.start()
    await until(lambda: asked(house), "who holds the emoji to be asked for")
    await early.react(house.home, message, "👍")
    house.discord.faults.release()
    await until(lambda: tallied(house, (3, 0)), "the votes that stand")
    await house.idle()
    assert (await house.tallies())["1"] == (3, 0)


async def asked(house: House) -> bool:
    return house.discord.faults.dealt["hang"] > 0


async def test_a_server_that_comes_twice_while_it_is_read_is_not_read_a_second_time(house: House) -> None:
    await house.start()
    await house.open()
    await house.stop()
    await house.start()  # and hears all that it has said itself
    await house.idle()
    await house.stop()
    house.discord.record.clear()
    house.discord.faults.hang(*MESSAGES)
    await house.start()
    await until(lambda: asked(house), "the reading to begin")
    house.discord.outages.return_guild(int(house.guild))
    await until(comes_twice, "the server to be wanted again")
    house.discord.faults.release()
    await house.idle()
    assert len(house.requests(*MESSAGES)) == 1


async def comes_twice() -> bool:
    return len([task for task in asyncio.all_tasks() if task.get_name().startswith("reading of server")]) == 2
