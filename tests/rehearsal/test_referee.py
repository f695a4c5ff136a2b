"""The referee on records written by hand: good ones pass, and every kind of corruption is caught."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import pytest

from rehearsal.referee import DEVIATIONS, Referee, Verdict, find_openapi, load
from rehearsal.referee.deviations import known
from rehearsal.referee.verdict import Finding

ROOT = Path(__file__).parents[2]
WHEN = "2026-01-02T03:04:05.678000+00:00"
MESSAGES = "/channels/{channel_id}/messages"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


@pytest.fixture(scope="session")
def referee() -> Referee:
    path = find_openapi(ROOT)
    if path is None:
        pytest.skip("Discord's OpenAPI file is not at hand (DISCORD_OPENAPI names it)")
    return load(path)


def user(**changes: Any) -> dict[str, Any]:
    return {
        "id": "7", "username": "ada", "avatar": None, "discriminator": "0", "public_flags": 0, "flags": 0,
        "global_name": "Ada", "primary_guild": None,
    } | changes  # fmt: skip


def member(**changes: Any) -> dict[str, Any]:
    return {
        "avatar": None, "banner": None, "communication_disabled_until": None, "flags": 0, "joined_at": WHEN,
        "nick": None, "pending": False, "premium_since": None, "roles": ["8"], "mute": False, "deaf": False,
    } | changes  # fmt: skip


def message(**changes: Any) -> dict[str, Any]:
    return {
        "id": "20", "channel_id": "10", "type": 0, "content": "11. One more.", "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "timestamp": WHEN, "edited_timestamp": None,
        "flags": 0, "components": [], "author": user(), "pinned": False, "mention_everyone": False,
        "tts": False,
    } | changes  # fmt: skip


def thread(**changes: Any) -> dict[str, Any]:
    metadata = {"archived": False, "archive_timestamp": WHEN, "auto_archive_duration": 1440, "locked": False}
    return {
        "id": "20", "type": 11, "flags": 0, "guild_id": "1", "parent_id": "10", "name": "1. A point",
        "owner_id": "7", "thread_metadata": metadata, "message_count": 0, "member_count": 1,
        "total_message_sent": 0,
    } | changes  # fmt: skip


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "id": 2, "custom_id": "ok", "style": 3, "label": "Confirm"} | changes


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "id": 1, "components": list(buttons)}


def exchange(method: str = "POST", route: str = MESSAGES, **changes: Any) -> dict[str, Any]:
    path = route.replace("{channel_id}", "10").replace("{message_id}", "20").replace("{emoji_name}", "%F0%9F%91%8D")
    path = path.replace("{interaction_id}", "30").replace("{interaction_token}", "token")
    return {
        "kind": "exchange", "at": 0.0, "by": "bot", "method": method, "path": path, "route": route,
        "query": {}, "request": {"content": "hello"}, "content_type": "application/json", "files": [],
        "status": 200, "response": message(),
    } | changes  # fmt: skip


def event(name: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "event", "at": 0.0, "to": "bot", "name": name, "seq": 1, "data": data}


def created(**changes: Any) -> dict[str, Any]:
    return event("MESSAGE_CREATE", message(guild_id="1", member=member()) | changes)


def only(verdict: Verdict) -> tuple[str, str]:
    """Where the one mismatch is: a verdict with none or with several fails here."""
    assert len(verdict.mismatches) == 1, [str(m) for m in verdict.mismatches]
    return verdict.mismatches[0].where, verdict.mismatches[0].at


def test_a_good_exchange_passes_and_is_counted(referee: Referee) -> None:
    verdict = referee.check([exchange()])
    assert verdict.mismatches == ()
    assert (verdict.exchanges, verdict.events) == (1, 0)
    assert verdict.checked == 3  # the path, the request, the answer
    assert verdict.clean


def test_an_empty_record_is_not_called_clean(referee: Referee) -> None:
    assert not referee.check([]).clean


def test_good_events_pass_and_are_counted(referee: Referee) -> None:
    reaction = {"emoji": {"id": None, "name": "👍"}, "member": member(user=user())}
    entries = [
        created(),
        created(mentions=[user(member=member())]),
        event("THREAD_CREATE", thread(newly_created=True)),
        event("MESSAGE_REACTION_ADD", reaction),
    ]
    verdict = referee.check(entries)
    assert verdict.mismatches == ()
    assert verdict.events == 4


def test_a_partial_member_in_a_message_is_counted_as_a_known_deviation(referee: Referee) -> None:
    assert referee.check([created()]).deviations == {"a message's member is partial": 1}


@pytest.mark.parametrize("name", ["author", "timestamp", "pinned", "edited_timestamp"])
def test_a_missing_field_in_an_answer_is_caught(referee: Referee, name: str) -> None:
    answer = message()
    del answer[name]
    verdict = referee.check([exchange(response=answer)])
    assert only(verdict) == (f"POST {MESSAGES} response 200", "")
    assert name in verdict.mismatches[0].what


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"content": None}, "/content"),
        ({"id": 20}, "/id"),
        ({"id": "twenty"}, "/id"),
        ({"timestamp": "yesterday"}, "/timestamp"),
        ({"type": 999}, "/type"),
        ({"recieved": True}, ""),
        ({"nonce": True}, "/nonce"),
        ({"components": [row(button(style=9))]}, "/components/0/components/0/style"),
        ({"components": [row(button(labl="Confirm"))]}, "/components/0/components/0"),
        ({"components": [{"type": 99}]}, "/components/0/type"),
        ({"author": user(discriminator=0)}, "/author/discriminator"),
    ],
)
def test_a_corrupt_field_is_caught_at_its_place(referee: Referee, change: dict[str, Any], at: str) -> None:
    in_answer = referee.check([exchange(response=message(**change))])
    in_event = referee.check([created(**change)])
    assert at in {mismatch.at for mismatch in in_answer.mismatches}
    assert at in {mismatch.at for mismatch in in_event.mismatches}


@pytest.mark.parametrize(
    "body",
    [
        {"content": 5},
        {"contents": "hello"},
        {"content": "x" * 4001},
        {"embeds": [{"title": "t"}] * 11},
        {"components": [row(button(label="x" * 81))]},
        {"message_reference": {"message_id": True}},
        None,
        [],
    ],
)
def test_a_bad_request_body_is_caught(referee: Referee, body: Any) -> None:
    verdict = referee.check([exchange(request=body)])
    assert {mismatch.where for mismatch in verdict.mismatches} == {f"POST {MESSAGES} request"}


def test_a_members_request_is_held_to_the_same_rules(referee: Referee) -> None:
    assert only(referee.check([exchange(by="7", request={"content": 5})])) == (
        f"POST {MESSAGES} request",
        "/content",
    )


def test_payload_json_beside_files_is_held_to_the_json_schema(referee: Referee) -> None:
    multipart = {"content_type": "multipart/form-data; boundary=x", "files": ["a.txt"]}
    good = {"content": "hello", "attachments": [{"id": 0, "filename": "a.txt"}]}
    verdict = referee.check([exchange(request=good, **multipart)])
    assert verdict.mismatches == ()
    assert verdict.deviations == {"an uploaded file is named by its number": 1}
    assert only(referee.check([exchange(request={"contents": "hello"}, **multipart)]))[1] == ""


@pytest.mark.parametrize(("given", "clean"), [(20, True), ("20", True), (-1, False), (2.5, False), ("x", False)])
def test_an_id_in_a_request_may_be_a_number_and_nothing_else(referee: Referee, given: Any, clean: bool) -> None:
    verdict = referee.check([exchange(request={"message_reference": {"message_id": given}})])
    assert (verdict.mismatches == ()) is clean


def test_a_known_deviation_hides_no_fault_beside_it(referee: Referee) -> None:
    body = {"attachments": [{"id": 0, "filename": 7}]}
    verdict = referee.check([exchange(request=body)])
    assert only(verdict)[1] == "/attachments/0/filename"
    assert sum(verdict.deviations.values()) == 1


def test_query_parameters_are_read_as_what_they_stand_for(referee: Referee) -> None:
    listed = {"method": "GET", "request": None, "response": [message()]}
    good = referee.check([exchange(**listed, query={"limit": "100", "after": "20"})])
    assert good.mismatches == ()
    for query in ({"limit": "101"}, {"limit": "many"}, {"after": "x"}, {"befor": "20"}):
        assert only(referee.check([exchange(**listed, query=query)]))[0] == f"GET {MESSAGES} query"


def test_a_path_that_is_not_of_its_route_is_caught(referee: Referee) -> None:
    assert only(referee.check([exchange(path="/channels/10/pins")])) == (f"POST {MESSAGES} path", "")
    assert only(referee.check([exchange(path="/channels/ten/messages")])) == (
        f"POST {MESSAGES} path",
        "/channel_id",
    )


def test_a_status_that_the_file_does_not_list_is_caught(referee: Referee) -> None:
    assert only(referee.check([exchange(status=201)]))[0] == f"POST {MESSAGES} response 201"


def test_an_answer_without_content_must_be_empty(referee: Referee) -> None:
    route = f"{MESSAGES}/{{message_id}}/reactions/{{emoji_name}}/@me"
    put = exchange("PUT", route, request=None, status=204, response=None)
    assert referee.check([put]).mismatches == ()
    assert only(referee.check([put | {"response": {}}]))[0] == f"PUT {route} response 204"
    assert only(referee.check([put | {"request": {"emoji": "x"}}]))[0] == f"PUT {route} request"


@pytest.mark.parametrize(
    ("status", "answer", "clean"),
    [
        (404, {"message": "Unknown Message", "code": 10008}, True),
        (400, {"message": "Invalid Form Body", "code": 50035, "errors": {"content": {"_errors": [
            {"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 2000 or fewer in length."}]}}}, True),
        (404, {"message": "Unknown Message"}, False),
        (404, {"error": "Unknown Message"}, False),
        (404, {"message": "Unknown Message", "code": "10008"}, False),
        (404, None, False),
        (429, {"message": "slow down", "code": 0, "retry_after": 0.5, "global": False}, True),
        (429, {"message": "slow down", "code": 0, "retry_after": "soon", "global": False}, False),
        (429, {"message": "slow down", "code": 0}, False),
    ],
)  # fmt: skip
def test_errors_are_held_to_their_own_shape(referee: Referee, status: int, answer: Any, clean: bool) -> None:
    verdict = referee.check([exchange(status=status, response=answer)])
    assert (verdict.mismatches == ()) is clean


@pytest.mark.parametrize(
    ("broken", "at"),
    [
        (event("THREAD_CREATE", thread(newly_created=True, type=0)), "/type"),
        (event("THREAD_UPDATE", thread(thread_metadata={"archived": False})), "/thread_metadata"),
        (event("MESSAGE_REACTION_ADD", {"emoji": {"name": "👍"}}), "/emoji"),
        (event("MESSAGE_REACTION_ADD", {"emoji": {"id": None, "name": "👍"}, "member": {}}), "/member"),
        (event("MESSAGE_REACTION_REMOVE", {"emoji": {"id": 5, "name": "x"}}), "/emoji/id"),
        (
            event("INTERACTION_CREATE", {"member": member(user=user(id=7), permissions="0")}),
            "/member/user/id",
        ),
        (event("GUILD_CREATE", {"threads": [thread(name=None)]}), "/threads/0/name"),
        (event("READY", {"user": {"id": 1}}), "/user/id"),
    ],
)
def test_a_corrupt_object_inside_an_event_is_caught(referee: Referee, broken: dict[str, Any], at: str) -> None:
    verdict = referee.check([broken])
    assert at in {mismatch.at for mismatch in verdict.mismatches}
    assert {mismatch.where for mismatch in verdict.mismatches} == {f"event {broken['name']}"}


def test_what_the_file_does_not_describe_is_counted_with_its_reason(referee: Referee) -> None:
    entries = [
        exchange(route="/interactions", path="/interactions", by="7"),
        exchange() | {"route": None, "path": "/nowhere", "status": 404},
        exchange(status=503, response=None),
        {"kind": "heartbeat", "at": 0.0, "from": "bot", "seq": 3},
        event("RESUMED", {}),
        event("MESSAGE_DELETE", {"id": "20", "channel_id": "10"}),
    ]
    verdict = referee.check(entries)
    assert verdict.mismatches == ()
    assert sorted(verdict.uncovered) == [
        "MESSAGE_DELETE (only ids, no object of the file)",
        "POST /channels/{channel_id}/messages response 503 (the file describes no answer of 500 or above)",
        "POST /interactions (a route of Discord's own client, documented nowhere)",
        "POST /nowhere (no route of Discord's file)",
        "RESUMED (no object in it)",
        "heartbeat (no object in it)",
    ]


def test_checking_changes_nothing_in_the_record(referee: Referee) -> None:
    entries = [exchange(), created(mentions=[user(member=member())]), exchange(status=404, response=None)]
    before = copy.deepcopy(entries)
    assert referee.check(entries) == referee.check(entries)
    assert entries == before


def test_three_thousand_entries_are_checked_in_two_seconds(referee: Referee) -> None:
    entries = [exchange(), created(), event("THREAD_CREATE", thread(newly_created=True))] * 1000
    started = time.perf_counter()
    verdict = referee.check(entries)
    assert time.perf_counter() - started < 2
    assert (verdict.exchanges, verdict.events) == (1000, 2000)


def test_every_deviation_names_its_reason_and_its_source() -> None:
    assert len({row.name for row in DEVIATIONS}) == len(DEVIATIONS)
    for deviation in DEVIATIONS:
        assert deviation.reason.endswith(".")
        assert deviation.source


def test_a_deviation_holds_only_where_it_was_met() -> None:
    met = Finding("event MESSAGE_CREATE", "/member", "required", "", "user")
    assert known(met) is not None
    for other in (
        Finding("event MESSAGE_REACTION_ADD", "/member", "required", "", "user"),
        Finding("event MESSAGE_CREATE", "/author", "required", "", "user"),
        Finding("event MESSAGE_CREATE", "/member", "required", "", "roles"),
        Finding("event MESSAGE_CREATE", "/member", "type", "", "user"),
    ):
        assert known(other) is None


def test_the_file_is_found_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "named.json"
    named.touch()
    monkeypatch.setenv("DISCORD_OPENAPI", str(named))
    assert find_openapi(tmp_path) == named
    monkeypatch.setenv("DISCORD_OPENAPI", str(tmp_path / "missing.json"))
    assert find_openapi(tmp_path) is None


def test_the_file_is_found_beside_the_project_or_near_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISCORD_OPENAPI", raising=False)
    root, seeds = tmp_path / "project", tmp_path / "elsewhere" / "seeds"
    root.mkdir()
    seeds.mkdir(parents=True)
    assert find_openapi(root, seeds / "text.txt") is None
    for folder in (seeds.parent / "reference", seeds / "reference", tmp_path / "shared" / "reference"):
        folder.mkdir(parents=True)
        (folder / "discord-openapi.json").touch()
        assert find_openapi(root, seeds / "text.txt") == folder / "discord-openapi.json"


def test_a_forum_post_with_two_faults_is_held_against_forum_posts(referee: Referee) -> None:
    body = {"name": "A post", "applied_tags": [], "message": {"content": "text", "strange": 1}, "odd": 2}
    verdict = referee.check([exchange(route="/channels/{channel_id}/threads", request=body)])
    told = [mismatch for mismatch in verdict.mismatches if "request" in mismatch.where]
    assert {mismatch.at for mismatch in told} == {"", "/message"}
    assert not [mismatch for mismatch in told if "applied_tags" in mismatch.what]
