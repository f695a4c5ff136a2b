"""A member fills in, chooses and writes directly, on the real stand-in, to a tiny bot of stock discord.py."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from rehearsal.member import Member, MemberError
from rehearsal.member.modals import filled
from tests.rehearsal.stub_bot import Place, place


@pytest.fixture
async def here() -> AsyncIterator[Place]:
    async with place() as found, found.bot():
        yield found


@pytest.fixture
async def ada(here: Place) -> AsyncIterator[Member]:
    async with here.member(1) as found:
        yield found


async def test_a_form_keeps_what_it_held_where_nobody_touched_it(here: Place, ada: Member) -> None:
    form = await ada.command("stub form", here.home, here.guild)
    assert (form["title"], len(form["components"])) == ("Form", 4)
    answer = await ada.submit(form, {})
    assert answer["content"] == "'As before' old True []"


async def test_a_form_is_filled_in_by_its_labels(here: Place, ada: Member) -> None:
    form = await ada.command("stub form", here.home, here.guild)
    fields = {"Words": "Line one\nline two", "Kind": "new", "Sure": False, "File": [("a.txt", b"1. A.")]}
    answer = await ada.submit(form, fields)
    assert answer["content"] == "'Line one\\nline two' new False ['1. A.']" and answer["flags"] & 64


async def test_an_input_that_is_not_there_is_said_not_to_be_there(here: Place, ada: Member) -> None:
    form = await ada.command("stub form", here.home, here.guild)
    with pytest.raises(MemberError, match="has no input 'Wards'"):
        await ada.submit(form, {"Wards": "x"})


async def test_a_channel_is_chosen(here: Place, ada: Member) -> None:
    shown = await ada.command("stub home", here.home, here.guild)
    answer = await ada.choose(shown, "A channel", [here.home])
    assert (answer["content"], answer["id"]) == ("So #critique.", shown["id"])
    with pytest.raises(MemberError, match="no select 'A role'; it bears 'A channel'"):
        await ada.choose(shown, "A role", [here.home])


async def test_a_command_is_used_in_a_direct_message(here: Place, ada: Member) -> None:
    channel = await ada.direct(str(here.discord.bot_id))
    assert channel == await ada.direct(str(here.discord.bot_id))
    answer = await ada.command("stub now", channel, None, word="ho")
    assert (answer["content"], answer["channel_id"]) == ("ho", channel) and "guild_id" not in answer
    shown = await ada.command("stub form", channel, None)
    assert (await ada.submit(shown, {"Words": "Here"}))["content"].startswith("'Here'")
    choices = await ada.autocomplete("stub now", "word", "he", channel, None)
    assert [each["value"] for each in choices] == ["he"]


async def test_a_text_option_loses_its_line_breaks(here: Place, ada: Member) -> None:
    """Discord's own client pastes them as spaces; its documentation does not speak of it."""
    answer = await ada.command("stub now", here.home, here.guild, word="1. A\n2. B\r\n3. C")
    assert answer["content"] == "1. A 2. B 3. C"


def test_what_is_marked_is_chosen_where_nobody_chooses() -> None:
    select: dict[str, Any] = {"type": 3, "id": 2, "custom_id": "s", "min_values": 1, "max_values": 2}
    select["options"] = [{"label": each, "value": each, "default": each != "b"} for each in "abc"]
    people = {"type": 5, "id": 4, "custom_id": "u", "default_values": [{"id": "7", "type": "user"}]}
    inner = [
        {"type": 18, "id": 1, "label": "S", "component": select},
        {"type": 18, "id": 3, "label": "U", "component": people},
    ]
    components, files = filled({"title": "x", "components": inner}, {})
    assert [each["component"]["values"] for each in components] == [["a", "c"], ["7"]] and not files


def test_an_input_of_one_line_takes_no_more() -> None:
    """docs: components/reference#text-input-text-input-styles, Short"""
    short = {"type": 4, "id": 2, "custom_id": "t", "style": 1}
    modal = {"title": "x", "components": [{"type": 18, "id": 1, "label": "Name", "component": short}]}
    assert filled(modal, {"Name": "One"})[0][0]["component"]["value"] == "One"
    with pytest.raises(MemberError, match="'Name' takes one line"):
        filled(modal, {"Name": "One\nTwo"})
