"""Holds one exchange (a request and its answer) against the route it was made on.

1. The route must be in the file and the path must be of that route; path parameters and the query are held
   to their schemas, a query parameter the file does not name is a finding.
2. The body is held to the JSON schema, also where it came as `payload_json` beside files: Discord documents
   that field as the same JSON (Reference, "Uploading Files").
3. An answer is held to the schema of its status: 2xx by the very number, 429 and other 4xx by theirs.
   The file describes no 5xx answer, so these are uncovered; so is a line that was cut without an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rehearsal.referee.document import Document, pointer
from rehearsal.referee.findings import findings
from rehearsal.referee.verdict import Finding

_JSON = "application/json"
_NOT_IN_FILE = "not in the file"
_CLIENT_ONLY = "a route of Discord's own client, documented nowhere"


def uncovered(document: Document, entry: dict[str, Any]) -> str | None:
    """Why this exchange cannot be held against the file, or None when it can."""
    method, route = entry["method"], entry.get("route")
    if not route:
        return f"{method} {entry['path']} (no route of Discord's file)"
    if document.operation(method, route) is None:
        return f"{method} {route} ({_NOT_IN_FILE if entry.get('by') == 'bot' else _CLIENT_ONLY})"
    return None


def check(document: Document, entry: dict[str, Any]) -> Iterator[list[Finding] | str]:
    """One list of findings for each value held against a schema; a string where one is uncovered."""
    method, route = entry["method"], entry["route"]
    name = f"{method} {route}"
    yield from _path(document, entry, name)
    yield from _query(document, entry, name)
    yield from _request(document, entry, name)
    yield from _response(document, entry, name)


def _path(document: Document, entry: dict[str, Any], name: str) -> Iterator[list[Finding]]:
    values = document.match(entry["route"], entry["path"].split("?")[0])
    where = f"{name} path"
    if values is None:
        yield [Finding(where, "", "route", f"{entry['path']} is not a path of this route")]
        return
    for key, (at, _) in document.parameters(entry["method"], entry["route"], "path").items():
        yield findings(document.validator(at), values[key], where, pointer(key))


def _query(document: Document, entry: dict[str, Any], name: str) -> Iterator[list[Finding]]:
    known = document.parameters(entry["method"], entry["route"], "query")
    query = entry.get("query") or {}
    where = f"{name} query"
    for key, value in query.items():
        if key not in known:
            yield [Finding(where, "", "unknown", f"the file knows no query parameter {key!r} here", key)]
            continue
        at, parameter = known[key]
        typed = _typed(document.type_of(parameter["schema"]), value)
        yield findings(document.validator(at), typed, where, pointer(key))
    for key, (_, parameter) in known.items():
        if parameter.get("required") and key not in query:
            yield [Finding(where, "", "required", f"the query parameter {key!r} is missing", key)]


def _typed(kind: str | None, value: Any) -> Any:
    """A query's text as the JSON value it stands for; text that stands for none is left, and then fails."""
    if not isinstance(value, str) or kind not in ("integer", "number", "boolean", "array"):
        return value
    if kind == "array":
        return value.split(",")
    try:
        return json.loads(value)
    except ValueError:
        return value


def _request(document: Document, entry: dict[str, Any], name: str) -> Iterator[list[Finding]]:
    method, route, body = entry["method"], entry["route"], entry.get("request")
    where = f"{name} request"
    described = (document.operation(method, route) or {}).get("requestBody")
    if described is None:
        if body is not None:
            yield [Finding(where, "", "body", "a body where the file describes none")]
    elif body is not None:
        kind = _JSON if _JSON in described["content"] else next(iter(described["content"]))
        at = pointer("paths", route, method.lower(), "requestBody", "content", kind, "schema")
        yield findings(document.validator(at), body, where, "")
    elif described.get("required") and not entry.get("files"):
        yield [Finding(where, "", "body", "no body where the file requires one")]


def _response(document: Document, entry: dict[str, Any], name: str) -> Iterator[list[Finding] | str]:
    method, route, status = entry["method"], entry["route"], entry["status"]
    where = f"{name} response {status}"
    if status is None:
        yield f"{name} (no answer: the line was cut)"
        return
    if status >= 500:
        yield f"{where} (the file describes no answer of 500 or above)"
        return
    answers = (document.operation(method, route) or {})["responses"]
    key = next((k for k in (str(status), f"{status // 100}XX") if k in answers), None)
    if key is None:
        yield [Finding(where, "", "status", f"the file lists no status {status} for this route", str(status))]
        return
    at = _schema_of(answers, key, method, route)
    if at is not None:
        yield findings(document.validator(at), entry.get("response"), where, "")
    elif entry.get("response") is not None:
        yield [Finding(where, "", "body", "an answer with a body where the file describes none")]
    else:
        yield []


def _schema_of(answers: dict[str, Any], key: str, method: str, route: str) -> str | None:
    """Where the schema of an answer stands; None for an answer without a body."""
    answer = answers[key]
    if "$ref" in answer:
        name = answer["$ref"].rsplit("/", 1)[-1]
        return pointer("components", "responses", name, "content", _JSON, "schema")
    if _JSON not in answer.get("content", {}):
        return None
    return pointer("paths", route, method.lower(), "responses", key, "content", _JSON, "schema")
