"""Two moderators decide the same at the same moment: one case, and whoever is second reads what was decided."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.core.policies import Policy
from rehearsal.member import Member
from tests.e2e.conftest import House, until
from tests.e2e.test_cases import BECAUSE, SPOONS, held, newest
from tests.e2e.test_privacy import rows

Json = dict[str, Any]


async def two(house: House) -> tuple[Member, Member]:
    """The moderator, and a second one."""
    roles = house.discord.backstage.guild.members[house.discord.members[0].id].roles
    house.discord.backstage.give_roles(house.discord.members[2].id, list(roles))
    return await house.moderator(), await house.member(2)


def cases(house: House) -> list[str]:
    """All acts on record, oldest first."""
    return [act for (act,) in rows(house, "SELECT act FROM cases ORDER BY id")]


async def waits(house: House) -> str:
    """Ada's addition waits; the moderators' channel."""
    office = await held(house)
    await (await house.member(1)).say(house.home, SPOONS)
    await house.idle()
    return office


async def has(found: Callable[[], bool]) -> bool:
    return found()


Decide = Callable[[House, Member, Json], Awaitable[Awaitable[Json]]]


async def approve(house: House, who: Member, waiting: Json) -> Awaitable[Json]:
    return who.press(waiting, "Approve", house.guild)


async def refuse(house: House, who: Member, waiting: Json) -> Awaitable[Json]:
    return who.submit(await who.press(waiting, "Refuse", house.guild), BECAUSE)


def told_late(*members: Member) -> list[str]:
    """What the bot has told those alone who came second."""
    seen = [data for who in members for name, data in who.gateway.seen if name == "MESSAGE_CREATE"]
    return [data["content"] for data in seen if data["flags"] & 64 and "already" in data["content"]]


@pytest.mark.parametrize(("one", "other"), [(approve, approve), (approve, refuse), (refuse, refuse)])
async def test_one_decision_is_made_and_the_second_moderator_reads_which(
    house: House, one: Decide, other: Decide
) -> None:
    office = await waits(house)
    first, second = await two(house)
    waiting = await newest(first, office)
    decisions = [await one(house, first, waiting), await other(house, second, waiting)]
    await asyncio.gather(*decisions)
    await until(lambda: has(lambda: bool(told_late(first, second))), "the second moderator to be told")
    await house.idle()
    (act,) = cases(house)
    (said,) = told_late(first, second)
    assert ("**4** has been approved already" if act == "approve" else "**4** has been refused already") in said
    assert (await house.labels())[4:] == (["4"] if act == "approve" else [])
    shown = await newest(first, office)
    assert ("Approved by" if act == "approve" else "Refused by") in shown["content"] and shown["components"] == []


async def test_a_command_after_a_button_reads_what_was_decided_too(house: House) -> None:
    office = await waits(house)
    first, second = await two(house)
    await first.press(await newest(first, office), "Approve", house.guild)
    said = await second.command("mod refuse", office, house.guild, point="4", reason="spam")
    assert "has been approved already" in said["content"] and cases(house) == ["approve"]


@pytest.mark.parametrize(
    ("act", "options", "words"),
    [
        ("hide", {"point": "2", "reason": "unkind"}, "**2** has been hidden already"),
        ("merge", {"point": "2", "into": "1", "reason": "duplicate"}, "2 is merged into 1 already"),
        ("withdraw", {"point": "4", "reason": "unkind"}, "Point 4 has been withdrawn"),
    ],
)
async def test_one_act_is_done_and_the_second_moderator_reads_that_it_was(
    house: House, act: str, options: Json, words: str
) -> None:
    office = await held(house, Policy.OPEN)
    await (await house.member(1)).say(house.home, SPOONS)
    await house.idle()
    both = await two(house)
    said = await asyncio.gather(*(who.command(f"mod {act}", office, house.guild, **options) for who in both))
    await house.idle()
    assert cases(house) == [act]
    assert sum(words in each["content"] for each in said) == 1
    late = await both[0].command(f"mod {act}", office, house.guild, **options)
    assert words in late["content"] and cases(house) == [act]
