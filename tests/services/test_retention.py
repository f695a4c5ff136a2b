"""A server that the bot has left is purged in the end, unless it is back before."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.acts import Actor
from bot.core.ids import GuildId, MemberId
from bot.core.refusals import Code, Refusal
from bot.core.retention import LONGEST, Retention
from bot.core.servers import Joined, Left
from bot.services import appeals, cases, retention, servers
from bot.storage import purges
from bot.storage.tables import metadata
from tests.services.conftest import CHOICES, GUILD, MEMBER, MODERATOR, NOON, Room
from tests.services.test_privacy import ADA, known

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


ADMINISTRATOR = Actor(MemberId(9), GUILD, frozenset(), administrator=True)
DAY = timedelta(days=1).total_seconds()


async def keeps(room: Room, **days: int) -> Retention:
    return await retention.choose(room.desk, ADMINISTRATOR, CHOICES, Retention(**days))


async def refused(call: Any) -> Code:
    with pytest.raises(Refusal) as caught:
        await call
    return caught.value.code


async def held(room: Room) -> tuple[int, int]:
    """How many changes of votes there are, and in how many cases anything is written."""
    changes = await room.rows("SELECT 1 FROM history")
    written = await room.rows("SELECT 1 FROM cases WHERE words != '' OR coalesce(appeal, '') != ''")
    return len(changes), len(written)


async def test_all_is_kept_where_nothing_was_chosen(room: Room) -> None:
    await there(room)
    before = await held(room)
    room.clock.move(5_000 * DAY)
    await retention.look(room.desk)
    assert await held(room) == before and min(before) > 0


async def test_changes_of_votes_go_when_they_are_older_and_the_votes_stay(room: Room) -> None:
    await there(room)
    _, written = await held(room)
    votes = await room.rows("SELECT * FROM holds"), await room.rows("SELECT * FROM tallies")
    await keeps(room, history=30)
    room.clock.move(30 * DAY)
    await retention.look(room.desk)
    assert (await held(room))[0] > 0
    room.clock.move(DAY)
    await retention.look(room.desk)
    assert await held(room) == (0, written)
    assert (await room.rows("SELECT * FROM holds"), await room.rows("SELECT * FROM tallies")) == votes
    assert (await room.rows("SELECT value FROM facts WHERE name = 'scrubbed-at'"))[0].value


async def test_more_than_goes_at_once_goes_in_pieces(room: Room) -> None:
    await there(room)
    async with room.desk.db.write() as tx:
        many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) "
        first = "(SELECT * FROM history LIMIT 1)"
        row = "point_id, revision, member_id, before, after, source, at"
        await tx.exec_driver_sql(f"INSERT INTO history ({row}) {many} SELECT {row} FROM {first}, n")  # noqa: S608
    await keeps(room, history=30)
    room.clock.move(40 * DAY)
    before = room.commits
    await retention.look(room.desk)
    assert (await held(room))[0] == 0 and room.commits - before >= 3


async def test_what_is_written_in_a_case_waits_for_the_answer_to_its_appeal(room: Room) -> None:
    await there(room)
    await keeps(room, cases=30)
    room.clock.move(40 * DAY)
    await retention.look(room.desk)
    assert (await held(room))[1] == 1
    (waiting,) = await cases.unanswered(room.desk, MODERATOR, CHOICES)
    await appeals.answer(room.desk, MODERATOR, CHOICES, waiting.id, "It stands.", granted=False)
    await retention.look(room.desk)
    assert (await held(room))[1] == 1
    room.clock.move(31 * DAY)
    await retention.look(room.desk)
    assert (await held(room))[1] == 0
    (case,) = await cases.mine(room.desk, ADA)
    assert case.appeal is not None and case.appeal.granted is False
    assert await refused(cases.appeal(room.desk, ADA.id, case.id, "Again.")) is Code.APPEALED


async def test_a_choice_holds_from_a_day_later_and_another_takes_its_place(room: Room) -> None:
    await there(room)
    before = await held(room)
    room.clock.move(40 * DAY)
    chosen = await keeps(room, history=30, cases=60)
    assert chosen.holds_from == room.clock.now + timedelta(days=1)
    room.clock.move(DAY - 1)
    await retention.look(room.desk)
    assert await held(room) == before
    await keeps(room, history=100)
    room.clock.move(2 * DAY)
    await retention.look(room.desk)
    assert await held(room) == before


async def test_another_server_keeps_what_it_has(room: Room) -> None:
    await there(room)
    before = await held(room)
    await retention.choose(room.desk, replace(ADMINISTRATOR, guild=OTHER), CHOICES, Retention(30, 30))
    room.clock.move(50 * DAY)
    await retention.look(room.desk)
    assert await held(room) == before


async def test_administrators_alone_choose_and_within_bounds(room: Room) -> None:
    choose = retention.choose
    assert await refused(choose(room.desk, MODERATOR, CHOICES, Retention(30, 30))) is Code.NOT_AN_ADMINISTRATOR
    assert await refused(retention.chosen(room.desk, MEMBER, CHOICES)) is Code.NOT_A_MODERATOR
    assert await retention.chosen(room.desk, MODERATOR, CHOICES) == Retention()
    for days in (1, 29, LONGEST + 1):
        assert await refused(keeps(room, cases=days)) is Code.KEPT_TOO_SHORTLY
    assert (await keeps(room, history=30, cases=LONGEST)).cases == LONGEST
