"""The stand-in's modals and menus against Discord's documentation (interactions/receiving-and-responding)."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rehearsal.member import Member, Unanswered
from rehearsal.server import StandIn
from tests.rehearsal.conftest import PATIENCE, Client, Line

TEXT = {"type": 4, "custom_id": "text", "style": 2}
OPTIONS = [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]


def label(inner: dict[str, Any], text: str = "Words") -> dict[str, Any]:
    return {"type": 18, "label": text, "component": inner}


def modal(*components: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"title": "Add", "custom_id": "form", "components": list(components) or [label(TEXT)], **changed}


class Bot:
    """An application that answers by hand."""

    def __init__(self, client: Client, line: Line) -> None:
        self.client, self.line = client, line

    async def called(self) -> dict[str, Any]:
        """The next interaction."""
        return await self.line.event("INTERACTION_CREATE")

    async def answer(self, interaction: dict[str, Any], kind: int, data: Any = None) -> tuple[int, Any]:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        return await self.client.ask("POST", path, {"type": kind} | ({} if data is None else {"data": data}))


COMMANDS = [
    {"name": "add", "description": "Add", "type": 1},
    {"name": "Add to the list", "type": 3},
    {"name": "About", "type": 2},
]


@pytest.fixture
async def app(stand_in: StandIn, bot: Client) -> Bot:
    await bot.do("PUT", f"/applications/{stand_in.application_id}/commands", COMMANDS)
    return Bot(bot, await bot.listen())


@asynccontextmanager
async def member_of(stand_in: StandIn, place: int = 1):
    person = stand_in.members[place]
    async with Member(stand_in.api, stand_in.gateway, person.token, str(person.id), person.name) as member:
        yield member


class Scene:
    """One member, one application, one channel."""

    def __init__(self, stand_in: StandIn, app: Bot, member: Member) -> None:
        self.stand_in, self.app, self.member = stand_in, app, member
        self.channel, self.guild = str(stand_in.channels["general"]), str(stand_in.guild_id)

    async def meanwhile(self, acting: Any, *answers: tuple[int, Any]) -> tuple[Any, list[dict[str, Any]]]:
        """What the member gets, while the application gives these answers; and the interactions it got."""

        task = asyncio.ensure_future(acting)
        got = []
        for kind, data in answers:
            got.append(await self.app.called())
            status, said = await self.app.answer(got[-1], kind, data)
            assert status < 300, said
        return await task, got

    async def open(self, shown: dict[str, Any]) -> Any:
        answer, _ = await self.meanwhile(self.member.command("add", self.channel, self.guild), (9, shown))
        return answer

    async def submit(self, shown: Any, fields: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        answer, (got,) = await self.meanwhile(self.member.submit(shown, fields), (4, {"content": "Thanks"}))
        return answer, got


@pytest.fixture
async def scene(stand_in: StandIn, app: Bot):
    async with member_of(stand_in) as member:
        yield Scene(stand_in, app, member)


async def test_a_modal_is_shown_filled_in_and_answered(scene: Scene):
    """docs: #interaction-response-object-modal, #interaction-object-modal-submit-data-structure"""
    shown = await scene.open(modal(label(TEXT, "Your point")))
    assert (shown["title"], shown["custom_id"]) == ("Add", "form")
    answer, got = await scene.submit(shown, {"Your point": "They close\nearly."})
    assert got["type"] == 5 and got["data"]["custom_id"] == "form"
    (only,) = got["data"]["components"]
    assert (only["type"], only["component"]["custom_id"], only["component"]["value"]) == (
        18,
        "text",
        "They close\nearly.",
    )
    assert answer["content"] == "Thanks"
    metadata = answer["interaction_metadata"]
    assert metadata["type"] == 5 and metadata["triggering_interaction_metadata"]["type"] == 2


async def test_every_kind_of_input_comes_back_with_what_it_names_resolved(scene: Scene):
    """docs: components/reference#label and following"""
    person = scene.stand_in.members[2]
    first = modal(
        label({"type": 3, "custom_id": "string", "options": OPTIONS}, "A"),
        label({"type": 5, "custom_id": "user"}, "B"),
        label({"type": 8, "custom_id": "channel", "required": False}, "C"),
        label({"type": 19, "custom_id": "file"}, "D"),
        {"type": 10, "content": "Some words"},
    )
    values = {"string": ["2"], "user": [str(person.id)], "file": [("a.txt", b"words")]}
    _, got = await scene.submit(await scene.open(first), values)
    found = {each["component"]["custom_id"]: each["component"] for each in got["data"]["components"][:4]}
    assert found["string"]["values"] == ["2"] and found["channel"]["values"] == []
    resolved = got["data"]["resolved"]
    assert str(person.id) in resolved["users"] and found["file"]["values"] == list(resolved["attachments"])
    assert got["data"]["components"][4] == {"type": 10, "id": got["data"]["components"][4]["id"]}
    second = modal(
        label({"type": 21, "custom_id": "radio", "options": OPTIONS}, "E"),
        label({"type": 22, "custom_id": "boxes", "options": OPTIONS}, "F"),
        label({"type": 23, "custom_id": "box"}, "G"),
        {"type": 1, "components": [{**TEXT, "label": "Old", "required": False}]},
    )
    _, got = await scene.submit(await scene.open(second), {"radio": "1", "boxes": ["1", "2"], "box": True})
    radio, boxes, box, row = got["data"]["components"]
    assert (radio["component"]["value"], boxes["component"]["values"], box["component"]["value"]) == (
        "1",
        ["1", "2"],
        True,
    )
    assert row["components"][0]["value"] == ""


@pytest.mark.parametrize(
    "wrong",
    [
        modal(title="x" * 46),
        modal(custom_id=""),
        modal(custom_id="x" * 101),
        modal(*[label({**TEXT, "custom_id": str(n)}) for n in range(6)]),
        modal(label(TEXT), label(TEXT)),
        modal(label(TEXT, "x" * 46)),
        modal({**label(TEXT), "description": "x" * 101}),
        modal(label({**TEXT, "max_length": 4001})),
        modal(label({**TEXT, "placeholder": "x" * 101})),
        modal(label({**TEXT, "label": "of its own"})),
        modal({"type": 1, "components": [TEXT]}),
        modal(label({"type": 2, "style": 1, "label": "x", "custom_id": "b"})),
        modal(label({"type": 3, "custom_id": "s", "options": OPTIONS, "disabled": True})),
        modal(label({"type": 19, "custom_id": "f", "max_values": 11})),
        modal(label({"type": 21, "custom_id": "r", "options": OPTIONS[:1]})),
        {"title": "x", "custom_id": "x", "components": []},
    ],
)
async def test_a_modal_beyond_its_limits_is_refused(scene: Scene, wrong: dict[str, Any]):
    """docs: #interaction-response-object-modal, components/reference"""

    task = asyncio.ensure_future(scene.member.command("add", scene.channel, scene.guild))
    got = await scene.app.called()
    status, said = await scene.app.answer(got, 9, wrong)
    assert (status, said["code"]) == (400, 50035)
    assert (await scene.app.answer(got, 4, {"content": "mended"}))[0] < 300
    await task


@pytest.mark.parametrize("value", ["", "x" * 11])
async def test_a_submission_holds_what_the_modal_asked_for(scene: Scene, value: str):
    """docs: components/reference#text-input, min_length, max_length and required"""
    shown = await scene.open(modal(label({**TEXT, "min_length": 1, "max_length": 10})))
    with pytest.raises(Exception, match="50035"):
        await scene.member.submit(shown, {"text": value})


async def test_a_modal_follows_neither_a_deferral_nor_a_modal(scene: Scene):
    """docs: #interaction-response-object-interaction-callback-type, MODAL"""

    task = asyncio.ensure_future(scene.member.command("add", scene.channel, scene.guild))
    got = await scene.app.called()
    assert (await scene.app.answer(got, 5))[0] < 300
    status, said = await scene.app.answer(got, 9, modal())
    assert (status, said["code"]) == (400, 40060)
    path = f"/webhooks/{scene.stand_in.application_id}/{got['token']}/messages/@original"
    await scene.app.client.do("PATCH", path, {"content": "later"})
    await task
    shown = await scene.open(modal())
    task = asyncio.ensure_future(scene.member.submit(shown, {"text": "x"}))
    got = await scene.app.called()
    assert (await scene.app.answer(got, 9, modal()))[0] == 400
    assert (await scene.app.answer(got, 4, {"content": "enough"}))[0] < 300
    await task


async def test_an_unanswered_submission_fails_and_can_be_sent_again(scene: Scene):
    """docs: #responding-to-an-interaction, three seconds. That the modal stays open is Discord's client."""
    shown = await scene.open(modal())
    scene.stand_in.stage.first_answer_seconds = 0.05
    with pytest.raises(Unanswered):
        await scene.member.submit(shown, {"text": "first"})
    await scene.app.called()
    scene.stand_in.stage.first_answer_seconds = PATIENCE
    answer, got = await scene.submit(shown, {"text": "again"})
    assert got["data"]["components"][0]["component"]["value"] == "again" and answer["content"] == "Thanks"
    with pytest.raises(Exception, match="10062"):
        await scene.member.submit(shown, {"text": "once more"})


async def test_a_modal_over_a_message_may_change_that_message(scene: Scene):
    """docs: #interaction-response-object: UPDATE_MESSAGE for modals that came from a component"""
    button = {"type": 1, "components": [{"type": 2, "style": 1, "label": "Edit", "custom_id": "edit"}]}
    said = {"content": "Before", "components": [button], "flags": 64}
    message, _ = await scene.meanwhile(scene.member.command("add", scene.channel, scene.guild), (4, said))
    shown, _ = await scene.meanwhile(scene.member.press(message, "Edit"), (9, modal()))
    changed, (got,) = await scene.meanwhile(
        scene.member.submit(shown, {"text": "x"}), (7, {"content": "After", "components": []})
    )
    assert got["message"]["id"] == message["id"] == changed["id"] and changed["content"] == "After"


async def test_a_message_menu_shows_the_message_whatever_the_intents(scene: Scene):
    """docs: interactions/application-commands#message-commands; events/gateway#message-content-intent"""
    scene.stand_in.backstage.switch_intent("message_content", on=False)
    message = await scene.member.say(scene.channel, "Plain words")
    answer, (got,) = await scene.meanwhile(
        scene.member.menu("Add to the list", message, scene.guild), (4, {"content": "Done", "flags": 64})
    )
    assert got["data"]["type"] == 3 and got["data"]["target_id"] == message["id"]
    assert got["data"]["resolved"]["messages"][message["id"]]["content"] == "Plain words"
    assert answer["type"] == 23 and answer["interaction_metadata"]["target_message_id"] == message["id"]


async def test_a_user_menu_names_the_user(scene: Scene):
    """docs: interactions/application-commands#user-commands"""
    person = str(scene.stand_in.members[2].id)
    _, (got,) = await scene.meanwhile(
        scene.member.user_menu("About", person, scene.channel, scene.guild), (4, {"content": "Them"})
    )
    assert got["data"]["target_id"] == person and person in got["data"]["resolved"]["members"]


async def test_selects_of_channels_give_what_was_chosen(scene: Scene):
    """docs: components/reference#channel-select"""
    select = {"type": 1, "components": [{"type": 8, "custom_id": "home", "placeholder": "A channel"}]}
    message, _ = await scene.meanwhile(
        scene.member.command("add", scene.channel, scene.guild), (4, {"content": "Where?", "components": [select]})
    )
    _, (got,) = await scene.meanwhile(
        scene.member.choose(message, "A channel", [scene.channel]), (7, {"content": "There", "components": []})
    )
    assert got["data"]["values"] == [scene.channel] and scene.channel in got["data"]["resolved"]["channels"]


async def test_an_open_modal_outlives_a_restart_of_the_server(tmp_path):
    """Not Discord's documentation: the state file keeps what stands on members' screens."""
    state = tmp_path / "state.sqlite3"
    async with StandIn(state=state, members=1) as first:
        first.world.facts["modals"] = {"7": {"user_id": 1}}
        first.world.save_facts()
    async with StandIn(state=state) as second:
        assert second.stage.conversations.shown(7, 1) == {"user_id": 1}
        assert second.stage.conversations.shown(7, 2) is None
