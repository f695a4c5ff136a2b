"""What a member sees of what is stored, takes away, and has erased; a server that is left and come back to."""

import json
import logging
import sqlite3
import struct
from contextlib import closing
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from bot.services import retention
from rehearsal.member import Member
from tests.e2e.conftest import House, until

THUMB = quote("👍")


async def known(house: House) -> Member:
    """A member who has voted and added."""
    await house.start()
    await house.open()
    ada = await house.member(1)
    for label in ("1", "2"):
        await ada.react(house.home, await house.message_of(label), "👍")
    await ada.say(house.home, "4. They rattle the spoons.")
    await house.idle()
    return ada


def rows(house: House, query: str) -> list[Any]:
    with closing(sqlite3.connect(house.settings().database_path)) as connection:
        return connection.execute(query).fetchall()


async def test_an_erasure_takes_votes_name_and_emoji_and_leaves_no_byte(house: House) -> None:
    ada = await known(house)
    bob = await house.member(2)
    await bob.react(house.home, await house.message_of("1"), "👎")
    await house.idle()
    assert "1 point of yours" in (await ada.command("privacy show", house.home, house.guild))["content"]
    asked = await ada.command("privacy erase", house.home, house.guild)
    assert "cannot be undone" in asked["content"] and (await house.tallies())["1"] == (1, 1)
    done = await ada.press(asked, "Erase", house.guild)
    assert "I have forgotten" in done["content"] and done["components"] == []
    await house.idle()
    assert (await house.tallies())["1"] == (0, 1) and (await house.tallies())["2"] == (0, 0)
    shown = str(await ada.api.request("GET", f"/channels/{house.home}/messages?limit=50"))
    assert "a former member" in shown
    stored = await ada.command("privacy show", house.home, house.guild)
    assert "I store nothing about you" in stored["content"]
    await retention.scrub(house.app.desk)
    path = house.settings().database_path
    for file in (path, path.with_name(path.name + "-wal")):
        assert ada.id.encode() not in file.read_bytes()
        assert struct.pack(">q", int(ada.id)) not in file.read_bytes()
    await house.stop()
    await house.start()
    await house.idle()
    assert (await house.tallies())["1"] == (0, 1)


async def test_who_opts_out_loses_their_votes_and_emoji_and_has_none_stored_until_they_opt_in(either: House) -> None:
    house = either
    await house.start()
    await house.open()
    ada = await house.member(1)
    line = next(line for line in (await house.digest()).lines if line.point.label == "1")
    where, message = str(line.point.channel), str(line.point.message)
    await ada.react(where, message, "👍")
    await house.idle()
    said = await ada.command("privacy opt-out", house.home, house.guild)
    assert "Your vote on 1 point is deleted" in said["content"]
    await house.idle()
    seen = await ada.api.request("GET", f"/channels/{where}/messages/{message}/reactions/{THUMB}")
    assert [user["id"] for user in seen] == [str(house.discord.bot_id)]
    await ada.react(where, message, "👍")
    await house.idle()
    assert (await house.tallies())["1"] == (0, 0)
    await ada.command("privacy opt-in", house.home, house.guild)
    await house.idle()
    assert (await house.tallies())["1"] == (1, 0)


async def test_the_file_holds_what_the_member_did(house: House) -> None:
    ada = await known(house)
    given = await ada.command("privacy export", house.home, house.guild)
    (file,) = given["attachments"]
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
        held = json.loads(await response.read())
    assert held["member"] == ada.id and held["votes_are_stored"]
    assert [point["text"] for point in held["points"]] == ["They rattle the spoons."]
    assert [(vote["point"], vote["stance"]) for vote in held["votes"]] == [("1", 1), ("2", 1)]


async def test_the_time_of_a_server_that_was_left_runs_until_the_bot_is_back(house: House) -> None:
    await house.start()
    await house.open()
    house.discord.backstage.remove_bot()

    async def noted() -> bool:
        return rows(house, "SELECT left_at IS NOT NULL FROM servers") == [(1,)]

    await until(noted, "the server to count as left")


async def test_logs_hold_no_words_of_members_and_no_names(house: House, caplog: pytest.LogCaptureFixture) -> None:
    ada = await known(house)
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "bot")
    moderator = await house.moderator()
    general = str(house.discord.channels["general"])
    house.discord.faults.answer(503, "POST", "/channels/{channel_id}/messages", times=3)
    await ada.say(house.home, "5. They hoard the teaspoons.")
    await ada.say(await house.thread_of("1"), "My aunt agrees.")
    await house.idle()
    form = await ada.command("point add", house.home, house.guild)
    await ada.submit(form, {"Your point": "They hide the sugar tongs."})
    await moderator.command("mod hide", general, house.guild, point="4", reason="unkind", words="No spoonerisms.")
    await house.idle()
    assert "is tried again" in caplog.text
    for words in ("teaspoons", "aunt", "sugar", "spoonerisms", "rattle", ada.name):
        assert words not in caplog.text
