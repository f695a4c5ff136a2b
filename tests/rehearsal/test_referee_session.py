"""Whole sessions on the real stand-in, held against Discord's OpenAPI file and the table of envelopes.

Stock discord.py is at one end, members at the other; whatever they cause the stand-in to say must be what
Discord says. A mismatch here is a fault of the stand-in, or a deviation of Discord's that has yet to be listed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import discord
import pytest

from rehearsal.cast import play
from rehearsal.member import MemberError
from rehearsal.referee import Referee, find_openapi, load
from rehearsal.script import Comment, Document, Script
from tests.rehearsal.envelopes import faults
from tests.rehearsal.stub_bot import AGREE, DISAGREE, Place, StubBot, place

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def referee() -> Referee:
    path = find_openapi(ROOT)
    if path is None:
        pytest.skip("Discord's OpenAPI file is not at hand (DISCORD_OPENAPI names it)")
    return load(path)


def hold(referee: Referee, entries: list[dict[str, Any]]) -> None:
    """Fails with every mismatch and every fault of an envelope in words; also when nothing was checked."""
    verdict = referee.check(entries)
    said = sorted({str(mismatch) for mismatch in verdict.mismatches}) + sorted(set(faults(entries)))
    assert not said, "\n".join(said)
    assert verdict.exchanges > 0
    assert verdict.events > 0


async def test_a_rehearsal_holds_against_discords_file(referee: Referee) -> None:
    script = Script(
        document=Document("list.txt", b"1. A.\n2. B."),
        comments=(Comment("Ada", ("11. One more.",)), Comment(None, ("Hello @everyone.",))),
        home="critique",
        seed=1,
        voters=10,
        points_expected=2,
        agree=AGREE,
        disagree=DISAGREE,
    )
    async with place(members=12) as here, here.bot():
        await play(script, here.announcement, lambda *_: None)
        await here.discord.settled()
        hold(referee, here.entries)


async def test_every_way_of_answering_holds_against_discords_file(referee: Referee) -> None:
    async with place() as here, here.bot(), here.member(0) as ada:
        await ada.command("stub now", here.home, here.guild, word="ho")
        await ada.command("stub later", here.home, here.guild)
        await ada.autocomplete("stub now", "word", "he", here.home, here.guild)
        with pytest.raises(MemberError):
            await ada.command("stub never", here.home, here.guild)
        document = ("a.txt", b"1. A.")
        for button in ("Think", "Say", "Confirm"):
            preview = await ada.command("critique open", here.home, here.guild, document=document)
            await ada.press(preview, button)
        await ada.wait_for("MESSAGE_REACTION_ADD", lambda data: data["emoji"]["name"] == DISAGREE, 10)
        await here.discord.settled()
        hold(referee, here.entries)


async def test_what_a_bot_reads_and_mends_holds_against_discords_file(referee: Referee) -> None:
    async with place() as here, here.bot() as bot, here.member(0, eyes=False) as ada:
        said = await ada.say(here.home, "Hello <@" + str(bot.application_id) + ">.")
        await ada.react(here.home, said["id"], AGREE)
        await _read_and_mend(bot, here, int(said["id"]))
        await here.discord.settled()
        hold(referee, here.entries)


async def _read_and_mend(bot: StubBot, here: Place, said: int) -> None:
    """The requests that a bot of this kind makes beside those of its commands."""
    channel = await bot.fetch_channel(int(here.home))
    assert isinstance(channel, discord.TextChannel)
    await bot.application_info()
    guild = await bot.fetch_guild(int(here.guild))
    await guild.fetch_channels()
    await guild.fetch_roles()
    await guild.active_threads()
    await bot.tree.fetch_commands()
    heard = await channel.fetch_message(said)
    assert [user async for user in heard.reactions[0].users()]
    own = await channel.send("Digest.", reference=heard)
    await own.edit(content="Digest, edited.")
    await own.pin()
    assert [message async for message in channel.history(limit=10)]
    thread = await own.create_thread(name="Thread")
    await thread.send("In the thread.")
    await thread.edit(name="Renamed")
    await thread.edit(archived=True, locked=True)
    assert [each async for each in channel.archived_threads()]
    await own.add_reaction(AGREE)
    await own.clear_reaction(AGREE)
    await own.clear_reactions()
    await thread.delete()
    await own.unpin()
    await own.delete()


async def test_refusals_hold_against_discords_file(referee: Referee) -> None:
    async with place() as here, here.bot(), here.member(0, eyes=False) as ada:
        for path, body in (
            (f"/channels/{here.home}/messages", {"content": "x" * 2001}),
            (f"/channels/{here.home}/messages", {}),
            ("/channels/1/messages", {"content": "Hello."}),
            (f"/channels/{here.announcement['channels']['moderators']}/threads", {"name": ""}),
        ):
            with pytest.raises(MemberError):
                await ada.api.request("POST", path, body)
        # What was wrong is the member's doing; how it was refused is the stand-in's.
        answers = [{**entry, "request": {"content": ""}} for entry in here.entries if entry["kind"] == "exchange"]
        refused = [entry for entry in answers if entry["status"] >= 400]
        assert len(refused) == 4, json.dumps(refused)
        verdict = referee.check(refused)
        responses = [str(m) for m in verdict.mismatches if " response " in m.where]
        assert not responses, "\n".join(responses)
