"""The bot comes to a server: whoever invited it is written to, once."""

from typing import Any

from rehearsal.server import Permission
from rehearsal.server.model import ChannelKind
from tests.e2e.conftest import House, until


def direct_messages(house: House) -> list[Any]:
    """What the bot wrote in direct messages."""
    channels = [each for each in house.discord.world.channels.values() if each.kind == ChannelKind.DIRECT]
    return [message for channel in channels for message in house.shown_in(str(channel.id))]


def let_audit(house: House, guild: int) -> None:
    """The bot's role may view the audit log there."""
    roles = house.discord.world.guilds[guild].roles
    own = next(role for role in roles.values() if role.bot_id)
    own.permissions |= int(Permission.VIEW_AUDIT_LOG)


def system_channel(house: House, guild: int) -> int:
    """Where Discord itself writes on that server."""
    channel = house.discord.world.guilds[guild].system_channel_id
    assert channel is not None
    return channel


async def asked_about(house: House, guild: int) -> None:
    """Returns when the bot has done what it does about a server that it came to."""

    async def known() -> bool:
        return str(guild) in await welcomed(house) and await house.app.idle()

    await until(known, "the bot to have seen the server")


async def welcomed(house: House) -> list[str]:
    from sqlalchemy import text

    async with house.app.desk.db.read() as tx:
        return [str(row.guild_id) for row in await tx.execute(text("SELECT guild_id FROM servers"))]


async def test_who_invited_the_bot_is_written_to_in_four_sentences_or_so(house: House) -> None:
    owner = house.discord.members[3].id
    guild = house.discord.backstage.add_guild("Tea **rooms**", owner)
    let_audit(house, guild)
    await house.start()
    await asked_about(house, guild)
    [message] = direct_messages(house)
    assert r"Tea \*\*rooms\*\*" in message.content
    assert all(word in message.content for word in ("/setup", "votes", "Integrations", "operator's own database"))
    assert message.content.count("\n") == 3


async def test_a_server_joined_while_the_bot_runs_is_welcomed_once_whatever_restarts_come(house: House) -> None:
    await house.start()
    guild = house.discord.backstage.add_guild("Elsewhere", house.discord.members[3].id)
    await asked_about(house, guild)
    await house.stop()
    other = house.discord.backstage.add_guild("Elsewhere still", house.discord.members[4].id)
    await house.start()
    await asked_about(house, other)  # both were looked at together
    assert [len(house.shown_in(str(system_channel(house, each)))) for each in (guild, other)] == [1, 1]


async def test_a_server_that_the_bot_is_invited_to_again_is_welcomed_again(house: House) -> None:
    guild = house.discord.backstage.add_guild("Elsewhere", house.discord.members[3].id)
    await house.start()
    await asked_about(house, guild)
    await house.stop()
    house.discord.world.guilds[guild].members[house.discord.bot_id].joined_at = house.discord.world.stamp()
    await house.start()

    async def again() -> bool:
        return len(house.shown_in(str(system_channel(house, guild)))) == 2

    await until(again, "a second welcome")


async def test_without_the_audit_log_the_system_channel_is_told_and_nobody_is_written_to(house: House) -> None:
    guild = house.discord.backstage.add_guild("Elsewhere", house.discord.members[3].id)
    system = system_channel(house, guild)
    await house.start()
    await asked_about(house, guild)
    assert direct_messages(house) == []
    assert ["/setup" in message.content for message in house.shown_in(str(system))] == [True]


async def test_closed_direct_messages_fall_back_to_the_system_channel(house: House) -> None:
    owner = house.discord.members[3].id
    guild = house.discord.backstage.add_guild("Elsewhere", owner)
    let_audit(house, guild)
    house.discord.backstage.close_direct_messages(owner)
    system = system_channel(house, guild)
    await house.start()
    await asked_about(house, guild)
    assert direct_messages(house) == []
    assert len(house.shown_in(str(system))) == 1


async def test_where_nobody_can_be_told_nothing_is_said(house: House) -> None:
    guild = house.discord.backstage.add_guild("Elsewhere", house.discord.members[3].id)
    house.discord.world.guilds[guild].system_channel_id = None
    await house.start()
    await asked_about(house, guild)
    assert direct_messages(house) == []
    assert all(house.shown_in(str(each.id)) == [] for each in house.discord.world.channels_of(guild))
