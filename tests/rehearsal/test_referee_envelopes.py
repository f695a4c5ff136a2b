"""The table of gateway envelopes is itself tried: it lets good events through and names what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.referee.events import PARTS, UNCOVERED
from tests.rehearsal.envelopes import ENVELOPES, faults

REACTION = {
    "user_id": "7", "channel_id": "10", "message_id": "20", "guild_id": "1", "burst": False, "type": 0,
    "emoji": {"id": None, "name": "👍"},
}  # fmt: skip


def event(name: str, data: dict[str, Any], to: str = "bot") -> dict[str, Any]:
    return {"kind": "event", "at": 0.0, "to": to, "name": name, "seq": 1, "data": data}


def test_a_good_envelope_has_no_fault() -> None:
    assert faults([event("MESSAGE_REACTION_REMOVE", REACTION)]) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"member": {}}, "MESSAGE_REACTION_REMOVE: has the undocumented field member"),
        ({"user_id": 7}, "MESSAGE_REACTION_REMOVE: user_id is not of the type id"),
        ({"type": True}, "MESSAGE_REACTION_REMOVE: type is not of the type integer"),
        ({"burst": None}, "MESSAGE_REACTION_REMOVE: burst is not of the type boolean"),
        ({"emoji": "👍"}, "MESSAGE_REACTION_REMOVE: emoji is not of the type object"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], fault: str) -> None:
    assert faults([event("MESSAGE_REACTION_REMOVE", REACTION | change)]) == [fault]


def test_a_missing_field_is_named() -> None:
    data = {name: value for name, value in REACTION.items() if name != "burst"}
    assert faults([event("MESSAGE_REACTION_REMOVE", data)]) == ["MESSAGE_REACTION_REMOVE: lacks burst"]


@pytest.mark.parametrize(
    ("moment", "good"),
    [("2026-01-02T03:04:05+00:00", True), (None, True), ("2026-01-02T03:04:05", False), ("soon", False)],
)
def test_a_time_has_its_offset(moment: str | None, good: bool) -> None:
    pins = event("CHANNEL_PINS_UPDATE", {"channel_id": "10", "last_pin_timestamp": moment})
    assert (faults([pins]) == []) is good


def test_lists_are_looked_into() -> None:
    data = {"ids": ["1", 2], "channel_id": "10"}
    assert faults([event("MESSAGE_DELETE_BULK", data)]) == ["MESSAGE_DELETE_BULK: ids is not of the type [id]"]


def test_an_event_without_a_row_is_named() -> None:
    assert faults([event("SOMETHING_NEW", {})]) == ["SOMETHING_NEW: the table has no row for it"]


def test_events_to_members_are_left_out() -> None:
    assert faults([event("SOMETHING_NEW", {}, to="7")]) == []


def test_every_row_cites_its_section_and_every_event_of_the_referee_is_known_here() -> None:
    assert all(row.cites.startswith("events/gateway-events#") for row in ENVELOPES.values())
    for_clients_only = {"INTERACTION_SUCCESS", "INTERACTION_FAILURE"}
    known = set(PARTS) | set(UNCOVERED) - for_clients_only
    assert known - set(ENVELOPES) == set()
