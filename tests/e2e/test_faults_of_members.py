"""Discord falters while members vote, add and use commands: what they did counts once, and they are answered."""

from collections.abc import Callable

import pytest

from tests.e2e.conftest import LIST, House, until
from tests.e2e.standing import all_stands_once

CALLBACK = ("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
SEND = ("POST", "/channels/{channel_id}/messages")
EDIT = ("PATCH", "/channels/{channel_id}/messages/{message_id}")
START = ("POST", "/channels/{channel_id}/messages/{message_id}/threads")
SEED = ("PUT", "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me")
REACTIONS = ("MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE")
Happening = Callable[[House], None]


def cut(house: House) -> None:
    house.discord.outages.cut()


def lost(house: House) -> None:
    house.discord.outages.forget()


def twice_swapped_and_late(house: House) -> None:
    events = house.discord.faults.events
    events.duplicate(*REACTIONS, times=10)
    events.swap("MESSAGE_REACTION_ADD", times=4)
    events.delay(0.1, *REACTIONS, times=5)


def twice(house: House) -> None:
    house.discord.faults.events.duplicate("MESSAGE_CREATE")


def late(house: House) -> None:
    house.discord.faults.events.delay(0.1, "MESSAGE_CREATE")


def edits_falter(house: House) -> None:
    house.discord.faults.answer(503, *EDIT)
    house.discord.faults.reset(*EDIT, after_effect=True)
    house.discord.faults.limit(0.05, *EDIT, scope="shared")


async def vote(house: House, messages: list[str], numbers: range) -> None:
    """Each of these members votes on every point, and the even ones change their minds on the first."""
    for number in numbers:
        member = await house.member(number, watching=False)
        for place, message in enumerate(messages):
            await member.react(house.home, message, "👍" if (number + place) % 3 else "👎")
        if number % 2 == 0:
            first = "👍" if number % 3 else "👎"
            await member.unreact(house.home, messages[0], first)
            await member.react(house.home, messages[0], "👎" if first == "👍" else "👍")


@pytest.mark.parametrize("happening", [cut, lost, twice_swapped_and_late, edits_falter])
async def test_votes_count_once_and_are_shown_whatever_befalls(house: House, happening: Happening) -> None:
    await house.start()
    await house.open()
    messages = [await house.message_of(label) for label in ("1", "2", "3", "*")]
    await vote(house, messages, range(1, 3))
    happening(house)
    await vote(house, messages, range(3, 7))
    house.discord.faults.release()
    await until(lambda: _agree(house), "all votes to be counted")
    await all_stands_once(house)
    assert sum(map(sum, (await house.tallies()).values())) == 24


@pytest.mark.parametrize("happening", [cut, twice, late])
async def test_a_typed_addition_is_taken_once_whatever_befalls_its_event(house: House, happening: Happening) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    happening(house)
    await member.say(house.home, "4. They play the same song all day.")
    await until(lambda: _has(house, 5), "the addition")
    await all_stands_once(house)
    assert await house.labels() == ["1", "2", "3", "*", "4"]


async def test_an_addition_counts_where_its_thread_is_archived_under_it(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    thread = await house.thread_of("2")
    house.discord.faults.archive(*SEND, after_effect=True, bot_only=False)
    said = await member.say(thread, "4. They play the same song all day.")
    await all_stands_once(house)
    assert await house.labels() == ["1", "2", "3", "*", "4"]
    assert set(house.discord.world.reactions(int(said["id"]))) == {"📌"}
    assert house.discord.world.channels[int(thread)].thread.archived


async def test_an_addition_stands_once_and_is_marked_whatever_befalls_the_answers_to_it(house: House) -> None:
    await house.start()
    await house.open()
    faults = house.discord.faults
    faults.answer(503, *SEND, after_effect=True)
    faults.reset(*START, after_effect=True)
    faults.answer(503, *SEED, skip=1)
    faults.reset(*EDIT)
    member = await house.member(1)
    said = await member.say(house.home, "7. They play the same song all day.")
    await house.idle()
    assert len(faults.dealt) == 4
    await all_stands_once(house)
    assert set(house.discord.world.reactions(int(said["id"]))) == {"📌"}
    replies = [each for each in house.shown_in(house.home) if each.reference and "Recorded as" in each.content]
    assert len(replies) == 1


COMMAND_FAULTS: dict[str, Happening] = {
    "503 before": lambda house: house.discord.faults.answer(503, *CALLBACK),
    "503 after": lambda house: house.discord.faults.answer(503, *CALLBACK, after_effect=True),
    "limit of a route": lambda house: house.discord.faults.limit(0.05, *CALLBACK),
    "shared limit": lambda house: house.discord.faults.limit(0.05, *CALLBACK, scope="shared"),
    "global limit": lambda house: house.discord.faults.limit(0.05, *CALLBACK, scope="global"),
    "slow": lambda house: house.discord.faults.slow(0.1, *CALLBACK, after_effect=True),
    "reset after": lambda house: house.discord.faults.reset(*CALLBACK, after_effect=True),
}


async def test_a_command_is_answered_whatever_befalls_the_answer(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    for name, happening in COMMAND_FAULTS.items():
        happening(house)
        answer = await member.command("point show", house.home, house.guild, point="1")
        assert "They close before anybody is thirsty" in answer["content"], name
    assert house.discord.faults.dealt.total() == len(COMMAND_FAULTS)


async def test_who_got_no_answer_is_told_that_it_may_be_done_and_it_is_done_once(house: House) -> None:
    await house.start()
    moderator = await house.moderator()
    general, document = str(house.discord.channels["general"]), ("list.txt", LIST.encode())
    preview = await moderator.command("critique open", general, house.guild, document=document, channel=house.home)
    house.discord.faults.reset(*CALLBACK)
    answer = await moderator.press(preview, "Confirm", house.guild)
    assert "The line to Discord broke" in answer["content"]
    again = await moderator.press(preview, "Confirm", house.guild)
    assert "has been confirmed" in again["content"]
    await all_stands_once(house)


async def _agree(house: House) -> bool:
    """Whether as many votes are counted as members have cast."""
    return sum(map(sum, (await house.tallies()).values())) == 24


async def _has(house: House, points: int) -> bool:
    return len(await house.labels()) == points
