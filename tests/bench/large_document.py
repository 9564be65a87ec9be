"""A document of about a thousand operations, of the kind that inventories and admin services have."""

import json
from pathlib import Path
from typing import Any

OBJECTS = 200
"""Kinds of objects, each with five operations."""

_FILTERS = 60
"""Parameters of an operation that lists objects."""

_FIELDS = 20
"""Properties of an object."""

_KINDS = ({"type": "string"}, {"type": "integer"}, {"type": "string", "format": "date-time"}, {"type": "boolean"})


def write_large_document(path: Path, objects: int = OBJECTS) -> None:
    """Write the document.

    Args:
        path: Where to.
        objects: How many kinds of objects it has.
    """
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Inventory", "version": "1"},
        "servers": [{"url": "https://inventory.example"}],
        "paths": {path: item for at in range(objects) for path, item in _paths(at).items()},
        "components": {"schemas": {name: schema for at in range(objects) for name, schema in _schemas(at, objects)}},
    }
    path.write_text(json.dumps(document, indent=1), encoding="utf-8")


def _paths(at: int) -> dict[str, Any]:
    one, listed, id_ = _json(f"Object{at}"), _json(f"Objects{at}"), {"name": "id", "in": "path", "required": True}
    own = [{**id_, "schema": {"type": "integer"}}]
    return {
        f"/objects{at}/": {
            "get": _operation(at, "list", {"200": listed}, parameters=_filters()),
            "post": _operation(at, "create", {"201": one}, requestBody=one),
        },
        f"/objects{at}/{{id}}/": {
            "get": _operation(at, "get", {"200": one}, parameters=own),
            "patch": _operation(at, "update", {"200": one}, parameters=own, requestBody=one),
            "delete": _operation(at, "delete", {"204": {"description": "Done."}}, parameters=own),
        },
    }


def _operation(at: int, verb: str, responses: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"operationId": f"{verb}_object{at}", "tags": [f"group{at % 10}"], "responses": responses, **more}


def _filters() -> list[dict[str, Any]]:
    arrays = [{"type": "array", "items": _KINDS[index % len(_KINDS)]} for index in range(_FILTERS)]
    return [{"name": f"filter{index}", "in": "query", "schema": schema} for index, schema in enumerate(arrays)]


def _json(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": name, "content": {"application/json": {"schema": schema}}}


def _schemas(at: int, objects: int) -> list[tuple[str, dict[str, Any]]]:
    fields: dict[str, Any] = {f"field{index}": {**_KINDS[index % len(_KINDS)]} for index in range(_FIELDS)}
    fields["status"] = {"type": "string", "enum": ["active", "planned", f"state{at}"]}
    fields["owner"] = {"$ref": f"#/components/schemas/Object{(at + 1) % objects}"}
    one = {"type": "object", "required": ["field0"], "properties": fields}
    results = {"type": "array", "items": {"$ref": f"#/components/schemas/Object{at}"}}
    listed = {"type": "object", "required": ["results"], "properties": {"results": results}}
    return [(f"Object{at}", one), (f"Objects{at}", listed)]
