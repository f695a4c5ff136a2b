"""How the referee reads an OpenAPI file, on a small one of its own: so this also holds where Discord's is absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rehearsal.referee import Referee, load

REF = "#/components/schemas/"
ANSWER = {"content": {"application/json": {"schema": {"$ref": REF + "Thing"}}}}
FAULT = {"content": {"application/json": {"schema": {"$ref": REF + "Whole"}}}}
API: dict[str, Any] = {
    "paths": {
        "/things/{thing_id}": {
            "parameters": [{"name": "thing_id", "in": "path", "schema": {"$ref": REF + "Number"}, "required": True}],
            "get": {
                "parameters": [
                    {"name": "deep", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "names", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "key", "in": "query", "schema": {"type": "string"}, "required": True},
                ],
                "responses": {"200": ANSWER, "4XX": {"$ref": "#/components/responses/Fault"}},
            },
        }
    },
    "components": {
        "responses": {"Fault": FAULT},
        "schemas": {
            "Number": {"type": "string", "pattern": "^[0-9]+$"},
            "Thing": {
                "type": "object",
                "properties": {"inner": {"oneOf": [{"type": "null"}, {"$ref": REF + "Inner"}]}},
            },
            "Inner": {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]},
            "Part": {"type": "object", "properties": {"code": {"type": "integer"}}, "required": ["code"]},
            "Whole": {
                "type": "object",
                "allOf": [
                    {"$ref": REF + "Part"},
                    {"type": "object", "properties": {"more": {"$ref": REF + "Inner"}}},
                ],
            },
        },
    },
}


@pytest.fixture
def referee(tmp_path: Path) -> Referee:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(API), encoding="utf-8")
    return load(path)


def said(referee: Referee, **changes: Any) -> list[tuple[str, str]]:
    entry = {
        "kind": "exchange", "by": "bot", "method": "GET", "path": "/things/5", "route": "/things/{thing_id}",
        "query": {"key": "k"}, "request": None, "files": [], "status": 200, "response": {"inner": None},
    }  # fmt: skip
    verdict = referee.check([entry | changes])
    return [(each.where.removeprefix("GET /things/{thing_id} "), each.at) for each in verdict.mismatches]


def test_what_fits_passes(referee: Referee) -> None:
    assert said(referee) == []
    assert said(referee, response={"inner": {"word": "w"}}) == []
    assert said(referee, query={"key": "k", "deep": "true", "names": "a,b"}) == []
    assert said(referee, status=404, response={"code": 1, "more": {"word": "w"}}) == []


def test_a_field_the_file_does_not_know_is_found_at_its_place(referee: Referee) -> None:
    assert said(referee, response={"outer": None}) == [("response 200", "")]
    assert said(referee, response={"inner": {"word": "w", "x": 1}}) == [("response 200", "/inner")]
    assert said(referee, status=404, response={"code": 1, "x": 1}) == [("response 404", "")]


def test_a_wrong_part_of_a_whole_is_one_finding_and_not_two(referee: Referee) -> None:
    assert said(referee, status=404, response={"code": 1, "more": {"word": 5}}) == [("response 404", "/more/word")]


def test_parameters_are_held_to_their_schemas(referee: Referee) -> None:
    assert said(referee, path="/things/five") == [("path", "/thing_id")]
    assert said(referee, path="/thing/5") == [("path", "")]
    assert said(referee, query={}) == [("query", "")]
    assert said(referee, query={"key": "k", "deep": "perhaps"}) == [("query", "/deep")]
    assert said(referee, query={"key": "k", "depe": "true"}) == [("query", "")]
