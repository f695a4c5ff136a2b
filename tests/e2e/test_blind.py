"""A blind critique's rehearsal: the sample document, and a crowd that goes through all of it with ballots."""

import asyncio
import json
import random

import pytest

from rehearsal.member.components import buttons
from tests.conftest import ROOT
from tests.e2e.conftest import House
from tests.e2e.test_ballots import TALLY

CROWD = 14


@pytest.mark.long
async def test_a_crowd_goes_through_a_blind_list_and_no_byte_before_the_close_tells_how(house: House) -> None:
    """14 members vote on every point, in an order of their own and as a fixed seed has it, while others write."""
    await house.start()
    moderator = await house.moderator()
    general = str(house.discord.channels["general"])
    document = ("list.txt", (ROOT / "samples" / "open-plan.txt").read_bytes())
    preview = await moderator.command(
        "critique open", general, house.guild, document=document, channel=house.home, blind=True
    )
    await moderator.press(preview, "Confirm", house.guild)
    await house.idle(120)
    cast = await asyncio.gather(*(walk(house, number) for number in range(1, CROWD + 1)))
    await (await house.member(1)).say(await house.thread_of("1"), "Disagree: it is not.")
    for words in ("digest show", "catchup"):
        await (await house.member(2)).command(words, house.home, house.guild)
    await moderator.command("critique list", general, house.guild)
    await house.idle()
    sent = json.dumps(house.discord.record.entries, ensure_ascii=False, default=str)
    assert TALLY.findall(sent) == []
    critique = await house.critique()
    await moderator.command("critique close", general, house.guild, critique=str(critique.id))
    await house.idle()
    labels = {label for each in cast for label in each}
    shown = await (await house.member(3)).api.request("GET", f"/channels/{house.home}/messages?limit=50")
    digest = str([each["embeds"] for each in shown if each["embeds"]])
    for label in labels:
        votes = [each[label] for each in cast]
        assert f"{votes.count('Agree')} agree" in digest


async def walk(house: House, number: int) -> dict[str, str]:
    """Goes through the whole list; what was pressed on each point."""
    chance = random.Random(number)
    member = await house.member(number)
    paper = await member.command("ballot", house.home, house.guild)
    pressed: dict[str, str] = {}
    while any(each.get("label") == "Agree" for each in buttons(paper)):
        label = paper["content"].split("### ")[1].split(" ·")[0]
        pressed[label] = chance.choice(("Agree", "Disagree", "Unsure"))
        paper = await member.press(paper, pressed[label], house.guild)
    return pressed
