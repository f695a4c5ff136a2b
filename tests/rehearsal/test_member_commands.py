"""What a member's client makes of a command's words and options, and of a message's buttons."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.member import MemberError, buttons
from rehearsal.member.commands import fill

COMMANDS: list[dict[str, Any]] = [
    {
        "id": "5", "application_id": "9", "version": "6", "type": 1, "name": "critique",
        "options": [
            {"type": 1, "name": "open", "options": [
                {"type": 11, "name": "document"}, {"type": 3, "name": "text"}]},
            {"type": 2, "name": "list", "options": [{"type": 1, "name": "all"}]},
        ],
    },
    {"id": "7", "application_id": "9", "version": "8", "type": 3, "name": "Quote"},
]  # fmt: skip


def test_a_subcommand_is_sent_inside_its_command() -> None:
    filled = fill(COMMANDS, "critique open", {"text": "hello"})
    assert filled.application_id == "9"
    assert filled.data == {
        "id": "5", "name": "critique", "type": 1, "version": "6", "attachments": [],
        "options": [{"type": 1, "name": "open", "options": [{"type": 3, "name": "text", "value": "hello"}]}],
    }  # fmt: skip


def test_a_subcommand_within_a_group_is_found() -> None:
    filled = fill(COMMANDS, "critique list all", {})
    inner = [{"type": 1, "name": "all", "options": []}]
    assert filled.data["options"] == [{"type": 2, "name": "list", "options": inner}]


def test_an_attachment_goes_as_a_file_and_is_named_by_its_number() -> None:
    filled = fill(COMMANDS, "critique open", {"document": ("a.txt", b"1. A.")})
    assert filled.files == (("a.txt", b"1. A."),)
    assert filled.data["attachments"] == [{"id": "0", "filename": "a.txt"}]
    assert filled.data["options"][0]["options"] == [{"type": 11, "name": "document", "value": "0"}]


def test_the_option_being_typed_is_marked() -> None:
    filled = fill(COMMANDS, "critique open", {"text": "he"}, focused="text")
    assert filled.data["options"][0]["options"][0]["focused"] is True


@pytest.mark.parametrize(
    ("words", "options", "says"),
    [
        ("critik open", {}, "nothing here is named 'critik'"),
        ("critique shut", {}, "nothing here is named 'shut'"),
        ("Quote", {}, "no command /Quote"),
        ("critique open", {"texts": "x"}, "no option 'texts'; it has document, text"),
    ],
)
def test_what_is_not_there_is_said_not_to_be_there(words: str, options: dict[str, Any], says: str) -> None:
    with pytest.raises(MemberError, match=says):
        fill(COMMANDS, words, options)


def test_buttons_are_found_however_deep_they_sit() -> None:
    def button(label: str) -> dict[str, Any]:
        return {"type": 2, "custom_id": label, "label": label}

    section = {"type": 9, "components": [{"type": 10, "content": "text"}], "accessory": button("c")}
    container = {"type": 17, "components": [{"type": 1, "components": [button("b")]}, section]}
    message = {"components": [{"type": 1, "components": [button("a")]}, container]}
    assert [each["label"] for each in buttons(message)] == ["a", "b", "c"]
