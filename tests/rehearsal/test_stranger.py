"""The parts of the stranger's run that need no stranger: what counts as an answer, and what the report says."""

from __future__ import annotations

from typing import Any

import pytest

from rehearsal.referee import Mismatch, Verdict
from rehearsal.stranger.report import Run, lines
from rehearsal.stranger.steps import AGAIN, FIRST, MEMBER, OWNER, Outcome, Place, Step, judge, text_of


def message(content: str = "", *embeds: dict[str, Any]) -> dict[str, Any]:
    return {"content": content, "embeds": list(embeds)}


def exchange(path: str, status: int = 200, by: str = "bot") -> dict[str, Any]:
    return {"kind": "exchange", "by": by, "method": "GET", "path": path, "route": None, "status": status}


def event(name: str, to: str = "bot") -> dict[str, Any]:
    return {"kind": "event", "to": to, "name": name}


PING = Step(MEMBER, "!ping", r"^Pong\.")
WELL = Outcome("a member says !ping", True, "Pong.")
CLEAN = Verdict(checked=1, mismatches=(), deviations={}, exchanges=1, events=1, uncovered={})


def run(**changes: Any) -> Run:
    usual = {"outcomes": (WELL,), "entries": (exchange("/users/@me"), event("READY")), "refused": (), "verdict": CLEAN}
    return Run(**usual | changes)


def test_an_answer_is_judged_by_all_that_can_be_read_in_it() -> None:
    embed = {"title": "t", "description": "d", "author": {"name": "a"}, "footer": {"text": "f"}}
    fields = {"fields": [{"name": "n", "value": "v"}]}
    assert text_of(message("c", embed, fields)).split() == ["c", "a", "t", "d", "f", "n", "v"]
    assert judge(PING, message("", {"description": "Pong."})) == WELL


def test_a_wrong_answer_is_told_by_its_first_line() -> None:
    assert judge(PING, message("No.\nPong, no.")) == Outcome(PING.name, False, "No.")
    assert judge(PING, message()).line == "(a message without words)"


def test_a_step_is_named_by_all_that_is_done() -> None:
    steps = (Step(OWNER, "!help", "", Place.DIRECT), Step(OWNER, "!help", "", presses="▶️"))
    assert [each.name for each in steps] == [
        "the owner says !help in a direct message",
        "the owner says !help, presses ▶️",
    ]


def test_a_command_of_the_second_run_rests_on_what_the_first_one_kept() -> None:
    prefixes = [each.says for each in FIRST if each.says.startswith("!set serverprefix")]
    assert prefixes == ["!set serverprefix ?"] and all(each.says.startswith("?") for each in AGAIN)


@pytest.mark.parametrize(
    ("changes", "well"),
    [
        ({}, True),
        ({"verdict": None}, True),
        ({"outcomes": ()}, False),
        ({"outcomes": (WELL, Outcome("x", False, "y"))}, False),
        ({"entries": (exchange("/skus", 501),)}, False),
        ({"entries": (exchange("/skus", 501, by="7"),)}, True),
        ({"verdict": Verdict(1, (Mismatch("a", "b", "c"),), {}, 1, 1, {})}, False),
    ],
)
def test_a_run_went_well_when_nothing_was_wrong_with_it(changes: dict[str, Any], well: bool) -> None:
    assert run(**changes).went_well is well


def test_the_report_counts_what_the_bot_was_told_and_asked_and_nobody_elses() -> None:
    entries = (
        *(exchange("/users/@me"), exchange("/users/@me"), exchange("/skus", 501), exchange("/gateway", by="7")),
        *(event("READY"), event("READY", to="7")),
    )
    verdict = Verdict(9, (Mismatch("here", "wrong", "/x"),) * 2, {}, 3, 1, {})
    told = lines(run(entries=entries, verdict=verdict, refused=("b.org", "a.org", "b.org")))
    assert told == [
        "What Red did",
        "  well: a member says !ping: Pong.",
        "Events Red was sent: 1",
        "      1 × READY",
        "Requests Red made: 3",
        "      1 × GET /skus → 501",
        "      2 × GET /users/@me → 200",
        "Requests the stand-in does not model: 1",
        "      1 × GET /skus",
        "Held against Discord's OpenAPI file: 3 exchanges and 1 events, 9 checks, 2 mismatches",
        "      2 × here at /x: wrong",
        "Other machines Red asked for, in vain: a.org, b.org",
        "Not all went well.",
    ]


def test_a_report_without_the_openapi_file_says_so() -> None:
    told = lines(run(verdict=None))
    assert "Not held against Discord's OpenAPI file: it is not at hand." in told
    assert told[-2:] == ["Other machines Red asked for, in vain: none", "All went well."]
