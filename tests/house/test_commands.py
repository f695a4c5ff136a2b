"""All slash commands, as Discord is told of them, against a snapshot that a person looks at when it changes."""

import json
import os
from pathlib import Path
from typing import Any

import discord

from bot import clock
from bot.app import COGS
from bot.client import Client
from bot.compute import Worker
from bot.services.desk import Desk
from bot.settings import Settings
from bot.storage.database import Database
from tests.conftest import ROOT

SNAPSHOT = Path(__file__).with_name("commands.json")


async def commands(folder: Path) -> list[dict[str, Any]]:
    """What `sync` would send."""
    settings = Settings(_env_file=None, discord_token="nobody", database_path=folder / "bot.sqlite3")
    desk = Desk(Database(settings.database_path), clock.now, Worker())
    client = Client(desk, settings, guild_wait=0)
    for cog in COGS:
        await client.load_extension(cog)
    return json.loads(json.dumps([command.to_dict(client.tree) for command in client.tree.get_commands()]))


async def test_the_commands_are_those_of_the_snapshot(tmp_path: Path) -> None:
    told = sorted(await commands(tmp_path), key=lambda command: command["name"])
    if os.environ.get("SNAPSHOT") == "renew":
        SNAPSHOT.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert told == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


async def test_every_command_stands_in_the_documentation(tmp_path: Path) -> None:
    documented = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in await commands(tmp_path):
        if command["type"] != discord.AppCommandType.chat_input.value:
            assert f"**{command['name']}**" in documented
            continue
        assert f"/{command['name']}" in documented
        for sub in command.get("options", []):
            if sub["type"] != discord.AppCommandOptionType.subcommand.value:
                assert f"`{sub['name']}`" in documented
                continue
            assert f"`/{command['name']} {sub['name']}`" in documented
            for option in sub.get("options", []):
                assert f"`{option['name']}`" in documented


async def test_moderators_and_members_commands_share_no_top_level_command(tmp_path: Path) -> None:
    for_moderators = {
        command["name"] for command in await commands(tmp_path) if command["default_member_permissions"] is not None
    }
    assert for_moderators == {"critique", "doctor", "mod", "setup", "status", "Open as critique"}
