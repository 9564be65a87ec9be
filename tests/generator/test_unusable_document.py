"""What a document has that no client can be made of: the message has file and line, and the old package stays."""

import re
from pathlib import Path

import generate
import pytest
from attrs import frozen

from tests.generator.generation import DOCUMENT, files, run, write_package

USABLE = """\
openapi: 3.1.0
info: {title: Things, version: "1"}
servers:
  - url: https://things.example
paths:
  /things/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
    post:
      operationId: putThing
      parameters:
        - {name: page, in: query, schema: {type: integer}}
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Thing"}
      responses:
        "200":
          description: The thing.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Thing"}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: x-key}
  schemas:
    Thing:
      type: object
      required: [size]
      properties:
        size:
          type: integer
          minimum: 1
          maximum: 8
        kind:
          type: string
          enum: [a, b]
        other: {$ref: "#/components/schemas/Other"}
    Other:
      type: object
      properties:
        name: {type: string}
"""


@frozen
class Edit:
    """A change that makes the document unusable.

    Args:
        old: The text to replace; empty to append to the document.
        new: The text to put there.
        place: A text on the line that the message has to name, and on no other.
        message: A part of the message.
    """

    old: str
    new: str
    place: str
    message: str

    @property
    def document(self) -> str:
        """The unusable document."""
        assert self.old in USABLE
        return USABLE.replace(self.old, self.new, 1) if self.old else USABLE + self.new

    @property
    def line(self) -> int:
        """The line that the message has to name."""
        (found,) = [number for number, line in enumerate(self.document.splitlines(), 1) if self.place in line]
        return found


OTHER = '{$ref: "#/components/schemas/Other"}'
SERVERS = "servers:\n  - url: https://things.example\n"
SECOND = "  /b:\n    get: {operationId: b, responses: {'204': {description: x}}}\ncomponents:"

NOT_YAML = {
    "an unclosed list": Edit("[size]\n      properties:", "[size\n      properties: # here", "# here", "not YAML"),
    "a tab": Edit("      required: [size]", "\trequired: [size]", "\trequired", "not YAML: found character '\\t'"),
    "a list": Edit(USABLE, "- a\n", "- a", "not an OpenAPI document: this is a list"),
    "two documents": Edit("components:", "--- # second\ncomponents:", "--- # second", "but found another document"),
    "infinity": Edit("maximum: 8", "maximum: .inf", "maximum: .inf", "`maximum` is inf, not a number"),
}

NOT_OPENAPI = {
    "Swagger": Edit("openapi: 3.1.0", 'swagger: "2.0"', "swagger", "this is Swagger 2.0: convert it first"),
    "another version": Edit("3.1.0", "4.0.0", "4.0.0", "version '4.0.0' of OpenAPI is not supported"),
    "a version that is a number": Edit('version: "1"', "version: 1.5", "1.5", "`version` is 1.5, not a text"),
    "an unknown key": Edit("requestBody:", "requestBodies:", "requestBodies", "OpenAPI has no field 'requestBodies'"),
    "a path without a slash": Edit("/things/{id}:", "things:", "  things:", "the path 'things' does not begin with"),
    "no description": Edit("          description: The thing.\n", "", '"200"', "a response needs a description"),
    "a status in lower case": Edit('"200"', '"2xx"', "2xx", "'2xx' is not a status"),
    "a status of four digits": Edit('"200"', '"2000"', "2000", "'2000' is not a status"),
    "a dangling reference": Edit("schemas/Other", "schemas/Others", "Others", "has no such place"),
    "a reference elsewhere": Edit("#/components/schemas/Other", "b.yaml#/Other", "b.yaml", "there is no such file"),
    "a reference to itself": Edit("", f"    Self: {OTHER.replace('Other', 'Self')}\n", "Self", "leads back to itself"),
    "an operationId twice": Edit(
        "components:", SECOND.replace("Id: b", "Id: putThing"), "    get:", "'putThing' is used twice"
    ),
}

CONTRADICTIONS = {
    "an unknown grade": Edit("enum: [a, b]", "x-evidence: guessed", "guessed", "'guessed' is not a grade"),
    "a recording without a date": Edit("enum: [a, b]", "x-evidence: recorded", "recorded", "'recorded' is not a grade"),
    "an unknown scheme": Edit(
        "paths:", "security: [{token: []}]\npaths:", "token", "the security scheme 'token' is not described"
    ),
}

LIMITS = {
    "mutual TLS": Edit("type: apiKey, in: header, name: x-key", "type: mutualTLS", "mutualTLS", "needs a certificate"),
    "another HTTP scheme": Edit("apiKey, in: header, name: x-key", "http, scheme: digest", "digest", "'digest' is not"),
    "no operations": Edit(
        USABLE[USABLE.index("paths:") : USABLE.index("components:")], "paths: {}\n", "paths", "there are no operations"
    ),
    "a variable that is not the first server's": Edit(
        SERVERS,
        f"{SERVERS}  - {{url: https://b.example, x-env: THINGS_URL}}\n",
        "b.example",
        "of the first server only",
    ),
    "a variable with an impossible name": Edit(
        SERVERS, f"{SERVERS}    x-env: things url\n", "x-env", "'things url' is not the name of an environment variable"
    ),
    "a price below zero": Edit(
        "      operationId: putThing",
        "      operationId: putThing\n      x-price-usd: -1",
        "x-price",
        "-1 is not a price",
    ),
    "a price in words": Edit(
        "      operationId: putThing",
        "      operationId: putThing\n      x-price-usd: 1_0c",
        "x-price",
        "is not a price",
    ),
    "objects that nothing distinguishes": Edit(
        OTHER,
        f"{{oneOf: [{OTHER}, {{type: object, properties: {{name: {{maxLength: 9}}}}}}]}}",
        "oneOf",
        "nothing tells Other and oneOf/1 apart",
    ),
}

# What openapi-python-client warns about, or stops at.
WARNINGS = {
    "a response that is a form": Edit(
        "thing.\n          content:\n            application/json",
        "thing.\n          content:\n            multipart/form-data",
        "multipart/form-data",
        "a response that is a form cannot be read",
    ),
}

GROUPS = (NOT_YAML, NOT_OPENAPI, CONTRADICTIONS, LIMITS, WARNINGS)
CASES = [pytest.param(edit, id=name) for group in GROUPS for name, edit in group.items()]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of an earlier document."""
    folder = tmp_path_factory.mktemp("old") / "generated"
    write_package(DOCUMENT, folder, "service")
    return folder


@pytest.fixture(scope="module")
def before(output: Path) -> dict[str, bytes]:
    """The files of the folder, as they were."""
    return files(output)


def attempt(text: str, folder: Path, output: Path, *options: str) -> int:
    """Try to generate from the text of a document, and return the exit code."""
    document = folder / "things.yaml"
    document.write_text(text, encoding="utf-8")
    return generate.main(["--spec", str(document), "--output", str(output), "--package", "service", *options])


@pytest.mark.parametrize("edit", CASES)
def test_an_unusable_document_is_refused(
    edit: Edit, output: Path, before: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--strict`, one message has file, line and fault, and not a byte of the old package changes.

    The exit code is 3 where something else than what has the fault could be generated.
    """
    assert attempt(edit.document, tmp_path, output, "--strict") in (2, 3)
    *problems, last = capsys.readouterr().err.splitlines()
    assert last == "Nothing was generated; generated/ is as it was."
    (found,) = [problem for problem in problems if edit.message in problem]
    # A column follows where several values begin on the line.
    assert re.match(rf"things\.yaml:{edit.line}:(\d+:)? ", found)
    assert "object at 0x" not in found
    assert files(output) == before
    assert [path.name for path in output.parent.iterdir()] == ["generated"]


def test_the_usable_document_is_used(tmp_path: Path) -> None:
    """The document that they are all made from can be used."""
    assert attempt(USABLE, tmp_path, tmp_path / "generated") == 0


def test_all_problems_are_named_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One run reports several faults, in the order of their lines."""
    graded = USABLE.replace("enum: [a, b]", "x-evidence: guessed")
    text = graded.replace("operationId: putThing", "operationId: putThing\n      x-price-usd: -1")
    assert attempt(text, tmp_path, tmp_path / "generated") == 2
    assert [problem.split(":")[1] for problem in capsys.readouterr().err.splitlines()[:-1]] == ["11", "38"]
    assert not (tmp_path / "generated").exists()


def test_a_check_stops_as_well(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--check` distinguishes an unusable document from a stale package."""
    assert attempt(USABLE.replace("enum: [a, b]", "x-evidence: guessed"), tmp_path, output, "--check") == 2
    assert "things.yaml:37: 'guessed'" in capsys.readouterr().err


def test_a_failing_generator_leaves_the_package(
    output: Path,
    before: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An unexpected error is reported with the name of the document, and the old package stays."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("generator.output.package.plan", fail)
    assert attempt(USABLE, tmp_path, output) == 2
    assert "things.yaml:9: a defect in the generator: ZeroDivisionError: oh" in capsys.readouterr().err
    assert files(output) == before


def test_the_command_fails_with_the_message(tmp_path: Path) -> None:
    """The driver's exit code is 2, and the message goes to standard error."""
    document = tmp_path / "things.yaml"
    document.write_text(USABLE.replace("enum: [a, b]", "x-evidence: guessed"), encoding="utf-8")
    done = run("--spec", document, "--output", tmp_path / "generated")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("things.yaml:37: 'guessed' is not a grade of evidence")


def test_a_missing_document_is_named(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that leads nowhere is named in a sentence, without the number that the system has for it."""
    missing = tmp_path / "nowhere.yaml"
    assert generate.main(["--spec", str(missing), "--output", str(output)]) == 2
    reason, last = capsys.readouterr().err.splitlines()
    assert reason == f"{missing}: No such file or directory"
    assert last == "Nothing was generated; generated/ is as it was."
