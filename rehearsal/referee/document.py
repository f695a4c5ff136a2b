"""Discord's OpenAPI file, read once, closed, and compiled on demand.

Closing means: an object schema that lists properties and says nothing of others gets
`additionalProperties: false`, so that a field unknown to the file is a finding. Schemas that take part in an
`allOf` stay open, because there each part sees only its own properties; the whole is closed over the names
of all its parts instead. (`unevaluatedProperties` would do that too, but it calls a known field unknown
whenever the field's own value is at fault.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    import jsonschema_rs

_URI = "urn:discord:openapi"
_PARAMETER = re.compile(r"\{(\w+)\}")


class Document:
    """The file as a set of routes and validators. Validators are compiled when first asked for, then kept."""

    def __init__(self, openapi: dict[str, Any]) -> None:
        # Imported here: only the referee needs it, and it is an optional dependency of the project.
        import jsonschema_rs

        self._rs = jsonschema_rs
        self._openapi = openapi
        schemas = openapi["components"]["schemas"]
        _close(schemas)
        for operation in _operations(openapi):
            _close_contents(operation, schemas)
        self._registry = jsonschema_rs.Registry([(_URI, openapi)], draft=jsonschema_rs.Draft202012)
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}

    @classmethod
    def read(cls, path: Path) -> Document:
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def operation(self, method: str, route: str) -> dict[str, Any] | None:
        """What the file says of a method on a route; None where it describes no such thing."""
        found = self._openapi["paths"].get(route, {}).get(method.lower())
        return found if isinstance(found, dict) else None

    def parameters(self, method: str, route: str, place: str) -> dict[str, tuple[str, dict[str, Any]]]:
        """The parameters in `place` ("path" or "query"): name -> (pointer of its schema, the parameter)."""
        found: dict[str, tuple[str, dict[str, Any]]] = {}
        item = self._openapi["paths"][route]
        for owner, keys in ((item, ()), (item[method.lower()], (method.lower(),))):
            for number, parameter in enumerate(owner.get("parameters", ())):
                if parameter["in"] == place:
                    at = pointer("paths", route, *keys, "parameters", number, "schema")
                    found[parameter["name"]] = (at, parameter)
        return found

    def type_of(self, schema: dict[str, Any]) -> str | None:
        """The JSON type that a parameter's schema asks for, following one reference."""
        if "$ref" in schema:
            schema = self._openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        found = schema.get("type")
        return found if isinstance(found, str) else None

    def match(self, route: str, path: str) -> dict[str, str] | None:
        """The path parameters' values when `path` is of this route, else None."""
        pattern = self._patterns.get(route)
        if pattern is None:
            # Odd pieces are the parameters' names, even ones the text between them.
            pieces = _PARAMETER.split(route)
            source = (f"(?P<{p}>[^/]+)" if n % 2 else re.escape(p) for n, p in enumerate(pieces))
            pattern = self._patterns[route] = re.compile("".join(source))
        found = pattern.fullmatch(path)
        return None if found is None else {name: unquote(value) for name, value in found.groupdict().items()}

    def validator(self, at: str) -> jsonschema_rs.Draft202012Validator:
        """The validator of the schema at this JSON pointer of the file."""
        found = self._validators.get(at)
        if found is None:
            found = self._rs.Draft202012Validator(
                {"$ref": f"{_URI}#{at}"}, registry=self._registry, validate_formats=True
            )
            self._validators[at] = found
        return found


def pointer(*keys: str | int) -> str:
    """A JSON pointer (RFC 6901) of these keys, percent-encoded where a URI fragment needs it."""
    return "".join("/" + _escape(str(key)) for key in keys)


def component(name: str) -> str:
    """Where the file keeps the schema of this name."""
    return pointer("components", "schemas", name)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D")


def _operations(openapi: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in openapi["paths"].values():
        for method, operation in item.items():
            if method != "parameters":
                yield operation


def _close_contents(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Close the schemas written out at a route. Multipart ones are left: their payload is held as JSON."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    for body in bodies:
        content = body.get("content", {}).get("application/json")
        if content is not None:
            _close_schema(content["schema"], schemas)


def _close(schemas: dict[str, Any]) -> None:
    parts = frozenset(_parts_of_wholes(schemas))
    for name, schema in schemas.items():
        if name in parts:
            for child in schema.get("properties", {}).values():
                _close_schema(child, schemas)
        else:
            _close_schema(schema, schemas)


def _parts_of_wholes(node: Any) -> Iterator[str]:
    """Names of the schemas that some `allOf` refers to."""
    if isinstance(node, list):
        for child in node:
            yield from _parts_of_wholes(child)
    elif isinstance(node, dict):
        for part in node.get("allOf", ()):
            if "$ref" in part:
                yield part["$ref"].rsplit("/", 1)[-1]
        for child in node.values():
            yield from _parts_of_wholes(child)


def _close_schema(schema: dict[str, Any], schemas: dict[str, Any]) -> None:
    if schema.get("type") == "object" and "allOf" in schema:
        schema["properties"] = dict.fromkeys(_names(schema, schemas), True)
        schema["additionalProperties"] = False
    elif "properties" in schema:
        schema.setdefault("additionalProperties", False)
    for child in _children(schema):
        _close_schema(child, schemas)


def _names(schema: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    """The names of all properties of an object made of several parts."""
    yield from schema.get("properties", ())
    for part in schema["allOf"]:
        whole = schemas[part["$ref"].rsplit("/", 1)[-1]] if "$ref" in part else part
        yield from whole.get("properties", ())


def _children(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (child for child in schema.get("properties", {}).values() if isinstance(child, dict))
    for key in ("oneOf", "anyOf"):
        yield from schema.get(key, ())
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield schema[key]
    for part in schema.get("allOf", ()):
        yield from part.get("properties", {}).values()
