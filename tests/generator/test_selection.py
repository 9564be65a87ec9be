"""What a problem costs: the operations that use its place, and what only they use."""

import pytest

from generator.checks.validation import selected
from generator.document.document import Document, Problem, SpecError
from generator.document.selection import Selection
from tests.generator.generation import DOCUMENT

SHOP = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: https://shop.example}]
security: [{key: []}]
paths:
  /pets:
    parameters: [{$ref: "#/components/parameters/Page"}]
    get:
      operationId: listPets
      responses:
        "200": {description: Pets., content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
    post:
      operationId: addPet
      security: [{token: []}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}}
      responses: {"204": {description: Added.}}
  /owners:
    get:
      operationId: listOwners
      security: []
      responses: {"200": {$ref: "#/components/responses/Owner"}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key}
    token: {type: http, scheme: bearer}
  parameters:
    Page: {name: page, in: query, schema: {$ref: "#/components/schemas/Number"}}
  responses:
    Owner: {description: Owner., content: {application/json: {schema: {$ref: "#/components/schemas/Owner"}}}}
  schemas:
    Number: {type: integer}
    Owner:
      type: object
      properties: {boss: {$ref: "#/components/schemas/Owner"}, name: {$ref: "#/components/schemas/Name"}}
    Name: {type: object, properties: {first: {type: string}}}
    Pet:
      anyOf: [{$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: "#/components/schemas/Dog"}}
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}}}
    Unused: {type: object, properties: {inner: {$ref: "#/components/schemas/Inner"}}}
    Inner: {type: object}
"""

LIST, ADD, OWNERS = "GET /pets", "POST /pets", "GET /owners"

COSTS = {
    "a property": ("/components/schemas/Dog/properties/kind", {LIST}),
    "a schema in several operations": ("/components/schemas/Cat", {LIST, ADD}),
    "a schema that only a mapping names": ("/components/schemas/Cat/required", {LIST, ADD}),
    "a schema that contains itself": ("/components/schemas/Owner/properties/boss", {OWNERS}),
    "a component of responses": ("/components/responses/Owner/description", {OWNERS}),
    "a schema that is two references away": ("/components/schemas/Name/properties/first/type", {OWNERS}),
    "a parameter of a path": ("/paths/~1pets/parameters/0", {LIST, ADD}),
    "a schema of a parameter": ("/components/schemas/Number", {LIST, ADD}),
    "an operation": ("/paths/~1pets/get/operationId", {LIST}),
    "a response": ("/paths/~1owners/get/responses/200", {OWNERS}),
    "a security scheme of its own": ("/components/securitySchemes/token/scheme", {ADD}),
    "a security scheme of all that have none of their own": ("/components/securitySchemes/key", {LIST}),
    "an unused schema": ("/components/schemas/Inner", set()),
}


def shop() -> Selection:
    """All of the document."""
    return Selection(Document.parse("shop.yaml", SHOP))


def names(selection: Selection) -> set[str]:
    """Names of the schemas that are left."""
    return set(selection.document.root["components"]["schemas"])


@pytest.mark.parametrize(("pointer", "cost"), COSTS.values(), ids=COSTS)
def test_a_problem_costs_the_operations_that_use_its_place(pointer: str, cost: set[str]) -> None:
    """All others stay."""
    left = shop().without([Problem("wrong", pointer)])
    assert {one.name for one in left.left_out} == cost
    assert len(left.operations) == 3 - len(cost)
    assert all([problem.message for problem in one.problems] == ["wrong"] for one in left.left_out)


def test_what_only_they_use_goes_with_them() -> None:
    """A component that no operation has used before stays, with all that it refers to."""
    left = shop().without([Problem("wrong", "/paths/~1owners/get")])
    assert names(left) == {"Number", "Pet", "Cat", "Dog", "Unused", "Inner"}
    assert left.document.root["components"]["responses"] == {}
    assert "/owners" not in left.document.root["paths"]


def test_an_unsound_component_that_no_operation_uses_goes_alone() -> None:
    """It has no class, which the report says; what refers to it goes with it."""
    left = shop().without([Problem("wrong", "/components/schemas/Inner")])
    assert names(left) == {"Number", "Owner", "Name", "Pet", "Cat", "Dog"}
    assert [(one.message, one.instead) for one in left.approximated] == [
        ("wrong", "left out, as no operation uses it"),
    ]


def test_an_operation_has_all_its_problems() -> None:
    """Whoever mends one wants to know the others."""
    problems = [Problem("first", "/components/schemas/Cat"), Problem("second", "/paths/~1pets/parameters/0")]
    (one,) = [one for one in shop().without(problems).left_out if one.name == ADD]
    assert [problem.message for problem in one.problems] == ["first", "second"]


@pytest.mark.parametrize("pointer", ["", "/info/title", "/servers/0/url", "/paths", "/components"])
def test_a_problem_of_the_document_costs_all(pointer: str) -> None:
    """It is the only one that is named."""
    with pytest.raises(SpecError) as raised:
        shop().without([Problem("of all", pointer), Problem("of one", "/paths/~1owners/get")])
    assert [problem.message for problem in raised.value.problems] == ["of all"]


def test_without_an_operation_nothing_is_left() -> None:
    """All that they were left out for is named, each problem once."""
    problems = [Problem("pets", "/components/parameters/Page"), Problem("owners", "/paths/~1owners/get")]
    with pytest.raises(SpecError) as raised:
        shop().without(problems)
    assert [problem.message for problem in raised.value.problems] == ["owners", "pets"]


def test_approximations_of_what_is_left_out_are_of_no_interest() -> None:
    """Those of what is generated stay."""
    selection = shop().noting(
        [Problem("gone", "/components/schemas/Name", "x"), Problem("kept", "/components/schemas/Cat/properties", "y")]
    )
    left = selection.without([Problem("wrong", "/paths/~1owners/get")]).finished()
    assert [problem.message for problem in left.approximated] == ["kept"]


def test_the_document_of_an_earlier_selection_is_as_it_was() -> None:
    """Nothing that a selection shares with another one is changed."""
    whole = shop()
    whole.without([Problem("wrong", "/components/schemas/Cat")])
    assert len(whole.operations) == 3
    assert "Cat" in names(whole)


def test_what_leads_to_an_operation_that_is_left_out_is_left_out_as_well() -> None:
    """The first check leaves out the states of a job; a later one finds that nobody can ask for the job."""
    text = DOCUMENT.read_text(encoding="utf-8")
    status = text.index("operationId: getRequestStatus")
    broken = text[:status] + text[status:].replace('"200":', '"200": {$ref: "#/nowhere"}\n        "299":', 1)
    whole, left = (selected(Document.parse("flux.yaml", one)) for one in (text, broken))
    assert not whole.left_out
    reasons = {one.name: one.problems[0].message for one in left.left_out}
    assert "nowhere" in reasons.pop("GET /v2/requests/{request_id}/status")
    assert reasons
    assert all("no operation with the operationId 'getRequestStatus'" in reason for reason in reasons.values())
