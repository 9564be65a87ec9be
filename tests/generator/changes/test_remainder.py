"""What differs beside the places that comparisons have noted."""

from typing import Any

import pytest

from generator.changes.remainder import operations_left

CALL = "/paths/~1call/post"
SIZE = "/components/schemas/Order/properties/size"
OTHER = {"type": "integer", "minimum": 5}


def _root(size: Any, name: str = "Order", **parts: Any) -> dict[str, Any]:
    """A document of one operation, which sends an order of a size."""
    schema = {"$ref": f"#/components/schemas/{name}"}
    operation = {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}
    order = {"type": "object", "properties": {"size": size, "next": schema}}
    return {"paths": {"/call": {"post": {**operation, **parts}}}, "components": {"schemas": {name: order}}}


@pytest.mark.parametrize(
    ("new", "noted", "left"),
    [
        (_root(OTHER), "", [CALL]),
        (_root(OTHER), f"{SIZE}/minimum", []),
        (_root(OTHER), f"{CALL}/summary", [CALL]),
        (_root({"type": "integer", "minimum": 1}, "Another"), "", []),
        (_root(OTHER, "Another"), "", [CALL]),
        (_root({"minimum": 1, "type": "integer", "description": "Its size."}), "", []),
        ({**_root({"type": "integer", "minimum": 1}), "of-tomorrow": 1}, "", [""]),
    ],
)
def test_what_has_not_been_noted_is_left(new: dict[str, Any], noted: str, left: list[str]) -> None:
    """An operation is named if it means something else, and not for a name, a description or what was noted."""
    old = _root({"type": "integer", "minimum": 1})
    assert operations_left(old, new, ([noted], [noted])) == left
    assert operations_left(new, old, ([noted], [noted])) == left
