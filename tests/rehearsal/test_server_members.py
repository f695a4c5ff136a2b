"""Members asked for over the gateway, against Discord's documentation (events/gateway-events)."""

from __future__ import annotations

import pytest

from rehearsal.server import StandIn
from tests.rehearsal.conftest import EVERYTHING

MEMBERS = 1 << 1


@pytest.fixture
def guild(stand_in: StandIn) -> str:
    return str(stand_in.guild_id)


async def test_members_are_given_by_their_ids(bot, ada, guild):
    """docs: #request-guild-members"""
    line = await bot.listen()
    await line.send(8, {"guild_id": guild, "user_ids": [str(ada.id), "1"], "nonce": "n"})
    chunk = await line.event("GUILD_MEMBERS_CHUNK")
    assert [each["user"]["id"] for each in chunk["members"]] == [str(ada.id)]
    assert chunk["not_found"] == ["1"] and chunk["nonce"] == "n" and "presences" not in chunk


async def test_presences_come_where_they_were_asked_for_and_the_intent_is_there(bot, ada, guild):
    """docs: #request-guild-members, presences"""
    asked = {"guild_id": guild, "user_ids": str(ada.id), "presences": True}
    for bits, presences in ((EVERYTHING, []), (EVERYTHING & ~(1 << 8), None)):
        line = await bot.listen(bits)
        await line.send(8, asked)
        assert (await line.event("GUILD_MEMBERS_CHUNK")).get("presences") == presences


async def test_a_name_and_a_list_of_ids_bring_100_members_at_most(stand_in: StandIn, bot, guild):
    """docs: #request-guild-members, limits"""
    added = [stand_in.backstage.add_member(f"Zebra{number}") for number in range(101)]
    line = await bot.listen()
    seen = []
    for more in (
        {"query": "zebra", "limit": 0},
        {"query": "zebra", "limit": 1000},
        {"query": "zebra", "limit": 7},
        {"user_ids": [str(each.id) for each in added]},
    ):
        await line.send(8, {"guild_id": guild, **more})
        seen.append(len((await line.event("GUILD_MEMBERS_CHUNK"))["members"]))
    assert seen == [100, 100, 7, 100]


async def test_the_whole_list_comes_in_chunks_of_a_thousand(stand_in: StandIn, bot, guild):
    """docs: #guild-members-chunk"""
    for number in range(1000):
        stand_in.backstage.add_member(f"zebra{number}")
    line = await bot.listen()
    await line.send(8, {"guild_id": guild, "query": "", "limit": 0})
    chunks = await line.of("GUILD_MEMBERS_CHUNK")
    assert [(each["chunk_index"], each["chunk_count"], len(each["members"])) for each in chunks] == [
        (0, 2, 1000),
        (1, 2, 6),
    ]


async def test_the_whole_list_comes_once_in_thirty_seconds(stand_in: StandIn, bot, guild):
    """docs: #rate-limited, and the limit of one request for a guild in 30 seconds"""
    line = await bot.listen()
    asked = {"guild_id": guild, "query": "", "limit": 0, "nonce": "again"}
    for _ in range(2):
        await line.send(8, asked)
    [limited] = await line.of("RATE_LIMITED")
    assert limited["opcode"] == 8 and limited["meta"] == {"guild_id": guild, "nonce": "again"}
    assert 0 < limited["retry_after"] <= 30
    stand_in.world.clock.ahead = 30
    await line.send(8, asked)
    assert len((await line.event("GUILD_MEMBERS_CHUNK"))["members"]) == 6


async def test_the_whole_list_needs_the_members_intent(bot, guild):
    """docs: #request-guild-members"""
    line = await bot.listen(EVERYTHING & ~MEMBERS)
    await line.send(8, {"guild_id": guild, "query": "", "limit": 0})
    assert (await line.event("GUILD_MEMBERS_CHUNK"))["members"] == []


async def test_a_nonce_above_32_bytes_is_left_out(bot, ada, guild):
    """docs: #request-guild-members, note on nonce"""
    line = await bot.listen()
    for nonce, told in (("n" * 32, "n" * 32), ("n" * 31 + "ü", None)):
        await line.send(8, {"guild_id": guild, "user_ids": str(ada.id), "nonce": nonce})
        assert (await line.event("GUILD_MEMBERS_CHUNK")).get("nonce") == told


async def test_a_guild_one_is_not_in_is_not_answered(bot, ada, guild):
    """docs: #request-guild-members"""
    line = await bot.listen()
    await line.send(8, {"guild_id": "1", "user_ids": str(ada.id)})
    assert await line.news() == []


@pytest.mark.parametrize("data", [[], {}, {"query": "x"}, {"limit": 3}, {"query": 1, "limit": 1}])
async def test_a_request_that_names_neither_start_nor_ids_is_4002(bot, guild, data):
    """docs: #request-guild-members, required fields"""
    line = await bot.listen()
    await line.send(8, {"guild_id": guild, **data} if isinstance(data, dict) else data)
    assert await line.closed() == 4002
