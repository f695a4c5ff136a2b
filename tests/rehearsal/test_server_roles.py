"""The stand-in's roles and who may hand them out, against Discord's documentation (guild, topics/permissions)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn
from tests.rehearsal.conftest import EVERYTHING

MAY = Permission.MANAGE_ROLES | Permission.SEND_MESSAGES | Permission.VIEW_CHANNEL


@pytest.fixture
def roles(stand_in: StandIn) -> str:
    return f"/guilds/{stand_in.guild_id}/roles"


@pytest.fixture
def keeper(stand_in: StandIn, moderator: Any) -> Any:
    """The moderator, who may manage roles."""
    own = _named(stand_in, "Moderators")
    stand_in.backstage.permit_role(own.id, own.permissions | MAY)
    return moderator


def _named(stand_in: StandIn, name: str) -> Any:
    return next(each for each in stand_in.backstage.guild.roles.values() if each.name == name)


async def test_a_role_is_made_changed_and_deleted(stand_in: StandIn, keeper, bot, roles):
    """docs: resources/guild#create-guild-role and following; events/gateway-events#guild-role-create"""
    line = await bot.listen()
    made = await keeper.do("POST", roles, {"name": "Readers", "color": 0xFF0000, "hoist": True})
    everyone = stand_in.backstage.guild.roles[stand_in.guild_id]
    assert (made["name"], made["position"], made["permissions"]) == ("Readers", 1, str(everyone.permissions))
    assert (made["color"], made["colors"]["primary_color"], made["hoist"]) == (0xFF0000, 0xFF0000, True)
    edited = await keeper.do("PATCH", f"{roles}/{made['id']}", {"name": "Writers", "permissions": "0"})
    assert (edited["name"], edited["permissions"], edited["hoist"]) == ("Writers", "0", True)
    await keeper.do("DELETE", f"{roles}/{made['id']}")
    told = [(name, data.get("role", {}).get("name") or data["role_id"]) for name, data in await line.news()]
    assert told == [
        ("GUILD_ROLE_CREATE", "Readers"),
        ("GUILD_ROLE_UPDATE", "Writers"),
        ("GUILD_ROLE_DELETE", made["id"]),
    ]
    assert await keeper.refused("GET", f"{roles}/{made['id']}") == (404, 10011)


async def test_roles_need_manage_roles(ada, roles):
    """docs: resources/guild#create-guild-role"""
    assert await ada.refused("POST", roles, {"name": "x"}) == (403, 50013)


async def test_nobody_touches_a_role_above_their_own(stand_in: StandIn, keeper, ada, roles):
    """docs: topics/permissions#permission-hierarchy"""
    high = stand_in.backstage.add_role("High")
    assert await keeper.refused("PATCH", f"{roles}/{high}", {"name": "x"}) == (403, 50013)
    assert await keeper.refused("DELETE", f"{roles}/{high}") == (403, 50013)
    given = f"/guilds/{stand_in.guild_id}/members/{ada.id}/roles/{high}"
    assert await keeper.refused("PUT", given) == (403, 50013)
    own = _named(stand_in, "Moderators").id
    assert await keeper.refused("PATCH", f"{roles}/{own}", {"name": "x"}) == (403, 50013)


async def test_of_two_roles_in_one_place_the_older_is_higher(stand_in: StandIn, keeper, roles):
    """docs: topics/permissions#role-object, position: roles with the same position are sorted by id"""
    own = _named(stand_in, "Moderators")
    younger = stand_in.backstage.add_role("Younger", position=own.position)
    assert await keeper.do("PATCH", f"{roles}/{younger}", {"name": "Still below"})


async def test_nobody_grants_a_role_what_they_do_not_have(stand_in: StandIn, keeper, roles):
    """docs: topics/permissions#permission-hierarchy: what the role has already may stay"""
    body = {"name": "x", "permissions": str(int(Permission.BAN_MEMBERS))}
    assert await keeper.refused("POST", roles, body) == (403, 50013)
    strong = stand_in.backstage.add_role("Strong", int(Permission.BAN_MEMBERS), position=0)
    both = str(int(Permission.BAN_MEMBERS | Permission.SEND_MESSAGES))
    assert (await keeper.do("PATCH", f"{roles}/{strong}", {"permissions": both}))["permissions"] == both


async def test_the_role_of_an_application_is_not_handed_about(stand_in: StandIn, session, ada, roles):
    """docs: topics/permissions#role-object, managed; JSON error 50028"""
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.bot_id)
    owner = stand_in.world.users[stand_in.backstage.guild.owner_id]
    headers = {"Authorization": owner.token}
    async with session.delete(f"{stand_in.api}{roles}/{own.id}", headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50028)
    path = f"{stand_in.api}/guilds/{stand_in.guild_id}/members/{ada.id}/roles/{own.id}"
    async with session.put(path, headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (403, 50013)


async def test_a_role_is_given_and_taken(stand_in: StandIn, keeper, bot, ada, roles):
    """docs: resources/guild#add-guild-member-role, #remove-guild-member-role"""
    made = await keeper.do("POST", roles, {"name": "Readers"})
    line = await bot.listen()
    path = f"/guilds/{stand_in.guild_id}/members/{ada.id}/roles/{made['id']}"
    await keeper.do("PUT", path)
    await keeper.do("PUT", path)
    assert (await keeper.do("GET", f"{roles}/member-counts"))[made["id"]] == 1
    await keeper.do("DELETE", path)
    assert [data["roles"] for data in await line.of("GUILD_MEMBER_UPDATE")] == [[made["id"]], []]
    assert await ada.refused("PUT", path) == (403, 50013)


async def test_a_guild_has_250_roles(stand_in: StandIn, keeper, roles):
    """docs: JSON error 30005"""
    for number in range(247):
        stand_in.backstage.add_role(str(number), position=0)
    assert await keeper.refused("POST", roles, {"name": "x"}) == (400, 30005)


async def test_who_gets_to_view_a_channel_is_told_of_it_and_of_its_threads(stand_in: StandIn, bot, ada, keeper, roles):
    """docs: events/gateway-events#thread-list-sync, resources/channel#channel-object-obfuscated-channels"""
    hidden = stand_in.channels["moderators"]
    message = await bot.say("x", "moderators")
    thread = await bot.do("POST", f"/channels/{hidden}/messages/{message['id']}/threads", {"name": "Secret"})
    line = await ada.listen()
    moderators = _named(stand_in, "Moderators")
    stand_in.backstage.give_roles(ada.id, [moderators.id])
    news = await line.news()
    assert [name for name, _ in news] == ["GUILD_MEMBER_UPDATE", "CHANNEL_UPDATE", "THREAD_LIST_SYNC"]
    assert news[1][1]["name"] == "moderators"
    assert news[2][1]["channel_ids"] == [str(hidden)]
    assert [each["id"] for each in news[2][1]["threads"]] == [thread["id"]]
    stand_in.backstage.give_roles(ada.id, [])
    (update,) = await line.of("CHANNEL_UPDATE")
    assert (update["id"], update["name"]) == (str(hidden), "___hidden___")


async def test_a_channel_one_may_not_view_comes_without_what_it_is(stand_in: StandIn, bot):
    """docs: resources/channel#channel-object-obfuscated-channels; change log of 12 August 2026"""
    secret = stand_in.backstage.add_channel("secret", forum=True)
    line = await bot.connect()
    stand_in.backstage.overwrite(secret, stand_in.bot_id, deny=Permission.VIEW_CHANNEL)
    await line.send(2, {"token": bot.token, "properties": {}, "intents": EVERYTHING})
    guild = await line.event("GUILD_CREATE")
    (told,) = [each for each in guild["channels"] if each["id"] == str(secret)]
    assert (told["name"], told["type"], told["flags"]) == ("___hidden___", 15, 1 << 17)
    (only,) = told["permission_overwrites"]
    assert (only["id"], only["deny"]) == (str(stand_in.guild_id), str(int(Permission.VIEW_CHANNEL)))
    listed = await bot.do("GET", f"/guilds/{stand_in.guild_id}/channels")
    assert str(secret) not in {each["id"] for each in listed}
    stand_in.backstage.overwrite(secret, stand_in.bot_id)
    news = await line.news()
    assert [name for name, _ in news] == ["CHANNEL_UPDATE", "THREAD_LIST_SYNC"]
    assert news[0][1]["name"] == "secret"
