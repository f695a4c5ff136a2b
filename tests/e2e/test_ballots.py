"""Private ballots on the stand-in: the walk, over a restart, the reaction that goes, and a blind critique's silence."""

import json
import re
from typing import Any

from bot.core.ballots import BATCH
from rehearsal.member import Member
from tests.e2e.conftest import LIST, House

Json = dict[str, Any]
# Any way in which the bot writes how many stand where: a count with its word.
TALLY = re.compile(r"\d+ (?:agrees?|disagrees?|unsure|person|people)\b|[1-9]\d* votes?\b")


async def begin(house: House, number: int, **options: str) -> tuple[Member, Json]:
    member = await house.member(number)
    return member, await member.command("ballot", house.home, house.guild, **options)


def asked(paper: Json) -> str:
    """The label of the point that is asked about."""
    return paper["content"].split("### ")[1].split(" ·")[0]


async def test_a_member_walks_through_the_list_unseen_stops_and_goes_on_after_a_restart(either: House) -> None:
    await either.start()
    await either.open()
    ada, paper = await begin(either, 1)
    assert paper["flags"] & 64 and "0 of 4 voted on" in paper["content"]
    met = [asked(paper)]
    sent = len(either.discord.record.entries)
    paper = await ada.press(paper, "Agree", either.guild)
    assert f"Recorded, for you alone to see: **{met[0]}** – agree" in paper["content"]
    met.append(asked(paper))
    paper = await ada.press(paper, "Skip", either.guild)
    assert "1 of 4 voted on · 1 skipped" in paper["content"]
    await either.stop()
    await either.start()
    paper = await ada.press(paper, "Unsure", either.guild)
    _ada, again = await begin(either, 1)
    assert asked(again) == asked(paper)
    paper = await ada.press(again, "Disagree", either.guild)
    assert "1 point is skipped" in paper["content"]
    paper = await ada.press(paper, "Go through the skipped", either.guild)
    assert asked(paper) == met[1]
    paper = await ada.press(paper, "Agree", either.guild)
    assert "You have voted on every point" in paper["content"]
    await either.idle()
    told = [entry for entry in either.discord.record.entries[sent:] if entry["kind"] == "event"]
    others = [entry for entry in told if entry["to"] not in ("bot", ada.id)]
    assert not [entry for entry in others if entry.get("name") in ("MESSAGE_CREATE", "MESSAGE_UPDATE")]
    assert set((await either.tallies()).values()) == {(0, 0)}


async def test_the_digest_has_a_button_and_a_ballot_takes_the_public_reaction_away(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    message = await house.message_of("2")
    await ada.react(house.home, message, "👍")
    await house.idle()
    shown = await ada.api.request("GET", f"/channels/{house.home}/messages?limit=50")
    (digest,) = [each for each in shown if each["embeds"] and each["components"]]
    paper = await ada.press(digest, "Vote in private", house.guild)
    assert "1 of 4 voted on" in paper["content"] and asked(paper) != "2"
    _ada, paper = await begin(house, 1, point="2")
    assert "Your vote now: agree" in paper["content"]
    paper = await ada.press(paper, "Disagree", house.guild)
    assert "others can see that it goes" in paper["content"]
    await house.idle()
    assert int(ada.id) not in house.discord.world.reactions(int(message))["👍"]
    assert (await house.tallies())["2"] == (0, 0)
    await ada.react(house.home, message, "👍")
    await house.idle()
    assert (await house.tallies())["2"] == (1, 0)


async def test_in_a_blind_critique_nothing_shows_a_tally_before_the_close(house: House) -> None:
    """Every byte that the bot sent before the close is searched; then the figures are there."""
    await house.start()
    moderator = await house.moderator()
    general = str(house.discord.channels["general"])
    given = ("list.txt", LIST.encode())
    preview = await moderator.command(
        "critique open", general, house.guild, document=given, channel=house.home, blind=True
    )
    assert "Blind" in str(preview["embeds"])
    await moderator.press(preview, "Confirm", house.guild)
    await house.idle()
    message = await house.message_of("1")
    assert house.discord.world.reactions(int(message)) == {}
    for number in range(1, BATCH + 2):
        member, paper = await begin(house, number, point="1")
        paper = await member.press(paper, "Agree" if number < 7 else "Disagree", house.guild)
        assert "no figure is shown before the close" in paper["content"] or "every point" in paper["content"]
    await member.react(house.home, message, "👍")
    for words in ("digest show", "critique list", "status"):
        await moderator.command(words, general, house.guild)
    await moderator.command("point show", general, house.guild, point="1")
    await moderator.autocomplete("point show", "point", "1", general, house.guild)
    await house.idle()
    sent = json.dumps(house.discord.record.entries, ensure_ascii=False, default=str)
    assert TALLY.findall(sent) == []
    assert "figures at the close" in sent and "6 agree" not in sent
    critique = await house.critique()
    await moderator.command("critique close", general, house.guild, critique=str(critique.id))
    await house.idle()
    shown = await member.api.request("GET", f"/channels/{house.home}/messages?limit=50")
    (digest,) = [each for each in shown if each["embeds"]]
    assert "6 agree · 3 disagree" in str(digest["embeds"]) and "fewer than eight ballots" in str(digest["embeds"])
    assert digest["components"] == []
