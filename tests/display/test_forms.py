"""Forms: a submission is read from Discord's words alone, whoever showed the form."""

from types import SimpleNamespace
from typing import Any

import discord

from bot.display.forms import Form, Forms, Submission, Upload, given_back


def submitted(custom_id: str, *components: dict[str, Any]) -> Any:
    data = {"custom_id": custom_id, "components": list(components)}
    return SimpleNamespace(type=discord.InteractionType.modal_submit, data=data)


def label(inner: dict[str, Any]) -> dict[str, Any]:
    """As documented at "Receiving and Responding", Label Interaction Response."""
    return {"type": 18, "id": 1, "component": inner}


TEXT = {"type": 4, "id": 2, "custom_id": "text", "value": "They close early."}
KIND = {"type": 3, "id": 3, "custom_id": "kind", "values": ["a", "b"]}
EMPTY = {"type": 4, "id": 4, "custom_id": "why", "value": ""}


async def _take(_interaction: Any, _submission: Submission) -> None: ...


def test_a_submission_says_what_its_id_and_its_fields_hold() -> None:
    forms = Forms()
    forms.add(r"v1:add:(?P<critique>\d+)", _take)
    row = {"type": 1, "components": [TEXT]}
    found = forms.find(submitted("v1:add:7", row, label(KIND), label(EMPTY)))
    assert found is not None
    assert found[0] is _take
    assert found[1].parts == {"critique": "7"}
    assert found[1].text("text") == "They close early."
    assert found[1].fields["kind"] == ("a", "b")
    assert found[1].text("why") == found[1].text("nowhere") == ""


def test_what_is_no_submission_of_a_known_form_is_left_to_discord_py() -> None:
    forms = Forms()
    forms.add(r"v1:add:(?P<critique>\d+)", _take)
    assert forms.find(submitted("v1:add:7x", label(TEXT))) is None
    pressed: Any = SimpleNamespace(type=discord.InteractionType.component, data={"custom_id": "v1:add:7"})
    assert forms.find(pressed) is None


def test_an_uploaded_file_is_named_and_is_nothing_that_was_typed() -> None:
    """As documented at "Component Reference", File Upload Interaction Response Structure."""
    forms = Forms()
    forms.add("v1:paste", _take)
    sent = submitted("v1:paste", label({"type": 19, "id": 5, "custom_id": "file", "values": ["77"]}))
    file = {"id": "77", "filename": "list.txt", "size": 6, "url": "https://cdn.example/77/list.txt"}
    sent.data["resolved"] = {"attachments": {"77": file}}
    found = forms.find(sent)
    assert found is not None
    assert found[1].files("file") == [Upload("list.txt", 6, "https://cdn.example/77/list.txt")]
    assert found[1].files("text") == given_back(sent) == []


def test_what_was_typed_is_given_back_as_a_file() -> None:
    (file,) = given_back(submitted("v1:add:7", label(TEXT), label(EMPTY)))
    assert file.filename.endswith(".txt")
    assert file.fp.read() == b"They close early."
    assert given_back(submitted("v1:add:7", label(EMPTY))) == []


async def test_the_modal_itself_does_nothing_with_a_submission() -> None:
    await Form(title="Add a point", custom_id="v1:add:7").on_submit(submitted("v1:add:7", label(TEXT)))
