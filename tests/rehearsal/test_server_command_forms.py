"""What the stand-in takes for a command, against Discord's documentation (interactions/application-commands)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rehearsal.conftest import Client
from tests.rehearsal.test_server_commands import commands

SLASH: dict[str, Any] = {"name": "open", "description": "Open a list", "type": 1}


def option(kind: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": f"o{kind}", "description": "An option", **more}


async def make(bot: Client, body: dict[str, Any], **query: str) -> dict[str, Any]:
    """The command as it is read back."""
    made = await bot.do("POST", commands(bot), body)
    listed = await bot.do("GET", commands(bot), **query)
    return next(each for each in listed if each["id"] == made["id"])


async def test_every_kind_of_option_is_kept_with_its_bounds(bot: Client) -> None:
    """docs: #application-command-object-application-command-option-structure"""
    options = [
        option(3, required=True, min_length=2, max_length=6000, autocomplete=True),
        option(4, choices=[{"name": "Ten", "value": 10}]),
        option(5),
        option(6),
        option(7, channel_types=[0, 15]),
        option(8),
        option(9),
        option(10, min_value=-0.5, max_value=2.5),
        option(11),
    ]
    assert (await make(bot, {**SLASH, "options": options}))["options"] == options


async def test_groups_hold_subcommands_and_nothing_else(bot: Client) -> None:
    """docs: #subcommands-and-subcommand-groups"""
    group = option(2, options=[option(1, options=[option(3)])])
    assert (await make(bot, {**SLASH, "options": [group]}))["options"] == [group]
    for wrong in (option(2, options=[option(3)]), option(1, options=[option(1)]), option(2, options=[group])):
        assert await bot.refused("POST", commands(bot), {**SLASH, "options": [wrong]}) == (400, 50035)


async def test_translations_are_kept_and_listed_when_asked_for(bot: Client) -> None:
    """docs: #localization; #get-global-application-commands, with_localizations"""
    choice = {"name": "Ten", "name_localizations": {"de": "Zehn"}, "value": 10}
    inner = option(4, choices=[choice], name_localizations={"de": "zahl"})
    body = {**SLASH, "name_localizations": {"de": "öffnen"}, "description_localizations": {"de": "Liste öffnen"}}
    full = await make(bot, {**body, "options": [inner]}, with_localizations="true")
    assert full["name_localizations"] == {"de": "öffnen"} and full["options"] == [inner]
    short = (await bot.do("GET", commands(bot)))[0]
    assert "name_localizations" not in short and "name_localizations" not in short["options"][0]
    assert short["options"][0]["choices"] == [{"name": "Ten", "value": 10}]


async def test_a_menu_command_has_a_free_name_and_nothing_else(bot: Client) -> None:
    """docs: #user-commands, #message-commands"""
    for kind in (2, 3):
        made = await make(bot, {"name": "Add to The list!", "type": kind})
        assert (made["name"], made["description"], made["type"]) == ("Add to The list!", "", kind)
        for wrong in ({"description": "x"}, {"options": [option(3)]}, {"name": "x" * 33}, {"name": ""}):
            body = {"name": "Menu", "type": kind, **wrong}
            assert await bot.refused("POST", commands(bot), body) == (400, 50035)


@pytest.mark.parametrize("kind", [2, 3])
async def test_there_are_fifteen_menu_commands_of_a_kind(bot: Client, kind: int) -> None:
    """docs: #registering-a-command"""
    menus = [{"name": f"Menu {number}", "type": kind} for number in range(16)]
    assert await bot.refused("PUT", commands(bot), menus) == (400, 30032)
    await bot.do("PUT", commands(bot), menus[:15])
    assert await bot.refused("POST", commands(bot), menus[15]) == (400, 30032)
    await bot.do("POST", commands(bot, guild=True), menus[15])  # each guild has its own fifteen


async def test_making_a_command_anew_replaces_it(bot: Client) -> None:
    """docs: #create-global-application-command, 201 and 200"""
    first, made = await bot.ask("POST", commands(bot), SLASH)
    second, again = await bot.ask("POST", commands(bot), {**SLASH, "description": "Otherwise"})
    assert (first, second) == (201, 200) and made["id"] == again["id"]


async def test_where_a_command_is_to_be_used_is_kept(bot: Client) -> None:
    """docs: #interaction-contexts, nsfw, default_member_permissions"""
    kept = {"contexts": [0, 1], "nsfw": True, "integration_types": [0], "default_member_permissions": "8192"}
    made = await make(bot, {**SLASH, **kept})
    assert {name: made[name] for name in kept} == kept
    assert (await make(bot, {**SLASH, "contexts": [0]}))["dm_permission"] is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_localizations": {"tlh": "poSmoH"}},
        {"name_localizations": {"de": "Zwei Worte"}},
        {"description_localizations": {"de": "x" * 101}},
        {"contexts": []},
        {"contexts": [0, 0]},
        {"contexts": [3]},
        {"integration_types": [2]},
        {"default_member_permissions": "all"},
        {"options": [option(7, channel_types=[99])]},
        {"options": [option(4, min_value=0.5)]},
        {"options": [option(4, max_value=2**53 + 1)]},
        {"options": [option(10, min_value=2, max_value=1)]},
        {"options": [option(3, min_length=7, max_length=6)]},
        {"options": [option(3, max_length=6001)]},
        {"options": [option(3, autocomplete=True, choices=[{"name": "x", "value": "x"}])]},
        {"options": [option(4, choices=[{"name": "x", "value": "x"}])]},
        {"options": [option(3, choices=[{"name": str(each), "value": str(each)} for each in range(26)])]},
        {"description_localizations": {"de": "x" * 100}, "options": [option(1, name=f"o{n}") for n in range(26)]},
    ],
)
async def test_a_command_beyond_a_limit_is_refused(bot: Client, wrong: dict[str, Any]) -> None:
    """docs: #application-command-object and its structures, #localization"""
    assert await bot.refused("POST", commands(bot), {**SLASH, **wrong}) == (400, 50035)


async def test_the_longest_translation_counts_towards_the_size(bot: Client) -> None:
    """docs: #application-command-object: 8,000 characters, of localised fields the longest"""
    choices = [{"name": "x", "value": f"{number:02}" + "v" * 98} for number in range(25)]
    options = [option(3, name=f"o{number}", choices=choices) for number in range(3)]
    await bot.do("POST", commands(bot), {**SLASH, "options": options})
    for each in choices:
        each["name_localizations"] = {"de": "y" * 10}
    assert await bot.refused("POST", commands(bot), {**SLASH, "options": options}) == (400, 50035)
