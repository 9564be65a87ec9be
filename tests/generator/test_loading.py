"""A document of several files: they are brought together, and each message names the right file and line."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import generate
import pytest
from ruamel.yaml import YAML

from generator.document.document import Document
from tests.generator.conftest import Connect
from tests.generator.generation import imported, write_package
from tests.generator.recording_server import RecordingServer

DOCUMENT = """\
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example"}]
paths:
  /pets/{id}:
    $ref: ./paths/pet.yaml
  /stars:
    get:
      operationId: getStars
      responses:
        "200":
          description: The stars.
          content:
            application/json: {schema: {$ref: "common.json#/definitions/Count%20of%20stars"}}
  /late:
    $ref: "#/components/pathItems/late"
components:
  pathItems:
    late:
      get: {operationId: getLate, responses: {"204": {description: Done.}}}
  schemas:
    Kind: {type: string, enum: [cat, dog]}
"""

FILES = {
    "pets.yaml": DOCUMENT,
    "paths/pet.yaml": """\
parameters:
  - $ref: ../common.json#/parameters/id
get:
  operationId: getPet
  responses:
    "200": {$ref: "../responses.yaml#/Pet"}
""",
    "responses.yaml": """\
Pet:
  description: The pet.
  content:
    application/json:
      schema: {$ref: schemas/pet.yaml}
""",
    "schemas/pet.yaml": """\
type: object
required: [name]
properties:
  name: {type: string}
  kind: {$ref: "../pets.yaml#/components/schemas/Kind"}
  parent: {$ref: "#"}
  owner: {$ref: "./owner.yaml#/$defs/Owner"}
""",
    "schemas/owner.yaml": """\
$defs:
  Owner:
    type: object
    properties:
      pets: {type: array, items: {$ref: pet.yaml}}
""",
    "common.json": json.dumps(
        {
            "parameters": {"id": {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}},
            "definitions": {"Count of stars": {"type": "integer", "minimum": 0}},
        }
    ),
}


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files, and return the path of the first."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / next(iter(files))


def refused(spec: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    """The lines of the message with which a document is refused: one with a problem, and nothing may be left out."""
    output = spec.parent / "generated"
    command = ["--spec", str(spec), "--output", str(output), "--package", "service", "--strict", *options]
    assert generate.main(command) in (2, 3)
    assert not output.exists()
    return capsys.readouterr().err.splitlines()[:-1]


def pets(reference: str) -> str:
    """The document with another reference to the schema of a response."""
    return re.sub(r'\$ref: "common.*?"', lambda _: f"$ref: {json.dumps(reference)}", DOCUMENT)


def test_a_document_of_several_files_is_one_client(tmp_path: Path, server: RecordingServer, connect: Connect) -> None:
    """Paths, parameters, responses and schemas come from files that refer to one another, in a circle too."""
    write_package(written(tmp_path, FILES), tmp_path / "generated", "pets_client")
    with imported(tmp_path / "generated", "pets_client") as package:
        client = connect(package)
        server.respond_with({"name": "Tom", "kind": "cat", "owner": {"pets": [{"name": "Rex", "kind": "dog"}]}})
        pet = client.get_pet(id=7)
        assert (server.last.path, pet.kind, pet.owner.pets[0].name) == ("/pets/7", "cat", "Rex")
        assert type(pet.owner.pets[0]) is type(pet)
        server.respond_with(3)
        assert client.get_stars() == 3
        server.respond_with(b"", status=204)
        assert client.get_late() is None


def test_each_place_has_its_file_and_line(tmp_path: Path) -> None:
    """Whatever was brought in keeps its place, however it came."""
    document = Document.load(written(tmp_path, FILES))
    column = FILES["common.json"].index('"schema"') + 1
    places = {
        "/paths/~1pets~1{id}/get/operationId": "paths/pet.yaml:4",
        "/components/schemas/pet/properties/kind": "schemas/pet.yaml:5",
        "/components/schemas/Owner/properties/pets": "schemas/owner.yaml:5",
        "/components/responses/Pet/content": "responses.yaml:3",
        "/components/parameters/id/schema": f"common.json:1:{column}",
        "/paths/~1late/get": "pets.yaml:20",
        "/components/schemas/Kind": "pets.yaml:22",
    }
    assert {pointer: str(document.place(pointer)) for pointer in places} == places
    assert dict(document.lines.items()).keys() >= places.keys()


def test_a_problem_in_another_file_names_that_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the line there, and the pointer in the whole."""
    spec = written(tmp_path, {**FILES, "schemas/pet.yaml": FILES["schemas/pet.yaml"].replace("owner.yaml", "no.yaml")})
    (line,) = refused(spec, capsys)
    assert re.match(r"schemas/pet\.yaml:7:\d+: \$ref '\./no\.yaml#/\$defs/Owner': there is no such file", line)
    assert line.endswith("(at /components/schemas/pet/properties/owner/$ref)")


NOWHERE = {
    "a file that is missing": ("no.yaml", "$ref 'no.yaml': there is no such file"),
    "a name without its path": ("Kind", "there is no such file; did you mean '#/components/schemas/Kind'?"),
    "a place that is missing": ("responses.yaml#/Cat", "responses.yaml has no such place"),
    "an anchor that is missing": ("responses.yaml#cat", "no schema of responses.yaml has the `$anchor` 'cat'"),
    "a file of the system": ("file:///etc/passwd", "only files below things/ are read, by a path from the file"),
    "an absolute path": ("/etc/passwd", "only files below things/ are read, by a path from the file"),
    "a drive": ("C:\\secret.yaml", "only files below things/ are read, by a path from the file"),
    "a share": ("\\\\host\\share\\x.yaml", "only files below things/ are read, by a path from the file"),
    "another host": ("//host/x.yaml", "only files below things/ are read, by a path from the file"),
    "two dots": ("../secret.yaml", "only files below things/ are read; `--root` can name a wider folder"),
    "two dots, escaped": ("%2e%2e/secret.yaml", "only files below things/ are read; `--root` can name"),
    "two dots behind a folder": ("paths/../../secret.yaml", "only files below things/ are read; `--root` can name"),
    "two dots and backslashes": ("..\\secret.yaml", "only files below things/ are read; `--root` can name"),
    "a link out of the folder": ("link.yaml", "only files below things/ are read; `--root` can name a wider folder"),
    "a folder": ("paths", "there is no such file"),
    "an address": ("https://pets.example/x.yaml#/A", "nothing is downloaded: save that file in the folder"),
    "a NUL": ("a\0.yaml", "a file cannot have such a name"),
    "a long name": ("a" * 5000, "a file cannot have such a name"),
    "a file of another kind": ("binary.yaml", "the file cannot be read: binary.yaml:1: not YAML"),
}


@pytest.mark.parametrize(("reference", "message"), NOWHERE.values(), ids=NOWHERE)
def test_a_reference_that_leads_nowhere_is_named(
    reference: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file outside of the folder is opened, and nothing is downloaded."""
    folder = tmp_path / "things"
    spec = written(folder, {**FILES, "pets.yaml": pets(reference)})
    (tmp_path / "secret.yaml").write_text("{type: string, description: a secret}")
    (folder / "binary.yaml").write_bytes(b"\x80\x81")
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (line,) = refused(spec, capsys)
    assert re.match(r"pets\.yaml:14:\d+: \$ref '", line)
    assert message in line
    assert "a secret" not in line


def test_a_wider_folder_can_be_named(tmp_path: Path) -> None:
    """`--root`: many repositories keep what documents share beside their folders."""
    folder = tmp_path / "v1"
    spec = written(folder, {"pets.yaml": pets("../shared.yaml#/Count")})
    (tmp_path / "shared.yaml").write_text("Count: {type: integer}")
    options = ["--output", str(tmp_path / "generated"), "--package", "service"]
    text = spec.read_text().replace("  /pets/{id}:\n    $ref: ./paths/pet.yaml\n", "")
    spec.write_text(text)
    assert generate.main(["--spec", str(spec), "--root", str(tmp_path), *options]) == 0
    document = Document.load(spec, folder=tmp_path)
    assert str(document.place("/components/schemas/Count")) == "../shared.yaml:1"


def test_the_hash_covers_all_files(tmp_path: Path) -> None:
    """A change in any of them is a change of the document."""
    spec = written(tmp_path, FILES)
    before = Document.load(spec).sha256
    (tmp_path / "schemas" / "owner.yaml").write_text(f"{FILES['schemas/owner.yaml']}# edited\n")
    assert Document.load(spec).sha256 != before


def document_of(schemas: str, reference: str) -> dict[str, Any]:
    """A small document whose response refers to a schema."""
    root: dict[str, Any] = YAML(typ="safe").load(pets(reference))
    root["paths"] = {"/stars": root["paths"]["/stars"]}
    root["components"]["schemas"].update(YAML(typ="safe").load(schemas))
    return root


LOCAL = {
    "escaped braces": ("{'a{b}': {type: integer}}", "#/components/schemas/a%7Bb%7D", "/components/schemas/a{b}"),
    "a slash": ("{a/b: {type: integer}}", "#/components/schemas/a~1b", "/components/schemas/a~1b"),
    "a tilde": ("{a~b: {type: integer}}", "#/components/schemas/a~0b", "/components/schemas/a~0b"),
    "a space": ("{a b: {type: integer}}", "#/components/schemas/a b", "/components/schemas/a b"),
    "an escaped space": ("{a b: {type: integer}}", "#/components/schemas/a%20b", "/components/schemas/a b"),
    "letters": ("{日本: {type: integer}}", "#/components/schemas/日本", "/components/schemas/日本"),
    "escaped letters": ("{é: {type: integer}}", "#/components/schemas/%C3%A9", "/components/schemas/é"),
    "a percent sign": ("{a%b: {type: integer}}", "#/components/schemas/a%b", "/components/schemas/a%b"),
    "its own name": ("{A: {type: integer}}", "pets.yaml#/components/schemas/A", "/components/schemas/A"),
    "an anchor": ("{A: {$anchor: a, type: integer}}", "#a", "/components/schemas/A"),
    "an id": ("{A: {$id: 'https://x.example/a', type: integer}}", "https://x.example/a", "/components/schemas/A"),
    "a relative id": ("{A: {$id: a.json, type: integer}}", "a.json", "/components/schemas/A"),
    "a place below an id": (
        "{A: {$id: 'urn:a', $defs: {b: {type: integer}}}}",
        "urn:a#/$defs/b",
        "/components/schemas/A/$defs/b",
    ),
}


@pytest.mark.parametrize(("schemas", "reference", "place"), LOCAL.values(), ids=LOCAL)
def test_a_reference_can_be_written_in_several_ways(schemas: str, reference: str, place: str, tmp_path: Path) -> None:
    """All lead to the same place of the document."""
    text = json.dumps(document_of(schemas, reference))
    document = Document.load(written(tmp_path, {"pets.yaml": text}))
    assert document.remarks == ()
    pointer = "/paths/~1stars/get/responses/200/content/application~1json/schema"
    assert document.resolved(pointer) == place
    assert document.at(pointer) == {"$ref": f"#{place}"}


def test_a_dynamic_reference_is_an_approximation(tmp_path: Path) -> None:
    """It means the one schema that has the anchor, which is reported."""
    schemas = "{Tree: {$dynamicAnchor: node, properties: {inner: {$dynamicRef: '#node'}}}}"
    text = json.dumps(document_of(schemas, "#/components/schemas/Tree"), indent=1)
    document = Document.load(written(tmp_path, {"pets.json": text}))
    assert document.at("/components/schemas/Tree/properties/inner") == {"$ref": "#/components/schemas/Tree"}
    (problem,) = document.remarks
    assert problem.instead == "it always means the schema of this document that has the anchor"
    line = next(number for number, line in enumerate(text.splitlines(), 1) if "dynamicRef" in line)
    assert str(document.place_of(problem)) == f"pets.json:{line}"


def test_a_discriminator_can_name_files(tmp_path: Path) -> None:
    """By their path, or by the name of a schema in the document that has the mapping."""
    shapes = """\
    components:
      schemas:
        Shape:
          oneOf: [{$ref: circle.yaml}, {$ref: "#/components/schemas/Square"}]
          discriminator: {propertyName: kind, mapping: {round: circle.yaml, square: Square}}
        Square: {type: object, properties: {kind: {type: string}}}
    """
    files = {
        "pets.yaml": pets("shapes.yaml#/components/schemas/Shape"),
        "shapes.yaml": shapes,
        "circle.yaml": "{type: object, properties: {kind: {type: string}}}",
    }
    document = Document.load(written(tmp_path, files))
    assert document.at("/components/schemas/Shape/discriminator/mapping") == {
        "round": "#/components/schemas/circle",
        "square": "#/components/schemas/Square",
    }


def test_names_that_are_taken_get_a_number(tmp_path: Path) -> None:
    """Two files can have schemas of the same name, and neither takes the place of the other."""
    files = {"pets.yaml": pets("a.yaml#/kind"), "a.yaml": "kind: {type: integer}"}
    document = Document.load(written(tmp_path, files))
    assert document.at("/components/schemas/kind_2") == {"type": "integer"}
    assert document.at("/components/schemas/Kind")["enum"] == ["cat", "dog"]


def test_what_stands_beside_the_reference_of_a_path_counts_more(tmp_path: Path) -> None:
    """As most readers do; that it is said twice is reported."""
    text = DOCUMENT.replace(
        '    $ref: "#/components/pathItems/late"',
        '    $ref: "#/components/pathItems/late"\n    get: {operationId: mine, responses: {"204": {description: x}}}',
    )
    document = Document.load(written(tmp_path, {**FILES, "pets.yaml": text}))
    assert document.at("/paths/~1late/get/operationId") == "mine"
    (problem,) = document.remarks
    assert (problem.pointer, problem.instead) == ("/paths/~1late/get", "this one is used")
    assert str(document.place("/paths/~1late/get")) == "pets.yaml:17"


CIRCLES = {
    "of paths": {"pets.yaml": "./a.yaml", "a.yaml": "{$ref: b.yaml}", "b.yaml": "{$ref: a.yaml}"},
    "of a path": {"pets.yaml": "#/paths/~1late"},
}


@pytest.mark.parametrize("files", CIRCLES.values(), ids=CIRCLES)
def test_a_path_that_leads_to_itself_is_refused(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, with the line of the reference."""
    text = DOCUMENT.replace("#/components/pathItems/late", files["pets.yaml"])
    lines = refused(written(tmp_path, {**FILES, **files, "pets.yaml": text}), capsys)
    assert [line for line in lines if re.search(r"^[a-z]+\.yaml:\d+(:\d+)?: \$ref .* (itself|path item) ", line)]


def test_schemas_in_a_circle_of_references_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through several files as well."""
    files = {"pets.yaml": pets("a.yaml"), "a.yaml": "{$ref: b.yaml}", "b.yaml": "{$ref: a.yaml}"}
    lines = refused(written(tmp_path, {**FILES, **files}), capsys)
    assert any("leads back to itself" in line for line in lines)


def test_paths_that_multiply_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A thousand paths can refer to one of a thousand values, but not without end."""
    responses = {"204": {"description": "Done.", "x-large": list(range(20_000))}}
    large = {"get": {"responses": responses}}
    paths = {f"/{number}": {"$ref": "large.json"} for number in range(100)}
    info, servers = {"title": "x", "version": "1"}, [{"url": "https://a.example"}]
    root = {"openapi": "3.1.0", "info": info, "servers": servers, "paths": paths}
    lines = refused(written(tmp_path, {"x.json": json.dumps(root), "large.json": json.dumps(large)}), capsys)
    assert any("references stand for more than 1,000,000 values" in line for line in lines)
