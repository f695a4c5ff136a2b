"""The stand-in's messages against Discord's documentation (resources/message)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn


async def path(client, message=None, channel="general") -> str:
    base = f"/channels/{client.stand_in.channels[channel]}/messages"
    return f"{base}/{message['id']}" if message else base


async def test_a_message_comes_back_as_it_was_sent(ada, bea):
    """docs: resources/message#create-message"""
    sent = await ada.say("  11. One *more*.  ")
    read = await bea.do("GET", await path(bea, sent))
    assert read["content"] == "11. One *more*."
    assert read["author"]["id"] == str(ada.id) and read["type"] == 0 and read["edited_timestamp"] is None


async def test_an_empty_message_is_refused(ada):
    """docs: topics/opcodes-and-status-codes#json, 50006"""
    assert await ada.refused("POST", await path(ada), {"content": "   "}) == (400, 50006)


async def test_a_message_of_2001_characters_is_refused_with_its_place(ada):
    """docs: reference#error-messages"""
    status, answer = await ada.ask("POST", await path(ada), {"content": "x" * 2001})
    assert (status, answer["code"]) == (400, 50035)
    assert answer["errors"]["content"]["_errors"][0]["code"] == "BASE_TYPE_MAX_LENGTH"
    assert await ada.say("x" * 2000)


async def test_bad_json_is_refused(stand_in: StandIn, session, ada):
    """docs: topics/opcodes-and-status-codes#json, 50109"""
    headers = {"Authorization": ada.token, "Content-Type": "application/json"}
    async with session.post(stand_in.api + await path(ada), headers=headers, data="{") as answer:
        assert answer.status == 400 and (await answer.json())["code"] == 50109
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("header", ["", "Bot nonsense", "nonsense"])
async def test_a_wrong_token_is_401(stand_in: StandIn, session, header):
    """docs: reference#authentication"""
    headers = {"Authorization": header} if header else {}
    async with session.get(stand_in.api + "/users/@me", headers=headers) as answer:
        assert answer.status == 401
        assert await answer.json() == {"message": "401: Unauthorized", "code": 0}


async def test_a_bot_token_needs_its_word_and_a_member_must_not_use_it(stand_in: StandIn, session, ada):
    """docs: reference#authentication"""
    for header in (stand_in.bot_token, f"Bot {ada.token}"):
        async with session.get(stand_in.api + "/users/@me", headers={"Authorization": header}) as answer:
            assert answer.status == 401


async def test_embeds_hold_6000_characters_in_all(bot):
    """docs: resources/message#embed-object-embed-limits"""
    one = {"description": "x" * 3000}
    assert await bot.do("POST", await path(bot), {"embeds": [one, one]})
    status, answer = await bot.ask("POST", await path(bot), {"embeds": [one, one, {"title": "x"}]})
    assert status == 400 and "embeds" in answer["errors"]


@pytest.mark.parametrize(
    "embed",
    [
        {"title": "x" * 257},
        {"description": "x" * 4097},
        {"fields": [{"name": "n", "value": "v"}] * 26},
        {"fields": [{"name": "n", "value": "x" * 1025}]},
        {"fields": [{"name": "", "value": "v"}]},
        {"footer": {"text": "x" * 2049}},
        {"author": {"name": "x" * 257}},
        {"url": "nowhere", "title": "t"},
        {},
    ],
)
async def test_each_part_of_an_embed_has_its_limit(bot, embed):
    """docs: resources/message#embed-object-embed-limits"""
    assert await bot.refused("POST", await path(bot), {"embeds": [embed]}) == (400, 50035)


async def test_ten_embeds_are_enough(bot):
    """docs: resources/message#create-message"""
    assert await bot.refused("POST", await path(bot), {"embeds": [{"title": "t"}] * 11}) == (400, 50035)


def button(custom_id: str | None = "a", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **more}


def rows(*buttons: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": 1, "components": list(buttons)}]


@pytest.mark.parametrize(
    "components",
    [
        rows(*(button(str(n)) for n in range(6))),
        rows(button(), button()),
        rows(button("x" * 101)),
        rows(button(label="x" * 81)),
        rows(button(None)),
        rows(button(label=None)),
        rows(button(style=5)),
        rows(button(style=5, url="https://example.org")),
        rows(),
        [button()],
        [{"type": 10, "content": "text"}],
        [{"type": 1, "components": [button(str(n))]} for n in range(6)],
        rows({"type": 3, "custom_id": "s", "options": []}),
        rows({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": "v"}]}, button()),
        rows({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": "v"}] * 2}),
        rows({"type": 3, "custom_id": "s", "options": [{"label": "l", "value": str(n)} for n in range(26)]}),
    ],
)
async def test_wrong_components_are_refused(bot, components):
    """docs: components/reference#action-row, #button, #string-select"""
    body = {"content": "x", "components": components}
    assert await bot.refused("POST", await path(bot), body) == (400, 50035)


async def test_components_get_ids_and_come_back(bot):
    """docs: components/reference#anatomy-of-a-component"""
    sent = await bot.say("x", components=rows(button("a"), button("b", disabled=True)))
    row = sent["components"][0]
    assert [row["id"], *(each["id"] for each in row["components"])] == [1, 2, 3]
    assert [each["custom_id"] for each in row["components"]] == ["a", "b"]


async def test_components_v2_take_text_but_no_content(bot):
    """docs: components/using-message-components"""
    text = {"type": 17, "components": [{"type": 10, "content": "text"}]}
    sent = await bot.do("POST", await path(bot), {"flags": 1 << 15, "components": [text]})
    assert sent["flags"] & 1 << 15 and sent["components"][0]["components"][0]["content"] == "text"
    body = {"flags": 1 << 15, "components": [text], "content": "no"}
    assert await bot.refused("POST", await path(bot), body) == (400, 50035)


async def test_components_v2_hold_40_components_and_4000_characters(bot):
    """docs: components/reference#container"""
    texts = [{"type": 10, "content": "x"}] * 40
    assert await bot.do("POST", await path(bot), {"flags": 1 << 15, "components": texts})
    one_too_many = [{"type": 17, "components": texts}]
    for wrong in (one_too_many, [{"type": 10, "content": "x" * 2001}] * 2):
        body = {"flags": 1 << 15, "components": wrong}
        assert await bot.refused("POST", await path(bot), body) == (400, 50035)


async def test_an_enforced_nonce_gives_back_the_earlier_message(bot):
    """docs: resources/message#create-message, enforce_nonce"""
    first = await bot.say("once", nonce="n1", enforce_nonce=True)
    again = await bot.say("twice", nonce="n1", enforce_nonce=True)
    assert again["id"] == first["id"] and again["content"] == "once"
    assert len(await bot.do("GET", await path(bot))) == 1
    assert (await bot.say("thrice", nonce="n1"))["id"] != first["id"]


async def test_a_nonce_belongs_to_its_author(bot, ada):
    """docs: resources/message#create-message, enforce_nonce"""
    one = await bot.say("x", nonce="n1", enforce_nonce=True)
    assert (await ada.say("y", nonce="n1", enforce_nonce=True))["id"] != one["id"]


async def test_the_list_is_newest_first_and_paged(ada):
    """docs: resources/message#get-channel-messages"""
    ids = [(await ada.say(str(n)))["id"] for n in range(6)]
    where = await path(ada)

    async def page(**query: Any) -> list[str]:
        return [each["id"] for each in await ada.do("GET", where, **query)]

    assert await page() == ids[::-1]
    assert await page(limit=2) == ids[:3:-1]
    assert await page(before=ids[3], limit=2) == [ids[2], ids[1]]
    assert await page(after=ids[1], limit=2) == [ids[3], ids[2]]
    assert await page(around=ids[2], limit=3) == [ids[3], ids[2], ids[1]]
    assert await ada.refused("GET", where, limit=101) == (400, 50035)


async def test_without_read_message_history_the_list_is_empty(stand_in: StandIn, bot, ada):
    """docs: resources/message#get-channel-messages"""
    sent = await ada.say("x")
    stand_in.backstage.overwrite(stand_in.channels["general"], stand_in.bot_id, deny=Permission.READ_MESSAGE_HISTORY)
    assert await bot.do("GET", await path(bot)) == []
    assert await bot.refused("GET", await path(bot, sent)) == (403, 50013)


async def test_a_hidden_channel_is_missing_access(ada, moderator, bot):
    """docs: topics/permissions#permission-overwrites; 50001"""
    where = await path(ada, channel="moderators")
    assert await ada.refused("GET", where) == (403, 50001)
    assert await ada.refused("POST", where, {"content": "x"}) == (403, 50001)
    assert await moderator.do("POST", where, {"content": "x"})
    assert await bot.do("POST", where, {"content": "x"})


async def test_a_denied_permission_is_missing_permissions(stand_in: StandIn, ada, bea):
    """docs: topics/permissions#permission-overwrites; 50013"""
    where = stand_in.channels["general"]
    stand_in.backstage.overwrite(where, ada.id, deny=Permission.SEND_MESSAGES)
    assert await ada.refused("POST", await path(ada), {"content": "x"}) == (403, 50013)
    assert await bea.say("x")


async def test_a_members_overwrite_wins_over_roles_and_everyone(stand_in: StandIn, ada, moderator):
    """docs: topics/permissions#permission-overwrites"""
    where = stand_in.channels["general"]
    role = next(each for each in stand_in.backstage.guild.roles.values() if each.name == "Moderators")
    stand_in.backstage.overwrite(where, stand_in.guild_id, deny=Permission.SEND_MESSAGES)
    stand_in.backstage.overwrite(where, role.id, allow=Permission.SEND_MESSAGES)
    assert await moderator.say("x")
    stand_in.backstage.overwrite(where, moderator.id, deny=Permission.SEND_MESSAGES)
    for silent in (ada, moderator):
        assert await silent.refused("POST", await path(ada), {"content": "x"}) == (403, 50013)


async def test_a_member_in_time_out_can_only_read(stand_in: StandIn, ada):
    """docs: topics/permissions#permissions-for-timed-out-members"""
    sent = await ada.say("x")
    stand_in.backstage.time_out(ada.id, "2999-01-01T00:00:00+00:00")
    assert await ada.refused("POST", await path(ada), {"content": "x"}) == (403, 50013)
    assert await ada.do("GET", await path(ada, sent))
    stand_in.backstage.time_out(ada.id, "2001-01-01T00:00:00+00:00")
    assert await ada.say("x")


async def test_only_the_author_edits_a_message(ada, moderator):
    """docs: resources/message#edit-message; 50005"""
    sent = await ada.say("before")
    edited = await ada.do("PATCH", await path(ada, sent), {"content": "after"})
    assert edited["content"] == "after" and edited["edited_timestamp"]
    assert await moderator.refused("PATCH", await path(ada, sent), {"content": "no"}) == (403, 50005)
    assert await ada.refused("PATCH", await path(ada, sent), {"content": ""}) == (400, 50006)


async def test_an_edit_leaves_alone_what_it_does_not_name(bot):
    """docs: resources/message#edit-message"""
    sent = await bot.say("text", embeds=[{"title": "t"}], components=rows(button()))
    edited = await bot.do("PATCH", await path(bot, sent), {"components": []})
    assert edited["content"] == "text" and edited["embeds"] and edited["components"] == []


async def test_deleting_another_ones_message_needs_manage_messages(ada, bea, moderator):
    """docs: resources/message#delete-message"""
    sent = await ada.say("x")
    assert await bea.refused("DELETE", await path(ada, sent)) == (403, 50013)
    assert await moderator.do("DELETE", await path(ada, sent)) is None
    assert await ada.refused("GET", await path(ada, sent)) == (404, 10008)


async def test_bulk_deleting_takes_2_to_100_messages(ada, moderator):
    """docs: resources/message#bulk-delete-messages"""
    ids = [(await ada.say(str(n)))["id"] for n in range(3)]
    where = await path(ada) + "/bulk-delete"
    line = await ada.listen()
    assert await ada.refused("POST", where, {"messages": ids}) == (403, 50013)
    assert await moderator.refused("POST", where, {"messages": ids[:1]}) == (400, 50035)
    assert await moderator.do("POST", where, {"messages": ids[:2]}) is None
    assert [each["id"] for each in await ada.do("GET", await path(ada))] == [ids[2]]
    assert [each["ids"] for each in await line.of("MESSAGE_DELETE_BULK")] == [ids[:2]]


async def test_messages_older_than_two_weeks_are_not_bulk_deleted(moderator):
    """docs: resources/message#bulk-delete-messages; 50034"""
    where = await path(moderator) + "/bulk-delete"
    assert await moderator.refused("POST", where, {"messages": ["1", "2"]}) == (400, 50034)


async def test_a_reply_refers_to_its_message_and_mentions_its_author(ada, bea):
    """docs: resources/message#message-reference-structure"""
    sent = await ada.say("question")
    reply = await bea.say("answer", message_reference={"message_id": sent["id"]})
    assert reply["type"] == 19 and reply["message_reference"]["message_id"] == sent["id"]
    assert reply["referenced_message"]["content"] == "question"
    assert [each["id"] for each in reply["mentions"]] == [str(ada.id)]


async def test_a_reply_to_nothing_is_refused_unless_told_otherwise(ada):
    """docs: resources/message#message-reference-structure, fail_if_not_exists"""
    body = {"content": "x", "message_reference": {"message_id": "1"}}
    assert await ada.refused("POST", await path(ada), body) == (400, 50035)
    body["message_reference"] = {"message_id": "1", "fail_if_not_exists": False}
    assert (await ada.do("POST", await path(ada), body))["type"] == 0


async def test_allowed_mentions_decide_who_is_mentioned(bot, ada, bea):
    """docs: resources/message#allowed-mentions-object"""
    text = f"<@{ada.id}> <@!{bea.id}> @everyone"

    async def mentioned(**allowed: Any) -> list[str]:
        more = {"allowed_mentions": allowed} if allowed else {}
        return [each["id"] for each in (await bot.say(text, **more))["mentions"]]

    assert await mentioned() == [str(ada.id), str(bea.id)]
    assert await mentioned(parse=[]) == []
    assert await mentioned(users=[str(bea.id)]) == [str(bea.id)]
    body = {"content": text, "allowed_mentions": {"parse": ["users"], "users": [str(ada.id)]}}
    assert await bot.refused("POST", await path(bot), body) == (400, 50035)


async def test_everyone_is_mentioned_only_by_who_may(stand_in: StandIn, ada):
    """docs: topics/permissions#permissions-bitwise-permission-flags, MENTION_EVERYONE"""
    assert not (await ada.say("@everyone"))["mention_everyone"]
    stand_in.backstage.overwrite(stand_in.channels["general"], ada.id, allow=Permission.MENTION_EVERYONE)
    assert (await ada.say("@everyone"))["mention_everyone"]


async def test_files_are_kept_and_can_be_fetched(stand_in: StandIn, session, ada):
    """docs: reference#uploading-files"""
    body = {"content": "", "attachments": [{"id": 0, "filename": "list.txt", "description": "a list"}]}
    sent = await ada.do("POST", await path(ada), body, files={"x.txt": b"1. One"})
    [attachment] = sent["attachments"]
    assert attachment["filename"] == "list.txt" and attachment["description"] == "a list"
    async with session.get(attachment["url"]) as answer:
        assert await answer.read() == b"1. One"


async def test_files_need_attach_files(stand_in: StandIn, ada):
    """docs: topics/permissions#permissions-bitwise-permission-flags, ATTACH_FILES"""
    stand_in.backstage.overwrite(stand_in.channels["general"], ada.id, deny=Permission.ATTACH_FILES)
    assert await ada.refused("POST", await path(ada), {}, files={"a": b"x"}) == (403, 50013)


async def test_an_edit_keeps_only_the_attachments_it_lists(bot):
    """docs: resources/message#edit-message"""
    sent = await bot.do("POST", await path(bot), {}, files={"a": b"a", "b": b"b"})
    keep = {"attachments": [{"id": sent["attachments"][1]["id"]}]}
    edited = await bot.do("PATCH", await path(bot, sent), keep)
    assert [each["filename"] for each in edited["attachments"]] == ["b"]


async def test_an_application_without_the_intent_reads_no_content(stand_in: StandIn, bot, ada):
    """docs: events/gateway#http-restrictions, #message-content-intent"""
    plain, mentioning = await ada.say("secret"), await ada.say(f"<@{bot.id}> open")
    own = await bot.say("mine")
    stand_in.backstage.switch_intent("message_content", on=False)
    read = {each["id"]: each["content"] for each in await bot.do("GET", await path(bot))}
    assert read == {plain["id"]: "", mentioning["id"]: f"<@{bot.id}> open", own["id"]: "mine"}


async def test_what_is_not_modelled_answers_501_with_its_name(bot, ada):
    """STAND-IN: never a made-up success."""
    status, answer = await bot.ask("POST", f"/guilds/{bot.stand_in.guild_id}/stickers", {"name": "x"})
    assert status == 501 and f"POST /guilds/{bot.stand_in.guild_id}/stickers" in answer["message"]
    assert (await bot.ask("GET", "/no/such/thing"))[0] == 501
    assert (await ada.ask("POST", await path(ada), {"content": "x", "poll": {"question": {}}}))[0] == 501
