"""A server that the bot has left is purged in the end, unless it is back before."""

from datetime import timedelta

from bot.core.ids import GuildId
from bot.core.servers import Joined, Left
from bot.services import retention, servers
from bot.storage import purges
from bot.storage.tables import metadata
from tests.services.conftest import GUILD, NOON, Room
from tests.services.test_privacy import known

OTHER = GuildId(2)
MONTH = timedelta(days=30).total_seconds()


async def there(room: Room) -> None:
    """The bot is on two servers, and much is stored of one."""
    await servers.come_and_gone(room.desk, [Joined(GUILD, NOON), Joined(OTHER, NOON)])
    await known(room)
    async with room.desk.db.write() as tx:
        await tx.exec_driver_sql("DELETE FROM deliveries WHERE guild_id = 2")


async def left(room: Room) -> list[str]:
    """The tables that hold anything but single values."""
    kept = [name for name in metadata.tables if name != "facts"]
    return [name for name in kept if (await room.rows(f"SELECT 1 FROM {name}"))]  # noqa: S608 - our own names


async def test_all_of_a_server_goes_a_month_after_it_was_left_and_nothing_of_another(room: Room) -> None:
    await there(room)
    await servers.come_and_gone(room.desk, [Left(GUILD)])
    room.clock.move(MONTH)
    await retention.look(room.desk)
    assert "points" in await left(room)
    room.clock.move(1)
    await retention.look(room.desk)
    assert await left(room) == ["servers"]
    assert [row.guild_id for row in await room.rows("SELECT * FROM servers")] == [OTHER]


async def test_coming_back_before_that_cancels_it(room: Room) -> None:
    await there(room)
    await servers.come_and_gone(room.desk, [Left(GUILD)])
    room.clock.move(MONTH - 60)
    await servers.come_and_gone(room.desk, [Joined(GUILD, room.clock.now)])
    room.clock.move(MONTH)
    await retention.look(room.desk)
    assert "points" in await left(room)


async def test_servers_left_while_the_bot_was_down_are_found_out_and_their_time_begins_then(room: Room) -> None:
    await there(room)
    await servers.present(room.desk, {OTHER})
    await servers.present(room.desk, {OTHER})
    room.clock.move(MONTH / 2)
    await servers.present(room.desk, {OTHER})
    assert (await room.rows("SELECT left_at FROM servers WHERE guild_id = 1"))[0].left_at is not None
    room.clock.move(MONTH / 2 + 1)
    await retention.look(room.desk)
    assert await left(room) == ["servers"]


async def test_a_purge_that_was_cut_off_goes_on(room: Room) -> None:
    await there(room)
    await servers.come_and_gone(room.desk, [Left(GUILD)])
    async with room.desk.db.write() as tx:
        for critique in await purges.critiques_of(tx, GUILD):
            await purges.drop_votes(tx, critique)
    room.clock.move(MONTH + 1)
    await retention.look(room.desk)
    assert await left(room) == ["servers"]
    await retention.look(room.desk)
    assert await left(room) == ["servers"]
