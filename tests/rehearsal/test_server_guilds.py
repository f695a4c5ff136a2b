"""What is made and kept on the stand-in's guilds, against Discord's documentation (guild, audit-log, emoji)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn

EVERYTHING = Permission.MANAGE_CHANNELS | Permission.MANAGE_ROLES | Permission.VIEW_AUDIT_LOG


@pytest.fixture
def keeper(stand_in: StandIn, moderator: Any) -> Any:
    """The moderator, who may manage channels and roles and see the audit log."""
    role = next(each for each in stand_in.backstage.guild.roles.values() if each.name == "Moderators")
    stand_in.backstage.permit_role(role.id, role.permissions | EVERYTHING)
    return moderator


async def test_a_channel_is_made_and_told(stand_in: StandIn, keeper, bot):
    """docs: resources/guild#create-guild-channel; events/gateway-events#channel-create"""
    line = await bot.listen()
    path = f"/guilds/{stand_in.guild_id}/channels"
    text = await keeper.do("POST", path, {"name": "Tea Rooms", "topic": "x"})
    assert (text["type"], text["name"], text["topic"]) == (0, "tea-rooms", "x")
    forum = await keeper.do(
        "POST", path, {"name": "debate", "type": 15, "available_tags": [{"name": "a"}], "default_sort_order": 1}
    )
    assert (forum["type"], forum["default_sort_order"], forum["available_tags"][0]["name"]) == (15, 1, "a")
    assert [data["id"] for data in await line.of("CHANNEL_CREATE")] == [text["id"], forum["id"]]


async def test_making_a_channel_needs_manage_channels_and_overwrites_manage_roles(stand_in: StandIn, bot, keeper):
    """docs: resources/guild#create-guild-channel"""
    path = f"/guilds/{stand_in.guild_id}/channels"
    assert await bot.refused("POST", path, {"name": "x"}) == (403, 50013)
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.bot_id)
    stand_in.backstage.permit_bot(own.permissions | Permission.MANAGE_CHANNELS)
    everyone = {"id": str(stand_in.guild_id), "type": 0, "deny": str(int(Permission.ADD_REACTIONS))}
    body = {"name": "x", "permission_overwrites": [everyone]}
    assert await bot.refused("POST", path, body) == (403, 50013)
    stand_in.backstage.permit_bot(own.permissions | Permission.MANAGE_ROLES)
    made = await bot.do("POST", path, body)
    assert made["permission_overwrites"][0]["deny"] == str(int(Permission.ADD_REACTIONS))


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 101}, {"name": "x", "topic": "x" * 1025}])
async def test_a_channel_is_made_within_the_limits(stand_in: StandIn, keeper, body):
    """docs: resources/channel#channel-object"""
    assert await keeper.refused("POST", f"/guilds/{stand_in.guild_id}/channels", body) == (400, 50035)


async def test_channels_of_other_kinds_are_said_not_to_be_modelled(stand_in: StandIn, keeper):
    """STAND-IN: never a made-up success."""
    path = f"/guilds/{stand_in.guild_id}/channels"
    assert (await keeper.ask("POST", path, {"name": "x", "type": 2}))[0] == 501


async def test_an_overwrite_is_set_and_taken_away_again(stand_in: StandIn, keeper, ada):
    """docs: resources/channel#edit-channel-permissions, #delete-channel-permission"""
    general = stand_in.channels["general"]
    path = f"/channels/{general}/permissions/{stand_in.guild_id}"
    deny = {"type": 0, "allow": "0", "deny": str(int(Permission.SEND_MESSAGES))}
    await keeper.do("PUT", path, deny)
    assert await ada.refused("POST", f"/channels/{general}/messages", {"content": "x"}) == (403, 50013)
    assert await ada.refused("PUT", path, deny) == (403, 50013)
    await keeper.do("DELETE", path)
    assert await ada.say("x")
    assert await keeper.refused("DELETE", path) == (404, 10009)


async def test_nobody_gives_what_they_do_not_have(stand_in: StandIn, keeper):
    """docs: topics/permissions#permission-hierarchy"""
    path = f"/channels/{stand_in.channels['general']}/permissions/{stand_in.guild_id}"
    body = {"type": 0, "allow": str(int(Permission.MANAGE_GUILD)), "deny": "0"}
    assert await keeper.refused("PUT", path, body) == (403, 50013)


async def test_the_audit_log_says_who_did_what_and_why(stand_in: StandIn, keeper, session, ada):
    """docs: resources/audit-log; the X-Audit-Log-Reason header is URL-encoded"""
    path = f"/guilds/{stand_in.guild_id}/channels"
    headers = {"Authorization": keeper.token, "X-Audit-Log-Reason": "for%20tea"}
    async with session.post(stand_in.api + path, headers=headers, json={"name": "tea"}) as answer:
        made = await answer.json()
    log = await keeper.do("GET", f"/guilds/{stand_in.guild_id}/audit-logs", limit=1)
    (entry,) = log["audit_log_entries"]
    assert (entry["action_type"], entry["target_id"], entry["user_id"], entry["reason"]) == (
        10,
        made["id"],
        str(keeper.id),
        "for tea",
    )
    assert [each["id"] for each in log["users"]] == [str(keeper.id)]
    assert await ada.refused("GET", f"/guilds/{stand_in.guild_id}/audit-logs") == (403, 50013)


async def test_the_audit_log_says_who_invited_the_bot(stand_in: StandIn, keeper):
    """docs: resources/audit-log#audit-log-entry-object-audit-log-events, BOT_ADD"""
    log = await keeper.do("GET", f"/guilds/{stand_in.guild_id}/audit-logs", action_type=28)
    (entry,) = log["audit_log_entries"]
    assert entry["target_id"] == str(stand_in.bot_id)
    assert int(entry["user_id"]) == stand_in.backstage.guild.owner_id


async def test_a_guilds_own_emoji_is_listed_and_reacted_with(stand_in: StandIn, bot, ada):
    """docs: resources/emoji; resources/message#create-reaction, `name:id`"""
    line = await bot.listen()
    emoji = stand_in.backstage.add_emoji("teacup")
    (told,) = await line.of("GUILD_EMOJIS_UPDATE")
    assert [each["name"] for each in told["emojis"]] == ["teacup"]
    assert (await bot.do("GET", f"/guilds/{stand_in.guild_id}/emojis"))[0]["id"] == str(emoji)
    message = await bot.say("vote")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}"
    await ada.do("PUT", f"{path}/reactions/teacup:{emoji}/@me")
    (reacted,) = await line.of("MESSAGE_REACTION_ADD")
    assert reacted["emoji"] == {"id": str(emoji), "name": "teacup"}
    assert [each["id"] for each in await bot.do("GET", f"{path}/reactions/teacup:{emoji}")] == [str(ada.id)]
    assert await ada.refused("PUT", f"{path}/reactions/teacup:7/@me") == (400, 10014)


@pytest.mark.parametrize("wrong", ["👍👎", "👍👍", "yes", "teacup"])
async def test_what_is_no_emoji_is_refused(bot, wrong):
    """docs: resources/message#create-reaction; JSON error 10014"""
    message = await bot.say("vote")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/reactions/{wrong}/@me"
    assert await bot.refused("PUT", path) == (400, 10014)


async def test_a_bot_sees_itself_join_and_leave_a_guild(stand_in: StandIn, bot, ada):
    """docs: events/gateway-events#guild-create, #guild-delete"""
    line = await bot.listen()
    guild = stand_in.backstage.add_guild("Another", ada.id)
    joined = await line.event("GUILD_CREATE")
    assert (joined["id"], joined["system_channel_id"]) == (str(guild), joined["channels"][0]["id"])
    assert joined["system_channel_flags"] & 1  # nobody who joins is announced there, and nobody is
    assert len(await bot.do("GET", "/users/@me/guilds")) == 2
    stand_in.backstage.remove_bot(guild)
    assert await line.event("GUILD_DELETE") == {"id": str(guild)}


async def test_another_guilds_emoji_needs_its_permission_and_to_be_there(stand_in: StandIn, bot, ada):
    """docs: topics/permissions#permissions-bitwise-permission-flags, USE_EXTERNAL_EMOJIS; JSON error 10014"""
    elsewhere = stand_in.backstage.at(stand_in.backstage.add_guild("Another"))
    emoji = elsewhere.add_emoji("teacup")
    message = await bot.say("vote")
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/reactions/teacup:{emoji}/@me"
    assert await ada.refused("PUT", path) == (400, 10014)
    assert await bot.refused("PUT", path) == (403, 50013)
    stand_in.backstage.overwrite(int(message["channel_id"]), bot.id, allow=Permission.USE_EXTERNAL_EMOJIS)
    await bot.do("PUT", path)
    await ada.do("PUT", path)


@pytest.mark.parametrize("kind", [0, 1])
async def test_an_overwrite_is_of_somebody_that_there_is(stand_in: StandIn, keeper, kind):
    """docs: JSON errors 10011 and 10013"""
    path = f"/channels/{stand_in.channels['general']}/permissions/7"
    assert await keeper.refused("PUT", path, {"type": kind}) == (404, (10011, 10013)[kind])


async def test_only_administrators_hand_out_manage_roles_in_a_channel(stand_in: StandIn, keeper):
    """docs: resources/guild#create-guild-channel"""
    path = f"/channels/{stand_in.channels['general']}/permissions/{stand_in.guild_id}"
    assert await keeper.refused("PUT", path, {"type": 0, "deny": str(int(Permission.MANAGE_ROLES))}) == (403, 50013)


async def test_who_denied_a_permission_to_all_can_allow_it_again(stand_in: StandIn, bot):
    """docs: resources/channel#edit-channel-permissions: what counts is what one has on the guild"""
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.bot_id)
    stand_in.backstage.permit_bot(own.permissions | Permission.MANAGE_ROLES)
    path = f"/channels/{stand_in.channels['general']}/permissions"
    sending = str(int(Permission.SEND_MESSAGES))
    await bot.do("PUT", f"{path}/{stand_in.guild_id}", {"type": 0, "deny": sending})
    assert await bot.refused("POST", f"/channels/{stand_in.channels['general']}/messages", {"content": "x"})
    await bot.do("PUT", f"{path}/{own.id}", {"type": 0, "allow": sending})
    assert await bot.say("x")


async def test_a_guild_whose_system_channel_goes_has_none(stand_in: StandIn, keeper, bot):
    """docs: resources/guild#guild-object, system_channel_id; events/gateway-events#guild-update"""
    line = await bot.listen()
    await keeper.do("DELETE", f"/channels/{stand_in.channels['general']}")
    assert [each["system_channel_id"] for each in await line.of("GUILD_UPDATE")] == [None]
    stand_in.backstage.set_system_channel(stand_in.channels["critique"])
    assert [each["system_channel_id"] for each in await line.of("GUILD_UPDATE")] == [str(stand_in.channels["critique"])]
