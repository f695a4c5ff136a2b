"""Moments, pages, replies: what goes in comes out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import StatementError

from bot.core.ids import ChannelId, CritiqueId, GuildId, MemberId, MessageId, PointId, RoleId
from bot.core.pages import Page
from bot.core.policies import Policy
from bot.core.servers import Choices
from bot.storage import pages, points, servers
from bot.storage.critiques import save_digest_edited
from bot.storage.database import Database
from bot.storage.tables import Moment
from tests.storage.conftest import NOON

SQLITE = dialect()


@given(
    st.datetimes(timezones=st.timezones() | st.just(UTC), allow_imaginary=False).filter(
        lambda moment: 1 < moment.year < 9999
    )
)
def test_a_moment_keeps_every_microsecond(moment: datetime) -> None:
    stored = Moment().process_bind_param(moment, SQLITE)
    back = Moment().process_result_value(stored, SQLITE)
    assert isinstance(stored, int)
    assert back == moment
    assert back is not None
    assert back.utcoffset() == timedelta()


def test_moments_sort_as_they_follow_each_other() -> None:
    east = timezone(timedelta(hours=9))
    earlier = Moment().process_bind_param(datetime(2026, 1, 1, 8, tzinfo=east), SQLITE)
    later = Moment().process_bind_param(datetime(2026, 1, 1, 0, tzinfo=UTC), SQLITE)
    assert earlier is not None
    assert later is not None
    assert earlier < later


async def test_a_moment_without_a_zone_is_refused(db: Database, critique: CritiqueId) -> None:
    with pytest.raises(StatementError):
        async with db.write() as tx:
            await save_digest_edited(tx, critique, datetime(2026, 1, 1))  # noqa: DTZ001


async def test_pages_are_replaced_by_number_and_dropped_from_the_end(db: Database) -> None:
    first, second, third = (Page(number, ChannelId(1), MessageId(10 + number), f"s{number}") for number in range(3))
    async with db.write() as tx:
        for page in (third, first, second):
            await pages.save(tx, "digest:1", page)
        assert await pages.of_target(tx, "digest:1") == [first, second, third]
        newer = Page(1, ChannelId(2), MessageId(99), "new")
        await pages.save(tx, "digest:1", newer)
        await pages.drop_from(tx, "digest:1", 2)
        assert await pages.of_target(tx, "digest:1") == [first, newer]
        assert await pages.of_target(tx, "digest:2") == []


async def test_a_reply_counts_once_and_goes_when_it_is_deleted(db: Database, critique: CritiqueId) -> None:
    point, message, member = PointId(1), MessageId(70), MemberId(9)
    async with db.write() as tx:
        assert await points.save_reply(tx, message, point, member, NOON)
        assert not await points.save_reply(tx, message, point, member, NOON)
        assert (await points.point(tx, point)).replies == 1
        assert await points.any_replies(tx, [MessageId(1), message])
        assert await points.drop_replies(tx, [message, MessageId(71)]) == [point]
        assert await points.drop_replies(tx, [message]) == []
        assert not await points.any_replies(tx, [message])
        assert (await points.point(tx, point)).replies == 0


async def test_a_server_keeps_its_choices_when_it_is_joined_again(db: Database) -> None:
    async with db.write() as tx:
        await servers.save_joined(tx, GuildId(1), NOON)
        await servers.save_choices(tx, GuildId(1), Choices(home=ChannelId(9)), NOON)
        await servers.save_joined(tx, GuildId(1), NOON + timedelta(days=1))
        assert await servers.choices(tx, GuildId(1)) == Choices(home=ChannelId(9))
        assert await servers.joined_at(tx, [GuildId(1), GuildId(3)]) == {GuildId(1): NOON + timedelta(days=1)}
        assert await servers.choices(tx, GuildId(3)) == Choices()


async def test_all_that_a_server_chooses_comes_back(db: Database) -> None:
    chosen = Choices(
        home=ChannelId(1),
        digest_channel=ChannelId(2),
        moderator_roles=frozenset({RoleId(3), RoleId(4)}),
        agree_emoji="<:yes:5>",
        disagree_emoji="🙅",
        moderators_channel=ChannelId(6),
        time_zone="Europe/London",
        policy=Policy.HELD_FOR_NEW,
        only_vote_emoji=False,
    )
    async with db.write() as tx:
        await servers.save_choices(tx, GuildId(1), Choices(home=ChannelId(9)), NOON)
        await servers.save_choices(tx, GuildId(1), chosen, NOON)
        assert await servers.choices(tx, GuildId(1)) == chosen
        assert chosen.over(Choices(home=ChannelId(7), policy=Policy.OPEN)) == chosen
