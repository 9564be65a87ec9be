"""What an editor and `help()` show: each keyword with its range and default, as the document has them.

How well a fact is known, and the long list of samplers, stand in API.md.
"""

import inspect
import pydoc
import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from segmind_flux_schnell import AsyncClient, Client, ErrorBody, GenerateImageRequest
from segmind_flux_schnell.api.images import generate_image
from tests.client.conftest import ROOT
from tests.client.documented import failures, operations

FUNCTIONS = [generate_image.sync, generate_image.sync_detailed, generate_image.asyncio, generate_image.asyncio_detailed]

API = ROOT / "generated" / "API.md"

Schemas = dict[str, dict[str, Any]]


@pytest.fixture
def properties(document: dict[str, Any]) -> Schemas:
    """The properties of a request in the document."""
    found: Schemas = document["components"]["schemas"]["GenerateImageRequest"]["properties"]
    return found


def allowed(name: str, schema: dict[str, Any], *, in_full: bool = False) -> list[str]:
    """What a docstring has to say of the rules of a property; API.md lists each value in full."""
    if "enum" in schema:
        class_ = f"GenerateImageRequest{name.title().replace('_', '')}"
        values, count = ", ".join(schema["enum"]), len(schema["enum"])
        return [f"one of {values}" if in_full or count < 10 else f"one of the {count} values of `{class_}`"]
    words = [{"integer": "int", "number": "float", "string": "str"}[schema["type"]]]
    words += [f"{schema['minimum']} to {schema['maximum']}"] if "minimum" in schema else []
    words += [f"a multiple of {schema['multipleOf']}"] if "multipleOf" in schema else []
    words += ["within 64 bits", "or 'random'"] if schema.get("format") == "int64" else []
    return words + (["at least 1 character"] if schema.get("minLength") == 1 else [])


def entries(text: str, names: Iterable[str]) -> dict[str, str]:
    """What a docstring says of each parameter, in one line."""
    line = " ".join(text.split())
    found = {name: re.search(rf"(?<!\S){name}(?: \(.*?\))?: ", line) for name in names}
    starts = {name: match.start() for name, match in found.items() if match}
    ends = [*sorted(starts.values()), len(line)]
    return {name: line[start : ends[ends.index(start) + 1]] for name, start in starts.items()}


SOURCES: dict[str, Callable[[], str]] = {
    "Client.__doc__": lambda: inspect.getdoc(Client.generate_image) or "",
    "AsyncClient.__doc__": lambda: inspect.getdoc(AsyncClient.generate_image) or "",
    "help(Client)": lambda: pydoc.plain(pydoc.render_doc(Client.generate_image)).partition("Args:")[2],
    "help(AsyncClient)": lambda: pydoc.plain(pydoc.render_doc(AsyncClient.generate_image)).partition("Args:")[2],
    "request": lambda: (inspect.getdoc(GenerateImageRequest) or "").partition("Attributes:")[2],
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_each_keyword_has_its_range_and_default(properties: Schemas, source: Callable[[], str]) -> None:
    """Docstrings of both clients and of the request, and `help()`, tell what is allowed and what the default is."""
    told = entries(source(), properties)
    assert "evidence" not in source()
    assert told.keys() == properties.keys()
    for name, schema in properties.items():
        assert f"({', '.join(allowed(name, schema))})" in told[name]
        if "default" in schema:
            default = float(schema["default"]) if schema["type"] == "number" else schema["default"]
            assert f"Default: {default!r}." in told[name]
        else:
            assert "Default" not in told[name]


def test_the_reference_has_every_value_and_grade(properties: Schemas) -> None:
    """API.md lists all values of an enum, and how well each rule is known."""
    rows = {line.split("`")[1]: line for line in API.read_text(encoding="utf-8").splitlines() if line.startswith("| `")}
    for name, schema in properties.items():
        grades = schema["x-evidence"] if isinstance(schema["x-evidence"], dict) else {"here": schema["x-evidence"]}
        assert f"| {', '.join(allowed(name, schema, in_full=True))} | {grades['here']}" in rows[name]
        for counts in (counts for counts in grades.values() if isinstance(counts, dict)):
            assert f"enum: {', '.join(f'{count} {grade}' for grade, count in counts.items())}" in rows[name]


@pytest.mark.parametrize("kind", [GenerateImageRequest, ErrorBody])
def test_a_class_starts_with_its_description(document: dict[str, Any], kind: type) -> None:
    """The docstring of a class, and that of its module, begin with what the document says of the schema."""
    described = document["components"]["schemas"][kind.__name__]["description"]
    assert (inspect.getdoc(kind) or "").startswith(described)
    assert (inspect.getdoc(inspect.getmodule(kind)) or "").startswith(f"`{kind.__name__}`: {described}")


def test_the_signature_has_the_documents_defaults(properties: Schemas) -> None:
    """Editors show the defaults of the document in the signature; what is required has none."""
    for function in (Client.generate_image, AsyncClient.generate_image, GenerateImageRequest):
        parameters = inspect.signature(function).parameters
        for name, schema in properties.items():
            assert parameters[name].default == schema.get("default", inspect.Parameter.empty)


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_each_exception_of_a_call_is_named(kind: Any, document: dict[str, Any]) -> None:
    """The docstring of the method lists each error with its status and meaning."""
    raised = " ".join((inspect.getdoc(kind.generate_image) or "").partition("Raises:")[2].split())
    for status, response in failures(document).items():
        assert f"Error: {status}. {response['description']}" in raised
    for name in ("InvalidRequestError", "NotSentError", "OutcomeUnknownError", "UndocumentedStatusError"):
        assert f"{name}: " in raised


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_conventional_functions_are_described(function: Callable[..., Any], document: dict[str, Any]) -> None:
    """Their docstrings have the summary, the parameters and the errors."""
    text = inspect.getdoc(function) or ""
    assert text.startswith(operations(document)["generateImage"]["summary"])
    for name in ("client: ", "body: ", "InvalidRequestError: ", "OutcomeUnknownError: "):
        assert name in text


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_each_option_of_a_client_is_described(kind: Any) -> None:
    """The docstring of a client has all that it takes, and the variable of the environment."""
    text = inspect.getdoc(kind) or ""
    for name in inspect.signature(kind).parameters:
        assert re.search(rf"^    {name}: [A-Z]", text, re.MULTILINE), name
    assert "SEGMIND_API_KEY" in text
