"""Components of messages against Discord's documentation (components/reference)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import StandIn
from tests.rehearsal.conftest import Client
from tests.rehearsal.test_server_commands import Play

V2 = 1 << 15
OPTIONS = [{"label": each, "value": each} for each in "abc"]
GO = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}


def row(*inner: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(inner)}


def words(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def select(kind: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "custom_id": "s", **({"options": OPTIONS} if kind == 3 else {}), **more}


@pytest.fixture
async def play(stand_in: StandIn, bot: Client, ada: Client) -> Play:
    return await Play(stand_in, bot, ada).start()


# --- the second version ---------------------------------------------------------------------------------------
def section(accessory: dict[str, Any]) -> dict[str, Any]:
    return {"type": 9, "components": [words("One"), words("Two")], "accessory": accessory}


async def test_every_kind_of_component_is_shown_with_an_id(bot: Client) -> None:
    """docs: components/reference#component-object-component-types"""
    picture = {"media": {"url": "attachment://a.png"}, "description": "A chart", "spoiler": True}
    inner = [
        words("# Title"),
        section(GO),
        section({"type": 11, "media": {"url": "https://example.org/x.png"}}),
        {"type": 12, "items": [picture]},
        {"type": 13, "file": {"url": "attachment://b.txt"}},
        {"type": 14, "spacing": 2, "divider": False},
        row({**GO, "custom_id": "other"}),
    ]
    body = {"flags": V2, "components": [{"type": 17, "accent_color": 255, "components": inner}]}
    path = f"/channels/{bot.stand_in.channels['general']}/messages"
    made = await bot.do("POST", path, body, files={"a.png": b"png", "b.txt": b"text"})
    [container] = made["components"]
    assert [each["type"] for each in container["components"]] == [each["type"] for each in inner]
    item = container["components"][3]["items"][0]["media"]
    file = container["components"][4]
    assert item["url"].endswith("/a.png") and file["file"]["url"].endswith("/b.txt") and item["attachment_id"]
    assert (file["name"], file["size"]) == ("b.txt", 4)
    # Files that components name are not listed again (docs: resources/message#message-object, attachments).
    assert made["attachments"] == [] and made["content"] == "" and made["flags"] & V2


@pytest.mark.parametrize(
    "components",
    [
        [words("x" * 4001)],
        [words("x" * 2001), words("x" * 2000)],
        [words(str(number)) for number in range(41)],
        [{"type": 17, "components": [words(str(number)) for number in range(40)]}],
        [{"type": 17, "components": [{"type": 17, "components": [words("x")]}]}],
        [GO],
        [{"type": 9, "components": [words("x")]}],
        [{"type": 9, "components": [words("x")] * 4, "accessory": GO}],
        [{"type": 12, "items": []}],
        [{"type": 12, "items": [{"media": {"url": "attachment://missing.png"}}]}],
        [{"type": 13, "file": {"url": "https://example.org/x.txt"}}],
        [{"type": 14, "spacing": 3}],
        [row(GO, GO)],
        [row(*({**GO, "custom_id": str(number)} for number in range(6)))],
    ],
)
async def test_components_beyond_a_limit_are_refused(bot: Client, components: list[dict[str, Any]]) -> None:
    """docs: components/reference, resources/message#create-message; 40 components, 4,000 characters"""
    path = f"/channels/{bot.stand_in.channels['general']}/messages"
    assert await bot.refused("POST", path, {"flags": V2, "components": components}) == (400, 50035)


async def test_what_is_not_there_is_refused_at_its_place(bot: Client) -> None:
    """github.com/discord/discord-api-docs/issues/7754"""
    path = f"/channels/{bot.stand_in.channels['general']}/messages"
    body = {"flags": V2, "components": [{"type": 12, "items": [{"media": {"url": "attachment://x.png"}}]}]}
    _, said = await bot.ask("POST", path, body, files={"y.png": b"png"})
    errors = said["errors"]["components"]["0"]["items"]["0"]["media"]["url"]["_errors"]
    assert errors[0]["code"] == "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"


async def test_the_second_version_excludes_content_and_stays(bot: Client) -> None:
    """docs: resources/message#message-object-message-flags, IS_COMPONENTS_V2"""
    path = f"/channels/{bot.stand_in.channels['general']}/messages"
    body = {"flags": V2, "components": [words("x")]}
    for legacy in ({"content": "x"}, {"embeds": [{"title": "x"}]}):
        assert await bot.refused("POST", path, {**body, **legacy}) == (400, 50035)
    assert await bot.refused("POST", path, {"components": [words("x")]}) == (400, 50035)
    plain = await bot.say("Plain")
    assert await bot.refused("PATCH", f"{path}/{plain['id']}", body) == (400, 50035)
    changed = await bot.do("PATCH", f"{path}/{plain['id']}", {**body, "content": None})
    assert changed["flags"] & V2 and changed["content"] == ""
    kept = await bot.do("PATCH", f"{path}/{plain['id']}", {"flags": 0, "components": [words("y")]})
    assert kept["flags"] & V2
    assert await bot.refused("PATCH", f"{path}/{plain['id']}", {"content": "x"}) == (400, 50035)


async def test_an_embed_shows_a_file_of_its_message(bot: Client) -> None:
    """docs: reference#uploading-files, using attachments within embeds"""
    path = f"/channels/{bot.stand_in.channels['general']}/messages"
    body = {"embeds": [{"title": "x", "image": {"url": "attachment://a.png"}}]}
    made = await bot.do("POST", path, body, files={"a.png": b"png", "b.txt": b"text"})
    assert made["embeds"][0]["image"]["url"].endswith("/a.png")
    assert [each["filename"] for each in made["attachments"]] == ["b.txt"]


# --- selects --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        select(3, options=[]),
        select(3, options=OPTIONS * 9),
        select(3, options=[OPTIONS[0], OPTIONS[0]]),
        select(3, placeholder="x" * 151),
        select(3, min_values=2),
        select(3, max_values=4),
        select(3, min_values=0, required=True),
        select(3, options=[{**each, "default": True} for each in OPTIONS]),
        select(5, max_values=26),
        select(5, default_values=[{"id": "1", "type": "role"}]),
        select(7, default_values=[{"id": "1", "type": "channel"}]),
        select(8, default_values=[{"id": "1", "type": "channel"}, {"id": "2", "type": "channel"}]),
        select(8, channel_types=[99]),
        select(6, custom_id=""),
    ],
)
async def test_a_select_beyond_a_limit_is_refused(bot: Client, wrong: dict[str, Any]) -> None:
    """docs: components/reference#string-select and following"""
    path = f"/channels/{bot.stand_in.channels['general']}/messages"
    assert await bot.refused("POST", path, {"content": "x", "components": [row(wrong)]}) == (400, 50035)
    assert await bot.refused("POST", path, {"content": "x", "components": [row(GO, select(5))]}) == (400, 50035)


async def choose(play: Play, shown: dict[str, Any], *values: str) -> tuple[int, Any]:
    """The answer to a member who chooses these in such a select of a message."""
    message = await play.bot.say("Choose", components=[row(shown)])
    data = {"component_type": shown["type"], "custom_id": "s", "values": list(values)}
    return await play.member.ask("POST", "/interactions", play.body(3, data, message_id=message["id"]))


async def test_selects_of_every_kind_tell_what_was_chosen(play: Play) -> None:
    """docs: components/reference#user-select to #channel-select, resolved"""
    guild = play.stand_in.world.guilds[play.stand_in.guild_id]
    role = str(next(each.id for each in guild.roles.values() if each.id != guild.id))
    person, where = str(play.member.id), str(play.channel)
    for kind, value, kept in (
        (5, person, {"users", "members"}),
        (6, role, {"roles"}),
        (7, role, {"roles"}),
        (7, person, {"users", "members"}),
        (8, where, {"channels"}),
    ):
        assert (await choose(play, select(kind), value))[0] == 204
        got = await play.at_bot.event("INTERACTION_CREATE")
        assert got["data"]["values"] == [value] and got["data"]["component_type"] == kind
        assert set(got["data"]["resolved"]) == kept
        assert (await choose(play, select(kind), "1"))[0] == 400


async def test_a_channel_select_offers_its_types_of_channel_alone(play: Play) -> None:
    """docs: components/reference#channel-select, channel_types"""
    shown = select(8, channel_types=[15])
    assert (await choose(play, shown, str(play.channel)))[0] == 400


async def test_nothing_can_be_chosen_where_the_select_allows_it(play: Play) -> None:
    """docs: components/reference#string-select, min_values 0"""
    assert (await choose(play, select(3, min_values=0)))[0] == 204
    assert (await play.at_bot.event("INTERACTION_CREATE"))["data"]["values"] == []


async def test_default_values_are_shown_again(bot: Client) -> None:
    """docs: components/reference#user-select-select-default-value-structure"""
    defaults = [{"id": str(bot.id), "type": "user"}]
    made = await bot.say("x", components=[row(select(7, default_values=defaults, max_values=2))])
    [shown] = made["components"][0]["components"]
    assert (shown["default_values"], shown["min_values"], shown["max_values"]) == (defaults, 1, 2)
