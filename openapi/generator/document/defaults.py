"""Defaults that the client cannot send: the service then uses its own, which is what leaving a value out asks for."""

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from jsonschema.protocols import Validator
from openapi_schema_validator import OAS31Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from .document import Document, Problem, child
from .shapes import kinds, member_pointers
from .traversal import Node, objects

_INSTEAD = "the client sends nothing, and the service's default applies"
_MOST_SHOWN = 300
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_TYPES = {str: "text", bool: "boolean", int: "number", float: "number"}


def leave_out_defaults(document: Document) -> Iterable[Problem]:
    """Remove defaults that break their schemas, and those that Python would have to share between calls."""
    validators = _Validators(document)
    return [problem for node in objects(document) if node.kind == "schema" for problem in _left_out(validators, node)]


def _left_out(validators: "_Validators", node: Node) -> Iterator[Problem]:
    if "default" not in node.value:
        return
    default, place = node.value["default"], child(node.pointer, "default")
    if default is None or isinstance(default, (dict, list)):
        # Nothing is lost: leaving the value out means the same.
        del node.value["default"]
    elif flaw := validators.flaw(node.pointer, default) or _unfit(validators.document, node.pointer, default):
        del node.value["default"]
        yield Problem(f"the default {_shown(default)} {flaw}", place, _INSTEAD)
    elif isinstance(default, float) and "number" not in kinds(validators.document, node.pointer):
        node.value["default"] = int(default)


class _Validators:
    """Checks defaults against their schemas, which may refer to any place of the document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        whole: Registry[Any] = Registry().with_resource("urn:document", DRAFT202012.create_resource(document.root))
        self._validator = partial(OAS31Validator, registry=whole)

    def flaw(self, pointer: str, value: Any) -> str:
        """What is wrong with a value, or nothing."""
        validator: Validator = self._validator({"$ref": f"urn:document#{quote(pointer)}"})
        try:
            error = next(validator.iter_errors(value), None)
        except Exception as unforeseen:
            # A pattern of another language, a schema that refers to itself: the service knows what it does by default.
            return f"cannot be checked: {type(unforeseen).__name__}"
        return f"breaks a rule: {_shortened(error.message)}" if error is not None else ""


def _unfit(document: Document, pointer: str, default: Any) -> str:
    """Why a default would not arrive as it is described, or nothing: the first alternative that can hold it does."""
    found = list(_alternatives(document, pointer))
    for node in found:
        format_ = str(node.get("format"))
        if isinstance(default, str) and format_ in _READS and "enum" not in node:
            if _READS[format_](default) and len(found) > 1:
                return f"could be a text or a {format_}"
            if len(found) == 1 and not _READS[format_](default):
                return f"is not a {format_}"
        elif (taken := _taken_as(node, default)) is not None:
            return "" if taken == _TYPES[type(default)] else f"could be a {_TYPES[type(default)]} or a {taken}"
    return ""


def _taken_as(node: dict[str, Any], default: Any) -> str | None:
    """The type that an alternative would make of a default, or None if it does not take it."""
    if "enum" in node or "const" in node:
        values = node.get("enum", [node.get("const")])
        return _TYPES[type(default)] if default in values else None
    kind = node.get("type")
    if kind in ("integer", "number") and not isinstance(default, bool):
        return "number" if _is_number(default) else None
    if kind == "boolean":
        return "boolean" if str(default).lower() in ("true", "false") else None
    return "text" if kind == "string" else None


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _alternatives(document: Document, pointer: str, above: frozenset[str] = frozenset()) -> Iterator[dict[str, Any]]:
    """The schemas of which a value fits one, null left out."""
    place = document.resolved(pointer)
    node = document.at(place)
    if place in above or not isinstance(node, dict) or node.get("type") == "null":
        return
    members = [at for keyword in ("anyOf", "oneOf", "allOf") for at in member_pointers(node, place, keyword)]
    types = [kind for kind in node.get("type", ()) if kind != "null"] if isinstance(node.get("type"), list) else []
    for at in members:
        yield from _alternatives(document, at, above | {place})
    if not members:
        yield from ({**node, "type": kind} for kind in types) if types else (node,)


def _is_date(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        return datetime.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


_READS = {"date": _is_date, "date-time": _is_moment, "uuid": _is_uuid}
"""Formats of which the client makes objects."""


def _shown(value: Any) -> str:
    return _shortened(repr(value))


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
