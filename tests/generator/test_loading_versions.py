"""Versions of OpenAPI, and other formats that a file can be of: what is taken, and what to do about the rest."""

import json
import re
from pathlib import Path

import generate
import pytest
from ruamel.yaml import YAML

from generator.document.document import Document, Problem, SpecError
from tests.generator.conftest import Connect
from tests.generator.generation import imported, write_package
from tests.generator.recording_server import RecordingServer

NEW = """\
openapi: 3.2.0
$self: https://things.example/openapi.yaml
info: {title: Things, version: "1"}
servers: [{url: "https://things.example", name: live}]
tags: [{name: a, summary: A, kind: nav}, {name: b, parent: a}]
paths:
  /things:
    query:
      operationId: queryThings
      responses: {"200": {description: x}}
    additionalOperations:
      COPY:
        operationId: copyThings
        responses: {"200": {description: x}}
    get:
      operationId: findThings
      tags: [b]
      parameters:
        - name: filter
          in: querystring
          content:
            application/x-www-form-urlencoded:
              schema: {type: object, properties: {size: {type: integer}, kind: {type: string}}}
        - {name: c, in: cookie, style: cookie, schema: {type: string}}
      responses:
        "200":
          summary: The things.
          content:
            application/json: {$ref: "#/components/mediaTypes/things"}
    post:
      operationId: putThing
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "https://things.example/openapi.yaml#/components/schemas/Thing"}
            examples: {one: {dataValue: {size: 1}}}
      responses: {"204": {description: Done.}}
components:
  mediaTypes:
    things:
      schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}
  schemas:
    Thing: {type: object, properties: {size: {type: integer}}}
"""


def test_openapi_32_is_taken(tmp_path: Path, server: RecordingServer, connect: Connect) -> None:
    """What is new is said in the words of 3.1: references to media types, a query that is described as a whole."""
    spec = tmp_path / "things.yaml"
    spec.write_text(NEW, encoding="utf-8")
    write_package(spec, tmp_path / "generated", "things_client")
    with imported(tmp_path / "generated", "things_client") as package:
        client = connect(package)
        server.respond_with([{"size": 1}])
        (thing,) = client.find_things(filter_=package.FindThingsFilter(size=1))
        assert thing.size == 1
        assert ("size", "1") in server.last.query
        server.respond_with(b"", status=204)
        client.put_thing(size=2)
        assert server.last.json == {"size": 2}
        assert not hasattr(client, "query_things")


def test_what_31_cannot_say_is_reported() -> None:
    """Each with its line, and what the client does instead."""
    document = Document.parse("things.yaml", NEW)
    assert [(str(document.place_of(one)), one.pointer, one.instead) for one in document.remarks] == [
        ("things.yaml:12", "/paths/~1things/additionalOperations/COPY", "the operation is left out"),
        ("things.yaml:8", "/paths/~1things/query", "the operation is left out"),
        ("things.yaml:24:33", "/paths/~1things/get/parameters/1/style", "values are percent-encoded"),
    ]


VERSIONS = {
    "3.1": ("3.1.0", "'3.1'", "it is read as 3.1.0"),
    "3.0": ("3.0.0", "'3.0'", "it is read as 3.0.0"),
    "3": ("3.0.0", "'3'", "it is read as 3.0.0"),
    3.1: ("3.1.0", "3.1", "it is read as 3.1.0"),
    "3.3.0": ("3.2.0", "'3.3.0'", "it is read as 3.2.0"),
    "3.0.0.0": ("3.0.0", "'3.0.0.0'", "it is read as 3.0.0"),
    "3.1.0-rc1": ("3.1.0-rc1", None, None),
    "3.0.4": ("3.0.4", None, None),
}


@pytest.mark.parametrize(("version", "expected"), list(VERSIONS.items()))
def test_a_version_is_read_as_it_is_meant(version: object, expected: tuple[str, str | None, str | None]) -> None:
    """A number or a version that is not there is reported."""
    meant, shown, instead = expected
    document = Document.parse("a.json", json.dumps({"openapi": version, "info": {}, "paths": {}}))
    assert document.root["openapi"] == meant
    problem = Problem(f"{shown} is not a version of OpenAPI", "/openapi", instead)
    assert document.remarks == ((problem,) if instead else ())


OTHERS: dict[str, tuple[str, str]] = {
    "Swagger 2.0": (
        'swagger: "2.0"\ninfo: {}\npaths: {}',
        "a.yaml:1: this is Swagger 2.0: convert it first, for example by"
        " `npx swagger2openapi --patch --outfile openapi.json a.yaml` (at /swagger)",
    ),
    "Swagger 1.2": ('apiVersion: "1"\nswaggerVersion: "1.2"', "a.yaml:2: this is Swagger 1: convert it first, for exa"),
    "AsyncAPI": ("asyncapi: 3.0.0", "a.yaml:1: this is an AsyncAPI document, which describes messages; a client is"),
    "Arazzo": ("arazzo: 1.0.0", "a.yaml:1: this is an Arazzo document, which describes workflows: give the OpenAPI"),
    "OpenRPC": ("openrpc: 1.3.0", "a.yaml:1: this is an OpenRPC document; a client is generated from OpenAPI 3 only"),
    "RAML": ("#%RAML 1.0\ntitle: t", "a.yaml:1: this is a RAML document: convert it to OpenAPI 3 first"),
    "an overlay": ("overlay: 1.0.0", "a.yaml:1: this is an overlay: give it by `--overlay`, and the document that it"),
    "Postman": (
        'info: {schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}\nitem: []',
        "a.yaml:1: this is a Postman collection: export the API as OpenAPI 3, or convert the collection",
    ),
    "Insomnia": ("_type: export\nresources: []", "a.yaml:1: this is an export of Insomnia: export the design"),
    "Google": (
        "kind: discovery#restDescription\ndiscoveryVersion: v1",
        "a.yaml:2: this is a Google discovery document",
    ),
    "a JSON Schema": ("$schema: https://json-schema.org/draft/2020-12/schema", "a.yaml:1: this is a JSON Schema: put"),
    "a recording": ("log: {entries: []}", "a.yaml:1: this is a HAR file, a recording; a client is generated from"),
    "no version": ("info: {}\npaths: {}", "a.yaml:1: `openapi` is missing: say the version of OpenAPI, such as"),
    "something else": ("name: x", "a.yaml:1: not an OpenAPI document: it has no `openapi` with a version, such as"),
    "a later version": (
        "openapi: 4.0.0",
        "a.yaml:1: version '4.0.0' of OpenAPI is not supported; 3.0, 3.1 and 3.2 are",
    ),
    "an earlier version": ("openapi: 2.0", "a.yaml:1: version 2.0 of OpenAPI is not supported; 3.0, 3.1 and 3.2 are"),
    "a version that is a list": ("openapi: []", "a.yaml:1: version [] of OpenAPI is not supported; 3.0, 3.1 and 3.2"),
}


@pytest.mark.parametrize(("text", "message"), OTHERS.values(), ids=OTHERS)
def test_another_format_gets_one_sentence(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which says what it is, and what to do."""
    spec = tmp_path / "a.yaml"
    spec.write_text(text, encoding="utf-8")
    assert generate.main(["--spec", str(spec), "--output", str(tmp_path / "generated"), "--package", "service"]) == 2
    line, last = capsys.readouterr().err.splitlines()
    assert line.startswith(message)
    assert last.startswith("Nothing was generated")


def test_a_query_that_is_no_form_leaves_its_operation_out() -> None:
    """A client cannot spread it into parameters."""
    text = NEW.replace("application/x-www-form-urlencoded", "application/jsonpath")
    (problem,) = [one for one in Document.parse("things.yaml", text).remarks if one.instead is None]
    assert problem.pointer == "/paths/~1things/get/parameters/0"
    assert re.match("a query that is described as a whole has to be", problem.message)


def test_an_overlay_can_make_a_document_of_another_format(tmp_path: Path) -> None:
    """The version is looked at after overlays: one that is missing can be added."""
    root = YAML(typ="safe").load(NEW)
    del root["openapi"]
    (tmp_path / "a.json").write_text(json.dumps(root), encoding="utf-8")
    (tmp_path / "b.yaml").write_text("overlay: 1.0.0\nactions: [{target: $, update: {openapi: 3.2.0}}]")
    with pytest.raises(SpecError, match="`openapi` is missing"):
        Document.load(tmp_path / "a.json")
    assert Document.load(tmp_path / "a.json", [tmp_path / "b.yaml"]).root["openapi"] == "3.2.0"
