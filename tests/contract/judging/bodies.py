"""The oracle for JSON: the body of a response fits its schema, be it a success or an error."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from generator.document.document import Document, child
from tests.contract.judging.case import Case
from tests.contract.model.findings import Finding
from tests.contract.model.json_text import read_json
from tests.contract.model.links import split_address
from tests.contract.model.operation_contract import JSON

_OPEN = ("allOf", "anyOf", "oneOf", "additionalProperties", "patternProperties")
"""Keywords beside which `properties` does not name all fields."""

_FORMATS = FormatChecker(formats=())


@_FORMATS.checks("uri")
def _is_address(value: object) -> bool:
    """Whether a text is a full address, with a scheme and a host."""
    address = split_address(value) if isinstance(value, str) else None
    return not isinstance(value, str) or (address is not None and bool(address.scheme and address.netloc))


@_FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """Whether a text is a date with a time."""
    return not isinstance(value, str) or bool(datetime.fromisoformat(value))


def json_body(case: Case) -> Iterator[Finding]:
    """A JSON body fits its schema, and undocumented fields are additions, however deep."""
    document, media = case.contract.document, case.interaction.response.media_type
    pointer = child(case.response or "", "content", media or "", "schema")
    if case.response is None or media != JSON or not document.has(pointer):
        return
    schema = document.resolved(pointer)
    try:
        body = read_json(case.interaction.response.content)
    except ValueError:
        yield case.finding("breaking", schema, "JSON", "a body that is not JSON", "body")
        return
    for place, expected, reason in _schema_errors(document, schema, body):
        yield case.finding("breaking", place, expected, reason, "body")
    for place, name in dict.fromkeys(_undocumented(document, schema, body)):
        yield case.finding("addition", place, "no such field", f"a field {name!r}", "body")


def _schema_errors(document: Document, schema: str, body: Any) -> Iterator[tuple[str, str, str]]:
    """The rule that is broken, what was expected, and what was seen."""
    root = document.root
    whole = {"$ref": f"#{schema}", "components": root.get("components", {}), "paths": root["paths"]}
    for error in Draft202012Validator(whole, format_checker=_FORMATS).iter_errors(body):
        pointer = schema
        # jsonschema's path of an error leaves out the `$ref`s on the way.
        for token in error.absolute_schema_path:
            pointer = child(document.resolved(pointer), str(token))
        yield pointer, _expected(error), error.message[:120]


def _expected(error: ValidationError) -> str:
    """What was expected where a rule is broken. Each field that is missing is a finding of its own."""
    required: list[str] = error.schema["required"] if error.validator == "required" else []  # type: ignore[index]
    named = next((name for name in required if error.message.startswith(f"{name!r} ")), None)
    return "the documented fields" if named is None else f"a field {named}"


def _undocumented(document: Document, schema: str, value: Any) -> Iterator[tuple[str, str]]:
    """The fields that no schema names: the schema of the object, and the name."""
    place = document.resolved(schema)
    node = document.at(place)
    if isinstance(value, list) and isinstance(node, dict) and isinstance(node.get("items"), dict):
        for item in value:
            yield from _undocumented(document, child(place, "items"), item)
    if not isinstance(value, dict) or not isinstance(node, dict) or any(one in node for one in _OPEN):
        return
    known = node.get("properties", {})
    for name in sorted(value):
        if name in known:
            yield from _undocumented(document, child(place, "properties", name), value[name])
        elif known:
            yield place, name
