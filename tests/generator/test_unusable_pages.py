"""Pages that no method can be made of: each fault has its place, and the operation is generated all the same."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator.checks.pages import unusable_pages
from generator.document.document import Document
from tests.generator.conftest import Generate
from tests.generator.generation import DOCUMENTS

CURSOR = {"next": "$response.body#/paging/next", "parameter": "cursor", "members": "/items"}


def test_the_document_of_the_tests_has_no_fault() -> None:
    """What the other tests use is sound."""
    assert list(unusable_pages(Document.load(DOCUMENTS / "pages.yaml"))) == []


@pytest.mark.parametrize(
    ("pages", "message", "at"),
    [
        ("cursor", "`x-pages` is an object with the keys next, parameter, members, first, more, or false", ""),
        ({**CURSOR, "nxt": 1}, "'nxt' is not part of `x-pages`", "/nxt"),
        ({**CURSOR, "member": "/items"}, "'member' is not part of `x-pages`: next, parameter, members, first, more; did"
         " you mean 'members'?", "/member"),
        ({**CURSOR, "members": "items"}, "`members` is 'items': it is a JSON pointer", "/members"),
        ({**CURSOR, "members": "/itms"}, "the response has no value at /itms", "/members"),
        ({**CURSOR, "members": "/paging"}, "the value at /paging is not an array", "/members"),
        ({**CURSOR, "members": ""}, "the value at the root is not an array", "/members"),
        ({"parameter": "cursor"}, "`x-pages` needs `next`", ""),
        ({**CURSOR, "next": "cursor"}, "'cursor' is not one of page, offset, $response.body#/…", "/next"),
        ({**CURSOR, "next": "$request.query.cursor"}, "'$request.query.cursor' is not one of page", "/next"),
        ({**CURSOR, "next": "$response.body#/next"}, "$response.body#/next: the response has no value", "/next"),
        ({**CURSOR, "next": "$response.header.X-Next"}, "$response.header.X-Next: the response has no header", "/next"),
        ({**CURSOR, "next": "$response.body#/paging"}, "$response.body#/paging: the value is not integer or", "/next"),
        ({**CURSOR, "next": "$member#id"}, "'$member#id' has no JSON pointer behind $member#", "/next"),
        ({**CURSOR, "parameter": "crsor"}, "there is no parameter 'crsor' in the query, the headers or the body; "
         "parameters: cursor, size", "/parameter"),
        ({**CURSOR, "more": "$response.body#/items"}, "$response.body#/items: the value is not boolean", "/more"),
        ({**CURSOR, "first": 1}, "`first` has no effect: only page and offset are counted", "/first"),
        ({"next": "page", "parameter": "size", "first": -1}, "`first` is -1: it is a whole number from 0", "/first"),
        ({"next": "page"}, "`next: page` needs `parameter`, which takes the number", ""),
        ({"next": "$member#/id"}, "`next` of a member needs `parameter`, which takes it", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_pages_is_named(pages: Any, message: str, at: str) -> None:
    """The message says what is wrong, and what is allowed or meant."""
    document = Document.load(DOCUMENTS / "pages.yaml")
    document.at("/paths/~1items/get")["x-pages"] = pages
    (problem,) = unusable_pages(document)
    assert problem.message.startswith(message)
    assert problem.pointer == f"/paths/~1items/get/x-pages{at}"
    assert problem.instead == "the operation has no method for its pages"
    assert document.line(problem.pointer) == document.line("/paths/~1items/get/x-pages")


def test_which_of_several_arrays() -> None:
    """A page with several arrays has to say which of them has the members."""
    document = Document.load(DOCUMENTS / "pages.yaml")
    document.at("/components/schemas/ItemPage/properties")["others"] = {"type": "array"}
    document.at("/paths/~1items/get/x-pages").pop("members")
    (problem,) = unusable_pages(document)
    assert problem.message.startswith("the response has not exactly one array: say by `members`")


@pytest.mark.parametrize("content", [{"text/csv": {}}, None])
def test_what_is_not_json_has_no_pages(content: Any) -> None:
    """Only JSON tells which page comes next."""
    document = Document.load(DOCUMENTS / "pages.yaml")
    response = document.at("/paths/~1items/get/responses/200")
    response.pop("content")
    response.update({"content": content} if content else {})
    (problem,) = unusable_pages(document)
    assert problem.message == "pages are JSON, in the only response of success of an operation"


def test_an_extension_in_a_wrong_place_is_named() -> None:
    """It stands at an operation."""
    document = Document.load(DOCUMENTS / "pages.yaml")
    document.at("/components/schemas/ItemPage")["x-pages"] = CURSOR
    (problem,) = unusable_pages(document)
    assert problem.message == "`x-pages` has no effect here: it stands at an operation"


def test_the_operation_is_generated_all_the_same(generated: Generate, tmp_path: Path) -> None:
    """A fault in `x-pages` costs the method for the pages, and nothing else."""
    document = YAML(typ="safe").load(DOCUMENTS / "pages.yaml")
    document["paths"]["/items"]["get"]["x-pages"] = {"next": "page"}
    path = tmp_path / "faulty.yaml"
    YAML(typ="rt").dump(document, path)
    client = generated(path).Client
    assert hasattr(client, "list_items")
    assert not hasattr(client, "list_items_pages")
    assert hasattr(client, "list_linked_pages")
