"""What members may fill into a command's options, against Discord's documentation (interactions/*)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn
from tests.rehearsal.conftest import Client
from tests.rehearsal.test_server_commands import Play

KINDS: dict[str, dict[str, Any]] = {
    "flag": {"type": 5},
    "who": {"type": 6},
    "where": {"type": 7, "channel_types": [0]},
    "role": {"type": 8},
    "whom": {"type": 9},
    "ratio": {"type": 10, "min_value": 0.5, "max_value": 1.5},
    "count": {"type": 4, "autocomplete": True},
    "share": {"type": 10, "autocomplete": True},
    "size": {"type": 4, "choices": [{"name": "Small", "value": 1}, {"name": "Large", "value": 2}]},
}


@pytest.fixture
async def play(stand_in: StandIn, bot: Client, ada: Client) -> Play:
    options = [{"name": name, "description": "One", **rest} for name, rest in KINDS.items()]
    return await Play(stand_in, bot, ada).start(options=options)


def given(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"type": KINDS[name]["type"], "name": name, "value": value, **more}


async def test_every_kind_of_thing_is_resolved(play: Play) -> None:
    """docs: interactions/receiving-and-responding#interaction-object-resolved-data-structure"""
    guild = play.stand_in.world.guilds[play.stand_in.guild_id]
    role, other = str(next(each.id for each in guild.roles.values() if each.id != guild.id)), str(play.bot.id)
    where = str(play.channel)
    sent = [given("who", other), given("where", where), given("role", role), given("whom", role)]
    got = await play.use(*sent, given("flag", False), given("ratio", 1), given("size", 2))
    assert [each["value"] for each in got["data"]["options"]] == [other, where, role, role, False, 1, 2]
    resolved = got["data"]["resolved"]
    assert other in resolved["users"] and other in resolved["members"] and role in resolved["roles"]
    assert {"id", "name", "type", "permissions"} <= set(resolved["channels"][where])


@pytest.mark.parametrize(
    "option",
    [
        given("flag", "yes"),
        given("ratio", 1.6),
        given("ratio", "1"),
        given("size", 3),
        given("count", 2**53 + 1),
        given("count", 1.5),
        given("role", "1"),
        given("whom", "1"),
    ],
)
async def test_a_value_of_the_wrong_kind_is_refused(play: Play, option: dict[str, Any]) -> None:
    """docs: interactions/application-commands#application-command-object-application-command-option-type"""
    assert await play.member.refused("POST", "/interactions", play.command(option)) == (400, 50035)


async def test_a_channel_of_another_type_cannot_be_named(play: Play) -> None:
    """docs: interactions/application-commands, channel_types"""
    thread = await play.bot.start_thread()
    body = play.command(given("where", thread["id"]))
    assert await play.member.refused("POST", "/interactions", body) == (400, 50035)


@pytest.mark.parametrize(("name", "right", "wrong"), [("count", 3, "3"), ("count", 3, 1.5), ("share", 0.5, "half")])
async def test_completions_have_the_type_of_their_option(play: Play, name: str, right: Any, wrong: Any) -> None:
    """docs: interactions/application-commands#autocomplete; what is typed so far comes as text"""
    await play.member.do("POST", "/interactions", play.command(given(name, "3", focused=True), kind=4))
    got = await play.at_bot.event("INTERACTION_CREATE")
    assert got["data"]["options"] == [given(name, "3", focused=True)]
    path = f"/interactions/{got['id']}/{got['token']}/callback"

    def offered(value: Any) -> dict[str, Any]:
        return {"type": 8, "data": {"choices": [{"name": "This", "value": value}]}}

    assert await play.bot.refused("POST", path, offered(wrong)) == (400, 50035)
    await play.bot.do("POST", path, offered(right))


async def test_the_index_hides_what_a_member_may_not_use(
    stand_in: StandIn, bot: Client, ada: Client, moderator: Client
) -> None:
    """docs: interactions/application-commands#permissions, default_member_permissions"""
    needed = str(Permission.MANAGE_MESSAGES.value)
    await Play(stand_in, bot, ada).start(default_member_permissions=needed)
    path = f"/guilds/{stand_in.guild_id}/application-command-index"
    names = [{each["name"] for each in (await one.do("GET", path))["application_commands"]} for one in (ada, moderator)]
    assert names == [{"point"}, {"probe", "point"}]


async def test_the_index_of_a_direct_message_shows_what_can_be_used_there(
    stand_in: StandIn, bot: Client, ada: Client
) -> None:
    """docs: interactions/application-commands#interaction-contexts. The route is that of Discord's own client."""
    play = await Play(stand_in, bot, ada).start(contexts=[0])
    channel = await ada.do("POST", "/users/@me/channels", {"recipient_id": str(bot.id)})
    index = await ada.do("GET", f"/channels/{channel['id']}/application-command-index")
    assert [each["name"] for each in index["application_commands"]] == ["point"]
    assert await bot.refused("GET", f"/channels/{channel['id']}/application-command-index") == (403, 20001)
    assert (await ada.ask("GET", f"/channels/{play.channel}/application-command-index"))[0] == 501
    play.channel = int(channel["id"])
    assert await ada.refused("POST", "/interactions", play.command()) == (404, 10063)
    # The referee knows channels of guilds only.
    stand_in.record.clear()
