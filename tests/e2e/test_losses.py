"""What stands in Discord is deleted by others: moderators are told once, votes stay, and nothing breaks."""

import logging

import pytest

from bot.core.deliveries import show_point
from bot.core.ids import ChannelId, GuildId, PointId
from bot.core.servers import Choices
from bot.services import digests
from bot.storage import deliveries, servers
from rehearsal.server.permissions import Permission
from tests.e2e.conftest import House


async def opened(house: House, digest: int | None = None) -> None:
    """A critique with one vote on its first point; a new channel is the moderators'."""
    await house.start()
    channel = house.discord.backstage.add_channel("staff")
    async with house.app.desk.db.write() as tx:
        chosen = Choices(moderators_channel=channel, digest_channel=digest)
        await servers.save_choices(tx, GuildId(int(house.guild)), chosen, house.app.desk.clock())
    role = house.discord.backstage.add_role("keepers", int(Permission.MANAGE_CHANNELS))
    moderator = house.discord.members[0].id
    had = house.discord.backstage.guild.members[moderator].roles
    house.discord.backstage.give_roles(moderator, [*had, role])
    await house.open()
    first = await house.message_of("1")
    where = first if house.discord.world.channels[int(house.home)].forum else house.home
    await (await house.member(1)).react(where, first, "👍")
    await house.idle()


def told(house: House) -> list[str]:
    """Each sentence that moderators were told."""
    channel = next(each for each in house.discord.world.channels.values() if each.name == "staff")
    return [line for each in house.shown_in(str(channel.id)) for line in each.content.split("\n")[1:]]


async def delete(house: House, path: str) -> None:
    """A moderator deletes it; returns when the bot has done all that follows from it."""
    await (await house.moderator()).api.request("DELETE", path)
    await house.idle()


async def touch_all(house: House) -> None:
    """Whatever shows the critique is brought up to date: it is closed and opened again."""
    moderator = await house.moderator()
    general = str(house.discord.channels["general"])
    for command in ("critique close", "critique reopen"):
        (offered,) = await moderator.autocomplete(command, "critique", "tea", general, house.guild)
        await moderator.command(command, general, house.guild, critique=offered["value"])
        await house.idle()


async def nothing_failed(house: House, caplog: pytest.LogCaptureFixture) -> None:
    rows = "SELECT key, fault FROM deliveries WHERE ended_at IS NULL OR fault IS NOT NULL"
    async with house.app.desk.db.read() as tx:
        assert (await tx.exec_driver_sql(rows)).all() == []
    assert [each.message for each in caplog.records if each.levelno >= logging.WARNING] == []


async def test_a_points_message_is_deleted(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await opened(house)
    await delete(house, f"/channels/{house.home}/messages/{await house.message_of('1')}")
    await touch_all(house)
    (said,) = told(house)
    assert "message of point **1** of “What's the problem with tea rooms? A starter” was deleted" in said
    assert (await house.tallies())["1"] == (1, 0)
    await nothing_failed(house, caplog)


async def test_a_points_message_in_a_blind_critique_is_deleted(house: House) -> None:
    await opened(house)
    async with house.app.desk.db.write() as tx:
        await tx.exec_driver_sql("UPDATE critiques SET blind = 1")
    await delete(house, f"/channels/{house.home}/messages/{await house.message_of('1')}")
    (said,) = told(house)
    assert "message of point **1**" in said


async def test_a_points_thread_is_deleted(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await opened(house)
    await delete(house, f"/channels/{await house.thread_of('2')}")
    await touch_all(house)
    (said,) = told(house)
    assert "thread of point **2**" in said
    await (await house.member(2)).react(house.home, await house.message_of("2"), "👎")
    await house.idle()
    assert (await house.tallies())["2"] == (0, 1)
    await nothing_failed(house, caplog)


async def test_a_points_post_is_deleted(forum: House, caplog: pytest.LogCaptureFixture) -> None:
    await opened(forum)
    await delete(forum, f"/channels/{await forum.thread_of('1')}")
    await touch_all(forum)
    (said,) = told(forum)
    assert "thread of point **1**" in said
    assert (await forum.tallies())["1"] == (1, 0)
    await nothing_failed(forum, caplog)


async def test_the_post_to_add_in_is_deleted_with_the_digest(forum: House, caplog: pytest.LogCaptureFixture) -> None:
    await opened(forum)
    await delete(forum, f"/channels/{(await forum.critique()).lobby}")
    await touch_all(forum)
    (said,) = told(forum)
    assert "“Add to this list” of “What's the problem with tea rooms? A starter” was deleted" in said
    await nothing_failed(forum, caplog)


async def test_the_home_is_deleted(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await home_deleted(house, caplog)


async def test_the_home_is_deleted_and_is_a_forum(forum: House, caplog: pytest.LogCaptureFixture) -> None:
    await home_deleted(forum, caplog)


async def home_deleted(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await opened(house)
    critique = await house.critique()
    await delete(house, f"/channels/{house.home}")
    await touch_all(house)
    (said,) = told(house)
    assert "The channel in which “What's the problem with tea rooms? A starter” stood is gone" in said
    assert (await digests.read(house.app.desk, critique.id)).lines[0].tally.agree == 1
    await nothing_failed(house, caplog)


async def test_the_channel_of_the_digest_is_deleted(house: House, caplog: pytest.LogCaptureFixture) -> None:
    channel = house.discord.backstage.add_channel("digest")
    await opened(house, digest=channel)
    await delete(house, f"/channels/{channel}")
    await (await house.member(2)).react(house.home, await house.message_of("2"), "👎")
    await house.idle()
    await touch_all(house)
    (said,) = told(house)
    assert "The channel in which the digest" in said
    await nothing_failed(house, caplog)


async def test_reactions_are_cleared(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await opened(house)
    message = await house.message_of("1")
    await delete(house, f"/channels/{house.home}/messages/{message}/reactions")
    await delete(house, f"/channels/{house.home}/messages/{await house.message_of('3')}/reactions")
    (said,) = told(house)
    assert "cleared the reactions under point **1**" in said
    assert (await house.tallies())["1"] == (1, 0)
    assert set(house.discord.world.reactions(int(message))) == {"👍", "👎"}
    await nothing_failed(house, caplog)


async def test_a_loss_that_nobody_was_told_of_is_found_when_something_is_to_be_shown_there(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The message is deleted while the bot is away."""
    await opened(house)
    message = await house.message_of("2")
    await house.stop()
    await (await house.moderator()).api.request("DELETE", f"/channels/{house.home}/messages/{message}")
    await house.start()
    async with house.app.desk.db.write() as tx:
        await tx.exec_driver_sql("UPDATE pages SET shown = '' WHERE target = 'point:2' AND page = 0")
        show = show_point(GuildId(int(house.guild)), PointId(2), ChannelId(int(house.home)))
        await deliveries.owe(tx, show, house.app.desk.clock())
    await house.idle()
    (said,) = told(house)
    assert "message of point **2**" in said
    await nothing_failed(house, caplog)
