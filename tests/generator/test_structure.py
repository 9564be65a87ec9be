"""Documents that OpenAPI does not allow: read as they are meant, with a report, or at the cost of one operation."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve

from generator.checks.validation import selected
from generator.document.document import Document, SpecError
from generator.document.selection import Selection
from tests.generator.generation import DOCUMENTS

POST = "/paths/~1things~1{id}/post"

# By place, what stands there, what is said of it, and what the client does instead; None where it costs the operation.
READ = {
    "a version that is a number": ("/info/version", 1.5, "`version` is 1.5, not a text", "it is read as '1.5'"),
    "a name without the list around it": (f"{POST}/tags", "a", "`tags` is 'a', not a list of texts", "it is read as"),
    "a flag in words": (f"{POST}/deprecated", "true", "`deprecated` is 'true'", "it is read as True"),
    "a description that is a list": (f"{POST}/description", ["a"], "`description` is ['a'], not a text", "left out"),
    "a status in lower case": (f"{POST}/responses/2xx", {"description": "x"}, "'2xx' is not a status", "as 2XX"),
    "a status of four digits": (f"{POST}/responses/2000", {}, "'2000' is not a status", "it is left out"),
    "a response without a description": (f"{POST}/responses/201", {}, "a response needs a description", "it has none"),
    "a response that is a list": (f"{POST}/responses/200/headers/x", [1], "[1] stands where an object", "left out"),
    "an unknown field": (f"{POST}/title", "a", "OpenAPI has no field 'title' here", "it has no effect"),
    "a parameter without a schema": ("/components/parameters/Limit/schema", None, "has no schema", "it is a text"),
    "an optional part of a path": (
        "/paths/~1things~1{id}/parameters/0/required",
        False,
        "not marked as required",
        "it is required",
    ),
    "a parameter of no path": (
        f"{POST}/parameters/0",
        {"name": "no", "in": "path", "required": True, "schema": {}},
        "the path has no {no}",
        "the parameter is left out",
    ),
    "a parameter twice": (
        f"{POST}/parameters/2",
        {"name": "page", "in": "query", "schema": {}},
        "the query parameter 'page' is described twice",
        "the first description counts",
    ),
    "a path without its parameter": ("/paths/~1things~1{id}/parameters", None, "'id' is not described", "it is a text"),
    "a path without a slash": (
        "/paths/bare",
        {"get": {"responses": {"204": {"description": "x"}}}},
        "slash",
        "it is read as",
    ),
    "an operationId twice": (f"{POST}/operationId", "getGood", "is used twice", "named after the path"),
    "a requirement that is a text": ("/security/1", "key", "", ""),
    "an unknown scheme": ("/security/1", {"no": []}, "the security scheme 'no' is not described", "give `headers`"),
    "mutual TLS": (
        "/components/securitySchemes/key/type",
        "mutualTLS",
        "an `http_client` that has it",
        "give `headers`",
    ),
    "another HTTP scheme": ("/components/securitySchemes/basic/scheme", "digest", "'digest' is not supp", "`headers`"),
    "a link into the void": (f"{POST}/responses/200/links/l/operationId", "no", "there is no operation", "no effect"),
    "a parameter that is elsewhere": (f"{POST}/parameters/0/in", "body", "a parameter is not in 'body'", None),
    "a parameter without a name": ("/components/parameters/Limit/name", None, "a parameter needs a `name`", None),
    "a parameter that is a text": (f"{POST}/parameters/0", "page", "'page' is not a parameter", None),
    "an operation that is null": (POST, None, "None is not an operation", None),
    "a body that is a list": (f"{POST}/requestBody", [1], "[1] is not a request body", None),
    "a broken reference": (f"{POST}/requestBody", {"$ref": "#/nowhere"}, "the document has no such place", None),
    "a reference that is a number": (f"{POST}/requestBody", {"$ref": 1}, "$ref 1: a reference has to lead", None),
}


@pytest.fixture(scope="module")
def every() -> Document:
    """A document with every object of OpenAPI."""
    return Document.load(DOCUMENTS / "every-object.yaml")


def replaced(document: Document, pointer: str, value: Any) -> Document:
    """A copy of a document with another value at a place, which may be new."""
    around, _, name = pointer.rpartition("/")
    root = copy.deepcopy(document.root)
    owner = evolve(document, root=root).at(around)
    key = name.replace("~1", "/").replace("~0", "~")
    if isinstance(owner, list):
        owner[int(key) : int(key) + 1] = [value]
    else:
        owner[key] = value
    return evolve(document, root=root)


def test_the_document_is_taken_as_it_is(every: Document) -> None:
    """Nothing of what follows is found in the document that it is done to."""
    assert selected(every).is_whole


@pytest.mark.parametrize(("pointer", "value", "message", "instead"), READ.values(), ids=READ)
def test_what_is_not_allowed_is_read_as_it_is_meant(
    every: Document, pointer: str, value: Any, message: str, instead: str | None
) -> None:
    """The report has one line about it. Without another way, it costs the operation that has it, and no other."""
    selection = selected(replaced(every, pointer, value))
    if instead is None:
        assert [one.name for one in selection.left_out] == ["POST /things/{id}"]
        (found,) = selection.left_out[0].problems
        assert message in found.message
    else:
        assert not selection.left_out
        texts = [(one.message, str(one.instead)) for one in selection.approximated]
        assert all(message in text and instead in done for text, done in texts)
        assert len(texts) == bool(message)


ODD = (None, "x", [None], {"x": None})

# Without them, there is nothing that a client could be made of.
NEEDED = ("/openapi", "/paths", "/servers")


def _places(value: Any, pointer: str = "") -> Iterator[str]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        place = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
        yield place
        yield from _places(member, place)


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_anything_can_stand_anywhere(every: Document, value: Any) -> None:
    """No value makes the generator stumble, or costs an operation that has nothing to do with it."""
    for place in _places(every.root):
        selection = _selected(replaced(every, place, value))
        if selection is None:
            assert place.startswith(NEEDED), f"{value!r} at {place}"
            continue
        told = [*(one for lost in selection.left_out for one in lost.problems), *selection.approximated]
        assert not [one for one in told if "defect" in one.message], f"{value!r} at {place}: {told}"
        if not place.startswith("/paths/~1good"):
            assert "/paths/~1good/get" in selection.operations, f"{value!r} at {place}: {told}"


def _selected(document: Document) -> Selection | None:
    try:
        return selected(document)
    except SpecError:
        return None
