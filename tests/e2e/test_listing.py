"""`/critique list`: all of a server's critiques for its moderators, in pages."""

from typing import Any

from bot.services.overviews import ON_A_PAGE
from tests.e2e.conftest import House
from tests.e2e.screens import faults

SHORT = "List {number}\n\n1. One thing.\n2. Another thing.\n"


def titles(screen: dict[str, Any]) -> list[str]:
    """The titles on a page of the list."""
    return [entry.splitlines()[0].strip("*") for entry in screen["embeds"][0]["description"].split("\n\n")]


async def test_the_list_shows_what_stands_and_who_takes_part(house: House) -> None:
    await house.start()
    await house.open()
    member = await house.member(1)
    await member.react(house.home, await house.message_of("2"), "👎")
    await house.idle()
    screen = await (await house.moderator()).command("critique list", house.home, house.guild)
    assert screen["flags"] & 64
    entry = screen["embeds"][0]["description"]
    assert "What's the problem with tea rooms" in entry
    assert f"open · <#{house.home}>\n4 points · 1 person · 0 replies\nOpened <t:" in entry
    assert entry.endswith(f"by <@{house.discord.members[0].id}>")
    assert [button["label"] for button in screen["components"][0]["components"]] == ["Refresh"]


async def test_the_list_is_turned_also_after_a_restart_and_closed_ones_come_last(house: House) -> None:
    await house.start()
    for number in range(ON_A_PAGE + 1):
        await house.open(SHORT.format(number=number))
    moderator = await house.moderator()
    (first, *_others) = await moderator.autocomplete("critique close", "critique", "List 6", house.home, house.guild)
    await moderator.command("critique close", house.home, house.guild, critique=first["value"])
    screen = await moderator.command("critique list", house.home, house.guild)
    assert titles(screen) == [f"List {number}" for number in range(5, -1, -1)]
    await house.stop()
    await house.start()
    screen = await moderator.press(screen, "Later", house.guild)
    assert titles(screen) == ["List 6"]
    assert "closed · " in screen["embeds"][0]["description"]
    assert screen["embeds"][0]["footer"]["text"] == "Page 2 of 2"
    assert faults(screen) == []
    assert titles(await moderator.press(screen, "Earlier", house.guild))[0] == "List 5"


async def test_who_is_no_moderator_any_more_turns_no_page(house: House) -> None:
    await house.start()
    await house.open()
    moderator = await house.moderator()
    screen = await moderator.command("critique list", house.home, house.guild)
    await house.stop()
    await house.start(moderator_role="Somebody Else")
    refused = await moderator.press(screen, "Refresh", house.guild)
    assert refused["content"].startswith("No moderators' role is known")
