"""The stand-in's reactions against Discord's documentation (resources/message#create-reaction and following)."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from rehearsal.server import Permission, StandIn

AGREE, DISAGREE = "👍", "👎"
EMOJI = list("😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔")


def at(message, emoji: str | None = None, who: str | int | None = None) -> str:
    path = f"/channels/{message['channel_id']}/messages/{message['id']}/reactions"
    path += f"/{quote(emoji)}" if emoji else ""
    return f"{path}/{who}" if who else path


async def test_a_reaction_is_counted_and_told_with_its_member(bot, ada):
    """docs: events/gateway-events#message-reaction-add"""
    message = await bot.say("point")
    line = await bot.listen()
    assert await ada.do("PUT", at(message, AGREE, "@me")) is None
    [added] = await line.of("MESSAGE_REACTION_ADD")
    assert added["user_id"] == str(ada.id) == added["member"]["user"]["id"]
    assert added["emoji"] == {"id": None, "name": AGREE} and added["message_author_id"] == str(bot.id)
    assert added["burst"] is False and added["type"] == 0
    read = await ada.do("GET", f"/channels/{message['channel_id']}/messages/{message['id']}")
    assert read["reactions"][0]["count"] == 1 and read["reactions"][0]["me"] is True


async def test_a_removal_bears_no_member(bot, ada):
    """docs: events/gateway-events#message-reaction-remove"""
    message = await bot.say("point")
    await ada.do("PUT", at(message, AGREE, "@me"))
    line = await bot.listen()
    await ada.do("DELETE", at(message, AGREE, "@me"))
    [removed] = await line.of("MESSAGE_REACTION_REMOVE")
    assert removed["user_id"] == str(ada.id) and "member" not in removed


async def test_the_same_reaction_twice_is_one(stand_in: StandIn, bot, ada):
    """docs: resources/message#create-reaction"""
    message = await bot.say("point")
    line = await bot.listen()
    for _ in range(2):
        await ada.do("PUT", at(message, AGREE, "@me"))
    assert len(await line.of("MESSAGE_REACTION_ADD")) == 1
    assert stand_in.world.reactions(int(message["id"])) == {AGREE: {ada.id: None}}


async def test_the_last_reaction_takes_the_emoji_with_it(stand_in: StandIn, bot, ada):
    """docs: resources/message#delete-own-reaction"""
    message = await bot.say("point")
    await ada.do("PUT", at(message, AGREE, "@me"))
    await ada.do("DELETE", at(message, AGREE, "@me"))
    assert stand_in.world.reactions(int(message["id"])) == {}
    assert await ada.refused("DELETE", at(message, AGREE, "@me")) == (400, 10014)


async def test_add_reactions_is_needed_only_for_a_new_emoji(stand_in: StandIn, bot, ada):
    """docs: topics/permissions#permissions-bitwise-permission-flags, ADD_REACTIONS"""
    message = await bot.say("point")
    await bot.do("PUT", at(message, AGREE, "@me"))
    stand_in.backstage.overwrite(int(message["channel_id"]), ada.id, deny=Permission.ADD_REACTIONS)
    assert await ada.do("PUT", at(message, AGREE, "@me")) is None
    assert await ada.refused("PUT", at(message, DISAGREE, "@me")) == (403, 50013)


async def test_reacting_needs_read_message_history(stand_in: StandIn, bot, ada):
    """docs: resources/message#create-reaction"""
    message = await bot.say("point")
    await bot.do("PUT", at(message, AGREE, "@me"))
    stand_in.backstage.overwrite(int(message["channel_id"]), ada.id, deny=Permission.READ_MESSAGE_HISTORY)
    assert await ada.refused("PUT", at(message, AGREE, "@me")) == (403, 50013)


async def test_a_message_takes_20_different_emoji(bot, ada):
    """docs: topics/opcodes-and-status-codes#json, 30010"""
    message = await bot.say("point")
    for emoji in EMOJI[:20]:
        await bot.do("PUT", at(message, emoji, "@me"))
    assert await ada.refused("PUT", at(message, EMOJI[20], "@me")) == (400, 30010)
    assert await ada.do("PUT", at(message, EMOJI[0], "@me")) is None


@pytest.mark.parametrize("emoji", ["x", "1", "nope:123", "👍👎", "?", "÷", "█", "é"])
async def test_what_is_no_emoji_is_unknown(bot, emoji):
    """docs: topics/opcodes-and-status-codes#json, 10014"""
    message = await bot.say("point")
    assert await bot.refused("PUT", at(message, emoji, "@me")) == (400, 10014)


@pytest.mark.parametrize("emoji", ["👍🏽", "❤️", "❤", "✅", "1️⃣", "🇬🇧", "👩‍💻", "⬆️", "☑️", "➕", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
async def test_every_standard_emoji_is_taken(bot, emoji):
    """docs: resources/message#create-reaction"""
    message = await bot.say("point")
    assert await bot.do("PUT", at(message, emoji, "@me")) is None


async def test_an_unknown_message_is_refused(bot, ada):
    """docs: topics/opcodes-and-status-codes#json, 10008"""
    message = {**await bot.say("point"), "id": "1"}
    assert await ada.refused("PUT", at(message, AGREE, "@me")) == (404, 10008)


async def test_who_reacted_is_paged_by_id(stand_in: StandIn, bot, ada, bea, moderator):
    """docs: resources/message#get-reactions"""
    message = await bot.say("point")
    for one in (bea, moderator, ada):
        await one.do("PUT", at(message, AGREE, "@me"))
    first = await bot.do("GET", at(message, AGREE), limit=2)
    ids = sorted([ada.id, bea.id, moderator.id])
    assert [int(each["id"]) for each in first] == ids[:2]
    rest = await bot.do("GET", at(message, AGREE), limit=2, after=first[-1]["id"])
    assert [int(each["id"]) for each in rest] == ids[2:]
    assert await bot.do("GET", at(message, AGREE), type=1) == []
    assert await bot.do("GET", at(message, DISAGREE)) == []
    assert await bot.refused("GET", at(message, AGREE), limit=101) == (400, 50035)


async def test_removing_anothers_reaction_needs_manage_messages(bot, ada, bea):
    """docs: resources/message#delete-user-reaction"""
    message = await bot.say("point")
    await ada.do("PUT", at(message, AGREE, "@me"))
    assert await bea.refused("DELETE", at(message, AGREE, ada.id)) == (403, 50013)
    assert await bot.do("DELETE", at(message, AGREE, ada.id)) is None


async def test_clearing_sends_one_event(bot, ada, bea):
    """docs: resources/message#delete-all-reactions, #delete-all-reactions-for-emoji"""
    message = await bot.say("point")
    for one in (ada, bea):
        for emoji in (AGREE, DISAGREE):
            await one.do("PUT", at(message, emoji, "@me"))
    line = await ada.listen()
    assert await ada.refused("DELETE", at(message)) == (403, 50013)
    await bot.do("DELETE", at(message, AGREE))
    await bot.do("DELETE", at(message))
    names = [name for name, _ in await line.news()]
    assert names == ["MESSAGE_REACTION_REMOVE_EMOJI", "MESSAGE_REACTION_REMOVE_ALL"]


async def test_an_archived_thread_takes_no_reactions_and_loses_none(bot, ada):
    """docs: topics/threads#active-archived-threads; 50083"""
    thread = await bot.start_thread()
    message = await bot.say("point", thread["id"])
    await ada.do("PUT", at(message, AGREE, "@me"))
    await bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True})
    assert await ada.refused("PUT", at(message, DISAGREE, "@me")) == (400, 50083)
    assert await ada.refused("DELETE", at(message, AGREE, "@me")) == (400, 50083)


async def test_a_locked_active_thread_still_takes_reactions(bot, ada):
    """docs: topics/threads#locked-threads"""
    thread = await bot.start_thread()
    message = await bot.say("point", thread["id"])
    await bot.do("PATCH", f"/channels/{thread['id']}", {"locked": True})
    assert await ada.do("PUT", at(message, AGREE, "@me")) is None
    assert await ada.refused("POST", f"/channels/{thread['id']}/messages", {"content": "x"}) == (403, 160005)
