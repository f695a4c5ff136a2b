"""`/doctor`, `/status` and `python -m bot doctor` on the stand-in."""

import asyncio
import json
import os
import sys

import pytest

from bot.core.ids import ChannelId, GuildId, RoleId
from bot.core.servers import Choices
from bot.storage import servers as stored_servers
from rehearsal.member import Member
from rehearsal.server import Permission
from tests.conftest import ROOT
from tests.e2e.conftest import House

LACKING = {
    Permission.SEND_MESSAGES: ("Send Messages", "to post the points"),
    Permission.CREATE_PUBLIC_THREADS: ("Create Public Threads", "to give each point its thread"),
    Permission.SEND_MESSAGES_IN_THREADS: ("Send Messages in Threads", "to let a long point go on"),
    Permission.ADD_REACTIONS: ("Add Reactions", "to seed the two vote emoji"),
    Permission.READ_MESSAGE_HISTORY: ("Read Message History", "to react"),
    Permission.EMBED_LINKS: ("Embed Links", "to show the digest"),
    Permission.VIEW_CHANNEL: ("View Channel", "to see the channel at all"),
}


async def chosen(house: House, choices: Choices) -> None:
    async with house.app.desk.db.write() as tx:
        await stored_servers.save_choices(tx, GuildId(int(house.guild)), choices, house.app.desk.clock())


async def doctor(house: House) -> str:
    moderator = await house.moderator()
    answer = await moderator.command("doctor", str(house.discord.channels["general"]), house.guild)
    assert answer["flags"] & 64
    return answer["embeds"][0]["description"]


async def test_a_server_that_is_set_up_is_found_fit(house: House) -> None:
    await house.start()
    home = ChannelId(int(house.home))
    await chosen(house, Choices(home=home, moderators_channel=ChannelId(house.discord.channels["moderators"])))
    found = await doctor(house)
    assert "**Fault**" not in found
    for words in ("#critique can be used as the home", "Message Content intent is asked for and granted", "👍 agrees"):
        assert words in found
    assert "Discord knows the commands" in found and "The database answers" in found and "The clock is right" in found


@pytest.mark.parametrize("permission", LACKING)
async def test_each_permission_that_lacks_is_named_with_its_reason(house: House, permission: Permission) -> None:
    await house.start()
    await chosen(house, Choices(home=ChannelId(int(house.home))))
    house.discord.backstage.overwrite(int(house.home), house.discord.bot_id, deny=permission)
    await house.idle()
    found = await doctor(house)
    name, why = LACKING[permission]
    (line,) = [line for line in found.splitlines() if f"I lack **{name}**" in line]
    assert (
        line.startswith("❌ **Fault**")
        and ("#critique" in line or name == "View Channel")
        and why in line
        and "Grant it" in line
    )


async def test_what_was_chosen_and_is_gone_is_a_fault(house: House) -> None:
    await house.start()
    await chosen(
        house,
        Choices(home=ChannelId(1), digest_channel=ChannelId(2), moderator_roles=frozenset({RoleId(3)})),
    )
    owner = house.discord.world.users[house.discord.backstage.guild.owner_id]
    async with Member(house.discord.api, house.discord.gateway, owner.token, str(owner.id), owner.name) as member:
        answer = await member.command("doctor", str(house.discord.channels["general"]), house.guild)
    found = answer["embeds"][0]["description"]
    assert "The channel chosen as the home of the points is gone" in found
    assert "The channel chosen as the digest's channel is gone" in found
    assert "roles is gone" in found


async def test_without_the_intent_that_is_said(house: House) -> None:
    house.discord.backstage.switch_intent("message_content", on=False)
    await house.start(message_content_intent=False)
    assert "Typed additions must mention the bot" in await doctor(house)


async def test_members_are_not_examined_for(house: House) -> None:
    await house.start()
    member = await house.member(1)
    with pytest.raises(Exception, match="There is no command"):  # Discord does not show it to them
        await member.command("doctor", house.home, house.guild)


async def test_the_status_says_what_was_read_and_what_waits(house: House) -> None:
    await house.start()
    await house.open()
    ada = await house.member(1)
    await ada.react(house.home, await house.message_of("1"), "👍")
    await house.idle()
    moderator = await house.moderator()
    answer = await moderator.command("status", house.home, house.guild)
    fields = {field["name"]: field["value"] for field in answer["embeds"][0]["fields"]}
    assert fields["Open critiques"] == "1" and fields["Servers"] == "1"
    assert "message_content" in fields["Intents"] and fields["Shards"].startswith("0: ")
    assert fields["Deliveries to Discord"] == "0 waiting, 0 late, 0 failing for over an hour, 0 given up"
    assert "votes:" in fields["Events"]


async def examined(house: House, *arguments: str, **environment: str) -> tuple[int, str]:
    """Runs the command as an operator does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "doctor",
        *arguments,
        cwd=ROOT,
        env=os.environ
        | {
            "DISCORD_TOKEN": house.discord.bot_token,
            "DATABASE_PATH": str(house.folder / "bot.sqlite3"),
            "DISCORD_API_BASE": house.discord.api,
            "DISCORD_GATEWAY_URL": house.discord.gateway,
            "HOME_CHANNEL": "critique",
        }
        | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert b"Traceback" not in err, err.decode()
    return process.returncode or 0, (out + err).decode()


async def test_the_command_line_examines_beside_the_running_bot(house: House) -> None:
    await house.start()
    code, said = await examined(house)
    assert code == 0, said
    assert "Rehearsal: #critique can be used as the home of the points." in said
    assert "The database answers" in said and "Discord knows the token" in said
    code, said = await examined(house, "--json")
    assert {finding["level"] for finding in json.loads(said)} <= {"ok", "warning"}


async def test_a_fault_makes_the_exit_code(house: House) -> None:
    own = next(role for role in house.discord.backstage.guild.roles.values() if role.bot_id)
    house.discord.backstage.permit_bot(own.permissions & ~Permission.EMBED_LINKS)
    house.discord.backstage.overwrite(int(house.home), house.discord.bot_id, deny=Permission.EMBED_LINKS)
    code, said = await examined(house)
    assert code == 1
    assert "Fault    Rehearsal: #critique (the home of the points): I lack Embed Links" in said
    assert "There is no database yet" in said


async def test_a_wrong_token_is_said_in_one_line(house: House) -> None:
    code, said = await examined(house, DISCORD_TOKEN="wrong")
    assert code == 1 and "Discord does not know the token" in said and "There is no database yet" in said
