"""Pins, and what of a guild can be listed, against Discord's documentation (message, guild)."""

from __future__ import annotations

from typing import Any

from rehearsal.server import StandIn


async def test_pinning_needs_pin_messages_and_is_announced(bot, moderator):
    """docs: resources/message#pin-message; topics/permissions, PIN_MESSAGES"""
    message = await bot.say("list")
    pins = f"/channels/{message['channel_id']}/messages/pins"
    assert await moderator.refused("PUT", f"{pins}/{message['id']}") == (403, 50013)
    line = await moderator.listen()
    await bot.do("PUT", f"{pins}/{message['id']}")
    names = [name for name, _ in await line.news()]
    assert names == ["MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE", "MESSAGE_CREATE"]
    notice = (await bot.do("GET", f"/channels/{message['channel_id']}/messages"))[0]
    assert notice["type"] == 6 and notice["message_reference"]["message_id"] == message["id"]
    [pinned] = (await moderator.do("GET", pins))["items"]
    assert pinned["message"]["id"] == message["id"] and pinned["message"]["pinned"]
    await bot.do("DELETE", f"{pins}/{message['id']}")
    assert (await bot.do("GET", pins))["items"] == []


async def test_pins_are_paged_by_time_and_250_at_most(bot, monkeypatch):
    """docs: resources/message#get-channel-pins; 30003"""
    monkeypatch.setattr("rehearsal.server.pins.MOST_PINS", 3)
    messages = [await bot.say(str(n)) for n in range(4)]
    pins = f"/channels/{messages[0]['channel_id']}/messages/pins"
    for each in messages[:3]:
        await bot.do("PUT", f"{pins}/{each['id']}")
    assert await bot.refused("PUT", f"{pins}/{messages[3]['id']}") == (400, 30003)
    page = await bot.do("GET", pins, limit=2)
    assert [each["message"]["content"] for each in page["items"]] == ["2", "1"] and page["has_more"]
    rest = await bot.do("GET", pins, before=page["items"][-1]["pinned_at"])
    assert [each["message"]["content"] for each in rest["items"]] == ["0"]


async def test_a_guild_its_channels_roles_and_members_can_be_read(stand_in: StandIn, bot, ada):
    """docs: resources/guild#get-guild and following"""
    guild = f"/guilds/{stand_in.guild_id}"
    assert (await bot.do("GET", guild, with_counts="true"))["approximate_member_count"] == 6
    assert {each["name"] for each in await bot.do("GET", f"{guild}/channels")} == {"general", "critique", "moderators"}
    roles: list[dict[str, Any]] = await bot.do("GET", f"{guild}/roles")
    assert {each["name"] for each in roles} == {"@everyone", "Moderators", "point-eleven"}
    assert (await bot.do("GET", f"{guild}/members/{ada.id}"))["user"]["id"] == str(ada.id)
    assert await bot.refused("GET", f"{guild}/members/1") == (404, 10013)
    assert await bot.refused("GET", "/guilds/1") == (404, 10004)
    assert (await ada.do("PATCH", f"{guild}/members/@me", {"nick": "Ada"}))["nick"] == "Ada"


async def test_listing_members_needs_the_members_intent(stand_in: StandIn, bot):
    """docs: resources/guild#list-guild-members"""
    path = f"/guilds/{stand_in.guild_id}/members"
    assert len(await bot.do("GET", path, limit=100)) == 6
    stand_in.backstage.switch_intent("members", on=False)
    assert await bot.refused("GET", path) == (403, 50001)
