"""The values that operations are tried with: allowed, complete, and the same each time."""

from typing import Any

import pytest

from tests.generator.public_documents.sampling import NoSampleError, Sampler
from tests.generator.public_documents.schemas import Direction, Schemas
from tests.generator.public_documents.specification import Specification

SCHEMAS = {
    "Pet": {
        "type": "object",
        "required": ["name", "id", "kind"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "name": {"type": "string", "pattern": "^[A-Z][a-z]{2,5}$"},
            "secret": {"type": "string", "writeOnly": True},
            "kind": {"enum": ["cat", "dog"]},
            "age": {"type": "integer", "minimum": 3, "exclusiveMaximum": True, "maximum": 5},
            "parent": {"$ref": "#/components/schemas/Pet"},
            "home": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Home"}]},
        },
    },
    "Home": {"oneOf": [{"type": "integer"}, {"type": "array", "minItems": 2, "items": {"format": "uuid"}}]},
    "Animal": {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "is", "mapping": {"feline": "#/components/schemas/Cat"}},
    },
    "Cat": {"type": "object", "properties": {"is": {"type": "string"}}},
    "Dog": {"type": "object", "properties": {"is": {"type": "string"}}},
    "Endless": {"type": "object", "required": ["it"], "properties": {"it": {"$ref": "#/components/schemas/Endless"}}},
}


def sampler(name: str, direction: Direction = "response") -> Any:
    """A function that makes values of a schema."""
    schemas = Schemas(Specification({"openapi": "3.0.3", "components": {"schemas": SCHEMAS}}), direction)
    made = Sampler(schemas, "a seed")
    node = schemas.converted.at(f"#/components/schemas/{name}")
    return lambda full: made.sample(node, full)


def test_values_have_what_is_required_and_then_everything() -> None:
    """What only the other direction has is left out."""
    assert set(sampler("Pet")(False)) == {"id", "name", "kind"}
    assert set(sampler("Pet")(True)) == {"id", "name", "kind", "age", "parent", "home"}
    assert set(sampler("Pet", "request")(False)) == {"name", "kind"}
    assert "secret" in sampler("Pet", "request")(True)


def test_every_alternative_comes_up() -> None:
    """Members of enums and alternatives take turns."""
    sample = sampler("Pet")
    pets = [sample(True) for _ in range(6)]
    assert {pet["kind"] for pet in pets} == {"cat", "dog"}
    assert {type(pet["home"]) for pet in pets} == {int, list, type(None)}
    assert all(pet["age"] in (3, 4) for pet in pets)


def test_a_discriminator_names_its_alternative() -> None:
    """By its mapping, or else by the name of the schema."""
    sample = sampler("Animal")
    assert {sample(True)["is"] for _ in range(4)} == {"feline", "Dog"}


def test_values_are_the_same_each_time() -> None:
    """A failure can be reproduced."""
    assert [sampler("Pet")(True) for _ in range(2)] == [sampler("Pet")(True) for _ in range(2)]


def test_a_schema_without_end_has_no_values() -> None:
    """It is reported, and not tried for ever."""
    with pytest.raises(NoSampleError):
        sampler("Endless")(False)
