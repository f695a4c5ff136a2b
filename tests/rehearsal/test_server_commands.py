"""The stand-in's commands and interactions against Discord's documentation (interactions/*)."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.server import Permission, StandIn

EPHEMERAL, LOADING = 1 << 6, 1 << 7
PROBE: dict[str, Any] = {
    "name": "probe",
    "description": "Try things",
    "options": [
        {"type": 3, "name": "text", "description": "A text", "required": True, "max_length": 5},
        {"type": 4, "name": "number", "description": "A number", "min_value": 1, "max_value": 9},
        {"type": 11, "name": "file", "description": "A file"},
        {"type": 6, "name": "who", "description": "A user"},
        {"type": 3, "name": "word", "description": "A word", "autocomplete": True},
    ],
}
NESTED: dict[str, Any] = {
    "name": "point",
    "description": "Points",
    "options": [
        {
            "type": 1,
            "name": "show",
            "description": "Show one",
            "options": [{"type": 3, "name": "label", "description": "Which", "required": True}],
        },
        {"type": 1, "name": "list", "description": "List all"},
    ],
}


def commands(bot: Any, guild: bool = False) -> str:
    place = f"/guilds/{bot.stand_in.guild_id}" if guild else ""
    return f"/applications/{bot.stand_in.application_id}{place}/commands"


async def test_a_bulk_overwrite_keeps_the_ids_of_what_stays(bot):
    """docs: interactions/application-commands#bulk-overwrite-global-application-commands"""
    before = await bot.do("PUT", commands(bot), [PROBE, NESTED])
    after = await bot.do("PUT", commands(bot), [{**NESTED, "description": "Other"}])
    assert [each["id"] for each in after] == [before[1]["id"]]
    assert after[0]["version"] != before[1]["version"]
    assert await bot.do("GET", commands(bot), with_localizations="true") == after
    assert (await bot.do("PUT", commands(bot), [{**NESTED, "description": "Other"}])) == after


async def test_guild_commands_are_apart_from_global_ones(bot):
    """docs: interactions/application-commands#registering-a-command"""
    await bot.do("PUT", commands(bot), [PROBE])
    [own] = await bot.do("PUT", commands(bot, guild=True), [NESTED])
    assert own["guild_id"] == str(bot.stand_in.guild_id)
    assert [each["name"] for each in await bot.do("GET", commands(bot))] == ["probe"]


async def test_a_command_is_made_read_changed_and_deleted(bot):
    """docs: interactions/application-commands#create-global-application-command and following"""
    status, made = await bot.ask("POST", commands(bot), PROBE)
    assert status == 201
    path = f"{commands(bot)}/{made['id']}"
    assert (await bot.do("PATCH", path, {"description": "New"}))["description"] == "New"
    assert (await bot.do("GET", path))["options"] == made["options"]
    await bot.do("DELETE", path)
    assert await bot.refused("GET", path) == (404, 10063)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "Upper"},
        {"name": "two words"},
        {"name": "x" * 33},
        {"name": ""},
        {"description": ""},
        {"description": "x" * 101},
        {"options": [{"type": 3, "name": "o", "description": "d"}] * 2},
        {"options": [{"type": 3, "name": f"o{n}", "description": "d"} for n in range(26)]},
        {"options": [{"type": 99, "name": "o", "description": "d"}]},
        {"options": [{"type": 3, "name": "o", "description": ""}]},
        {
            "options": [
                {"type": 3, "name": "a", "description": "d"},
                {"type": 3, "name": "b", "description": "d", "required": True},
            ]
        },
        {"options": [{"type": 1, "name": "a", "description": "d"}, {"type": 3, "name": "b", "description": "d"}]},
        {
            "options": [
                {
                    "type": 3,
                    "name": f"o{n}",
                    "description": "x" * 100,
                    "choices": [{"name": f"{c}" * 50, "value": "v" * 50} for c in range(4)],
                }
                for n in range(25)
            ]
        },
    ],
)
async def test_a_command_that_breaks_a_rule_is_refused(bot, wrong):
    """docs: interactions/application-commands#application-command-object"""
    assert await bot.refused("POST", commands(bot), {**PROBE, **wrong}) == (400, 50035)
    assert await bot.refused("PUT", commands(bot), [{**PROBE, **wrong}]) == (400, 50035)


async def test_names_are_unique_and_100_at_most(bot):
    """docs: interactions/application-commands#registering-a-command"""
    assert await bot.refused("PUT", commands(bot), [PROBE, PROBE]) == (400, 50035)
    many = [{"name": f"c{n}", "description": "d"} for n in range(101)]
    assert await bot.refused("PUT", commands(bot), many) == (400, 30032)
    await bot.do("PUT", commands(bot), many[:100])
    assert await bot.refused("POST", commands(bot), many[100]) == (400, 30032)


# --- using a command ------------------------------------------------------------------------------------------
def text(value: str = "hi") -> dict[str, Any]:
    return {"type": 3, "name": "text", "value": value}


class Play:
    """A bot with its line and commands, and a member with hers."""

    def __init__(self, stand_in: StandIn, bot: Any, member: Any) -> None:
        self.stand_in, self.bot, self.member = stand_in, bot, member
        self.channel = stand_in.channels["general"]

    async def start(self, **changes: Any) -> Play:
        made = await self.bot.do("PUT", commands(self.bot), [{**PROBE, **changes}, NESTED])
        self.ids = {each["name"]: each["id"] for each in made}
        self.at_bot, self.at_member = await self.bot.listen(), await self.member.listen()
        return self

    def body(self, kind: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "application_id": str(self.stand_in.application_id),
            "guild_id": str(self.stand_in.guild_id),
            "channel_id": str(self.channel),
            "session_id": "x",
            "nonce": "n1",
            "data": data,
            **more,
        }

    def command(self, *options: dict[str, Any], name: str = "probe", kind: int = 2) -> dict[str, Any]:
        return self.body(kind, {"id": self.ids[name], "name": name, "type": 1, "options": list(options)})

    async def use(self, *options: dict[str, Any], files: dict[str, bytes] | None = None) -> dict[str, Any]:
        """What the bot gets when the member uses /probe."""
        await self.member.do("POST", "/interactions", self.command(*(options or [text()])), files=files)
        return await self.at_bot.event("INTERACTION_CREATE")

    async def press(self, message: dict[str, Any], custom_id: str = "go") -> dict[str, Any]:
        data = {"component_type": 2, "custom_id": custom_id}
        more = {"message_id": message["id"], "message_flags": message["flags"]}
        await self.member.do("POST", "/interactions", self.body(3, data, **more))
        return await self.at_bot.event("INTERACTION_CREATE")

    async def answer(self, interaction: dict[str, Any], kind: int, data: Any = None, **query: Any) -> Any:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        return await self.bot.do("POST", path, {"type": kind, "data": data}, **query)

    def webhook(self, interaction: dict[str, Any], message: str | None = None) -> str:
        base = f"/webhooks/{self.stand_in.application_id}/{interaction['token']}"
        return f"{base}/messages/{message}" if message else base


@pytest.fixture
async def play(stand_in: StandIn, bot, ada) -> Play:
    return await Play(stand_in, bot, ada).start()


GO = [{"type": 1, "components": [{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}]}]


async def test_the_application_gets_all_documented_fields(play: Play):
    """docs: interactions/receiving-and-responding#interaction-object"""
    got = await play.use(text(), {"type": 6, "name": "who", "value": str(play.bot.id)})
    assert got["type"] == 2 and got["version"] == 1 and got["context"] == 0
    assert got["data"]["name"] == "probe" and got["data"]["options"][0] == text()
    assert got["data"]["resolved"]["users"][str(play.bot.id)]["username"] == "point-eleven"
    assert int(got["member"]["permissions"]) & Permission.USE_APPLICATION_COMMANDS
    assert int(got["app_permissions"]) & Permission.MANAGE_MESSAGES
    assert got["channel"]["id"] == got["channel_id"] == str(play.channel)
    assert got["authorizing_integration_owners"] == {"0": str(play.stand_in.guild_id)}
    assert got["guild_id"] == got["guild"]["id"] and got["locale"] == "en-GB" and got["entitlements"] == []
    assert got["attachment_size_limit"] > 0 and got["token"]


async def test_subcommands_nest_their_options(play: Play):
    """docs: interactions/application-commands#subcommands-and-subcommand-groups"""
    label = {"type": 3, "name": "label", "value": "11"}
    body = play.command({"type": 1, "name": "show", "options": [label]}, name="point")
    await play.member.do("POST", "/interactions", body)
    got = await play.at_bot.event("INTERACTION_CREATE")
    assert got["data"]["options"] == [{"type": 1, "name": "show", "options": [label]}]
    bare = play.command(name="point")
    assert await play.member.refused("POST", "/interactions", bare) == (400, 50035)


@pytest.mark.parametrize(
    "options",
    [
        [],
        [text("toolong")],
        [text(), text()],
        [text(), {"type": 4, "name": "number", "value": 10}],
        [text(), {"type": 4, "name": "number", "value": "3"}],
        [text(), {"type": 3, "name": "nothing", "value": "x"}],
        [text(), {"type": 11, "name": "file", "value": 0}],
        [text(), {"type": 6, "name": "who", "value": "1"}],
    ],
)
async def test_options_are_held_to_their_definition(play: Play, options):
    """docs: interactions/application-commands#application-command-object-application-command-option-structure"""
    assert await play.member.refused("POST", "/interactions", play.command(*options)) == (400, 50035)


async def test_a_file_of_a_command_can_be_fetched_by_the_application(play: Play, session):
    """docs: interactions/receiving-and-responding, resolved attachments"""
    got = await play.use(text(), {"type": 11, "name": "file", "value": 0}, files={"list.txt": b"1. One"})
    [attachment] = got["data"]["resolved"]["attachments"].values()
    assert got["data"]["options"][1]["value"] == attachment["id"] and attachment["filename"] == "list.txt"
    async with session.get(attachment["url"]) as answer:
        assert await answer.read() == b"1. One"


async def test_a_member_hears_what_becomes_of_an_interaction(play: Play):
    """STAND-IN: the member's session gets what Discord's own client gets."""
    got = await play.use()
    await play.answer(got, 4, {"content": "hello"})
    news = await play.at_member.news()
    assert [name for name, _ in news] == ["INTERACTION_CREATE", "MESSAGE_CREATE", "INTERACTION_SUCCESS"]
    assert news[0][1] == news[2][1] == {"id": got["id"], "nonce": "n1"}
    message = news[1][1]
    assert message["type"] == 20 and message["interaction_metadata"]["id"] == got["id"]
    assert message["application_id"] == message["webhook_id"] == str(play.stand_in.application_id)


async def test_an_unanswered_interaction_fails_and_is_then_unknown(play: Play):
    """docs: interactions/receiving-and-responding#responding-to-an-interaction; 10062"""
    play.stand_in.stage.first_answer_seconds = 0.0
    got = await play.use()
    failure = await play.at_member.event("INTERACTION_FAILURE")
    assert failure["id"] == got["id"] and failure["nonce"] == "n1" and "reason_code" in failure
    path = f"/interactions/{got['id']}/{got['token']}/callback"
    assert await play.bot.refused("POST", path, {"type": 4, "data": {"content": "x"}}) == (404, 10062)


async def test_an_interaction_is_answered_once(play: Play):
    """docs: topics/opcodes-and-status-codes#json, 40060"""
    got = await play.use()
    await play.answer(got, 5)
    path = f"/interactions/{got['id']}/{got['token']}/callback"
    assert await play.bot.refused("POST", path, {"type": 4, "data": {"content": "x"}}) == (400, 40060)
    wrong = f"/interactions/{got['id']}/wrong/callback"
    assert await play.bot.refused("POST", wrong, {"type": 4, "data": {"content": "x"}}) == (404, 10062)


async def test_a_refused_answer_leaves_the_interaction_open(play: Play):
    """docs: interactions/receiving-and-responding#create-interaction-response"""
    got = await play.use()
    path = f"/interactions/{got['id']}/{got['token']}/callback"
    assert await play.bot.refused("POST", path, {"type": 4, "data": {"content": "x" * 2001}}) == (400, 50035)
    assert await play.bot.refused("POST", path, {"type": 4, "data": {}}) == (400, 50006)
    assert await play.bot.refused("POST", path, {"type": 7, "data": {"content": "x"}}) == (400, 50035)
    assert await play.bot.refused("POST", path, {"type": 9, "data": {}}) == (400, 50035)
    assert (await play.bot.ask("POST", path, {"type": 12}))[0] == 501
    assert await play.answer(got, 4, {"content": "x"}) is None


async def test_with_response_the_message_comes_back(play: Play):
    """docs: interactions/receiving-and-responding#interaction-callback"""
    got = await play.use()
    answer = await play.answer(got, 4, {"content": "x", "flags": EPHEMERAL}, with_response="true")
    assert answer["resource"]["message"]["content"] == "x" and answer["resource"]["type"] == 4
    assert answer["interaction"]["response_message_ephemeral"] is True


async def test_an_ephemeral_answer_is_seen_by_one_member_and_no_list(play: Play, bea):
    """docs: interactions/receiving-and-responding, EPHEMERAL"""
    other = await bea.listen()
    got = await play.use()
    await play.answer(got, 4, {"content": "psst", "flags": EPHEMERAL, "components": GO})
    mine = await play.at_member.event("MESSAGE_CREATE")
    assert mine["flags"] & EPHEMERAL and "guild_id" not in mine
    assert await other.of("MESSAGE_CREATE") == [] == await play.at_bot.of("MESSAGE_CREATE")
    path = f"/channels/{play.channel}/messages"
    assert await play.member.do("GET", path) == []
    assert await play.bot.refused("GET", f"{path}/{mine['id']}") == (404, 10008)
    press = play.body(3, {"component_type": 2, "custom_id": "go"}, message_id=mine["id"])
    assert await bea.refused("POST", "/interactions", press) == (404, 10008)
    assert (await play.press(mine))["message"]["id"] == mine["id"]


async def test_a_deferred_answer_thinks_until_it_is_edited(play: Play):
    """docs: interactions/receiving-and-responding#followup-messages; LOADING"""
    got = await play.use()
    await play.answer(got, 5)
    assert (await play.at_member.event("MESSAGE_CREATE"))["flags"] & LOADING
    original = play.webhook(got, "@original")
    assert (await play.bot.do("GET", original))["flags"] & LOADING
    edited = await play.bot.do("PATCH", original, {"content": "done"})
    assert not edited["flags"] & LOADING and edited["content"] == "done"
    assert (await play.at_member.event("MESSAGE_UPDATE"))["content"] == "done"


async def test_the_first_follow_up_fills_a_deferred_answer(play: Play):
    """docs: interactions/receiving-and-responding#create-followup-message"""
    got = await play.use()
    await play.answer(got, 5, {"flags": EPHEMERAL})
    first = await play.bot.do("POST", play.webhook(got), {"content": "one"})
    assert first["id"] == (await play.bot.do("GET", play.webhook(got, "@original")))["id"]
    assert first["flags"] & EPHEMERAL
    second = await play.bot.do("POST", play.webhook(got), {"content": "two"})
    assert second["id"] != first["id"] and not second["flags"] & EPHEMERAL
    await play.bot.do("PATCH", play.webhook(got, second["id"]), {"content": "three"})
    await play.bot.do("DELETE", play.webhook(got, second["id"]))
    assert await play.bot.refused("GET", play.webhook(got, second["id"])) == (404, 10008)


async def test_a_token_is_good_for_fifteen_minutes_after_an_answer(play: Play):
    """docs: interactions/receiving-and-responding; 10015 before, 50027 after"""
    got = await play.use()
    assert await play.bot.refused("POST", play.webhook(got), {"content": "x"}) == (404, 10015)
    await play.answer(got, 4, {"content": "x"})
    assert await play.bot.do("POST", play.webhook(got), {"content": "x"})
    play.stand_in.world.clock.ahead = 15 * 60 + 1
    assert await play.bot.refused("POST", play.webhook(got), {"content": "x"}) == (401, 50027)


async def test_a_button_can_change_its_message(play: Play):
    """docs: interactions/receiving-and-responding#interaction-response-object, UPDATE_MESSAGE"""
    message = await play.bot.say("x", components=GO)
    got = await play.press(message)
    assert got["type"] == 3 and got["data"]["custom_id"] == "go" and got["message"]["id"] == message["id"]
    await play.answer(got, 7, {"content": "pressed", "components": []})
    read = await play.bot.do("GET", f"/channels/{play.channel}/messages/{message['id']}")
    assert read["content"] == "pressed" and read["components"] == []
    assert (await play.bot.do("GET", play.webhook(got, "@original")))["id"] == message["id"]


async def test_a_button_can_be_answered_later_or_with_a_message(play: Play):
    """docs: interactions/receiving-and-responding#interaction-response-object, DEFERRED_UPDATE_MESSAGE"""
    message = await play.bot.say("x", components=GO)
    later = await play.press(message)
    await play.answer(later, 6)
    assert (await play.bot.do("PATCH", play.webhook(later, "@original"), {"content": "y"}))["id"] == message["id"]
    got = await play.press(message)
    await play.answer(got, 4, {"content": "hello"})
    reply = await play.bot.do("GET", play.webhook(got, "@original"))
    assert reply["message_reference"]["message_id"] == message["id"]
    assert reply["interaction_metadata"]["interacted_message_id"] == message["id"]


@pytest.mark.parametrize("custom_id", ["other", "off"])
async def test_only_a_button_that_is_there_can_be_pressed(play: Play, custom_id):
    """docs: components/reference#button"""
    off = {"type": 2, "style": 1, "label": "Off", "custom_id": "off", "disabled": True}
    message = await play.bot.say("x", components=[{"type": 1, "components": [off]}])
    data = {"component_type": 2, "custom_id": custom_id}
    body = play.body(3, data, message_id=message["id"], message_flags=0)
    assert await play.member.refused("POST", "/interactions", body) == (400, 50035)


async def test_a_select_offers_what_it_offers(play: Play):
    """docs: components/reference#string-select"""
    options = [{"label": each, "value": each} for each in "abc"]
    select = {"type": 3, "custom_id": "s", "options": options, "max_values": 2}
    message = await play.bot.say("x", components=[{"type": 1, "components": [select]}])

    def chosen(*values: str) -> dict[str, Any]:
        data = {"component_type": 3, "custom_id": "s", "values": list(values)}
        return play.body(3, data, message_id=message["id"], message_flags=0)

    for wrong in (chosen(), chosen("x"), chosen("a", "b", "c"), chosen("a", "a")):
        assert await play.member.refused("POST", "/interactions", wrong) == (400, 50035)
    await play.member.do("POST", "/interactions", chosen("a", "c"))
    assert (await play.at_bot.event("INTERACTION_CREATE"))["data"]["values"] == ["a", "c"]


async def test_autocompletion_gives_choices_to_who_types(play: Play):
    """docs: interactions/application-commands#autocomplete"""
    typed = {"type": 3, "name": "word", "value": "pa", "focused": True}
    await play.member.do("POST", "/interactions", play.command(typed, kind=4))
    got = await play.at_bot.event("INTERACTION_CREATE")
    assert got["type"] == 4 and got["data"]["options"] == [typed]
    path = f"/interactions/{got['id']}/{got['token']}/callback"
    many = [{"name": str(n), "value": str(n)} for n in range(26)]
    assert await play.bot.refused("POST", path, {"type": 8, "data": {"choices": many}}) == (400, 50035)
    assert await play.bot.refused("POST", path, {"type": 4, "data": {"content": "x"}}) == (400, 50035)
    await play.answer(got, 8, {"choices": many[:25]})
    told = await play.at_member.event("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE")
    assert told == {"choices": many[:25], "nonce": "n1"}


async def test_an_option_without_autocompletion_is_not_completed(play: Play):
    """docs: interactions/application-commands#autocomplete"""
    body = play.command({**text(), "focused": True}, kind=4)
    assert await play.member.refused("POST", "/interactions", body) == (400, 50035)


async def test_default_permissions_keep_members_out(stand_in: StandIn, bot, ada, moderator):
    """docs: interactions/application-commands#permissions, default_member_permissions"""
    play = await Play(stand_in, bot, ada).start(default_member_permissions=str(Permission.MANAGE_MESSAGES))
    assert await ada.refused("POST", "/interactions", play.command(text())) == (403, 50013)
    assert await moderator.ask("POST", "/interactions", play.command(text())) == (204, None)


async def test_a_forged_command_passes_over_who_may_use_it_alone(stand_in, bot, ada, moderator):
    """docs: interactions/application-commands#permissions"""
    play = await Play(stand_in, bot, ada).start(default_member_permissions=str(Permission.MANAGE_MESSAGES))
    await moderator.do("POST", "/interactions", play.command(text()))
    real = await play.at_bot.event("INTERACTION_CREATE")
    begun = stand_in.backstage.forge(ada.id, play.channel, 2, play.command(text())["data"])
    forged = await play.at_bot.event("INTERACTION_CREATE")
    assert set(forged) == set(real) and set(forged["member"]) == set(real["member"])
    assert forged["member"]["user"]["id"] == str(ada.id) and forged["id"] == str(begun.id)
    assert forged["data"]["options"] == real["data"]["options"]
    await play.answer(forged, 4, {"content": "No.", "flags": EPHEMERAL})
    assert (await play.at_member.event("MESSAGE_CREATE"))["content"] == "No."


async def test_a_forged_press_comes_on_a_message_that_seems_to_bear_it(play: Play):
    """docs: interactions/receiving-and-responding#interaction-object-message-component-data-structure"""
    message = await play.bot.say("x", components=GO)
    real = await play.press(message)
    forged_id = {"component_type": 2, "custom_id": "never-given"}
    play.stand_in.backstage.forge(play.member.id, play.channel, 3, forged_id, int(message["id"]))
    forged = await play.at_bot.event("INTERACTION_CREATE")
    assert set(forged) == set(real) and set(forged["data"]) == set(real["data"])
    assert forged["message"]["components"][0]["components"][0]["custom_id"] == "never-given"
    assert (await play.bot.do("GET", f"/channels/{play.channel}/messages/{message['id']}"))["components"] == (
        message["components"]
    )


async def test_commands_need_use_application_commands(play: Play):
    """docs: topics/permissions#permissions-bitwise-permission-flags, USE_APPLICATION_COMMANDS"""
    play.stand_in.backstage.overwrite(play.channel, play.member.id, deny=Permission.USE_APPLICATION_COMMANDS)
    assert await play.member.refused("POST", "/interactions", play.command(text())) == (403, 50013)


async def test_an_unknown_command_is_refused(play: Play):
    """docs: topics/opcodes-and-status-codes#json, 10063"""
    body = play.body(2, {"id": "1", "name": "no", "type": 1, "options": []})
    assert await play.member.refused("POST", "/interactions", body) == (404, 10063)


async def test_nobody_uses_commands_in_an_archived_thread(play: Play):
    """docs: topics/threads#active-archived-threads; 50083"""
    thread = await play.bot.start_thread()
    message = await play.bot.say("x", thread["id"], components=GO)
    play.channel = int(thread["id"])
    got = await play.press(message)
    await play.bot.do("PATCH", f"/channels/{thread['id']}", {"archived": True})
    path = f"/interactions/{got['id']}/{got['token']}/callback"
    assert await play.bot.refused("POST", path, {"type": 7, "data": {"content": "y"}}) == (400, 50083)
    assert await play.member.refused("POST", "/interactions", play.command(text())) == (400, 50083)


async def test_a_command_in_a_direct_message_names_a_user(play: Play):
    """docs: interactions/receiving-and-responding#interaction-object"""
    channel = await play.member.do("POST", "/users/@me/channels", {"recipient_id": str(play.bot.id)})
    play.channel = int(channel["id"])
    got = await play.use()
    assert got["user"]["id"] == str(play.member.id) and got["context"] == 1 and "member" not in got
    assert got["authorizing_integration_owners"] == {"0": "0"}
    await play.answer(got, 4, {"content": "hello"})
    assert (await play.at_member.event("MESSAGE_CREATE"))["content"] == "hello"
    # The referee knows channels of guilds only.
    play.stand_in.record.clear()


async def test_an_interaction_of_another_kind_is_said_not_to_be_modelled(play: Play):
    """STAND-IN: never a made-up success."""
    assert (await play.member.ask("POST", "/interactions", play.body(1, {})))[0] == 501


async def test_the_index_shows_members_what_there_is(play: Play):
    """STAND-IN: Discord's own client asks for commands by this route."""
    path = f"/guilds/{play.stand_in.guild_id}/application-command-index"
    index = await play.member.do("GET", path)
    assert {each["name"] for each in index["application_commands"]} == {"probe", "point"}
    assert await play.bot.refused("GET", path) == (403, 20001)
