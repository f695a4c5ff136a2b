"""The bot lacks a permission for what moderators decide: it counts, they are told once, it is done when granted."""

import pytest

from bot.core.policies import Policy
from rehearsal.server.permissions import Permission
from tests.e2e.conftest import House, until
from tests.e2e.test_cases import held
from tests.e2e.test_privacy import rows
from tests.e2e.test_revisions import SPOONS, reword, seeds


def permit(house: House, permission: Permission, *, granted: bool) -> None:
    """Grants the bot's own role a permission, or takes it."""
    role = next(each for each in house.discord.backstage.guild.roles.values() if each.bot_id)
    house.discord.backstage.permit_bot(role.permissions | permission if granted else role.permissions & ~permission)


async def told(house: House, office: str) -> str:
    """The one sentence that the moderators are told."""

    async def is_told() -> bool:
        return bool(house.shown_in(office))

    await until(is_told, "the moderators to be told")
    (notice,) = house.shown_in(office)
    (_head, sentence) = notice.content.split("\n")
    return sentence


async def do(house: House, act: str) -> None:
    """A moderator hides, locks or merges point 2, or closes the critique."""
    moderator, general = await house.moderator(), str(house.discord.channels["general"])
    if act == "close":
        (offered,) = await moderator.autocomplete("critique close", "critique", "tea", general, house.guild)
        await moderator.command("critique close", general, house.guild, critique=offered["value"])
    elif act == "lock":
        await moderator.command("critique lock", house.home, house.guild, point="2")
    elif act == "merge":
        await moderator.command("mod merge", house.home, house.guild, point="2", into="1", reason="duplicate")
    else:
        await moderator.command("mod hide", house.home, house.guild, point="2", reason="unkind")


@pytest.mark.parametrize("act", ["hide", "lock", "merge", "close"])
async def test_without_manage_threads_it_counts_and_is_done_once_that_is_granted(house: House, act: str) -> None:
    office = await held(house, Policy.OPEN)
    await (await house.member(1)).react(house.home, await house.message_of("2"), "👍")
    await house.idle()
    channel = house.discord.world.channels[int(await house.thread_of("2"))]
    thread = channel.thread
    assert thread is not None and not thread.locked and "biscuit" in channel.name
    permit(house, Permission.MANAGE_THREADS, granted=False)
    await do(house, act)
    said = await told(house, office)
    assert f"Discord does not let me bring a point's thread to its state in <#{house.home}>" in said
    assert "`/doctor` says which permission I lack" in said
    assert rows(house, "SELECT act FROM cases") == [(act,)]
    assert rows(house, "SELECT sum(agree) FROM tallies") == [(0 if act == "hide" else 1,)]
    assert ("biscuit" in channel.name) is (act != "hide")
    permit(house, Permission.MANAGE_THREADS, granted=True)
    await house.idle()
    assert thread.locked
    assert len(house.shown_in(office)) == 1


async def test_without_manage_messages_new_words_are_shown_and_reactions_cleared_once_that_is_granted(
    house: House,
) -> None:
    office = await held(house, Policy.OPEN)
    message = await house.message_of("2")
    ada, bob = await house.member(1), await house.member(2)
    await ada.react(house.home, message, "👍")
    await house.idle()
    permit(house, Permission.MANAGE_MESSAGES, granted=False)
    await reword(house)
    said = await told(house, office)
    assert f"Discord does not let me show points as they are in <#{house.home}>" in said
    shown = await ada.api.request("GET", f"/channels/{house.home}/messages/{message}")
    assert SPOONS in shown["content"] and (await house.tallies())["2"] == (0, 0)
    permit(house, Permission.MANAGE_MESSAGES, granted=True)
    await house.idle()
    assert seeds(house, message) == {emoji: {house.discord.bot_id} for emoji in ("👍", "👎")}
    await bob.react(house.home, message, "👎")
    await house.idle()
    assert (await house.tallies())["2"] == (0, 1)


async def test_without_manage_messages_moderation_needs_no_word(house: House) -> None:
    office = await held(house, Policy.OPEN)
    permit(house, Permission.MANAGE_MESSAGES, granted=False)
    for act in ("merge", "hide", "close"):
        await do(house, act)
        await house.idle()
    assert house.shown_in(office) == []
    assert rows(house, "SELECT act FROM cases ORDER BY id") == [("merge",), ("hide",), ("close",)]
