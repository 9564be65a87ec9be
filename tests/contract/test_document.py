"""The document itself is valid, and has a grade of evidence for each fact."""

from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.document.document import GRADES, child
from generator.document.traversal import objects
from tests.contract.model.contract import Contract

_NO_FACTS = ("description", "summary", "example", "title", "x-evidence", "properties", "$ref", "schema", "headers")


def test_it_is_openapi(contract: Contract) -> None:
    """The validator for OpenAPI 3.1 finds no error."""
    assert list(OpenAPIV31SpecValidator(contract.document.root).iter_errors()) == []


def test_each_fact_has_a_grade(contract: Contract) -> None:
    """Every statement about the API has a grade, members of enums included: what has no grade is not a fact."""
    document = contract.document
    kinds = ("operation", "response", "header", "schema", "media type", "link", "job")
    facts = [
        child(node.pointer, keyword)
        for node in objects(document)
        if node.kind in kinds and "$ref" not in node.value
        for keyword in node.value
        if keyword not in _NO_FACTS
    ]
    facts += [
        child(contract.main.fact(name), "enum", str(at))
        for name, one in contract.main.properties.items()
        for at in range(len(one.get("enum", ())))
    ]
    facts += ["/servers/0/url", "/components/securitySchemes/apiKey/name"]
    assert [pointer for pointer in facts if document.grade(pointer) not in GRADES] == []


def test_what_is_inferred_is_not_written_down_as_documented(contract: Contract) -> None:
    """Facts that are easily mistaken for documented ones have the grade that they deserve."""
    document = contract.document
    count = len(contract.main.properties["sampler_name"]["enum"])
    samplers = [document.grade(contract.main.fact("sampler_name", "enum", str(at))) for at in range(count)]
    assert samplers[:10] == ["vendor"] * 10
    assert set(samplers[10:]) == {"inferred"}
    assert document.grade(contract.main.fact("prompt", "minLength")) == "inferred"
    assert document.grade(contract.main.fact("seed", "format")) == "seen"
    statuses = {status: document.grade(pointer) for status, pointer in contract.main.statuses.items()}
    on_the_page, elsewhere = {"200", "401", "404", "405", "406", "500"}, {"400", "403", "410", "429"}
    assert {status for status, grade in statuses.items() if grade == "page"} == on_the_page & set(statuses)
    assert {statuses[status] for status in elsewhere & set(statuses)} == {"vendor"}
    assert statuses["503"] == "seen"
    assert document.grade(f"{contract.main.statuses['503']}/x-retry") == "inferred"


def test_a_new_field_has_no_grade_until_it_is_given_one(contract: Contract) -> None:
    """A property does not inherit a grade from its siblings."""
    contract.document.root["components"]["schemas"]["GenerateImageRequest"]["properties"]["a_new_field"] = {
        "type": "number"
    }
    try:
        assert contract.document.grade(child(contract.main.schema, "properties", "a_new_field", "type")) is None
    finally:
        del contract.document.root["components"]["schemas"]["GenerateImageRequest"]["properties"]["a_new_field"]
