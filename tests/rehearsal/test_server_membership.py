"""The stand-in's members changed and sent away, against Discord's documentation (resources/guild)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rehearsal.server import Permission, StandIn

MAY = (
    Permission.MANAGE_ROLES
    | Permission.MANAGE_NICKNAMES
    | Permission.MODERATE_MEMBERS
    | Permission.KICK_MEMBERS
    | Permission.BAN_MEMBERS
    | Permission.VIEW_AUDIT_LOG
)


@pytest.fixture
def guild(stand_in: StandIn) -> str:
    return f"/guilds/{stand_in.guild_id}"


@pytest.fixture
def keeper(stand_in: StandIn, moderator: Any) -> Any:
    """The moderator, who may do everything to members."""
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.name == "Moderators")
    stand_in.backstage.permit_role(own.id, own.permissions | MAY)
    return moderator


def in_days(stand_in: StandIn, days: float) -> str:
    return (stand_in.world.clock.now() + timedelta(days=days)).isoformat()


async def test_a_member_is_timed_out_for_28_days_at_most(stand_in: StandIn, keeper, ada, bot, guild):
    """docs: resources/guild#modify-guild-member, communication_disabled_until"""
    line, path = await bot.listen(), f"{guild}/members/{ada.id}"
    until = in_days(stand_in, 1)
    told = await keeper.do("PATCH", path, {"communication_disabled_until": until})
    assert told["communication_disabled_until"].startswith(until[:19])
    assert [each["user"]["id"] for each in await line.of("GUILD_MEMBER_UPDATE")] == [str(ada.id)]
    general = f"/channels/{stand_in.channels['general']}/messages"
    assert await ada.refused("POST", general, {"content": "x"}) == (403, 50013)
    long = {"communication_disabled_until": in_days(stand_in, 29)}
    assert await keeper.refused("PATCH", path, long) == (400, 50035)
    await keeper.do("PATCH", path, {"communication_disabled_until": None})
    assert await ada.say("back")


async def test_the_owner_and_administrators_are_not_timed_out(stand_in: StandIn, keeper, ada, guild):
    """docs: resources/guild#modify-guild-member: 403"""
    strong = stand_in.backstage.add_role("Strong", int(Permission.ADMINISTRATOR), position=0)
    stand_in.backstage.give_roles(ada.id, [strong])
    body = {"communication_disabled_until": in_days(stand_in, 1)}
    for user_id in (ada.id, stand_in.backstage.guild.owner_id):
        assert await keeper.refused("PATCH", f"{guild}/members/{user_id}", body) == (403, 50013)


async def test_each_change_of_a_member_needs_its_permission(stand_in: StandIn, bot, ada, guild):
    """docs: resources/guild#modify-guild-member, column Permission"""
    for body in ({"nick": "x"}, {"roles": []}, {"communication_disabled_until": None}):
        assert await bot.refused("PATCH", f"{guild}/members/{ada.id}", body) == (403, 50013)
    for method, path in (("DELETE", "members"), ("PUT", "bans")):
        assert await bot.refused(method, f"{guild}/{path}/{ada.id}", {}) == (403, 50013)


async def test_a_nickname_is_given_to_those_below(stand_in: StandIn, keeper, ada, bot, guild):
    """docs: topics/permissions#permission-hierarchy"""
    assert (await keeper.do("PATCH", f"{guild}/members/{ada.id}", {"nick": "Ada L."}))["nick"] == "Ada L."
    assert await keeper.refused("PATCH", f"{guild}/members/{bot.id}", {"nick": "x"}) == (403, 50013)
    assert [each["nick"] for each in await keeper.do("GET", f"{guild}/members/search", query="ada l")] == ["Ada L."]


async def test_a_members_roles_are_replaced(stand_in: StandIn, keeper, ada, guild):
    """docs: resources/guild#modify-guild-member, roles; JSON error 10011"""
    low, high = stand_in.backstage.add_role("Low", position=1), stand_in.backstage.add_role("High")
    path = f"{guild}/members/{ada.id}"
    assert (await keeper.do("PATCH", path, {"roles": [str(low)]}))["roles"] == [str(low)]
    assert await keeper.refused("PATCH", path, {"roles": [str(low), str(high)]}) == (403, 50013)
    assert await keeper.refused("PATCH", path, {"roles": ["7"]}) == (404, 10011)


async def test_voice_is_said_not_to_be_modelled(keeper, ada, guild):
    """STAND-IN: never a made-up success."""
    assert (await keeper.ask("PATCH", f"{guild}/members/{ada.id}", {"mute": True}))[0] == 501


async def test_who_is_kicked_is_gone_and_told(stand_in: StandIn, keeper, ada, bot, guild):
    """docs: resources/guild#remove-guild-member; events/gateway-events#guild-member-remove, #guild-delete"""
    line, theirs = await bot.listen(), await ada.listen()
    await keeper.do("DELETE", f"{guild}/members/{ada.id}")
    (gone,) = await line.of("GUILD_MEMBER_REMOVE")
    assert gone["user"]["id"] == str(ada.id)
    assert await theirs.event("GUILD_DELETE") == {"id": str(stand_in.guild_id)}
    assert await keeper.refused("GET", f"{guild}/members/{ada.id}") == (404, 10007)
    assert await keeper.refused("DELETE", f"{guild}/members/{bot.id}") == (403, 50013)


async def test_a_ban_sends_away_and_deletes_what_was_written(stand_in: StandIn, keeper, ada, bea, bot, guild, session):
    """docs: resources/guild#create-guild-ban; events/gateway-events#guild-ban-add"""
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.bot_id)
    stand_in.backstage.permit_bot(own.permissions | Permission.BAN_MEMBERS)
    old = await ada.say("long ago")
    stand_in.world.clock.ahead += 3600
    new, others = await ada.say("now"), await bea.say("mine")
    line = await bot.listen()
    headers = {"Authorization": keeper.token, "X-Audit-Log-Reason": "spam"}
    path = f"{stand_in.api}{guild}/bans/{ada.id}"
    async with session.put(path, headers=headers, json={"delete_message_seconds": 60}) as answer:
        assert answer.status == 204
    names = [name for name, _ in await line.news()]
    assert names == ["GUILD_BAN_ADD", "GUILD_MEMBER_REMOVE", "MESSAGE_DELETE_BULK"]
    left = {each["id"] for each in await bot.do("GET", f"/channels/{old['channel_id']}/messages")}
    assert left >= {old["id"], others["id"]} and new["id"] not in left
    assert (await keeper.do("GET", f"{guild}/bans/{ada.id}"))["reason"] == "spam"
    assert [each["user"]["id"] for each in await keeper.do("GET", f"{guild}/bans")] == [str(ada.id)]


async def test_a_ban_is_lifted(stand_in: StandIn, keeper, ada, guild):
    """docs: resources/guild#remove-guild-ban; JSON errors 10013 and 10026"""
    await keeper.do("PUT", f"{guild}/bans/{ada.id}", {})
    await keeper.do("DELETE", f"{guild}/bans/{ada.id}")
    assert await keeper.refused("GET", f"{guild}/bans/{ada.id}") == (404, 10026)
    assert await keeper.refused("PUT", f"{guild}/bans/7", {}) == (404, 10013)


async def test_bans_are_told_to_those_who_may_see_them(stand_in: StandIn, keeper, ada, bot, guild):
    """docs: events/gateway-events#guild-ban-add; that a permission is needed is known from users' reports"""
    line = await bot.listen()
    await keeper.do("PUT", f"{guild}/bans/{ada.id}", {})
    assert await line.of("GUILD_BAN_ADD") == []


async def test_a_bot_leaves_of_its_own_accord_with_its_role(stand_in: StandIn, bot, ada, guild):
    """docs: resources/user#leave-guild; events/gateway-events#guild-role-delete"""
    line, theirs = await bot.listen(), await ada.listen()
    await bot.do("DELETE", f"/users/@me{guild}")
    assert [name for name, _ in await line.news()] == ["GUILD_DELETE"]
    told = [name for name, _ in await theirs.news() if name.startswith("GUILD")]
    assert told == ["GUILD_ROLE_DELETE", "GUILD_MEMBER_REMOVE"]
    stand_in.backstage.invite_bot(ada.id)
    assert (await line.event("GUILD_CREATE"))["id"] == str(stand_in.guild_id)
    assert [name for name, _ in await theirs.news()] == ["GUILD_ROLE_CREATE", "GUILD_MEMBER_ADD"]
