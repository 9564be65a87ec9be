"""Hostile strings anywhere in a document: refused with their place, or harmless in a package that can be imported.

The canary is a call that each string tries to have made: while the package is generated, while it is imported, or
later, in the code of a function. `FUZZ_EXAMPLES=500` tries more than `make test` has time for.
"""

import ast
import builtins
import copy
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import generate
import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.generator.apart import IMPORT_ALL, run_apart

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "6"))

CANARY = "hostile"
CALL = f'setattr(__import__("builtins"), "{CANARY}", 1)'
JINJA = f'cycler.__init__.__globals__.__builtins__.setattr(cycler.__init__.__globals__.__builtins__, "{CANARY}", 1)'

DOCUMENT = """\
openapi: 3.1.0
info: {title: Things, version: "1.0", description: Of all kinds., x-log-env: THINGS_LOG}
servers:
  - url: https://{place}.things.example/v1
    description: The live service.
    variables: {place: {default: eu, enum: [eu, us], description: Where.}}
    x-env: THINGS_URL
security: [{key: []}]
tags: [{name: things, description: All of them.}]
paths:
  /things/{id}:
    summary: One thing.
    parameters:
      - {name: id, in: path, required: true, description: Which., schema: {type: string, pattern: "^[a-z]+$"}}
    post:
      operationId: putThing
      tags: [things]
      summary: Put a thing.
      description: It is kept.
      externalDocs: {url: "https://things.example/docs", description: More.}
      x-mistaken-names: {name: title}
      parameters:
        - {name: page, in: query, example: 1, schema: {type: integer, default: 1}}
        - {name: sort, in: query, schema: {type: string, enum: [up, down], default: up}}
        - {name: x-trace, in: header, schema: {type: string}}
        - {name: session, in: cookie, schema: {type: string}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {a: {type: string}}}}
      requestBody:
        required: true
        description: The thing.
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Thing"}
            example: {title: A chair}
      responses:
        "200":
          description: The thing.
          headers:
            x-cost: {description: Cost., schema: {type: number}, x-semantics: cost}
            x-note: {schema: {type: string}}
          content:
            application/json: {schema: {$ref: "#/components/schemas/Thing"}}
            application/problem+json: {schema: {$ref: "#/components/schemas/Other"}}
          links:
            again: {operationId: getThing, parameters: {id: "$response.body#/title"}, description: Again.}
        "404":
          description: No such thing.
          x-causes: [{name: gone, pattern: "is gone", description: It was there.}]
          content: {application/json: {schema: {$ref: "#/components/schemas/Error"}}}
    get:
      operationId: getThing
      tags: [things]
      responses:
        "200": {description: A picture., content: {image/png: {schema: {type: string, format: binary}}}}
  /upload:
    post:
      operationId: upload
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties: {file: {type: string, format: binary}, note: {type: string, default: none}}
      responses: {default: {description: Done., content: {text/plain: {schema: {type: string}}}}}
  /form:
    put:
      operationId: sendForm
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {grant: {type: string, enum: [code, token]}}}
      responses: {"204": {description: Done.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key, description: Your key., x-env: THINGS_KEY}
  schemas:
    Thing:
      title: A thing
      description: What there is.
      type: object
      required: [title]
      properties:
        title: {type: string, minLength: 1, description: Its name., example: chair}
        kind: {type: string, enum: [a, b], default: a}
        only: {const: fixed}
        color: {$ref: "#/components/schemas/Color"}
        part: {oneOf: [{$ref: "#/components/schemas/Chair"}, {$ref: "#/components/schemas/Table"}],
               discriminator: {propertyName: type, mapping: {chair: "#/components/schemas/Chair", table: Table}}}
        day: {type: string, format: date, default: "2024-01-01"}
        more: {type: object, additionalProperties: {type: string}}
      dependentRequired: {kind: [title]}
    Color: {type: string, enum: [red, green]}
    Chair: {type: object, required: [type], properties: {type: {type: string}, legs: {type: integer}}}
    Table: {type: object, required: [type], properties: {type: {type: string}, size: {type: number}}}
    Other: {allOf: [{$ref: "#/components/schemas/Chair"}, {type: object, properties: {x: {type: [string, "null"]}}}]}
    Error: {type: object, properties: {error: {type: string, x-semantics: message}}}
"""

ROOT: Any = YAML(typ="safe").load(DOCUMENT)

WATCHED = f"""
import builtins, os, sys

def watch(event, arguments):
    if event in ("os.system", "os.exec", "subprocess.Popen", "socket.connect", "os.remove", "os.rename"):
        os._exit(41)

import service
sys.addaudithook(watch)
{IMPORT_ALL}
sys.exit(42 if hasattr(builtins, {CANARY!r}) else 0)
"""


@frozen
class Position:
    """A string of the document: a value, or a key.

    Args:
        around: The way to the object or array that has it.
        key: Its key or index there.
        is_key: Whether it is the key itself.
    """

    around: tuple[str | int, ...]
    key: str | int
    is_key: bool


def positions(node: Any, around: tuple[str | int, ...] = ()) -> Iterator[Position]:
    """All strings, the innermost first, so that a change of one leaves the ways to the others true."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        yield from positions(value, (*around, key))
        if isinstance(value, str):
            yield Position(around, key, is_key=False)
        if isinstance(key, str):
            yield Position(around, key, is_key=True)


POSITIONS = list(positions(ROOT))


def mutated(changes: dict[int, str]) -> Any:
    """The document with other strings at some of its positions."""
    root = copy.deepcopy(ROOT)
    for number in sorted(changes):
        position, text = POSITIONS[number], changes[number]
        node = root
        for step in position.around:
            node = node[step]
        if position.is_key:
            members = {text if key == position.key else key: value for key, value in node.items()}
            node.clear()
            node.update(members)
        else:
            node[position.key] = text
    return root


OPENINGS = [
    "",
    "'",
    '"',
    '"""',
    "'''",
    "\\",
    "\\'",
    '\\"',
    "\n",
    "\r",
    "\u2028",
    "\x85",
    ")",
    "]",
    "}",
    '"""\n',
    "'\n",
    '"])\n',
]
ENDINGS = ["", " #", "\n", "'", '"', '"""', "\\", "("]
WORDS = [
    *(
        "..",
        "../../../x",
        "/etc/passwd",
        "C:\\x",
        "a/b",
        ".",
        "con",
        "nul",
        "__class__",
        "__init__",
        "__dict__",
        "self",
    ),
    *(
        "class",
        "None",
        "import",
        "lambda",
        "match",
        "cls",
        "client",
        "body",
        "True",
        "print",
        "int",
        "str",
        "UNSET",
        "_",
    ),
    *(
        "",
        " ",
        "\0",
        "\u202e\u2066",
        "\ud83d",
        "\ufeff",
        "🦊",
        "日本",
        "ﬁ",
        "ª",
        "ß",
        "x" * 10_000,
        "-",
        "0",
        "a.b",
        "a:b",
    ),
    *(
        "{}",
        "{0}",
        "{0.__class__}",
        "{id.__class__}",
        "{",
        "}",
        "{{",
        "%s",
        "%(x)s",
        "${x}",
        "$ref",
        "#/x",
        "[/b]",
        "\x1b[31m",
    ),
    *(
        "{{ 7 * 7 }}",
        "{% raw %}",
        "{% include 'client.py.jinja' %}",
        "{#",
        "#}",
        "-->",
        "<script>",
        "|",
        "`",
        "*/",
        "\t",
    ),
]

hostile = st.one_of(
    st.sampled_from(WORDS),
    st.builds("{}{}{}".format, st.sampled_from(OPENINGS), st.just(CALL), st.sampled_from(ENDINGS)),
    st.builds("{{{{ {} }}}}{}".format, st.just(JINJA), st.sampled_from(ENDINGS)),
    st.builds("{{% set x = {} %}}".format, st.just(JINJA)),
    st.text(alphabet="\"'\\{}%#\n\r\t\0 ()[]:;,.@a1_\u2028\u202e\ud800🦊", max_size=12),
)
changes = st.dictionaries(st.integers(0, len(POSITIONS) - 1), hostile, min_size=1, max_size=12)


def check(root: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Generate from a document, and look for what its strings may have done."""
    spec, output = folder / "things.json", folder / "output"
    spec.write_text(json.dumps(root, indent=1), encoding="utf-8")
    around = {path: path.stat().st_mtime_ns for path in folder.parent.iterdir() if path != folder}
    code = generate.main(["--spec", str(spec), "--output", str(output), "--package", "service"])
    said = capsys.readouterr()
    assert not hasattr(builtins, CANARY), "the generator has run a string"
    assert {path: path.stat().st_mtime_ns for path in folder.parent.iterdir() if path != folder} == around
    assert sorted(path.name for path in folder.iterdir()) == ["output", "things.json"][code == 2 :]
    assert all(line.isprintable() for line in (said.out + said.err).splitlines())
    if code == 2:
        *lines, _ = said.err.splitlines()
        assert lines
        assert all(re.match(r"things\.json:\d+(:\d+)?: ", line) for line in lines), said.err
        assert "a defect in the generator" not in said.err, said.err
        return
    assert code == 0, said.err
    assert {path.name for path in output.iterdir()} <= {"API.md", "left-out.md", "service"}
    for path in (output / "service").rglob("*.py"):
        if "_runtime" not in path.parts:
            found = {node.id for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Name)}
            assert not found & {"__import__", "setattr", "cycler"}, path
    done = run_apart(WATCHED, output)
    assert done.returncode == 0, done.stderr


def test_the_document_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it is, nothing of it is refused; and it has strings of all kinds."""
    (tmp_path / "case").mkdir()
    check(ROOT, tmp_path / "case", capsys)
    assert (tmp_path / "case" / "output" / "service" / "api" / "things" / "put_thing.py").is_file()
    assert len(POSITIONS) > 350


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # The same strings in each run, but for a deeper search.
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    # A failure is found again by its seed; making it small would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(changes=changes, number=st.uuids())
def test_hostile_strings_are_refused_or_harmless(
    changes: dict[int, str],
    number: object,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """At any position of the document, several at a time."""
    folder = tmp_path_factory.mktemp("fuzz") / "case"
    folder.mkdir()
    check(mutated(changes), folder, capsys)
