"""Schemas of any form as types: what openapi-python-client makes of the translation that it gets."""

from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from generator.document.document import Document, Problem, SpecError
from generator.document.simplification import simplified
from generator.upstream.internals import GeneratorData
from generator.upstream.parsing import parsed
from generator.upstream.properties import POINTER, properties, type_code
from generator.upstream.schema_types import ANYTHING, SchemaTypes
from generator.upstream.settings import configuration
from tests.generator import ROOT
from tests.generator.generation import imported, write_package
from tests.generator.recording_server import RecordingServer

SETTINGS = ROOT / "openapi" / "generator.yaml"

HEAD = """\
openapi: 3.1.0
info: {title: Things, version: "1"}
servers: [{url: "https://things.example"}]
paths:
  /thing:
    get:
      operationId: getThing
      parameters: []
      responses:
        "200": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
components:
  schemas:
"""


@frozen
class Parsed:
    """A document as it is generated from.

    Args:
        data: The document as openapi-python-client has read it.
        problems: Where the client does something else than the document says.
    """

    data: GeneratorData
    problems: list[Problem]

    def classes(self) -> dict[str, dict[str, str]]:
        """The types of the properties of each class."""
        return {
            str(model.class_info.name): {prop.name.get_untrusted_value(): type_code(prop) for prop in properties(model)}
            for model in self.data.models
        }


def read(text: str) -> Parsed:
    """Read a document from its text."""
    document, problems = simplified(Document.parse("things.yaml", text))
    data, further = parsed(document, configuration(document, SETTINGS, "things", Path("things")))
    return Parsed(data, [*problems, *further])


def read_schemas(schemas: str) -> Parsed:
    """Read a document with schemas, of which `Thing` is the one of a response."""
    return read(HEAD + "".join(f"    {line}\n" for line in schemas.splitlines()))


def type_of(schema: str, further: str = "") -> str:
    """The type of a required property that has a schema."""
    found = read_schemas(f"Thing: {{type: object, required: [a], properties: {{a: {schema}}}}}\n{further}")
    assert found.problems == []
    return found.classes()["Thing"]["a"]


PART = "Part: {type: object, properties: {size: {type: integer}}}"
REF = '{$ref: "#/components/schemas/Part"}'


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("true", "Any"),
        ("{}", "Any"),
        ("{description: Something.}", "Any"),
        ('{type: "null"}', "None"),
        ("{type: array}", "list[Any]"),
        ("{type: array, items: true}", "list[Any]"),
        ("{type: array, prefixItems: [{type: string}, {type: integer}]}", "list[int | str]"),
        ("{type: array, prefixItems: [{type: string}], items: {type: integer}}", "list[int | str]"),
        ("{type: [string, integer, 'null']}", "int | None | str"),
        ("{anyOf: [{type: string}]}", "str"),
        ("{oneOf: [{type: string}, {type: 'null'}]}", "None | str"),
        ("{enum: [1.5, 2]}", "float"),
        ("{enum: [true, false]}", "bool"),
        ("{enum: [x, null]}", "None | ThingA"),
        ("{const: x}", "Literal['x']"),
        ("{const: 1.5}", "float"),
        ("{const: null}", "None"),
        ("{allOf: [{type: string}, {maxLength: 3}]}", "str"),
        ("{allOf: [{type: string, enum: [x]}, {maxLength: 3}]}", "ThingA"),
        ("{allOf: [{type: array, items: {type: string}}, {minItems: 1}]}", "list[str]"),
        ("{allOf: [{oneOf: [{type: string}, {type: integer}]}, {description: Either.}]}", "int | str"),
        ("{additionalProperties: {type: integer}}", "ThingA"),
        ("{patternProperties: {'^x': {type: integer}}}", "ThingA"),
        (f"{{allOf: [{REF}], description: A part.}}", "Part"),
        (f"{{allOf: [{REF}], nullable: true}}", "None | Part"),
        (f"{{anyOf: [{REF}, {REF}]}}", "Part"),
        (f"{{type: object, oneOf: [{REF}, {{type: 'null'}}]}}", "None | Part"),
        ('{$ref: "#/components/schemas/Part/properties/size"}', "int"),
        ('{$ref: "#/components/schemas/One"}', "Part"),
    ],
)
def test_a_schema_has_a_type(schema: str, expected: str) -> None:
    """Forms that openapi-python-client refuses, or loses something of, have the type that they describe."""
    aliases = "\n".join(
        f'{one}: {{$ref: "#/components/schemas/{to}"}}' for one, to in (("One", "Two"), ("Two", "Part"))
    )
    assert type_of(schema, f"{PART}\n{aliases}") == expected


def test_an_object_has_the_properties_of_all_its_parts() -> None:
    """Parts that are references, inline or nested are one class; each inner object has one class, whoever has it."""
    found = read_schemas(
        "Base: {type: object, required: [id], properties: {id: {type: integer}, more: {properties: {x: {}}}}}\n"
        "Named: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {name: {type: string}}}]}\n"
        "Thing: {allOf: [{$ref: '#/components/schemas/Named'}, {required: [name]}], properties: {own: {type: boolean}}}"
    )
    assert found.problems == []
    assert found.classes()["Thing"] == {
        "own": "bool | Unset",
        "id": "int",
        "name": "str",
        "more": "BaseMore | Unset",
    }
    assert sorted(found.classes()) == ["Base", "BaseMore", "Named", "Thing"]


@pytest.mark.parametrize(
    ("base", "own", "expected"),
    [
        ("{type: string}", "{description: The name.}", "str"),
        ("{type: string}", "{type: string, enum: [x]}", "ThingA"),
        ("{type: number}", "{type: integer}", "int"),
        ("{type: string}", "{type: string, format: date}", "datetime.date"),
        ("{type: [string, 'null']}", "{type: string}", "str"),
    ],
)
def test_a_property_that_is_described_twice_has_the_narrower_type(base: str, own: str, expected: str) -> None:
    """Where parts of an `allOf` describe one property, both descriptions hold."""
    found = read_schemas(
        f"Base: {{type: object, required: [a], properties: {{a: {base}}}}}\n"
        f"Thing: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{properties: {{a: {own}}}}}]}}"
    )
    assert (found.classes()["Thing"]["a"], found.problems) == (expected, [])


def test_descriptions_that_contradict_are_reported() -> None:
    """Where no value can be as two parts say, the client takes any value, and says so."""
    found = read_schemas(
        "Base: {type: object, properties: {a: {type: string}}}\n"
        "Thing: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {type: integer}}}]}"
    )
    (problem,) = found.problems
    assert problem.instead == "the client takes and gives back any value there"
    assert problem.pointer == "/components/schemas/Base/properties/a"
    assert found.classes()["Thing"] == {"a": "Any | Unset"}


@pytest.mark.parametrize(
    ("schemas", "place"),
    [
        ("Thing: {type: array, items: {$ref: '#/components/schemas/Thing'}}", "/components/schemas/Thing/items"),
        (
            "Thing: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Thing'}}]}",
            "/components/schemas/Thing/oneOf/1/items",
        ),
        (
            "Thing: {anyOf: [{$ref: '#/components/schemas/Other'}, {type: string}]}\n"
            "Other: {type: array, items: {$ref: '#/components/schemas/Thing'}}",
            "/components/schemas/Other/items",
        ),
    ],
)
def test_a_circle_without_objects_ends_in_any_value(schemas: str, place: str) -> None:
    """Python has no class to name there: the innermost reference back can be anything, and is reported."""
    (problem,) = read_schemas(schemas).problems
    assert (problem.pointer, problem.instead) == (place, "the client takes and gives back any value there")


def test_objects_can_be_circular() -> None:
    """An object that holds itself, in properties, arrays, alternatives or an `allOf`, needs no stand-in."""
    found = read_schemas(
        "Thing:\n  type: object\n  allOf: [{$ref: '#/components/schemas/Thing'}]\n  properties:\n"
        "    next: {$ref: '#/components/schemas/Thing'}\n"
        "    all: {type: array, items: {anyOf: [{$ref: '#/components/schemas/Thing'}, {type: string}]}}\n"
        "  additionalProperties: {$ref: '#/components/schemas/Thing'}"
    )
    assert found.problems == []
    assert found.classes() == {"Thing": {"next": "Thing | Unset", "all": "list[str | Thing] | Unset"}}


@pytest.mark.parametrize(
    "names",
    [
        ("Thing", "thing"),
        ("Thing", "Foo_bar", "FooBar", "foo-bar"),
        ("Thing", "HTTPOne", "HttpOne"),
        ("Thing", "a/b", "a b", "a~b", "ä%7B", "100%"),
        ("Thing", "ThingInner", "Thing_inner"),
        ("Thing", "Client", "ClientModel"),
        ("Thing", "x" * 300, "x" * 301),
    ],
)
def test_each_schema_has_a_class_and_a_module_of_its_own(names: tuple[str, ...]) -> None:
    """Names that Python, or a file system, cannot tell apart are numbered; odd signs do not matter."""
    inner = "{type: object, properties: {inner: {type: object, properties: {kind: {enum: [a]}}}}}"
    data = read_schemas("\n".join(f"'{name}': {inner}" for name in names)).data
    classes = [one.class_info for one in (*data.models, *data.enums)]
    assert len(classes) == 3 * len(names)
    assert (
        len({str(one.module_name).lower() for one in classes})
        == len({str(one.name) for one in classes})
        == len(classes)
    )
    assert max(len(str(one.module_name).encode()) for one in classes) < 200


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("fooBar", "foo_bar"), {"fooBar", "foo_bar"}),
        (("foo-bar", "foo_bar", "foo bar"), {"foo_bar", "foo_bar_2", "foo_bar_3"}),
        (("+1", "-1"), {"field_1", "minus_1"}),
        (("name", "name-"), {"name", "name_minus"}),
        (("StartTime", "StartTime<", "StartTime>"), {"start_time", "start_time_less", "start_time_greater"}),
    ],
)
def test_properties_and_parameters_have_names_of_their_own(names: tuple[str, ...], expected: set[str]) -> None:
    """Names that would be one in Python differ there, and keep the document's name in JSON and in requests."""
    described = ", ".join(f"'{name}': {{type: string}}" for name in names)
    listed = ", ".join(f"{{name: '{name}', in: query, schema: {{type: string}}}}" for name in names)
    text = HEAD.replace("parameters: []", f"parameters: [{listed}]")
    found = read(f"{text}    Thing: {{type: object, properties: {{{described}}}}}\n").data
    (model,) = found.models
    assert {str(prop.python_name) for prop in properties(model)} == expected
    assert {prop.name.get_untrusted_value() for prop in properties(model)} == set(names)
    (endpoint,) = [one for group in found.endpoint_collections_by_tag.values() for one in group.endpoints]
    assert {str(prop.python_name) for prop in endpoint.query_parameters} == expected
    assert {prop.name.get_untrusted_value() for prop in endpoint.query_parameters} == set(names)


def test_a_parameter_goes_where_it_belongs() -> None:
    """Parameters of one name in several places are told apart by the place, and may be of any type."""
    places = ("path", "query", "header", "cookie")
    lists = "{type: array, items: {type: integer}}"
    listed = ", ".join(f"{{name: user.id, in: {place}, required: true, schema: {lists}}}" for place in places)
    found = read(
        HEAD.replace("/thing:", "/thing/{user.id}:").replace("parameters: []", f"parameters: [{listed}]")
        + "    Thing: {type: object}\n"
    ).data
    (endpoint,) = [one for group in found.endpoint_collections_by_tag.values() for one in group.endpoints]
    assert [(str(place), str(prop.python_name), type_code(prop)) for place, prop in endpoint.iter_all_parameters()] == [
        (place, f"user_id_{place}", "list[int]") for place in places
    ]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("get", "get"), ["get", "post_thing"]),
        (("getFoo", "get_foo"), ["get_foo", "post_thing"]),
        (("getFoo", None), ["get_foo", "post_thing"]),
        (("postThing", None), ["post_thing", "post_thing_2"]),
        (("class", "list"), ["class_", "list_"]),
        (("2fast", "close"), ["field_2fast", "close_operation"]),
        (("!", "default"), ["get_thing", "default"]),
    ],
)
def test_each_operation_has_a_name_of_its_own(ids: tuple[str, str | None], expected: list[str]) -> None:
    """An `operationId` that is missing, odd or used twice gives way to a name of the method and path."""
    first, second = ids
    lines = HEAD.replace("getThing", f"'{first}'").splitlines(keepends=True)
    own = f"operationId: '{second}', " if second else ""
    lines.insert(lines.index("components:\n"), f"    post: {{{own}responses: {{'204': {{description: Done.}}}}}}\n")
    found = read("".join(lines) + "    Thing: {type: object}\n")
    groups = found.data.endpoint_collections_by_tag.values()
    assert [str(one.name) for group in groups for one in group.endpoints] == expected
    assert [bool(problem.instead) for problem in found.problems] == [True] * len(found.problems)


ALTERNATIVES = """\
Thing:
  type: object
  required: [kind]
  properties: {kind: {type: string}, shared: {type: integer}}
  oneOf:
    - $ref: '#/components/schemas/Cat'
    - $ref: '#/components/schemas/Dog'
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}
Cat: {type: object, properties: {lives: {type: integer}}, required: [lives]}
Dog: {type: object, properties: {loud: {type: boolean}}, required: [loud]}
"""


def test_alternatives_have_the_properties_beside_them(tmp_path: Path, server: RecordingServer) -> None:
    """Each alternative is a class with the shared properties; what is read is the alternative that it is."""
    document = tmp_path / "things.yaml"
    document.write_text(HEAD + "".join(f"    {line}\n" for line in ALTERNATIVES.splitlines()), encoding="utf-8")
    write_package(document, tmp_path / "generated", "alternatives_client")
    with imported(tmp_path / "generated", "alternatives_client") as package:
        with package.Client(base_url=server.url) as client:
            server.respond_with({"kind": "cat", "shared": 1, "lives": 9})
            cat: Any = client.get_thing()
            server.respond_with({"kind": "Dog", "shared": 2, "loud": True})
            dog: Any = client.get_thing()
        assert (type(cat), cat.kind, cat.shared, cat.lives) == (package.ThingCat, "cat", 1, 9)
        assert (type(dog), dog.kind, dog.shared, dog.loud) == (package.ThingDog, "Dog", 2, True)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("{anyOf: [{required: [x]}, {required: [y]}], properties: {x: {}, y: {}}}", "ThingA"),
        (
            f"{{anyOf: [{{properties: {{x: {{}}}}}}, {REF}], properties: {{y: {{}}}}}}",
            "ThingAPart | ThingAType0 | UnknownObject",
        ),
        (
            f"{{allOf: [{{oneOf: [{REF}, {REF}]}}, {{properties: {{y: {{}}}}}}]}}",
            "ThingAPart | ThingAPart2 | UnknownObject",
        ),
        ("{anyOf: [{type: string}, {type: integer}], oneOf: [{minLength: 1}, {minimum: 1}]}", "int | str"),
    ],
)
def test_alternatives_beside_others(schema: str, expected: str) -> None:
    """What only requires properties is a rule; the rest is spelt out as alternatives."""
    assert type_of(schema, PART) == expected


def test_what_cannot_be_read_can_hold_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema that openapi-python-client refuses all the same costs its type, and is reported with its place."""
    monkeypatch.setattr(SchemaTypes, "_items", lambda *_: {"type": "array", POINTER: "/components/schemas/Thing"})
    found = read_schemas("Thing: {type: object, properties: {a: {type: array, items: {}}, b: {type: string}}}")
    assert found.classes() == {}
    (problem,) = found.problems
    assert (problem.pointer, problem.instead) == ("/components/schemas/Thing", ANYTHING)
    assert problem.message.startswith("openapi-python-client: ")


def test_an_operation_that_cannot_be_read_is_a_problem_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can stand in, the operation is named, so that it is left out."""
    monkeypatch.setattr("generator.upstream.preparation.responses", lambda *_: {"2xx": {"description": ""}})
    with pytest.raises(SpecError) as error:
        read_schemas("Thing: {type: object}")
    assert [(one.pointer, one.instead) for one in error.value.problems] == [("/paths/~1thing/get", None)]
