"""The stand-in's audit log against Discord's documentation (resources/audit-log)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rehearsal.server import Permission, StandIn
from rehearsal.server.audit import Action

MAY = (
    Permission.MANAGE_ROLES | Permission.MANAGE_CHANNELS | Permission.VIEW_AUDIT_LOG | Permission.KICK_MEMBERS
) | Permission.PIN_MESSAGES
WITHOUT_MODERATION = 1


@pytest.fixture
def guild(stand_in: StandIn) -> str:
    return f"/guilds/{stand_in.guild_id}"


@pytest.fixture
def keeper(stand_in: StandIn, moderator: Any) -> Any:
    """The moderator, who may do much and see the audit log."""
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.name == "Moderators")
    stand_in.backstage.permit_role(own.id, own.permissions | MAY)
    return moderator


async def log(who: Any, guild: str, **query: Any) -> list[dict[str, Any]]:
    return (await who.do("GET", f"{guild}/audit-logs", **query))["audit_log_entries"]


def changed(entry: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{key: (old value, new value)} of an entry."""
    return {each["key"]: (each.get("old_value"), each.get("new_value")) for each in entry["changes"]}


async def test_an_entry_says_what_was_changed_from_what_to_what(stand_in: StandIn, keeper, guild):
    """docs: resources/audit-log#audit-log-change-object: what was null is left out"""
    general = stand_in.channels["general"]
    await keeper.do("PATCH", f"/channels/{general}", {"topic": "tea", "rate_limit_per_user": 5})
    (entry,) = await log(keeper, guild, limit=1)
    assert entry["action_type"] == Action.CHANNEL_UPDATE and entry["target_id"] == str(general)
    assert changed(entry) == {"topic": (None, "tea"), "rate_limit_per_user": (0, 5)}
    assert "old_value" not in next(each for each in entry["changes"] if each["key"] == "topic")


async def test_what_changes_nothing_is_no_entry(stand_in: StandIn, keeper, guild):
    """Discord's log shows changes; one without any is not there."""
    before = len(await log(keeper, guild))
    await keeper.do("PATCH", f"/channels/{stand_in.channels['general']}", {"name": "general"})
    assert len(await log(keeper, guild)) == before


async def test_overwrites_have_entries_of_their_own(stand_in: StandIn, keeper, guild):
    """docs: resources/audit-log#audit-log-entry-object-optional-audit-entry-info: id, type, role_name"""
    general, everyone = stand_in.channels["general"], str(stand_in.guild_id)
    deny = {"id": everyone, "type": 0, "deny": str(int(Permission.ADD_REACTIONS))}
    await keeper.do("PATCH", f"/channels/{general}", {"permission_overwrites": [deny]})
    await keeper.do("PUT", f"/channels/{general}/permissions/{everyone}", {**deny, "deny": "0"})
    await keeper.do("DELETE", f"/channels/{general}/permissions/{everyone}")
    entries = await log(keeper, guild, limit=3)
    assert [each["action_type"] for each in entries] == [15, 14, 13]
    assert entries[0]["options"] == {"id": everyone, "type": "0", "role_name": "@everyone"}
    assert changed(entries[1]) == {"deny": (str(int(Permission.ADD_REACTIONS)), "0")}


async def test_a_members_roles_are_an_entry_with_ids_and_names(stand_in: StandIn, keeper, ada, guild):
    """docs: resources/audit-log#audit-log-change-object-audit-log-change-exceptions, partial role"""
    low = stand_in.backstage.add_role("Low", position=0)
    await keeper.do("PUT", f"{guild}/members/{ada.id}/roles/{low}")
    (entry,) = await log(keeper, guild, limit=1)
    assert (entry["action_type"], entry["target_id"]) == (Action.MEMBER_ROLE_UPDATE, str(ada.id))
    assert entry["changes"] == [{"key": "$add", "new_value": [{"id": str(low), "name": "Low"}]}]


async def test_deleting_ones_own_message_is_no_entry_and_anothers_is(stand_in: StandIn, keeper, ada, guild):
    """docs: resources/audit-log#audit-log-entry-object-audit-log-events, MESSAGE_DELETE and following"""
    own, others, pinned = await ada.say("1"), await ada.say("2"), await ada.say("3")
    await ada.do("DELETE", f"/channels/{own['channel_id']}/messages/{own['id']}")
    await keeper.do("DELETE", f"/channels/{own['channel_id']}/messages/{others['id']}")
    await keeper.do("PUT", f"/channels/{own['channel_id']}/messages/pins/{pinned['id']}")
    pin, deleted = await log(keeper, guild, limit=2)
    assert (deleted["action_type"], deleted["target_id"]) == (Action.MESSAGE_DELETE, str(ada.id))
    assert deleted["options"] == {"channel_id": own["channel_id"], "count": "1"}
    assert pin["action_type"] == Action.MESSAGE_PIN and pin["options"]["message_id"] == pinned["id"]


async def test_threads_are_in_the_log_and_beside_it(stand_in: StandIn, bot, keeper, guild):
    """docs: resources/audit-log#audit-log-object, threads"""
    thread = await bot.start_thread()
    await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True, "locked": True})
    page = await keeper.do("GET", f"{guild}/audit-logs", limit=2)
    assert [each["action_type"] for each in page["audit_log_entries"]] == [111, 110]
    assert changed(page["audit_log_entries"][0]) == {"archived": (False, True), "locked": (False, True)}
    assert [each["id"] for each in page["threads"]] == [thread["id"]]
    await bot.do("DELETE", f"/channels/{thread['id']}")
    assert (await log(keeper, guild, limit=1))[0]["action_type"] == Action.THREAD_DELETE


async def test_the_log_is_paged_and_filtered(stand_in: StandIn, keeper, bot, guild):
    """docs: resources/audit-log#get-guild-audit-log: descending, or ascending after an entry"""
    general = f"/channels/{stand_in.channels['general']}"
    for topic in "abc":
        await keeper.do("PATCH", general, {"topic": topic})
    await bot.start_thread()
    newest = await log(keeper, guild, limit=2, user_id=keeper.id)
    assert [changed(each)["topic"][1] for each in newest] == ["c", "b"]
    older = await log(keeper, guild, action_type=11, before=newest[-1]["id"])
    assert [changed(each)["topic"][1] for each in older] == ["a"]
    after = await log(keeper, guild, after=older[0]["id"], limit=1)
    assert [changed(each)["topic"][1] for each in after] == ["b"]
    assert len(await log(keeper, guild, target_id=stand_in.channels["general"])) == 3
    for limit in (0, 101):
        assert await keeper.refused("GET", f"{guild}/audit-logs", limit=limit) == (400, 50035)


async def test_entries_are_kept_for_45_days(stand_in: StandIn, keeper, guild):
    """docs: resources/audit-log"""
    assert len(await log(keeper, guild)) == 1
    stand_in.world.clock.ahead += 46 * 86400
    assert await log(keeper, guild) == []


async def test_entries_are_told_to_applications_that_may_see_the_log(stand_in: StandIn, keeper, bot, guild):
    """docs: events/gateway-events#guild-audit-log-entry-create: VIEW_AUDIT_LOG and the moderation intent"""
    blind, line = await bot.listen(WITHOUT_MODERATION), await bot.listen()
    await keeper.do("PATCH", f"/channels/{stand_in.channels['general']}", {"topic": "unseen"})
    assert await line.of("GUILD_AUDIT_LOG_ENTRY_CREATE") == []
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.bot_id)
    stand_in.backstage.permit_bot(own.permissions | Permission.VIEW_AUDIT_LOG)
    await keeper.do("PATCH", f"/channels/{stand_in.channels['general']}", {"topic": "seen"})
    (told,) = await line.of("GUILD_AUDIT_LOG_ENTRY_CREATE")
    assert (told["guild_id"], told["user_id"]) == (str(stand_in.guild_id), str(keeper.id))
    assert await blind.of("GUILD_AUDIT_LOG_ENTRY_CREATE") == []


async def test_the_log_outlives_a_restart_of_the_server(tmp_path: Path):
    """Not Discord's documentation: the state file keeps what there is."""
    state = tmp_path / "state.sqlite3"
    async with StandIn(state=state, members=1) as first:
        kept = first.world.audit[first.guild_id]
    async with StandIn(state=state) as second:
        assert second.world.audit[second.guild_id] == kept
