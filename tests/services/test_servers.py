"""What servers choose, who may, and which are welcomed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core.acts import Actor
from bot.core.ids import ChannelId, GuildId, MemberId, RoleId
from bot.core.refusals import Code, Refusal
from bot.core.servers import Choices, Joined
from bot.services import servers
from tests.services.conftest import CHOICES, GUILD, HOME, MEMBER, MODERATOR, NOON, Room

ADMINISTRATOR = Actor(MemberId(9), GUILD, frozenset(), administrator=True)


async def deliveries(room: Room) -> list[str]:
    async with room.desk.db.read() as tx:
        return [row.kind for row in await tx.execute(text("SELECT kind FROM deliveries WHERE ended_at IS NULL"))]


async def test_a_choice_is_kept_beside_the_others(room: Room) -> None:
    await servers.choose(room.desk, MODERATOR, CHOICES, lambda own: replace(own, home=HOME))
    await servers.choose(room.desk, MODERATOR, CHOICES, lambda own: replace(own, time_zone="Asia/Tokyo"))
    assert await servers.own(room.desk, GUILD) == Choices(home=HOME, time_zone="Asia/Tokyo")


async def test_a_member_chooses_nothing(room: Room) -> None:
    with pytest.raises(Refusal) as refused:
        await servers.choose(room.desk, MEMBER, CHOICES, lambda own: replace(own, home=HOME))
    assert refused.value.code is Code.NOT_A_MODERATOR
    assert await servers.own(room.desk, GUILD) == Choices()


async def test_a_moderator_cannot_make_moderators_and_an_administrator_can(room: Room) -> None:
    def named(own: Choices) -> Choices:
        return replace(own, moderator_roles=frozenset({RoleId(8)}))

    with pytest.raises(Refusal) as refused:
        await servers.choose(room.desk, MODERATOR, CHOICES, named)
    assert refused.value.code is Code.NOT_AN_ADMINISTRATOR
    await servers.choose(room.desk, ADMINISTRATOR, CHOICES, named)
    assert (await servers.own(room.desk, GUILD)).moderator_roles == {8}


async def test_the_rule_of_two_emoji_is_owed_to_discord_where_it_or_its_channel_changes(room: Room) -> None:
    await servers.choose(room.desk, MODERATOR, CHOICES, lambda own: replace(own, home=HOME))
    assert await deliveries(room) == []
    await servers.choose(room.desk, MODERATOR, CHOICES, lambda own: replace(own, only_vote_emoji=True))
    assert await deliveries(room) == ["hold-reactions"]
    assert await room.ledger.reactions(GUILD) == (HOME, None)
    await room.ledger.save_reactions_held_in(GUILD, HOME)
    await servers.choose(room.desk, MODERATOR, CHOICES, lambda own: own.moved_to(ChannelId(77)))
    assert await room.ledger.reactions(GUILD) == (77, HOME)


def test_a_digest_that_stands_in_the_home_goes_along_with_it() -> None:
    beside = Choices(home=HOME, digest_channel=HOME).moved_to(ChannelId(77))
    assert (beside.home, beside.digest_channel, beside.digest_for(ChannelId(5))) == (77, 77, 5)
    apart = Choices(home=HOME, digest_channel=ChannelId(44)).moved_to(ChannelId(77))
    assert (apart.digest_channel, apart.digest_for(ChannelId(5))) == (44, 44)


async def test_a_new_server_is_welcomed_once(room: Room) -> None:
    for _ in range(2):
        assert await servers.come_and_gone(room.desk, [Joined(GUILD, NOON - timedelta(days=1))]) == ()
    assert await deliveries(room) == ["welcome"]


async def test_servers_that_have_known_the_bot_for_long_are_only_remembered(room: Room) -> None:
    commits = room.commits
    for _ in range(2):
        await servers.come_and_gone(room.desk, [Joined(GUILD, NOON - timedelta(days=30))])
    assert await deliveries(room) == [] and room.commits == commits + 1


async def test_a_server_that_invites_the_bot_anew_is_welcomed_and_keeps_its_choices(room: Room) -> None:
    await servers.come_and_gone(room.desk, [Joined(GUILD, NOON - timedelta(days=30)), Joined(GuildId(2), NOON)])
    await servers.choose(room.desk, MODERATOR, CHOICES, lambda own: replace(own, home=HOME))
    await servers.come_and_gone(room.desk, [Joined(GUILD, NOON), Joined(GuildId(2), NOON)])
    assert await deliveries(room) == ["welcome", "welcome"]
    assert (await servers.own(room.desk, GUILD)).home == HOME
