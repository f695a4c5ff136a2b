"""Who may do what, and what the bot says when it may not itself, on simcord."""

import discord
import pytest
from simcord import SetupError

from bot.core.refusals import Code
from tests.simcord.conftest import LIST, ONE_SHARD, Scene, answer

FILE = ("list.txt", LIST.encode())

pytestmark = ONE_SHARD


async def test_discord_shows_a_member_the_members_commands_alone(scene: Scene) -> None:
    ada = scene.member("Ada")
    assert {"digest show", "point show"} <= set(ada.available_commands(scene.home))
    assert not any(command.startswith("critique") for command in ada.available_commands(scene.home))
    with pytest.raises(SetupError):
        await ada.slash(scene.home, "critique open", document=FILE)


async def test_who_may_manage_messages_but_is_no_moderator_is_refused(scene: Scene) -> None:
    janitors = scene.guild.create_role("Janitors", permissions=discord.Permissions(manage_messages=True))
    jan = scene.guild.add_member(scene.env.create_user("Jan"), roles=[janitors])
    said = answer(await jan.slash(scene.home, "critique open", document=FILE))
    assert said.content.startswith("Only moderators can do this")
    assert scene.refused() == [Code.NOT_A_MODERATOR]


async def test_what_the_bot_lacks_in_the_home_is_named_before_anything_is_posted(scene: Scene) -> None:
    me = scene.guild.me
    assert me is not None
    denied = discord.PermissionOverwrite(create_public_threads=False, add_reactions=False)
    closed = scene.guild.create_text_channel("closed", overwrites={me: denied})
    said = answer(await scene.moderator.slash(closed, "critique open", document=FILE))
    assert "#closed" in said.content
    assert "Create Public Threads" in said.content and "Add Reactions" in said.content
    assert scene.refused() == [Code.HOME_UNUSABLE]
