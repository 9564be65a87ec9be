"""A package that is not as its document says is caught: the document is changed after it was generated."""

import copy
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.generator.generation import imported, write_package
from tests.generator.public_documents.round_trip import Traveller
from tests.generator.public_documents.service import service
from tests.generator.public_documents.specification import Specification

NAME = "tried_client"

DOCUMENT = """
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets/{id}:
    put:
      operationId: putPet
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}}
        - {name: tags, in: query, schema: {type: array, items: {type: string}}}
        - {name: X-Count, in: header, schema: {type: integer}}
        - {name: since, in: query, schema: {type: string, format: date-time}}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Pet"}}
      responses:
        "200":
          description: The pet.
          content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        "404":
          description: There is none.
          content: {application/json: {schema: {type: object, properties: {why: {type: string}}}}}
  /upload:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties: {file: {type: string, format: binary}, title: {type: string}, meta: {type: object}}
      responses:
        "204": {description: Done.}
components:
  schemas:
    Pet:
      type: object
      required: [name, size]
      properties:
        name: {type: string}
        size: {type: string, enum: [small, large]}
        age: {type: integer}
        born: {type: string, format: date}
"""

Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a package."""
    root = tmp_path_factory.mktemp("tried")
    (root / "pets.yaml").write_text(DOCUMENT)
    write_package(root / "pets.yaml", root / "generated", NAME)
    return root / "generated"


@pytest.fixture
def failures(folder: Path) -> Iterator[Callable[[Change], set[str]]]:
    """Tries the package by a changed document; gives the kinds of failures, and the operations that are missing."""
    with imported(folder, NAME) as package, service() as server:

        def tried(change: Change) -> set[str]:
            document = copy.deepcopy(YAML(typ="safe").load(DOCUMENT))
            change(document)
            trips = Traveller(Specification(document), package, server, examples=5).trips(package)
            assert trips.untried == {}
            return {failure.kind for failure in trips.failures} | ({"left out"} if trips.missing else set())

        yield tried


def parameter(document: Any, index: int) -> Any:
    """A parameter of the operation."""
    return document["paths"]["/pets/{id}"]["put"]["parameters"][index]


def responses(document: Any) -> Any:
    """The responses of the operation."""
    return document["paths"]["/pets/{id}"]["put"]["responses"]


def pet(document: Any) -> Any:
    """The properties of the object."""
    return document["components"]["schemas"]["Pet"]["properties"]


def form(document: Any) -> Any:
    """The body of the upload."""
    return document["paths"]["/upload"]["post"]["requestBody"]["content"]["multipart/form-data"]


def test_a_package_of_its_own_document_is_right(failures: Callable[[Change], set[str]]) -> None:
    """Nothing is found where nothing is wrong."""
    assert failures(lambda document: None) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda one: parameter(one, 0)["schema"].update(minimum=0), {"refusal"}),
        (lambda one: parameter(one, 1).update(name="labels"), {"missing"}),
        (lambda one: parameter(one, 1).update(explode=False), {"wire"}),
        (lambda one: parameter(one, 1).update(style="pipeDelimited", explode=False), {"wire"}),
        (
            lambda one: parameter(one, 2).update(content={"application/json": {}}, schema={"type": "string"}),
            {"refusal"},
        ),
        (lambda one: pet(one)["size"]["enum"].append("huge"), {"refusal"}),
        (lambda one: pet(one)["age"].update(type="number"), {"refusal"}),
        (lambda one: pet(one)["born"].pop("format"), {"refusal"}),
        (lambda one: responses(one)["404"]["content"]["application/json"].update(schema={"type": "array"}), {"error"}),
        (lambda one: responses(one).update({"409": responses(one)["404"]}), {"error"}),
        (lambda one: responses(one).update({"201": responses(one)["404"]}), {"read"}),
        (lambda one: form(one)["schema"]["properties"]["title"].update(format="binary"), {"wire"}),
        (lambda one: form(one).update(encoding={"title": {"contentType": "application/json"}}), {"wire"}),
        (lambda one: one["paths"].update({"/other": one["paths"]["/upload"]}), {"left out"}),
    ],
)
def test_what_a_package_does_otherwise_is_found(
    failures: Callable[[Change], set[str]], change: Change, expected: set[str]
) -> None:
    """Each change of the document is a mistake in the package."""
    assert failures(change) & expected


def test_a_value_that_changes_on_the_way_is_found(folder: Path) -> None:
    """A client that sends something else than it was given, or gives something else than it has read, is caught."""
    with imported(folder, NAME) as package, service() as server:
        traveller = Traveller(Specification(YAML(typ="safe").load(DOCUMENT)), package, server, examples=5)
        put_pet, to_dict = package.Client.put_pet, package.Pet.to_dict

        @wraps(put_pet)
        def put_another(client: Any, **given: Any) -> Any:
            return put_pet(client, **{**given, "id": given["id"] + 1})

        package.Client.put_pet = put_another
        package.Pet.to_dict = lambda pet: {**to_dict(pet), "name": "changed"}
        kinds = {failure.kind for failure in traveller.trips(package).failures}
    assert kinds >= {"wire", "back"}
