"""`/setup` on the stand-in: step by step, by a new moderator and by an administrator.

With WORDS=path the words of each screen are appended to that file, in the order in which they were shown.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from bot.core.ids import GuildId
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.services import servers
from rehearsal.member import Member
from rehearsal.server import Permission
from tests.e2e.conftest import House, until
from tests.e2e.screens import faults

Json = dict[str, Any]
_SHOWN = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
MAKES = Permission.MANAGE_CHANNELS | Permission.MANAGE_ROLES


def words(screen: Json) -> str:
    """What a screen says, and its choosers."""
    embed = screen["embeds"][0]
    fields = "".join(f"\n[{field['name']}] {field['value']}" for field in embed.get("fields", []))
    inside = [each for row in screen.get("components", []) for each in row["components"]]
    choosers = [each.get("label") or each.get("placeholder") for each in inside]
    text = f"## {embed['title']}\n{embed['description']}{fields}\n({' | '.join(map(str, choosers))})\n"
    if "WORDS" in os.environ:
        with Path(os.environ["WORDS"]).open("a", encoding="utf-8") as file:
            file.write(text + "\n")
    return text


class Wizard:
    """Somebody going through the setup."""

    def __init__(self, house: House, member: Member) -> None:
        self.house, self.member = house, member
        self.screen: Json = {}

    async def begin(self) -> str:
        general = str(self.house.discord.channels["general"])
        return self._shown(await self.member.command("setup", general, self.house.guild))

    async def press(self, label: str) -> str:
        return self._shown(await self.member.press(self.screen, label, self.house.guild))

    async def choose(self, placeholder: str, *values: Any) -> str:
        chosen = [str(value) for value in values]
        return self._shown(await self.member.choose(self.screen, placeholder, chosen, self.house.guild))

    async def type(self, button: str, **fields: str) -> str:
        modal = await self.member.press(self.screen, button, self.house.guild)
        assert faults(modal) == []
        return self._shown(await self.member.submit(modal, fields))

    def _shown(self, screen: Json) -> str:
        assert faults(screen) == []
        if not screen.get("embeds"):
            return screen["content"]
        self.screen = screen
        return words(screen)


async def own(house: House) -> Choices:
    return await servers.own(house.app.desk, GuildId(int(house.guild)))


async def administrator(house: House, *, bot_makes: bool = True) -> Wizard:
    """The moderator, who may manage the server; with a bot that may make channels."""
    backstage = house.discord.backstage
    if bot_makes:
        role = next(role for role in backstage.guild.roles.values() if role.bot_id)
        backstage.permit_bot(role.permissions | MAKES)
    moderators = next(role for role in backstage.guild.roles.values() if role.name == "Moderators")
    backstage.permit_role(moderators.id, moderators.permissions | Permission.MANAGE_GUILD)
    await house.start(moderator_role="nobody")
    return Wizard(house, await house.moderator())


async def test_an_administrator_goes_through_all_steps(house: House) -> None:
    wizard = await administrator(house)
    moderators = next(role.id for role in house.discord.backstage.guild.roles.values() if role.name == "Moderators")
    assert "Step 1 of 8" in await wizard.begin()
    assert "Chosen**: <#" in await wizard.press("Make a forum")
    forum = house.discord.channels["critiques"]
    assert "Step 2 of 8" in await wizard.press("Next")
    assert "with the points" in await wizard.press("With the points")
    assert "Step 3 of 8" in await wizard.press("Next")
    assert f"<@&{moderators}>" in await wizard.choose("Choose the roles", moderators)
    await wizard.press("Next")
    assert "Chosen**: <#" in await wizard.press("Make a private channel")
    office = house.discord.channels["critique-moderators"]
    assert "Step 5 of 8" in await wizard.press("Next")
    assert "Europe/Paris" in await wizard.choose("Choose the time zone", "Europe/Paris")
    assert "Did you mean `Europe/Lisbon`" in await wizard.type("Type another", zone="Lisbonne")
    assert "Europe/Lisbon" in await wizard.type("Type another", zone="europe/lisbon")
    await wizard.press("Next")
    assert "✅ agree, ❌ disagree" in await wizard.choose("Choose two emoji", "✅ ❌")
    await wizard.press("Next")
    assert "Held for new members" in await wizard.choose("Choose a way", "held-for-new")
    assert "Step 8 of 8" in await wizard.press("Next")
    assert "only the two" in await wizard.press("Only the two vote emoji")
    await house.idle()
    last = await wizard.press("Next")
    assert "That is the setup" in last and "Integrations" in last and "What is stored" in last
    assert "**Fault**" not in last
    assert await own(house) == Choices(
        home=forum,
        digest_channel=forum,
        moderator_roles=frozenset({moderators}),
        agree_emoji="✅",
        disagree_emoji="❌",
        moderators_channel=office,
        time_zone="Europe/Lisbon",
        policy=Policy.HELD_FOR_NEW,
        only_vote_emoji=True,
    )


async def test_it_can_be_left_and_goes_on_after_a_restart(house: House) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    await wizard.choose("Choose a channel", house.home)
    await house.stop()
    await house.start(moderator_role="nobody")
    assert "Step 2 of 8" in await wizard.press("Next")
    again = Wizard(house, wizard.member)
    assert "Step 2 of 8" in await again.begin()


async def test_what_was_made_is_not_made_again(house: House) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    await wizard.press("Make a forum")
    await wizard.press("Make a forum")
    assert [each.name for each in house.discord.world.channels.values() if each.forum] == ["critiques"]


async def test_a_channel_that_was_made_without_an_answer_is_taken_and_not_made_again(house: House) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    house.discord.faults.answer(502, "POST", "/guilds/{guild_id}/channels", after_effect=True)
    said = await wizard.member.press(wizard.screen, "Make a forum", house.guild)
    assert "may be done already" in said["content"]
    assert "Chosen**: <#" in await wizard.press("Make a forum")
    assert [each.name for each in house.discord.world.channels.values() if each.forum] == ["critiques"]


async def test_a_bot_that_may_not_make_channels_says_what_to_do(house: House) -> None:
    wizard = await administrator(house, bot_makes=False)
    await wizard.begin()
    said = await wizard.press("Make a forum")
    assert "I cannot make" in said and "Manage Channels" in said
    assert (await own(house)).home is None


async def test_a_moderator_sets_up_but_names_no_moderators(house: House) -> None:
    await house.start()
    wizard = Wizard(house, await house.moderator())
    assert "Step 1 of 8" in await wizard.begin()
    await wizard.choose("Choose a channel", house.home)
    await wizard.press("Next")
    await wizard.press("Next")
    role = next(each for each in house.discord.backstage.guild.roles.values() if each.name == "Moderators")
    said = await wizard.choose("Choose the roles", role.id)
    assert "manage the server" in said or "administrator" in said.lower()
    assert (await own(house)).moderator_roles == frozenset()


async def test_nothing_is_held_without_a_channel_to_show_it_in(house: House) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    for _ in range(6):
        await wizard.press("Next")
    assert "no moderators' channel" in await wizard.choose("Choose a way", "held")
    assert (await own(house)).policy is None


@pytest.mark.parametrize(("agree", "disagree"), [("👍", "👍🏽x"), ("👍", "👍"), ("yes", "👎"), ("👍👍", "👎")])
async def test_two_emoji_are_two_different_emoji(house: House, agree: str, disagree: str) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    for _ in range(5):
        await wizard.press("Next")
    said = await wizard.type("Type two others", agree=agree, disagree=disagree)
    assert "no emoji" in said or "are the same" in said
    assert (await own(house)).agree_emoji is None


async def test_a_servers_own_emoji_votes(house: House) -> None:
    wizard = await administrator(house)
    emoji = house.discord.backstage.add_emoji("teacup")
    await house.idle()
    await wizard.begin()
    for _ in range(5):
        await wizard.press("Next")
    await wizard.type("Type two others", agree="teacup", disagree="👎")
    assert (await own(house)).agree_emoji == f"<:teacup:{emoji}>"
    await house.open()
    assert set(house.discord.world.reactions(int(await house.message_of("1")))) == {f"teacup:{emoji}", "👎"}


LACKING = {
    Permission.SEND_MESSAGES: "Send Messages",
    Permission.CREATE_PUBLIC_THREADS: "Create Public Threads",
    Permission.SEND_MESSAGES_IN_THREADS: "Send Messages in Threads",
    Permission.ADD_REACTIONS: "Add Reactions",
    Permission.READ_MESSAGE_HISTORY: "Read Message History",
    Permission.EMBED_LINKS: "Embed Links",
}


@pytest.mark.parametrize("permission", LACKING)
async def test_the_last_step_says_which_permission_lacks_and_why(house: House, permission: Permission) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    await wizard.choose("Choose a channel", house.home)
    house.discord.backstage.overwrite(int(house.home), house.discord.bot_id, deny=permission)
    await house.idle()
    for _ in range(7):
        await wizard.press("Next")
    last = await wizard.press("Next")
    assert f"**Fault**: #critique (the home of the points): I lack **{LACKING[permission]}**, to " in last


async def test_two_presses_at_once_make_one_channel(house: House) -> None:
    wizard = await administrator(house)
    await wizard.begin()
    await asyncio.gather(*(wizard.member.press(wizard.screen, "Make a forum", house.guild) for _ in range(2)))

    async def both_shown() -> bool:  # either press may be told of what the other one changed
        return len(house.requests("PATCH", _SHOWN)) == 2

    await until(both_shown, "both presses to be answered")
    assert len(house.requests("POST", "/guilds/{guild_id}/channels")) == 1


async def test_a_private_channel_is_seen_by_moderators_and_the_bot_alone_whatever_else_bears_its_name(
    house: House,
) -> None:
    public = house.discord.backstage.add_channel("critique-moderators")
    wizard = await administrator(house)
    moderators = next(role.id for role in house.discord.backstage.guild.roles.values() if role.name == "Moderators")
    await wizard.begin()
    for _ in range(2):
        await wizard.press("Next")
    await wizard.choose("Choose the roles", moderators)
    await wizard.press("Next")
    await wizard.press("Make a private channel")
    made = (await own(house)).moderators_channel
    assert made not in (None, public)
    world = house.discord.world
    may = [world.granted(each.id, world.channels[made or 0]) for each in house.discord.members[:2]]
    assert [bool(each & Permission.VIEW_CHANNEL) for each in may] == [True, False]
    assert world.granted(house.discord.bot_id, world.channels[made or 0]) & Permission.SEND_MESSAGES


async def test_who_is_no_moderator_any_more_presses_in_vain(house: House) -> None:
    await house.start()
    wizard = Wizard(house, await house.moderator())
    await wizard.begin()
    house.discord.backstage.give_roles(house.discord.members[0].id, [])
    assert "Only moderators" in await wizard.press("Next")
    assert "Only moderators" in await wizard.choose("Choose a channel", house.home)
    assert await own(house) == Choices()


async def test_a_channel_that_is_gone_is_shown_as_gone_and_nothing_is_posted_to_it(house: House) -> None:
    gone = house.discord.backstage.add_channel("short-lived")
    wizard = await administrator(house)
    await wizard.begin()
    await wizard.choose("Choose a channel", house.home)
    await wizard.press("Next")
    await wizard.choose("Choose a channel", gone)
    channel = house.discord.world.channels[gone]
    house.discord.world.remove_channel(channel)
    house.discord.stage.events.channel_changed("CHANNEL_DELETE", channel)
    await house.idle()
    await wizard.press("Back")
    assert "a channel that is gone; choose another" in await wizard.press("Next")
    assert (await house.open()).digest_channel == int(house.home)


def adds_reactions(house: House, who: int) -> bool:
    home = house.discord.world.channels[int(house.home)]
    return bool(house.discord.world.granted(who, home) & Permission.ADD_REACTIONS)


async def test_other_emoji_are_kept_away_from_the_operators_home_too_and_let_in_again(house: House) -> None:
    await administrator(house)
    await house.stop()
    await house.start(home_channel="critique", moderator_role="nobody")
    wizard = Wizard(house, await house.moderator())
    await wizard.begin()
    for _ in range(7):
        await wizard.press("Next")
    member = house.discord.members[1].id
    await wizard.press("Only the two vote emoji")
    await house.idle()
    assert (adds_reactions(house, member), adds_reactions(house, house.discord.bot_id)) == (False, True)
    await house.open()
    await (await house.member(1)).react(house.home, await house.message_of("1"), "👍")
    await house.idle()
    assert (await house.tallies())["1"] == (1, 0)
    await wizard.press("Any emoji")
    await house.idle()
    assert adds_reactions(house, member)


async def test_where_it_may_not_keep_other_emoji_away_it_says_who_can_and_how(house: House) -> None:
    wizard = await administrator(house, bot_makes=False)
    await wizard.begin()
    for _ in range(6):
        await wizard.press("Next")
    assert "Manage Permissions" not in await wizard.press("Next")
    assert "no home yet" in await wizard.press("Only the two vote emoji")
    for _ in range(7):
        await wizard.press("Back")
    await wizard.choose("Choose a channel", house.home)
    for _ in range(6):
        await wizard.press("Next")
    said = await wizard.press("Next")
    assert "I lack **Manage Permissions**" in said and "an administrator does it" in said
