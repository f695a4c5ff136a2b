"""Merging on the stand-in: where the thread leads, that votes go on, and that undoing it leaves nothing behind."""

from typing import Any

from tests.e2e.conftest import House
from tests.e2e.standing import all_stands_once
from tests.e2e.test_privacy import rows


async def merged(house: House) -> tuple[str, str]:
    """The bot is up, point 2 has a vote and is merged into point 1; the channel and id of point 2's first message."""
    await house.start()
    await house.open()
    ada, moderator = await house.member(1), await house.moderator()
    point = next(line.point for line in (await house.digest()).lines if line.point.label == "2")
    where, message = str(point.channel), str(point.message)
    await ada.react(where, message, "👍")
    await house.idle()
    said = await moderator.command("mod merge", house.home, house.guild, point="2", into="1", reason="duplicate")
    assert "**2** counts to **1**" in said["content"]
    await house.idle()
    return where, message


async def text_of(house: House, where: str, message: str) -> str:
    ada = await house.member(1)
    found: dict[str, Any] = await ada.api.request("GET", f"/channels/{where}/messages/{message}")
    return found["content"]


async def test_a_merged_point_leads_to_its_target_and_votes_under_it_count_there(either: House) -> None:
    where, message = await merged(either)
    assert f"Merged into **1**: votes here count there, once for each member. <#{await either.thread_of('1')}>" in (
        await text_of(either, where, message)
    )
    thread = either.discord.world.channels[int(await either.thread_of("2"))].thread
    assert thread is not None and thread.locked and not thread.archived
    await (await either.member(2)).react(where, message, "👎")
    await either.idle()
    assert await either.tallies() == {"1": (1, 1), "2": (0, 0), "3": (0, 0), "*": (0, 0)}
    shown = await (await either.member(1)).command("point show", either.home, either.guild, point="2")
    assert "Merged into **1**" in shown["content"]


async def test_undoing_it_gives_back_the_figures_the_thread_and_the_words(either: House) -> None:
    where, message = await merged(either)
    moderator = await either.moderator()
    await moderator.command("mod unmerge", either.home, either.guild, point="2")
    await either.idle()
    assert await either.tallies() == {"1": (0, 0), "2": (1, 0), "3": (0, 0), "*": (0, 0)}
    assert "Merged" not in await text_of(either, where, message)
    thread = either.discord.world.channels[int(await either.thread_of("2"))].thread
    assert thread is not None and not thread.locked


def figures(house: House) -> tuple[str, Any]:
    """The running digest as it stands, and all tallies as they are stored."""
    (digest,) = [each for each in house.shown_in(house.home) if each.embeds]
    return digest.embeds[0]["description"], rows(house, "SELECT * FROM tallies ORDER BY 1, 2, 3")


async def test_a_merge_over_which_members_vote_is_undone_after_a_restart_to_the_byte(house: House) -> None:
    await house.start()
    await house.open()
    one, two = await house.message_of("1"), await house.message_of("2")
    ada, bob, eve = [await house.member(number) for number in (1, 2, 3)]
    for who, message, side in ((ada, one, "👍"), (ada, two, "👎"), (bob, two, "👍"), (eve, one, "👎")):
        await who.react(house.home, message, side)
    await house.idle()
    before = figures(house)
    moderator = await house.moderator()
    await moderator.command("mod merge", house.home, house.guild, point="2", into="1", reason="duplicate")
    await house.idle()
    assert (await house.tallies())["1"] == (2, 1) and figures(house) != before
    await bob.react(house.home, one, "👎")
    await eve.react(house.home, two, "👍")
    await house.idle()
    assert (await house.tallies())["1"] == (1, 2)  # what is voted on the target itself comes first
    await bob.unreact(house.home, one, "👎")
    await house.stop()
    await eve.unreact(house.home, two, "👍")
    await house.start()
    await house.idle()
    assert (await house.tallies())["1"] == (2, 1)
    await moderator.command("mod unmerge", house.home, house.guild, point="2")
    await house.idle()
    assert figures(house) == before


async def test_what_is_voted_over_a_merge_stays_where_it_was_voted(house: House) -> None:
    _where, two = await merged(house)
    ada, bob = await house.member(1), await house.member(2)
    await ada.react(house.home, await house.message_of("1"), "👎")
    await bob.react(house.home, two, "👎")
    await house.idle()
    assert (await house.tallies())["1"] == (0, 2)
    await house.stop()
    await house.start()
    await (await house.moderator()).command("mod unmerge", house.home, house.guild, point="2")
    await house.idle()
    assert await house.tallies() == {"1": (0, 1), "2": (1, 1), "3": (0, 0), "*": (0, 0)}
    await all_stands_once(house)


async def test_what_was_voted_while_the_bot_was_down_counts_to_the_target_too(house: House) -> None:
    where, message = await merged(house)
    await house.stop()
    await (await house.member(2)).react(where, message, "👎")
    await house.start()
    await house.idle()
    assert (await house.tallies())["1"] == (1, 1)
