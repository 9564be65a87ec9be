"""Responses that are streams: how documents describe them, and what the package has for each."""

import copy
import inspect
from pathlib import Path
from typing import Any, get_type_hints

import generate
import pytest
from ruamel.yaml import YAML

from generator.checks.streams import unusable_streams
from generator.document.document import Document
from generator.document.simplification import simplified
from tests.generator.conftest import Generate
from tests.generator.generation import DOCUMENTS, imported, write_package

DOCUMENT = "streams.yaml"

CHUNK = {"$ref": "#/components/schemas/Chunk"}


def generated_with(generated: Generate, folder: Path, content: Any, **operation: Any) -> Any:
    """The package of a document with one operation whose response is this content."""
    document = copy.deepcopy(YAML(typ="safe").load(DOCUMENTS / DOCUMENT))
    response = {"description": "Events.", "content": content}
    document["paths"] = {"/events": {"get": {"operationId": "listEvents", "responses": {"200": response}, **operation}}}
    path = folder / f"{folder.name.replace('-', '_')}.yaml"
    YAML(typ="rt").dump(document, path)
    return generated(path)


def returned(package: Any, method: str) -> str:
    """What a method of the blocking client gives back, as its annotation says."""
    return str(getattr(package.Client, method).__annotations__["return"])


def options(package: Any, method: str) -> set[str]:
    """What a method of the blocking client takes."""
    return {*inspect.signature(getattr(package.Client, method)).parameters} - {"self"}


def test_an_operation_with_both_has_a_method_for_each(documented: Any) -> None:
    """The plain one keeps its signature; that of the stream lacks the property that asks for it."""
    assert returned(documented, "create_chat") == "Chat"
    assert returned(documented, "create_chat_stream") == "Stream[Chunk]"
    assert str(documented.AsyncClient.create_chat_stream.__annotations__["return"]) == "AsyncStream[Chunk]"
    assert options(documented, "create_chat") == {"text", "stream", "extra_body", "timeout"}
    assert options(documented, "create_chat_stream") == {"text", "extra_body", "timeout"}


def test_an_operation_with_a_stream_alone_is_one(documented: Any) -> None:
    """Its own method gives back the stream."""
    assert returned(documented, "list_lines") == "Stream[Chunk]"
    assert not hasattr(documented.Client, "list_lines_stream")


def test_another_property_can_ask_for_a_stream(documented: Any) -> None:
    """By `x-stream` it is `live`; then `stream` is a property like any other."""
    assert options(documented, "run_turn_stream") == {"turn", "stream", "text", "extra_body", "timeout"}
    with pytest.raises(documented.InvalidRequestError, match="live: True is given, but run_turn_stream has no such"):
        documented.Client(key="k", base_url="http://127.0.0.1:1").run_turn_stream(turn=1, live=True)


def test_streams_are_public_names(documented: Any) -> None:
    """Programs can name the types of what they get."""
    assert {"Stream", "AsyncStream", "StreamEvent"} <= {*documented.__all__}
    assert get_type_hints(documented.StreamEvent)["event"] is str


def test_the_real_package_has_no_streams() -> None:
    """Its public names are those of its document, which has no stream and no pages."""
    import segmind_flux_schnell

    assert not {"Stream", "AsyncStream", "Pages", "AsyncPages"} & {*segmind_flux_schnell.__all__}


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        pytest.param({"text/event-stream": {"schema": CHUNK}}, "Chunk", id="the data"),
        pytest.param({"text/event-stream; charset=utf-8": {"schema": CHUNK}}, "Chunk", id="with a parameter"),
        pytest.param({"text/event-stream": {}}, "str", id="nothing"),
        pytest.param({"text/event-stream": {"schema": {"type": "string"}}}, "str", id="a text"),
        pytest.param({"text/event-stream": {"schema": {"type": "array", "items": CHUNK}}}, "Chunk", id="all of it"),
        pytest.param(
            {"text/event-stream": {"schema": {"type": "object", "properties": {"data": {"type": "string"}}}}},
            "str",
            id="an event with a text",
        ),
        pytest.param(
            {
                "text/event-stream": {
                    "schema": {
                        "properties": {"id": {}, "data": {"type": "string", "contentMediaType": "application/json"}}
                    }
                }
            },
            "Any",
            id="an event with any JSON",
        ),
        pytest.param({"application/x-ndjson": {"schema": CHUNK}}, "Chunk", id="lines"),
        pytest.param({"application/x-ndjson": {"schema": {"type": "string"}}}, "Any", id="lines as a text"),
        pytest.param({"application/jsonl": {}}, "Any", id="lines of anything"),
        pytest.param({"application/jsonl": {"schema": {"type": "integer"}}}, "int", id="lines of numbers"),
    ],
)
def test_what_an_event_holds(generated: Generate, tmp_path: Path, content: Any, type_: str) -> None:
    """The schema describes one event, or all of them, or the event with its fields."""
    package = generated_with(generated, tmp_path, content)
    assert returned(package, "list_events") == f"Stream[{type_}]"


def test_events_that_differ_by_their_name_are_reported() -> None:
    """The name alone would tell what an event holds: the client looks at the data instead, and says so."""
    _, problems = simplified(Document.load(DOCUMENTS / DOCUMENT))
    (problem,) = [one for one in problems if "alternatives" in one.pointer]
    assert problem.message == "which data an event has depends on its name"
    assert problem.instead == "the data itself shows what it is, and `events()` gives the name"


def test_texts_beside_json_are_reported(generated: Generate, tmp_path: Path) -> None:
    """Where some events hold JSON and others a text, all are given as texts."""
    alternatives = [{"properties": {"data": CHUNK}}, {"properties": {"data": {"type": "string"}}}]
    content = {"text/event-stream": {"schema": {"oneOf": alternatives}}}
    assert returned(generated_with(generated, tmp_path, content), "list_events") == "Stream[str]"
    (path,) = tmp_path.glob("*.yaml")
    _, problems = simplified(Document.load(path))
    assert [one.message for one in problems] == ["some events hold JSON, and others a text"]


def test_a_name_that_is_taken(generated: Generate, tmp_path: Path) -> None:
    """Where the document has an operation of the name that a stream would have, it keeps it."""
    document = YAML(typ="safe").load(DOCUMENTS / DOCUMENT)
    document["paths"] = {key: document["paths"][key] for key in ("/chat", "/lines")}
    document["paths"]["/lines"]["get"]["operationId"] = "create_chatStream"
    path = tmp_path / "taken.yaml"
    YAML(typ="rt").dump(document, path)
    package = generated(path)
    assert returned(package, "create_chat_stream") == "Stream[Chunk]"
    assert options(package, "create_chat_stream") == {"timeout"}
    assert returned(package, "create_chat_streamed") == "Stream[Chunk]"


def test_the_reference_names_both(tmp_path: Path) -> None:
    """API.md has each method with the path that is sent, and the content types of the stream."""
    write_package(DOCUMENTS / DOCUMENT, tmp_path / "out", "streams_client")
    text = (tmp_path / "out" / "API.md").read_text("utf-8")
    part = text[text.index("## `create_chat_stream`") :]
    part = part[: part.index("\n## ")]
    assert "`POST /chat`" in part
    assert ") -> Stream[Chunk]" in part
    assert "text/event-stream" in part
    assert "#stream" not in text


@pytest.mark.parametrize(
    ("stream", "message", "at"),
    [
        (
            {"propery": "live"},
            "'propery' is not part of `x-stream`: property, end; did you mean 'property'?",
            "/propery",
        ),
        ({"property": "text"}, "the body has no boolean property 'text'", "/property"),
        ({"property": "none"}, "the body has no boolean property 'none'", "/property"),
        ({"end": 7}, "`end` is 7", "/end"),
        ("live", "`x-stream` is an object", ""),
    ],
)
def test_what_is_wrong_with_a_stream_is_named(stream: Any, message: str, at: str) -> None:
    """Each fault of `x-stream` has its place, and says what is done instead."""
    document = Document.load(DOCUMENTS / DOCUMENT)
    document.at("/paths/~1turns~1{turn}/post")["x-stream"] = stream
    (problem,) = unusable_streams(document)
    assert problem.message.startswith(message)
    assert problem.pointer == f"/paths/~1turns~1{{turn}}/post/x-stream{at}"
    assert problem.instead


def test_an_extension_in_a_wrong_place_is_named() -> None:
    """It has no effect beside a response, or where nothing is a stream."""
    document = Document.load(DOCUMENTS / DOCUMENT)
    document.at("/paths/~1chat/post/responses/200")["x-stream"] = {}
    del document.at("/paths/~1lines/get/responses/200/content")["application/jsonl"]
    document.at("/paths/~1lines/get")["x-stream"] = {"end": ""}
    assert [(one.pointer, one.message.partition(":")[0]) for one in unusable_streams(document)] == [
        ("/paths/~1chat/post/responses/200/x-stream", "`x-stream` has no effect here"),
        ("/paths/~1lines/get/x-stream", "`x-stream` has no effect here"),
    ]


OVERLAY = """\
overlay: 1.0.0
info: {title: What the vendor does not say, version: "1"}
actions:
  - target: $.paths['/items'].get
    update: {x-pages: {next: page, parameter: page}}
  - target: $.paths['/items'].post
    update: {x-stream: {property: live}}
  - target: $.paths['/items'].post.responses['200'].content
    update: {text/event-stream: {schema: {type: integer}}}
"""

FOREIGN = """\
openapi: 3.0.3
info: {title: Foreign, version: "1"}
servers: [{url: "https://foreign.example"}]
paths:
  /items:
    get:
      operationId: list
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses:
        "200":
          description: A page.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
    post:
      operationId: count
      requestBody:
        content: {application/json: {schema: {type: object, properties: {live: {type: boolean}}}}}
      responses: {"200": {description: All., content: {application/json: {schema: {type: integer}}}}}
"""


def test_an_overlay_gives_a_foreign_document_its_streams_and_pages(tmp_path: Path) -> None:
    """Nothing has to be edited that is someone else's."""
    spec, overlay, output = tmp_path / "foreign.yaml", tmp_path / "overlay.yaml", tmp_path / "generated"
    spec.write_text(FOREIGN, "utf-8")
    overlay.write_text(OVERLAY, "utf-8")
    command = ["--spec", str(spec), "--overlay", str(overlay), "--output", str(output), "--package", "foreign_client"]
    assert generate.main([*command, "--strict"]) == 0
    with imported(output, "foreign_client") as package:
        assert returned(package, "list_pages") == "Pages[list[str], str]"
        assert returned(package, "count") == "int"
        assert returned(package, "count_stream") == "Stream[int]"
        assert "live" not in options(package, "count_stream")
