"""The stand-in's rules of AutoMod against Discord's documentation (resources/auto-moderation)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn

KEYWORD, SPAM, PRESET, MENTIONS, PROFILE = 1, 3, 4, 5, 6
BLOCK = {"type": 1, "metadata": {"custom_message": "Please not here."}}


@pytest.fixture
def rules(stand_in: StandIn) -> str:
    return f"/guilds/{stand_in.guild_id}/auto-moderation/rules"


@pytest.fixture
def keeper(stand_in: StandIn, moderator: Any) -> Any:
    """The moderator, who may manage the guild, and see its audit log."""
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.name == "Moderators")
    may = Permission.MANAGE_GUILD | Permission.VIEW_AUDIT_LOG
    stand_in.backstage.permit_role(own.id, own.permissions | may)
    return moderator


def rule(kind: int = KEYWORD, **more: Any) -> dict[str, Any]:
    """The body of a rule that is right."""
    metadata = {
        KEYWORD: {"keyword_filter": ["tea*"], "regex_patterns": ["(b|c)at"]},
        SPAM: None,
        PRESET: {"presets": [1, 3], "allow_list": ["darn"]},
        MENTIONS: {"mention_total_limit": 5},
        PROFILE: {"keyword_filter": ["*admin*"]},
    }[kind]
    body = {"name": "A rule", "event_type": 2 if kind == PROFILE else 1, "trigger_type": kind, "actions": [BLOCK]}
    return body | ({"trigger_metadata": metadata} if metadata else {}) | more


@pytest.mark.parametrize("kind", [KEYWORD, SPAM, PRESET, MENTIONS, PROFILE])
async def test_a_rule_of_each_kind_is_made_and_read_again(keeper, rules, kind):
    """docs: #create-auto-moderation-rule, #get-auto-moderation-rule"""
    made = await keeper.do("POST", rules, rule(kind))
    assert (made["trigger_type"], made["enabled"], made["creator_id"]) == (kind, False, str(keeper.id))
    assert await keeper.do("GET", f"{rules}/{made['id']}") == made
    assert await keeper.do("GET", rules) == [made]


async def test_a_rule_is_changed_and_deleted_and_that_is_told(stand_in: StandIn, keeper, bot, rules):
    """docs: #modify-auto-moderation-rule; events/gateway-events#auto-moderation: MANAGE_GUILD is needed to hear it"""
    deaf = await bot.listen()
    made = await keeper.do("POST", rules, rule())
    own = next(each for each in stand_in.backstage.guild.roles.values() if each.bot_id)
    assert await deaf.of("AUTO_MODERATION_RULE_CREATE") == []
    stand_in.backstage.permit_bot(own.permissions | Permission.MANAGE_GUILD)
    line = await bot.listen()
    body = {"enabled": True, "exempt_roles": [str(own.id)], "trigger_metadata": {"keyword_filter": ["coffee"]}}
    edited = await keeper.do("PATCH", f"{rules}/{made['id']}", body)
    assert edited["trigger_metadata"] == {"keyword_filter": ["coffee"], "regex_patterns": [], "allow_list": []}
    assert (edited["name"], edited["enabled"], edited["actions"]) == ("A rule", True, [BLOCK])
    await keeper.do("DELETE", f"{rules}/{made['id']}")
    told = [name for name, _ in await line.news()]
    assert told == ["AUTO_MODERATION_RULE_UPDATE", "AUTO_MODERATION_RULE_DELETE"]
    assert (await keeper.ask("GET", f"{rules}/{made['id']}"))[0] == 404
    log = await keeper.do("GET", f"/guilds/{stand_in.guild_id}/audit-logs", limit=3)
    assert [each["action_type"] for each in log["audit_log_entries"]] == [142, 141, 140]


async def test_rules_need_manage_guild_and_time_outs_moderate_members(stand_in: StandIn, keeper, bot, rules):
    """docs: #auto-moderation-permission-requirements"""
    assert await bot.refused("GET", rules) == (403, 50013)
    assert await bot.refused("POST", rules, rule()) == (403, 50013)
    time_out = {"type": 3, "metadata": {"duration_seconds": 60}}
    assert await keeper.refused("POST", rules, rule(actions=[time_out])) == (403, 50013)


@pytest.mark.parametrize(("kind", "most"), [(KEYWORD, 6), (SPAM, 1), (PRESET, 1), (MENTIONS, 1), (PROFILE, 1)])
async def test_a_guild_has_so_many_rules_of_a_kind(keeper, rules, kind, most):
    """docs: #auto-moderation-rule-object-trigger-types, max per guild"""
    for _ in range(most):
        await keeper.do("POST", rules, rule(kind))
    assert await keeper.refused("POST", rules, rule(kind)) == (400, 50035)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"actions": []},
        {"event_type": 2},
        {"trigger_type": 2},
        {"trigger_metadata": None},
        {"exempt_roles": [str(number) for number in range(21)]},
        {"exempt_channels": [str(number) for number in range(51)]},
        {"trigger_metadata": {"keyword_filter": ["x"] * 1001}},
        {"trigger_metadata": {"keyword_filter": ["x" * 61]}},
        {"trigger_metadata": {"regex_patterns": ["x"] * 11}},
        {"trigger_metadata": {"regex_patterns": ["x" * 261]}},
        {"trigger_metadata": {"allow_list": ["x"] * 101}},
        {"actions": [{"type": 1, "metadata": {"custom_message": "x" * 151}}]},
        {"actions": [{"type": 2, "metadata": {"channel_id": "7"}}]},
        {"actions": [{"type": 2}]},
        {"actions": [{"type": 3, "metadata": {"duration_seconds": 2419201}}]},
        {"actions": [{"type": 9}]},
    ],
)
async def test_a_rule_keeps_within_the_limits(keeper, rules, wrong):
    """docs: #auto-moderation-rule-object-trigger-metadata-field-limits, #auto-moderation-action-object"""
    assert await keeper.refused("POST", rules, rule() | wrong) == (400, 50035)


@pytest.mark.parametrize("body", [rule(PRESET), rule(MENTIONS, trigger_metadata={"mention_total_limit": 51})])
async def test_each_trigger_has_limits_of_its_own(keeper, rules, body):
    """docs: as above: a time-out goes with keywords and mentions only, and 50 mentions are the most"""
    time_out = {"type": 3, "metadata": {"duration_seconds": 60}}
    assert await keeper.refused("POST", rules, body | {"actions": [time_out]}) == (400, 50035)
