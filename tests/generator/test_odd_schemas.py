"""Schemas that contradict themselves, or use what nobody knows: the client does what it can, and says so."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

import pytest

from generator.checks.odd_schemas import odd_schemas
from generator.document.document import Document
from generator.document.further_rules import unchecked
from generator.document.patterns import python_pattern
from generator.document.simplification import simplified
from generator.document.traversal import objects
from tests.generator.conftest import Connect
from tests.generator.generation import DOCUMENTS
from tests.generator.recording_server import RecordingServer

DOCUMENT = "odd-schemas.yaml"

SERVICE_DEFAULT = "the client sends nothing, and the service's default applies"

SAID = {
    "Odd/required/1": ("'made_by' is required, but not described", "a request has to have it, with any value"),
    "misspelt/maximun": ("is not a keyword of a schema; did you mean 'maximum'?", "the keyword has no effect"),
    "vendor/faker": ("'faker' is not a keyword of a schema", "the keyword has no effect"),
    "vendor/readonly": ("did you mean 'readOnly'?", "the keyword has no effect"),
    "empty_enum/enum": ("an enum without values allows nothing", "the enum is left out"),
    "ranged/minimum": ("`minimum` 5 is above `maximum` 1", "neither is checked"),
    "text_bound/minimum": ("`minimum` is '2', not a number", "it is read as 2"),
    "enum_of_numbers/enum/0": ("1 is not of the type 'string'", "it is read as '1'"),
    "enum_of_numbers/enum/1": ("2.5 is not of the type 'string'", "it is read as '2.5'"),
    "enum_of_numbers/enum/2": ("True is not of the type 'string'", "it is read as 'true'"),
    "enum_of_texts/enum/0": ("'1' is not of the type 'integer'", "it is read as 1"),
    "enum_of_texts/enum/1": ("'2' is not of the type 'integer'", "it is read as 2"),
    "enum_of_texts/enum/2": ("'x' is not of the type 'integer'", "it is left out"),
    "enum_of_nothing/enum": ("no value of the enum is of the type 'boolean'", "it is left out"),
    "enum_of_members/enum": ("no value of the enum is a list", "it is read as the enum of the items"),
    "constant_text/const": ("the constant 1 is not of the type 'string'", "it is read as '1'"),
    "file_of_2_0/format": ("neither JSON nor a parameter can hold a file", "it is a text"),
    "broken_pattern/pattern": ("the pattern '(' is not a regular expression that Python has", "is not checked"),
    "Odd/properties/file/format": ("neither JSON nor a parameter can hold a file", "it is a text"),
    "Upload/properties/file/format": ("neither JSON nor a parameter can hold a file", "it is a text"),
    "text_for_integer/default": ("the default '10' breaks a rule: '10' is not of type 'integer'", SERVICE_DEFAULT),
    "text_for_boolean/default": ("'true' is not of type 'boolean'", SERVICE_DEFAULT),
    "out_of_enum/default": ("'c' is not one of ['a', 'b']", SERVICE_DEFAULT),
    "out_of_bounds/default": ("9 is greater than the maximum of 8", SERVICE_DEFAULT),
    "beside_reference/default": ("'z' is not one of ['a', 'b']", SERVICE_DEFAULT),
    "not_a_date/default": ("the default '2024-13-45' is not a date", SERVICE_DEFAULT),
    "without_zone/default": ("the default '2024-12-24T00:00:00' is not a date-time", SERVICE_DEFAULT),
    "not_a_uuid/default": ("is not a uuid", SERVICE_DEFAULT),
    "number_or_text/default": ("the default '5' could be a text or a number", SERVICE_DEFAULT),
    "date_or_text/default": ("the default '2024-01-01' could be a text or a date", SERVICE_DEFAULT),
    "oneOf/0/default": ("'x' is not of type 'integer'", SERVICE_DEFAULT),
    "parameters/0/schema/default": ("'1' is not of type 'integer'", SERVICE_DEFAULT),
    "parameters/1/schema/default": ("'today' is not a date", SERVICE_DEFAULT),
}
"""What is said of the document: by the end of the place, a part of the message, and of what is done instead."""


@cache
def said() -> Mapping[str, tuple[str, str]]:
    """What is said of the document, by place."""
    document = Document.load(DOCUMENTS / DOCUMENT)
    problems = [*odd_schemas(document), *simplified(document)[1]]
    return {problem.pointer: (problem.message, problem.instead or "") for problem in problems}


@pytest.mark.parametrize(("place", "expected"), SAID.items(), ids=SAID)
def test_what_is_done_instead_is_said(place: str, expected: tuple[str, str]) -> None:
    """Each place has a message, and what the client does instead; nothing is left out for it."""
    ((message, instead),) = [found for pointer, found in said().items() if pointer.endswith(place)]
    assert expected[0] in message
    assert expected[1] in instead


@pytest.mark.parametrize(
    ("schema", "keyword"),
    [
        ({"if": {"minProperties": 2}, "then": {"required": ["a"]}}, "if"),
        ({"if": {"required": ["a"]}, "then": {"properties": {"a": {"maxLength": 1}}}}, "if"),
        ({"not": {"type": "object", "properties": {"a": {"const": 1}}}}, "not"),
        ({"dependentSchemas": {"a": {"minProperties": 2}}}, "dependentSchemas"),
        ({"unevaluatedProperties": {"type": "string"}}, "unevaluatedProperties"),
        ({"type": "array", "unevaluatedItems": False}, "unevaluatedItems"),
        ({"type": "array", "contains": {"type": "object"}, "maxContains": 1}, "maxContains"),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, None),
        ({"not": {"required": ["a"]}}, None),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, None),
    ],
)
def test_what_cannot_be_checked_is_said(schema: dict[str, Any], keyword: str | None) -> None:
    """Keywords that say more than the client can check are named; others are checked."""
    root = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Drawn": schema}}}
    document = Document("drawn.yaml", root, {"": 1})
    (node,) = [node for node in objects(document) if node.pointer == "/components/schemas/Drawn"]
    assert list(unchecked(document, node)) == ([keyword] if keyword else [])


def test_nothing_else_is_said() -> None:
    """Rules that do not concern the type of a value, and formats that nobody knows, are no news."""
    assert len(said()) == len(SAID)


def test_defaults_that_fit_are_sent_and_others_are_left_to_the_service(
    documented: Any, connect: Connect, server: RecordingServer
) -> None:
    """The client sends no default that breaks its schema, is an object or a list, or could change its type."""
    server.respond_with({"size": 1, "made_by": "me"})
    defaults = documented.OddDefaults()
    connect(documented).put_odd(size=1, defaults=defaults, extra_body={"made_by": "me"})
    assert server.last.json["defaults"] == {
        "a_date": "2024-12-24",
        "beside_reference_and_right": "b",
        "whole_float": 4,
        "text_or_number": "latest",
        "true_or_text": True,
    }
    assert server.last.query == []


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("empty_enum", "anything", None),
        ("ranged", -100, None),
        ("text_bound", 2, 1),
        ("excluded", 0.1, 0),
        ("of_another_type", "abc", "b"),
        ("number_with_pattern", 123, None),
        ("letters", "Żółć", "a1"),
        ("named_group", "2024", "24"),
        ("slashes", "AB", "ABC"),
        ("broken_pattern", "(", None),
        ("unknown_format", "nowhere", None),
        ("enum_of_numbers", "true", "True"),
        ("enum_of_texts", 2, 3),
        ("enum_of_nothing", True, None),
        ("enum_of_members", ["a", "b"], ["c"]),
        ("enum_of_several", 1.5, "b"),
        ("enum_of_several", True, False),
        ("enum_of_several", {"a": 1}, {"a": True}),
        ("enum_of_cases", "Red", "rED"),
        ("enum_of_cases", "", " "),
        ("enum_with_names", 0, 2),
        ("enum_of_true", True, False),
        ("constant_text", "1", "2"),
        ("file", "bytes as the service writes them", None),
    ],
)
def test_rules_that_can_be_read_are_checked_and_no_others(
    documented: Any, name: str, allowed: object, refused: object
) -> None:
    """What a rule means is checked; what it cannot mean refuses nothing."""
    documented.Odd(size=1, **{name: allowed})
    if refused is not None:
        with pytest.raises(documented.InvalidRequestError, match=name):
            documented.Odd(size=1, **{name: refused})


def test_a_constant_that_is_an_object_is_checked(documented: Any, connect: Connect, server: RecordingServer) -> None:
    """An object of a class is compared as JSON has it."""
    server.respond_with({"size": 1, "made_by": "me"})
    client, further = connect(documented), {"made_by": "me"}
    right, wrong = documented.OddConstantObject(), documented.OddConstantObject()
    right["a"], wrong["a"] = 1, True
    client.put_odd(size=1, constant_object=right, extra_body=further)
    assert server.last.json["constant_object"] == {"a": 1}
    with pytest.raises(documented.InvalidRequestError, match="constant_object"):
        client.put_odd(size=1, constant_object=wrong, extra_body=further)


def test_a_file_in_a_form_stays_a_file_where_json_has_the_same_schema(
    documented: Any, connect: Connect, server: RecordingServer
) -> None:
    """The schema of a form that a response in JSON has too is a file in one and a text in the other."""
    server.respond_with({"file": "x"})
    file = documented.File(payload=BytesIO(b"x"), file_name="x.txt")
    result = connect(documented).upload(body=documented.UploadBody(file=file))
    assert result.file == "x"
    assert b'filename="x.txt"' in server.last.body


@pytest.mark.parametrize(
    ("pattern", "python"),
    [
        (r"^[a-z]{2,}\d$", r"^[a-z]{2,}\d$"),
        (r"^\p{L}+$", r"^[^\W\d_]+$"),
        (r"[\p{L}\p{N}_-]", r"[\w\w_-]"),
        (r"(?<y>\d{4})-\k<y>", r"(?P<y>\d{4})-(?P=y)"),
        (r"\u{1F600}", r"\U0001f600"),
        (r"/^a\/b$/i", r"(?i)^a\/b$"),
        (r"^\/a\/$", r"^\/a\/$"),
        (r"^a\z", r"^a\Z"),
        ("[^]", r"[\s\S]"),
        ("[[a]", r"[\[a]"),
        ("[^\\p{L}]", None),
        ("\\P{L}", None),
        ("[[:alpha:]]", None),
        (r"[\w&&[^\d]]", None),
        (r"[\ud83c-\udbff]", None),
        ("(?<=a+)b", None),
        ("a{1,99999999999}", None),
        ("(", None),
    ],
)
def test_patterns_of_other_languages_are_translated_or_not_checked(pattern: str, python: str | None) -> None:
    """A translation allows at least what the pattern allows; where there is none, the pattern is not checked."""
    assert python_pattern(pattern) == python
